// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/networkthread.h"
#include "signalr/connectionid.h"
#include "signalr/connectiontransport.h"

#include <memory>

namespace Tertulia::Server {

class HubThread;
struct Caller;

/// A WebSocket that lives on another network thread than its connection: a stateful connection was resumed by a socket
/// that the acceptor gave to another thread. This object is on the connection's thread and owned by the connection;
/// every event and every write crosses by a post.
class RelayTransport final : public ConnectionTransport
{
public:
    struct Link;

    /// On the socket's thread: accepts the socket and, on the home thread, resumes the connection with it.
    static void connect(Exchange &exchange, HubThread &home, const ConnectionId &id, const Caller &caller);

    explicit RelayTransport(std::shared_ptr<Link> link);
    ~RelayTransport() override;

    [[nodiscard]] TransportKind kind() const override { return TransportKind::WebSockets; }
    SendResult send(const QByteArray &frame) override;
    /// Stateful connections know by the client's acknowledgements.
    void probe(quint64 place) override { Q_UNUSED(place) }
    void askIfAlive() override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    [[nodiscard]] qint64 backlog() const override;

private:
    std::shared_ptr<Link> m_link; // one end on each thread
    bool m_closing = false;
};

} // namespace Tertulia::Server
