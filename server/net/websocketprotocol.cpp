// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websocketprotocol.h"

#include "net/doorway.h"

namespace Tertulia::Server {

namespace {

/// While this much waits for a blocked client its pings go unanswered: RFC 6455 5.5.3 asks for the latest pong only.
constexpr qint64 pongBacklogLimit = 4096;
constexpr quint8 pongOpcode = 10;
/// What a client hears that has closed, whatever its code was and if it had none: ASP.NET Core's answer.
constexpr quint16 answeredCloseCode = 1000;

} // namespace

QByteArray WebSocket::encodeFrame(Opcode opcode, QByteArrayView payload)
{
    return encodeServerFrame(static_cast<quint8>(opcode), payload);
}

QByteArray WebSocket::pingFrame(quint8 mark)
{
    constexpr qsizetype size = 3;
    static constexpr auto frames = [] {
        std::array<char, 256 * size> all{};
        for (size_t i = 0; i < 256; ++i) {
            all[i * size] = static_cast<char>(0x80 | static_cast<quint8>(Opcode::Ping));
            all[i * size + 1] = 1;
            all[i * size + 2] = static_cast<char>(i);
        }
        return all;
    }();
    return QByteArray::fromRawData(frames.data() + mark * size, size);
}

WebSocketProtocol::WebSocketProtocol(Connection &connection, std::unique_ptr<WebSocketHandler> handler,
                                     QByteArray input)
    : m_connection(connection)
    , m_handler(std::move(handler))
    , m_input(std::move(input))
{
    m_connection.door().shared().webSockets.fetch_add(1, std::memory_order_relaxed);
}

WebSocketProtocol::~WebSocketProtocol()
{
    m_connection.door().shared().webSockets.fetch_sub(1, std::memory_order_relaxed);
}

SendResult WebSocketProtocol::sendFrame(const QByteArray &frame)
{
    if (m_closeSent || !m_handler)
        return SendResult::Closed;
    return m_connection.send(frame);
}

void WebSocketProtocol::close(quint16 code, QByteArrayView reason)
{
    if (std::exchange(m_closeSent, true) || !m_handler)
        return;
    m_connection.sendUnlimited(encodeCloseFrame(code, reason));
    m_connection.setDeadline(m_connection.door().settings().webSocketCloseTimeout);
    if (!m_reading)
        setReading(true); // the answer has to be seen; data before it is dropped
}

void WebSocketProtocol::abort()
{
    m_aborted = true;
    m_connection.abort();
}

void WebSocketProtocol::setReading(bool reading)
{
    if (std::exchange(m_reading, reading) == reading || !reading)
        return;
    m_connection.scheduleResume();
}

qint64 WebSocketProtocol::backlog() const
{
    return m_connection.backlog();
}

bool WebSocketProtocol::wantsBytes() const
{
    return canRead();
}

qsizetype WebSocketProtocol::readLimit() const
{
    return NetworkThread::Private::bufferSize;
}

void WebSocketProtocol::onBytes(char *bytes, qsizetype size)
{
    const qsizetype used = process(bytes, size);
    if (used < size && m_handler && !m_aborted)
        m_input = QByteArray(bytes + used, size - used);
}

void WebSocketProtocol::onResume()
{
    if (m_input.isEmpty() || !canRead())
        return;
    QByteArray input = std::exchange(m_input, {});
    onBytes(input.data(), input.size());
}

qsizetype WebSocketProtocol::process(char *bytes, qsizetype size)
{
    qsizetype used = 0;
    const qint64 maxFrame = m_connection.door().settings().maxWebSocketFrameBytes;
    while (canRead()) {
        const auto step = m_reader.next(bytes + used, size - used, maxFrame);
        used += step.consumed;
        if (step.event == WebSocketFrameReader::Event::NeedMore && used == size)
            break;
        handle(step);
    }
    return used;
}

void WebSocketProtocol::handle(const WebSocketFrameReader::Step &step)
{
    switch (step.event) {
    case WebSocketFrameReader::Event::NeedMore:
        break;
    case WebSocketFrameReader::Event::Pong:
        if (!m_closeSent)
            m_handler->onPong(step.payload);
        break;
    case WebSocketFrameReader::Event::Data:
        if (!m_closeSent) // RFC 6455 7.1.2 lets us drop what comes after our close frame
            m_handler->onData(step.payload, step.last);
        break;
    case WebSocketFrameReader::Event::Ping:
        pong(step.payload);
        break;
    case WebSocketFrameReader::Event::Close:
        if (!m_closeSent)
            m_connection.sendUnlimited(encodeCloseFrame(answeredCloseCode, {}));
        finish(step.closeCode, true);
        break;
    case WebSocketFrameReader::Event::Failed:
        if (!m_closeSent)
            m_connection.sendUnlimited(encodeCloseFrame(step.closeCode, {}));
        finish(step.closeCode, false);
        break;
    }
}

void WebSocketProtocol::pong(QByteArrayView payload)
{
    if (m_closeSent || (m_connection.isBlocked() && m_connection.backlog() > pongBacklogLimit))
        return;
    m_connection.send(encodeServerFrame(pongOpcode, payload));
}

void WebSocketProtocol::finish(quint16 code, bool clean)
{
    m_closeSent = true;
    const auto handler = std::move(m_handler);
    handler->onClosed(code, clean);
    m_connection.closeAfterSending();
}

void WebSocketProtocol::onPeerEnded()
{
    // Seen while reading is stopped: what was sent before it is still to be read.
    if (m_connection.hasPeerEnded())
        m_connection.closeNow();
}

void WebSocketProtocol::onDrained()
{
    if (m_handler && !m_closeSent)
        m_handler->onDrained();
}

void WebSocketProtocol::onDeadline()
{
    m_connection.closeNow(); // our close frame was not answered
}

void WebSocketProtocol::onClosed()
{
    if (const auto handler = std::move(m_handler))
        handler->onClosed(1006, false);
}

} // namespace Tertulia::Server
