// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/longpollingtransport.h"

#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

/// The first poll and those with data are octets, all others plain text, as the reference has it.
Response pollResponse(int status, QByteArray body, bool isFirst)
{
    Response response;
    response.status = status;
    response.contentType =
        isFirst || !body.isEmpty() ? QByteArrayLiteral("application/octet-stream") : QByteArrayLiteral("text/plain");
    response.body = std::move(body);
    response.headers = noCacheHeaders();
    return response;
}

} // namespace

std::vector<HeaderField> noCacheHeaders()
{
    return {{QByteArrayLiteral("cache-control"), QByteArrayLiteral("no-cache, no-store")},
            {QByteArrayLiteral("pragma"), QByteArrayLiteral("no-cache")},
            {QByteArrayLiteral("expires"), QByteArrayLiteral("Thu, 01 Jan 1970 00:00:00 GMT")}};
}

LongPollingTransport::LongPollingTransport(HttpConnection &connection, const HubSettings &settings)
    : HttpTransport(connection)
    , m_settings(settings)
    , m_since(connection.thread().clock().steadyNow())
{
}

void LongPollingTransport::poll(ExchangeHandle exchange, quint64 serial)
{
    prove();
    if (m_poll)
        answer(204);
    m_poll = std::move(exchange);
    if (m_ended) {
        answer(204); // it came before the id was forgotten
        return;
    }
    m_serial = serial;
    m_since = connection().thread().clock().steadyNow();
    if (!std::exchange(m_established, true)) {
        answer(200, true);
        return;
    }
    flush();
}

void LongPollingTransport::pollAborted(quint64 serial)
{
    if (!m_poll || serial != m_serial)
        return;
    m_poll = {};
    m_since = connection().thread().clock().steadyNow();
}

void LongPollingTransport::terminate(ExchangeHandle exchange)
{
    prove();
    connection().thread().registry().remove(connection().token()); // whoever reads the answer finds the id unknown
    exchange.respond(202, {}, QByteArrayLiteral("text/plain"));
    end(true);
}

SendResult LongPollingTransport::send(const QByteArray &frame)
{
    if (m_closed || m_ended)
        return SendResult::Closed;
    const qsizetype size = framePayload(frame).size();
    if (m_bytes + size > m_settings.maxOutputBytes)
        return SendResult::Overflow;
    m_output.push_back(frame);
    m_bytes += size;
    connection().keptChanged();
    if (!m_poll)
        return SendResult::Queued;
    // At the end of the turn: everything written in it goes into one body.
    if (!std::exchange(m_flushing, true)) {
        connection().thread().loop().atEndOfTurn([self = connection().shared_from_this(), this] {
            m_flushing = false;
            flush();
        });
    }
    return SendResult::Sent;
}

void LongPollingTransport::flush()
{
    if (!m_poll || m_handing)
        return;
    if (!m_output.empty()) {
        hand();
    } else if (m_closed) {
        end(true);
    }
}

void LongPollingTransport::hand()
{
    m_since = connection().thread().clock().steadyNow();
    m_handing = true;
    m_handed = std::exchange(m_output, {});
    m_handedPlace = m_probe;
    // One body of all that waits: the only copy, made when it leaves.
    QByteArray body;
    body.reserve(m_bytes);
    for (const QByteArray &frame : m_handed)
        body.append(framePayload(frame));
    std::exchange(m_poll, {})
        .respondIfPresent(pollResponse(200, std::move(body), false), connection().thread().loop(),
                          [self = connection().shared_from_this(), this](bool taken) { handed(taken); });
}

void LongPollingTransport::handed(bool taken)
{
    m_handing = false;
    const auto frames = std::exchange(m_handed, {});
    if (m_ended)
        return;
    if (taken) {
        m_takenPlace = m_handedPlace;
        for (const QByteArray &frame : frames)
            m_bytes -= framePayload(frame).size();
        connection().keptChanged();
        if (!m_closed)
            connection().transportDrained();
    } else {
        m_output.insert(m_output.begin(), frames.begin(), frames.end());
    }
    flush();
}

void LongPollingTransport::prove()
{
    if (m_takenPlace != 0)
        connection().arrived(std::exchange(m_takenPlace, 0));
}

void LongPollingTransport::close()
{
    if (std::exchange(m_closed, true))
        return;
    dropPosts();
    m_since = connection().thread().clock().steadyNow();
    flush();
}

void LongPollingTransport::abort()
{
    end(false);
}

void LongPollingTransport::tick(std::chrono::steady_clock::time_point now)
{
    if (m_ended)
        return;
    if (m_poll) {
        // The next one brings a fresh token.
        if (now - m_since >= m_settings.pollTimeout || connection().isTokenOver())
            answer(200);
    } else if (now - m_since >= m_settings.disconnectTimeout) {
        end(false);
    }
}

void LongPollingTransport::answer(int status, bool isFirst)
{
    m_since = connection().thread().clock().steadyNow();
    std::exchange(m_poll, {}).respond(pollResponse(status, {}, isFirst));
}

void LongPollingTransport::end(bool clean)
{
    if (std::exchange(m_ended, true))
        return;
    dropPosts();
    if (m_poll)
        answer(204);
    m_output.clear();
    m_bytes = 0;
    connection().keptChanged();
    // Later: the connection may be in the middle of writing to us.
    connection().thread().loop().post(
        [self = connection().shared_from_this(), this, clean] { self->transportGone(this, clean); });
}

} // namespace Tertulia::Server
