// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/httptransport.h"

namespace Tertulia::Server {

/// Server-Sent Events: one endless answer to a GET on the connection's own thread (text only).
class SseTransport final : public HttpTransport
{
public:
    SseTransport(HttpConnection &connection, std::shared_ptr<Exchange> exchange);

    /// Sends the head and the first bytes, so that the client's `open` fires.
    void start();

    [[nodiscard]] TransportKind kind() const override { return TransportKind::ServerSentEvents; }
    SendResult send(const QByteArray &frame) override;
    void probe(quint64 place) override { m_probe = place; }
    void close() override;
    void abort() override;
    [[nodiscard]] qint64 backlog() const override { return m_backlog; }

private:
    SendResult write(const QByteArray &bytes);
    void end(bool clean);
    /// There is no answer to an event stream: what the client sends when the kernel has taken it all must do.
    void heard() override;

    std::shared_ptr<Exchange> m_exchange; // shared with the front door
    quint64 m_probe = 0;
    qint64 m_backlog = 0; // at most: the exchange does not say how much of it has left
};

} // namespace Tertulia::Server
