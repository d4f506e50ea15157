// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/sendbatch.h"

#include <QHostAddress>
#include <QString>

#include <chrono>
#include <vector>

namespace Tertulia::Server {

using namespace std::chrono_literals;

struct ListenAddress
{
    QHostAddress address;
    quint16 port = 0;
    bool tls = false;
};

/// Every limit of the front door, with its default. Filled from the [server] and [limits] sections of the
/// configuration.
struct NetSettings
{
    std::vector<ListenAddress> listen;
    QString certificateFile, keyFile; ///< PEM; needed when a listener has tls
    bool allowPlainOnPublicAddress = false; ///< a non-loopback listener without TLS is refused otherwise
    std::vector<std::pair<QHostAddress, int>> trustedProxies; ///< address and prefix length
    std::vector<QString> corsOrigins; ///< exact origins that may call with credentials
    bool anyCorsOrigin = false; ///< every origin may; for test servers only
    int threads = 0; ///< 0 = one per core

    bool ioUring = true; ///< much output goes out in one system call, where the kernel lets us; false: never
    int sendTogetherFrom = SendBatch::worthwhile; ///< connections that have output; tests want one to be enough

    int maxHeadBytes = 16 * 1024;
    int maxTargetBytes = 8 * 1024; ///< request target (path and query); over it 414
    int maxHeaderFields = 100;
    qint64 maxBodyBytes = 1 << 20; ///< bodies collected in memory
    qint64 maxSmallBodyBytes = 16 * 1024; ///< of routes that take a form of some fields, and of those for everybody
    qint64 maxBodyBytesTotal = 64 << 20; ///< all such bodies together; over it 503
    qint64 maxBodyBytesPerNetwork = 8 << 20; ///< those of one address, for IPv6 of a /64; over it 429
    qint64 maxBodyBytesPerPerson = 4 << 20; ///< those of one signed-in person; over it 429
    int maxConnections = 50'000;
    /// Loopback and trusted proxies are exempt; of a client behind such a proxy its requests and WebSockets are
    /// counted.
    int maxConnectionsPerAddress = 1'000;
    int maxNewConnectionsPerAddressPerMinute = 600; ///< likewise exempt
    qint64 maxBacklogBytes = 1 << 20; ///< output waiting for one slow reader
    qint64 maxBacklogBytesTotal = 256 << 20; ///< for all; over it the slowest are closed
    int listenBacklog = 4096; ///< connections the kernel holds for the acceptor
    qint64 maxUploadBytesInFlight = 256 * 1024; ///< of one upload, between socket and disk
    qint64 maxWebSocketFrameBytes = 16 << 20; ///< announced size of one frame; the hub's own limit is far lower

    std::chrono::milliseconds headTimeout = 10s;
    std::chrono::milliseconds bodyStallTimeout = 10s;
    qint64 minBodyBytesPerSecond = 1024; ///< averaged over the last bodyRateGrace
    std::chrono::milliseconds bodyRateGrace = 15s; ///< longer than bodyStallTimeout, so that a pause is forgiven
    std::chrono::milliseconds keepAliveTimeout = 65s;
    std::chrono::milliseconds sendTimeout = 30s; ///< a reader that takes nothing for this long is dropped
    std::chrono::milliseconds lingerTimeout = 2s; ///< so that a client can read a 413
    std::chrono::milliseconds webSocketCloseTimeout = 5s;
    std::chrono::milliseconds halfClosedTimeout = 1s; ///< an answer owed to a client that has ended its sending side
    std::chrono::milliseconds drainTimeout = 10s;
    std::chrono::seconds corsMaxAge = 7200s; ///< how long a browser may keep a preflight's answer

    QString uploadFolder; ///< where BodyPolicy::Kind::File bodies are written
};

} // namespace Tertulia::Server
