// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpexchange.h"

#include "net/diskwriter.h"
#include "net/httpprotocol.h"
#include "net/websocket.h"

#include "base/logging.h"

namespace Tertulia::Server {

HttpExchange::HttpExchange(HttpProtocol &protocol, Doorway &door, RequestHead head)
    : m_shared(door.sharedPtr())
    , m_thread(door.thread())
    , m_protocol(&protocol)
    , m_head(std::move(head))
{
}

HttpExchange::~HttpExchange()
{
    if (!m_bodyFile.isEmpty())
        UploadFile::remove(*m_shared->disk, m_bodyFile);
    if (m_protocol)
        std::exchange(m_protocol, nullptr)->abandoned();
}

NetworkThread &HttpExchange::thread() const
{
    return m_thread;
}

void HttpExchange::setBody(QByteArray body, BodyShare share)
{
    m_body = std::move(body);
    m_bodyShare = std::move(share);
}

void HttpExchange::setOnClosed(Task onClosed)
{
    m_onClosed = std::move(onClosed);
}

void HttpExchange::endWithPeer()
{
    m_endsWithPeer = true;
    if (m_protocol)
        m_protocol->peerMayEndExchange();
}

bool HttpExchange::isPeerThere() const
{
    return m_protocol && m_protocol->isPeerThere();
}

void HttpExchange::detach()
{
    m_protocol = nullptr;
    m_state = State::Done;
    // They may hold this very exchange.
    m_onClosed.reset();
    m_onDrained.reset();
}

void HttpExchange::connectionClosed()
{
    Task onClosed = std::move(m_onClosed);
    detach();
    if (onClosed)
        onClosed();
}

void HttpExchange::respond(Response response)
{
    if (!m_protocol)
        return;
    if (m_state != State::Owed) {
        qCWarning(logNet, "Request %s is answered twice; the second answer is dropped.", m_head.requestId.constData());
        return;
    }
    HttpProtocol &protocol = *m_protocol;
    detach();
    protocol.respond(std::move(response));
}

void HttpExchange::startStream(Response head, Task onDrained)
{
    if (!m_protocol || m_state != State::Owed)
        return;
    m_state = State::Streaming;
    m_onDrained = std::move(onDrained);
    m_protocol->startStream(std::move(head));
}

SendResult HttpExchange::write(const QByteArray &bytes)
{
    if (!m_protocol || m_state != State::Streaming)
        return SendResult::Closed;
    return m_protocol->writeStream(bytes);
}

void HttpExchange::finish()
{
    if (!m_protocol || m_state != State::Streaming)
        return;
    HttpProtocol &protocol = *m_protocol;
    detach();
    protocol.finishStream();
}

WebSocket *HttpExchange::acceptWebSocket(std::unique_ptr<WebSocketHandler> handler)
{
    if (!m_protocol || m_state != State::Owed || !m_head.wantsWebSocket)
        return nullptr;
    HttpProtocol &protocol = *m_protocol;
    detach();
    return protocol.acceptWebSocket(m_head, std::move(handler));
}

void HttpExchange::streamDrained()
{
    if (m_state == State::Streaming && m_onDrained)
        m_onDrained();
}

} // namespace Tertulia::Server
