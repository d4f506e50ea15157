// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"

#include <chrono>

namespace Tertulia::Server {

enum class TransportKind : quint8 { None = 0, WebSockets = 1, ServerSentEvents = 2, LongPolling = 4 };

/// The names of the negotiate answer.
[[nodiscard]] QByteArray transportName(TransportKind kind);

/// The payload inside what WebSocket::encodeFrame made: one encoding serves all transports.
[[nodiscard]] QByteArrayView framePayload(const QByteArray &frame);

/// How a hub connection's bytes reach its client. Home thread of the connection only. After close() or abort() it
/// reports nothing more and must not be used. Every kind has the same owner, its connection; what lives elsewhere (a
/// socket's handler, a relay's other end) may hold on to it, so that nobody is left with a dangling one.
class ConnectionTransport
{
public:
    ConnectionTransport() = default;
    ConnectionTransport(const ConnectionTransport &) = delete;
    ConnectionTransport &operator=(const ConnectionTransport &) = delete;
    virtual ~ConnectionTransport() = default;

    [[nodiscard]] virtual TransportKind kind() const = 0;
    /// One or more *whole* records as a WebSocket frame (clients refuse half records, signalr.md 15). The bytes are
    /// shared, not copied, where the transport allows it.
    virtual SendResult send(const QByteArray &frame) = 0;
    /// The hub has ended the connection: everything sent goes out, then the transport ends in its own good way.
    virtual void close() = 0;
    /// Drops the connection now.
    virtual void abort() = 0;
    /// Finds out when the client has got all that was sent so far, as well as this transport can;
    /// HttpConnection::arrived(place) follows. Places rise.
    virtual void probe(quint64 place) = 0;
    /// Asks whether the client is still there; HttpConnection::answeredAlive() follows where it is and the transport
    /// has a way to ask.
    virtual void askIfAlive() { }
    /// Back-pressure to the client.
    virtual void setReading(bool reading) = 0;
    [[nodiscard]] virtual qint64 backlog() const = 0; ///< bytes that have not left yet
    /// Bytes that wait here until the client asks for them; what waits for a socket is counted at the front door.
    [[nodiscard]] virtual qint64 kept() const { return 0; }
    /// About once a heartbeat.
    virtual void tick(std::chrono::steady_clock::time_point now) { Q_UNUSED(now) }
};

} // namespace Tertulia::Server
