// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "net/threadbudget.h"
#include "signalr/connectionregistry.h"
#include "signalr/hubendpoint.h"
#include "signalr/hubsettings.h"

#include <atomic>
#include <memory>
#include <unordered_map>
#include <vector>

namespace Tertulia::Server {

struct KeptBytes;

/// What the hubs keep on one network thread: the connections that live there and one coarse heartbeat for all of them
/// (a timer per connection would cost more memory than the rest of an idle connection). That thread only.
class HubThread
{
public:
    /// @param threadCount all there are: what is for all of them is shared equally
    HubThread(int index, NetworkThread &loop, const Clock &clock, ConnectionRegistry &registry,
              const HubSettings &settings, const Authenticate &authenticate, const std::atomic<int> &threadCount);
    HubThread(const HubThread &) = delete;
    HubThread &operator=(const HubThread &) = delete;
    ~HubThread();

    [[nodiscard]] int index() const { return m_index; }
    [[nodiscard]] NetworkThread &loop() const { return m_loop; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] ConnectionRegistry &registry() const { return m_registry; }
    [[nodiscard]] const HubSettings &settings() const { return m_settings; }
    /// Whether the token is good now: where a request came from another thread, it may have been ended on the way.
    [[nodiscard]] bool isGood(const Caller &caller) const { return m_authenticate(caller.token).has_value(); }
    [[nodiscard]] bool isShuttingDown() const { return m_shuttingDown; }
    [[nodiscard]] qsizetype size() const { return qsizetype(m_connections.size()); }

    void add(std::shared_ptr<HttpConnection> connection);
    void remove(HttpConnection &connection);
    [[nodiscard]] std::shared_ptr<HttpConnection> find(const ConnectionId &id) const;
    template <class F> void forEach(F visit) const
    {
        // a copy: visitors end connections
        const auto connections = m_order;
        for (HttpConnection *connection : connections)
            visit(*connection);
    }

    /// Calls HttpConnection::resumeInput when this turn's events are done: never inside another's handling, since all
    /// connections of a thread decode into the same document.
    void resumeLater(HttpConnection &connection);
    /// So much more waits at the connections here. When it is too much, those where the most waits are ended soon.
    void keptChanged(const KeptBytes &difference);
    /// Starts the heartbeat if it sleeps; it sleeps while there is nothing to look after.
    void wake();
    /// Every connection gets its Close; what is left after HubSettings::shutdownTimeout is dropped.
    void shutDown();
    /// The thread stops: forgets its connections, without a word to their clients.
    void end();
    [[nodiscard]] bool hasEnded() const { return m_ended; }

private:
    void tick();
    [[nodiscard]] int slices() const;
    void resumeWaiting();
    void endLargest(const ThreadBudget &budget, qint64 KeptBytes::*part, const char *limit);

    const int m_index;
    NetworkThread &m_loop;
    const Clock &m_clock;
    ConnectionRegistry &m_registry;
    const HubSettings &m_settings;
    const Authenticate &m_authenticate;
    const std::atomic<int> &m_threadCount;
    std::unordered_map<ConnectionId, std::shared_ptr<HttpConnection>> m_connections;
    std::vector<HttpConnection *> m_order;
    std::vector<std::weak_ptr<HttpConnection>> m_waiting;
    ThreadBudget m_input;
    ThreadBudget m_output;
    size_t m_next = 0; // place in m_order where the heartbeat goes on
    size_t m_roundEnd = 0; // … and where its round ends: how many there were at its beginning
    NetworkThread::TimerId m_timer = 0;
    bool m_ticking = false;
    bool m_shuttingDown = false;
    std::atomic<bool> m_ended = false; // read by threads that want to post
};

} // namespace Tertulia::Server
