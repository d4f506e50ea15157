// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/exchangehandle.h"
#include "signalr/httpconnection.h"

#include <deque>

namespace Tertulia::Server {

/// What Server-Sent Events and long polling share: the client's bytes come by POST, each answered when its bytes were
/// taken (not: handled), in order of arrival. Owned by the connection.
class HttpTransport : public ConnectionTransport
{
public:
    explicit HttpTransport(HttpConnection &connection)
        : m_connection(connection)
    {
    }

    void post(ExchangeHandle exchange, const QByteArray &body);
    void setReading(bool reading) override;

protected:
    [[nodiscard]] HttpConnection &connection() const { return m_connection; }
    /// The client has sent something.
    virtual void heard() { }
    /// Waiting and later POSTs learn that the connection is over.
    void dropPosts();

private:
    struct Waiting
    {
        ExchangeHandle exchange;
        QByteArray body;
    };
    void answer(ExchangeHandle exchange);

    HttpConnection &m_connection;
    std::deque<Waiting> m_posts;
    bool m_reading = true;
    bool m_delivering = false;
    bool m_over = false;
};

} // namespace Tertulia::Server
