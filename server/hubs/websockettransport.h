// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/connectiontransport.h"
#include "net/websocket.h"

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
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    [[nodiscard]] qint64 backlog() const override;

private:
    class Events; // what the socket owns

    /// The connection, as long as this is its transport and we have not said goodbye. Kept alive while it is used: an
    /// event may make it leave its thread.
    [[nodiscard]] std::shared_ptr<HttpConnection> listener() const;

    WebSocket *m_socket = nullptr;
    std::weak_ptr<HttpConnection> m_connection;
    bool m_closing = false;
};

} // namespace Tertulia::Server
