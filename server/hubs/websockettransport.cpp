// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/websockettransport.h"

#include "hubs/httpconnection.h"

namespace Tertulia::Server {

WebSocketTransport::WebSocketTransport(std::shared_ptr<HttpConnection> connection)
    : m_connection(std::move(connection))
{
}

void WebSocketTransport::onData(QByteArrayView bytes, bool last)
{
    // After our close frame the peer's data is of no interest any more (RFC 6455 7.1.1).
    if (!m_closing && m_connection->transport() == this)
        m_connection->receive(bytes, last);
}

void WebSocketTransport::onDrained()
{
    if (!m_closing && m_connection->transport() == this)
        m_connection->transportDrained();
}

void WebSocketTransport::onClosed(quint16 code, bool clean)
{
    Q_UNUSED(code)
    m_socket = nullptr;
    m_connection->transportGone(this, clean || m_closing);
}

SendResult WebSocketTransport::send(const QByteArray &frame)
{
    return m_socket && !m_closing ? m_socket->sendFrame(frame) : SendResult::Closed;
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
