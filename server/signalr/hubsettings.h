// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace Tertulia::Server {

using namespace std::chrono_literals;

/// Every limit of the hubs, with the reference server's default (signalr.md 12). Filled from the [hubs] section.
struct HubSettings
{
    qint64 maxReceiveMessageBytes = 32 * 1024; ///< one hub message, also the handshake
    std::chrono::milliseconds keepAliveInterval = 15s; ///< time between pings to a client, whatever else is sent
    std::chrono::milliseconds clientTimeout = 30s; ///< silence of one that is gone; twice if it never pings
    std::chrono::milliseconds handshakeTimeout = 15s;
    std::chrono::milliseconds disconnectTimeout = 15s; ///< unused negotiation, no poll, stateful without a socket
    /// A long poll without data is answered empty after this. Below what proxies wait for a silent server: HAProxy's
    /// handbook says 30 s, nginx 60 s (the reference's default is 90 s).
    std::chrono::milliseconds pollTimeout = 25s;
    std::chrono::milliseconds tokenGrace = 60s; ///< connections end within this time after their token's end
    std::chrono::milliseconds heartbeat = 1s; ///< how often each connection's deadlines are looked at
    std::chrono::milliseconds shutdownTimeout = 5s; ///< between the Close messages and dropping what is left

    int streamBufferCapacity = 10; ///< items of one upload stream that the method has not taken yet
    int maxParallelInvocations = 1; ///< of one client
    int maxGroups = 5'000; ///< that one connection has joined or watches; as many it may have left
    int maxStreams = 100; ///< of one connection, each way
    int maxClientResults = 100; ///< answers that are awaited from one client
    int maxConnectionsPerPerson = 100; ///< over all hubs and transports, negotiated ones included; over it 429
    int maxPendingNegotiations = 50'000; ///< of all people: negotiated, not yet connected; over it 503

    qint64 statefulBufferBytes = 100'000; ///< kept for replay before writing waits for an Ack
    qint64 inputBytes = 64 * 1024; ///< input waiting for the dispatcher before reading stops; at least one message
    qint64 maxInputBytesTotal = 64 << 20; ///< waiting, of all connections; over it those end where the most waits
    qint64 earlyBytes = 4096; ///< POSTed before the first GET of a connection; over it 413
    qint64 outputPauseBytes = 64 * 1024; ///< output not taken by the client before its input is no longer handled
    qint64 maxOutputBytes = 1 << 20; ///< output kept here (long polling, stateful); over it the connection ends
    qint64 maxOutputBytesTotal = 256 << 20; ///< of all connections; over it those end that keep the most

    int minimumNegotiateVersion = 0;
    bool detailedErrors = false; ///< tells clients more about failures; for test servers only
};

} // namespace Tertulia::Server
