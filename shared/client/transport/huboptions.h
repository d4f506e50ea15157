// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/async.h"
#include "client/transport/reconnectpolicy.h"
#include "protocol/codec.h"
#include "protocol/negotiate.h"

#include <QByteArray>
#include <QUrl>

#include <chrono>
#include <functional>
#include <utility>
#include <vector>

QT_BEGIN_NAMESPACE
class QNetworkAccessManager;
QT_END_NAMESPACE

namespace Tertulia::Client {

class Scheduler;

/// What a HubConnection needs to know; every limit has a default.
struct HubOptions
{
    QUrl url; ///< http(s)://host[:port]/hubs/chat
    /// Asked before each negotiation and each connect. Empty: no credentials. An Unauthenticated answer ends the
    /// connection for good, any other failure counts as one of the network.
    std::function<Future<QString>()> accessToken;
    /// Told the token that the server did not take, at the start or at any request later; accessToken is then asked
    /// once more, and the request repeated. May be empty.
    std::function<void(const QString &)> rejectToken;
    std::vector<std::pair<QByteArray, QByteArray>> headers; ///< on every request

    /// Server-Sent Events carry text only: when nothing but they is left, the connection speaks JSON.
    WireFormat format = WireFormat::MessagePack;
    /// What may be used; the server's list decides the order.
    std::vector<HubTransport> transports{HubTransport::WebSockets, HubTransport::ServerSentEvents,
                                         HubTransport::LongPolling};
    bool skipNegotiation = false; ///< WebSockets only, no connection id, nothing is resumed
    /// Asks for a connection that outlives its socket for some seconds: nothing lost, nothing doubled.
    bool statefulReconnect = true;
    ReconnectPolicy reconnect;
    /// The first connect is repeated by the policy too. start() is answered when there is a connection or no hope.
    bool retryStart = false;

    std::chrono::milliseconds keepAlive{15'000}; ///< a ping after so long without having sent
    std::chrono::milliseconds serverTimeout{30'000}; ///< silence of the server that ends the connection
    std::chrono::milliseconds handshakeTimeout{15'000}; ///< to open a transport and shake hands
    std::chrono::milliseconds requestTimeout{30'000}; ///< of negotiation and of each POST
    std::chrono::milliseconds pollTimeout{
        100'000}; ///< of a long poll; ours answers within 25 s, the reference within 90 s
    std::chrono::milliseconds closeTimeout{5'000}; ///< for a polite end
    std::chrono::milliseconds resumeWindow{15'000}; ///< for resuming; then it is an ordinary reconnect
    std::chrono::milliseconds stableAfter{10'000}; ///< a connection that held so long restarts the back-off

    qsizetype receiveLimit = 4 * 1024 * 1024; ///< bytes of one incoming record; more ends the connection
    qsizetype sendLimit = 4 * 1024 * 1024; ///< bytes that may wait to be sent; more fails the call
    qsizetype statefulBuffer = 100'000; ///< bytes sent and not yet acknowledged before further ones wait
    int redirectLimit = 20; ///< of negotiation

    QNetworkAccessManager *network = nullptr; ///< null: an own one. Outlives the connection
    Scheduler *scheduler = nullptr; ///< null: real time. Outlives the connection
};

} // namespace Tertulia::Client
