// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/websockettransport.h"

#include "signalr/httpconnection.h"

namespace Tertulia::Server {

class WebSocketTransport::Events final : public WebSocketHandler
{
public:
    explicit Events(std::shared_ptr<WebSocketTransport> transport)
        : m_transport(std::move(transport))
    {
    }

    void onData(QByteArrayView bytes, bool last) override
    {
        // After our close frame the peer's data is of no interest any more (RFC 6455 7.1.1).
        const auto connection = m_transport->listener();
        if (!connection)
            return;
        m_transport->signOfLife();
        connection->receive(bytes, last);
    }
    void onPong(QByteArrayView payload) override
    {
        const auto connection = m_transport->listener();
        if (!connection)
            return;
        connection->answeredAlive();
        m_transport->pong(payload);
    }
    void onDrained() override
    {
        if (const auto connection = m_transport->listener())
            connection->transportDrained();
    }
    void onClosed(quint16 code, bool clean) override
    {
        Q_UNUSED(code)
        m_transport->m_socket = nullptr;
        if (const auto connection = m_transport->m_connection.lock())
            connection->transportGone(m_transport.get(), clean || m_transport->m_closing);
    }

private:
    std::shared_ptr<WebSocketTransport> m_transport; // shared with the connection
};

std::shared_ptr<WebSocketTransport> WebSocketTransport::accept(Exchange &exchange,
                                                               const std::shared_ptr<HttpConnection> &connection)
{
    auto transport = std::make_shared<WebSocketTransport>(connection);
    transport->m_socket = exchange.acceptWebSocket(std::make_unique<Events>(transport));
    return transport->m_socket ? transport : nullptr;
}

WebSocketTransport::WebSocketTransport(std::weak_ptr<HttpConnection> connection)
    : m_connection(std::move(connection))
{
}

std::shared_ptr<HttpConnection> WebSocketTransport::listener() const
{
    auto connection = m_closing ? nullptr : m_connection.lock();
    return connection && connection->transport() == this ? connection : nullptr;
}

SendResult WebSocketTransport::send(const QByteArray &frame)
{
    return m_socket && !m_closing ? m_socket->sendFrame(frame) : SendResult::Closed;
}

void WebSocketTransport::probe(quint64 place)
{
    m_probe = place;
    if (m_probing == 0)
        sendProbe();
}

void WebSocketTransport::askIfAlive()
{
    send(WebSocket::encodeFrame(WebSocket::Opcode::Ping, {}));
}

void WebSocketTransport::sendProbe()
{
    m_probing = m_probe;
    send(WebSocket::pingFrame(quint8(m_probing)));
}

void WebSocketTransport::pong(QByteArrayView payload)
{
    if (m_probe == 0 || payload.size() != 1)
        return; // not asked for
    m_answersPings = true;
    if (m_probing != 0 && quint8(payload.front()) == quint8(m_probing))
        settle(m_probing);
}

void WebSocketTransport::signOfLife()
{
    if (m_probing != 0 && !m_answersPings && backlog() == 0)
        settle(m_probe);
}

void WebSocketTransport::settle(quint64 place)
{
    m_probing = 0;
    if (m_probe > place)
        sendProbe();
    if (const auto connection = listener())
        connection->arrived(place);
}

void WebSocketTransport::close()
{
    if (!m_socket || std::exchange(m_closing, true))
        return;
    m_socket->setReading(true); // to see the peer's close frame
    m_socket->close(1000);
}

void WebSocketTransport::abort()
{
    m_closing = true;
    if (m_socket)
        std::exchange(m_socket, nullptr)->abort();
}

void WebSocketTransport::setReading(bool reading)
{
    if (m_socket && !m_closing)
        m_socket->setReading(reading);
}

qint64 WebSocketTransport::backlog() const
{
    return m_socket ? m_socket->backlog() : 0;
}

} // namespace Tertulia::Server
