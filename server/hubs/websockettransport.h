// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/connectiontransport.h"
#include "net/websocket.h"

namespace Tertulia::Server {

class HttpConnection;

/// A WebSocket on the connection's own thread. Owned by the socket; keeps the connection alive until the socket's end.
class WebSocketTransport final : public WebSocketHandler, public ConnectionTransport
{
public:
    explicit WebSocketTransport(std::shared_ptr<HttpConnection> connection);
    void setSocket(WebSocket *socket) { m_socket = socket; }

    void onData(QByteArrayView bytes, bool last) override;
    void onDrained() override;
    void onClosed(quint16 code, bool clean) override;

    [[nodiscard]] TransportKind kind() const override { return TransportKind::WebSockets; }
    SendResult send(const QByteArray &frame) override;
    void close() override;
    void abort() override;
    void setReading(bool reading) override;
    [[nodiscard]] qint64 backlog() const override;

private:
    WebSocket *m_socket = nullptr;
    std::shared_ptr<HttpConnection> m_connection; // an event may come while the connection leaves its thread
    bool m_closing = false;
};

} // namespace Tertulia::Server
