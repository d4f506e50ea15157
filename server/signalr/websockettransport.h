// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/websocket.h"
#include "signalr/connectiontransport.h"

namespace Tertulia::Server {

class HttpConnection;

/// A WebSocket on the connection's own thread. The socket's handler holds on to it until the socket's end.
class WebSocketTransport final : public ConnectionTransport
{
public:
    /// Switches the exchange to a WebSocket. @return null when the client has gone meanwhile
    [[nodiscard]] static std::shared_ptr<WebSocketTransport> accept(Exchange &exchange,
                                                                    const std::shared_ptr<HttpConnection> &connection);

    explicit WebSocketTransport(std::weak_ptr<HttpConnection> connection);

    [[nodiscard]] TransportKind kind() const override { return TransportKind::WebSockets; }
    SendResult send(const QByteArray &frame) override;
    void probe(quint64 place) override;
    void askIfAlive() override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    [[nodiscard]] qint64 backlog() const override;

private:
    class Events; // what the socket owns

    /// The connection, as long as this is its transport and we have not said goodbye. Kept alive while it is used: an
    /// event may make it leave its thread.
    [[nodiscard]] std::shared_ptr<HttpConnection> listener() const;

    /// RFC 6455 pings carry the place's last byte; at most one is on its way.
    void sendProbe();
    void pong(QByteArrayView payload);
    /// Bytes of a client that does not answer pings.
    void signOfLife();
    void settle(quint64 place);

    WebSocket *m_socket = nullptr;
    std::weak_ptr<HttpConnection> m_connection;
    quint64 m_probe = 0; // the last place that was asked about
    quint64 m_probing = 0; // what the ping on its way carries; 0: there is none
    bool m_answersPings = false;
    bool m_closing = false;
};

} // namespace Tertulia::Server
