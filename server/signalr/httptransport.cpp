// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/httptransport.h"

namespace Tertulia::Server {

void HttpTransport::post(ExchangeHandle exchange, const QByteArray &body)
{
    if (m_over) {
        exchange.respond(404);
        return;
    }
    m_posts.push_back({std::move(exchange), body});
    if (m_reading)
        setReading(true);
}

void HttpTransport::setReading(bool reading)
{
    m_reading = reading;
    if (m_delivering)
        return;
    const auto self = m_connection.shared_from_this();
    m_delivering = true;
    while (m_reading && !m_posts.empty()) {
        Waiting next = std::move(m_posts.front());
        m_posts.pop_front();
        heard();
        self->receive(next.body, true);
        answer(std::move(next.exchange));
    }
    m_delivering = false;
}

void HttpTransport::answer(ExchangeHandle exchange)
{
    exchange.respond(200, {}, QByteArrayLiteral("text/plain"));
}

void HttpTransport::dropPosts()
{
    m_over = true;
    for (Waiting &waiting : std::exchange(m_posts, {}))
        waiting.exchange.respond(404);
}

} // namespace Tertulia::Server
