// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/ssetransport.h"

#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

/// Each line of the payload becomes a data line; JSON escapes line ends, so that there is one line normally.
/// Every line ends with CR LF and has a space after the colon: .NET clients insist (signalr.md 15).
QByteArray toEvent(QByteArrayView payload)
{
    QByteArray event;
    event.reserve(payload.size() + 16);
    qsizetype start = 0;
    for (;;) {
        const qsizetype end = payload.indexOf('\n', start);
        const QByteArrayView rest = payload.sliced(start);
        QByteArrayView line = end < 0 ? rest : rest.first(end - start);
        if (end >= 0 && line.endsWith('\r'))
            line.chop(1);
        event.append("data: ").append(line).append("\r\n");
        if (end < 0)
            break;
        start = end + 1;
    }
    return event.append("\r\n");
}

} // namespace

SseTransport::SseTransport(HttpConnection &connection, std::shared_ptr<Exchange> exchange)
    : HttpTransport(connection)
    , m_exchange(std::move(exchange))
{
}

void SseTransport::start()
{
    const std::weak_ptr<HttpConnection> weak = connection().weak_from_this();
    m_exchange->setOnClosed([weak, this] {
        if (const auto alive = weak.lock())
            end(true);
    });
    Response head;
    head.contentType = QByteArrayLiteral("text/event-stream");
    head.headers = {{QByteArrayLiteral("cache-control"), QByteArrayLiteral("no-cache,no-store")},
                    {QByteArrayLiteral("pragma"), QByteArrayLiteral("no-cache")},
                    {QByteArrayLiteral("content-encoding"), QByteArrayLiteral("identity")},
                    {QByteArrayLiteral("x-accel-buffering"), QByteArrayLiteral("no")}};
    m_exchange->startStream(std::move(head), [weak, this] {
        const auto alive = weak.lock();
        if (!alive || !m_exchange)
            return;
        m_backlog = 0;
        alive->transportDrained();
    });
    write(QByteArrayLiteral(":\r\n"));
}

SendResult SseTransport::send(const QByteArray &frame)
{
    return write(toEvent(framePayload(frame)));
}

SendResult SseTransport::write(const QByteArray &bytes)
{
    if (!m_exchange)
        return SendResult::Closed;
    const SendResult result = m_exchange->write(bytes);
    if (result == SendResult::Queued)
        m_backlog += bytes.size();
    return result;
}

void SseTransport::heard()
{
    if (m_probe != 0 && m_exchange && m_backlog == 0)
        connection().arrived(std::exchange(m_probe, 0));
}

void SseTransport::close()
{
    if (!m_exchange)
        return;
    m_exchange->finish();
    end(true);
}

void SseTransport::abort()
{
    if (!m_exchange)
        return;
    m_exchange->finish();
    end(false);
}

void SseTransport::end(bool clean)
{
    if (!std::exchange(m_exchange, nullptr))
        return;
    dropPosts();
    // Later: the connection may be in the middle of writing to us.
    connection().thread().loop().post(
        [self = connection().shared_from_this(), this, clean] { self->transportGone(this, clean); });
}

} // namespace Tertulia::Server
