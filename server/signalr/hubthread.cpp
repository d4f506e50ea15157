// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubthread.h"

#include "base/logging.h"
#include "signalr/httpconnection.h"

namespace Tertulia::Server {

namespace {

/// A heartbeat is spread over several wake-ups, so that thousands of idle connections never hold up an active one for
/// longer than a slice of them takes.
constexpr size_t connectionsPerSlice = 1000;
constexpr size_t maxSlices = 10;

} // namespace

HubThread::HubThread(int index, NetworkThread &loop, const Clock &clock, ConnectionRegistry &registry,
                     const HubSettings &settings, const Authenticate &authenticate, const std::atomic<int> &threadCount)
    : m_index(index)
    , m_loop(loop)
    , m_clock(clock)
    , m_registry(registry)
    , m_settings(settings)
    , m_authenticate(authenticate)
    , m_threadCount(threadCount)
    , m_input(
          loop, [this] { return m_settings.maxInputBytesTotal / m_threadCount; },
          [this] { endLargest(m_input, &KeptBytes::input, "hubs.input_bytes_total"); })
    , m_output(
          loop, [this] { return m_settings.maxOutputBytesTotal / m_threadCount; },
          [this] { endLargest(m_output, &KeptBytes::output, "hubs.output_bytes_total"); })
{
}

HubThread::~HubThread() = default;

void HubThread::add(std::shared_ptr<HttpConnection> connection)
{
    connection->m_slot = quint32(m_order.size());
    m_order.push_back(connection.get());
    const ConnectionId id = connection->id();
    m_connections.emplace(id, std::move(connection));
    wake();
}

void HubThread::remove(HttpConnection &connection)
{
    m_registry.remove(connection.token());
    const auto found = m_connections.find(connection.id());
    if (found == m_connections.end())
        return;
    HttpConnection *const last = m_order.back();
    m_order[connection.m_slot] = last;
    last->m_slot = connection.m_slot;
    m_order.pop_back();
    // The caller is often a function of the connection itself.
    m_loop.atEndOfTurn([dying = std::move(found->second)] {});
    m_connections.erase(found);
}

std::shared_ptr<HttpConnection> HubThread::find(const ConnectionId &id) const
{
    const auto found = m_connections.find(id);
    return found == m_connections.end() ? nullptr : found->second;
}

void HubThread::resumeLater(HttpConnection &connection)
{
    if (m_waiting.empty())
        m_loop.post([this] { resumeWaiting(); });
    m_waiting.push_back(connection.weak_from_this());
}

void HubThread::resumeWaiting()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &connection : waiting) {
        if (const auto alive = connection.lock())
            alive->resumeInput();
    }
}

void HubThread::keptChanged(const KeptBytes &difference)
{
    m_input.changed(difference.input);
    m_output.changed(difference.output);
}

void HubThread::endLargest(const ThreadBudget &budget, qint64 KeptBytes::*part, const char *limit)
{
    std::vector<std::pair<qint64, HttpConnection *>> holders;
    for (HttpConnection *const connection : m_order) {
        if (const qint64 bytes = connection->kept().*part; bytes > 0)
            holders.emplace_back(bytes, connection);
    }
    budget.relieve(std::move(holders), [part, limit](HttpConnection &holder) {
        qCInfo(logHubs, "connection %s is ended: it keeps %lld bytes of %s", connectionText(holder.id()).constData(),
               static_cast<long long>(holder.kept().*part), limit);
        holder.abort();
    });
}

int HubThread::slices() const
{
    return int(std::min(maxSlices, m_order.size() / connectionsPerSlice + 1));
}

void HubThread::wake()
{
    if (std::exchange(m_ticking, true))
        return;
    m_timer = m_loop.startTimer(m_settings.heartbeat / slices(), [this] { tick(); });
}

void HubThread::tick()
{
    m_ticking = false;
    const auto now = m_clock.steadyNow();
    if (m_next >= std::min(m_roundEnd, m_order.size())) {
        m_next = 0;
        m_roundEnd = m_order.size(); // whoever comes meanwhile has to wait: else new ones alone would have their turn
        m_registry.expireUnused(now - m_settings.disconnectTimeout);
    }
    const size_t parts = size_t(slices());
    const size_t end = std::min({m_roundEnd, m_order.size(), m_next + (m_order.size() + parts - 1) / parts});
    // Backwards: one that ends is replaced by the last of all, which then has its turn a little early or late.
    for (size_t index = end; index-- > m_next;) {
        if (index < m_order.size())
            m_order[index]->tick(now);
    }
    m_next = end;
    if (!m_order.empty() || m_registry.hasUnused())
        wake();
}

void HubThread::shutDown()
{
    m_shuttingDown = true;
    forEach([](HttpConnection &connection) { connection.shutDown(); });
    m_loop.startTimer(m_settings.shutdownTimeout,
                      [this] { forEach([](HttpConnection &connection) { connection.abort(); }); });
}

void HubThread::end()
{
    m_ended = true;
    m_order.clear();
    m_waiting.clear();
    m_connections.clear();
}

} // namespace Tertulia::Server
