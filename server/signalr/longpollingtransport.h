// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/httptransport.h"

namespace Tertulia::Server {

struct HubSettings;

/// What every answer to a poll carries, also an error.
[[nodiscard]] std::vector<HeaderField> noCacheHeaders();

/// Long polling: output waits here for the client's next GET. Polls come from any network thread.
class LongPollingTransport final : public HttpTransport
{
public:
    LongPollingTransport(HttpConnection &connection, const HubSettings &settings);

    /// A GET. The first is answered at once, empty: it tells the client that the connection stands. A newer one ends
    /// an older one with 204 and takes its place.
    void poll(ExchangeHandle exchange, quint64 serial);
    /// The client has dropped that poll; what was not taken stays for the next (docs/decisions/0026).
    void pollAborted(quint64 serial);
    /// DELETE: the client ends the connection.
    void terminate(ExchangeHandle exchange);

    [[nodiscard]] TransportKind kind() const override { return TransportKind::LongPolling; }
    SendResult send(const QByteArray &frame) override;
    void probe(quint64 place) override { m_probe = place; }
    void close() override;
    void abort() override;
    [[nodiscard]] qint64 backlog() const override { return m_bytes; }
    [[nodiscard]] qint64 kept() const override { return m_bytes; }
    void tick(std::chrono::steady_clock::time_point now) override;

private:
    void flush();
    /// Gives what there is to the poll.
    void hand();
    void handed(bool taken);
    void answer(int status, bool isFirst = false);
    /// A request that came after an answer was taken proves the answer.
    void prove();
    void end(bool clean);

    const HubSettings &m_settings;
    std::vector<QByteArray> m_output; // frames, shared with all others who get the same event
    std::vector<QByteArray> m_handed; // given to a poll of which it is not known yet whether its client is there
    qint64 m_bytes = 0; // of the payloads of both
    ExchangeHandle m_poll;
    quint64 m_serial = 0;
    quint64 m_probe = 0; // place at the end of m_output, once asked about
    quint64 m_handedPlace = 0; // … of what was handed out
    quint64 m_takenPlace = 0; // … and was taken; 0: proven
    std::chrono::steady_clock::time_point m_since; // start of the waiting poll, else end of the last
    bool m_established = false;
    bool m_flushing = false;
    bool m_handing = false;
    bool m_closed = false; // by the hub: what is left goes out, then 204
    bool m_ended = false;
};

} // namespace Tertulia::Server
