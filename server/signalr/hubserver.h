// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "signalr/hubendpoint.h"
#include "signalr/hubrouter.h"
#include "signalr/hubthread.h"
#include "signalr/userthreads.h"

#include <mutex>

namespace Tertulia::Server {

/// All hubs of a server: their endpoints, what its threads share, and the door for other parts. Outlives the FrontDoor
/// whose handlers it makes. Endpoints are added before the first router is made; the rest is thread-safe.
class HubServer
{
public:
    HubServer(HubSettings settings, const Clock &clock, Authenticate authenticate);
    HubServer(const HubServer &) = delete;
    HubServer &operator=(const HubServer &) = delete;
    ~HubServer();

    [[nodiscard]] const HubSettings &settings() const { return m_settings; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] const Authenticate &authenticate() const { return m_authenticate; }
    [[nodiscard]] ConnectionRegistry &registry() { return m_registry; }

    HubEndpoint &addEndpoint(HubEndpointSettings settings, HubEndpoint::ConnectionFactory factory);
    /// `added` is called for each network thread before it has a connection.
    void onThreadAdded(std::function<void(HubThread &)> added) { m_onThreadAdded.push_back(std::move(added)); }
    /// The endpoint of a lower-case path without slash at the end; null if there is none.
    [[nodiscard]] HubEndpoint *endpoint(QByteArrayView path) const;

    /// For FrontDoor::HandlerFactory, once for each network thread.
    [[nodiscard]] std::unique_ptr<HubRouter> makeRouter(NetworkThread &thread);

    /// Runs `work` on each network thread, with one post for each.
    void onEveryThread(const std::function<void(HubThread &)> &work) { onThreads(everyThread, work); }
    /// The same on some of them.
    void onThreads(ThreadMask threads, const std::function<void(HubThread &)> &work);
    /// Ends connections of a person (of one sign-in, if given) with a Close that does not invite to come back: the
    /// sign-in was revoked or the account disabled.
    void disconnect(const UserId &user, std::optional<SessionId> session = {});
    [[nodiscard]] int threadCount();
    [[nodiscard]] qsizetype connectionCount() const { return m_registry.size(); }

private:
    const HubSettings m_settings;
    const Clock &m_clock;
    const Authenticate m_authenticate;
    ConnectionRegistry m_registry;
    std::vector<std::unique_ptr<HubEndpoint>> m_endpoints;
    std::vector<std::function<void(HubThread &)>> m_onThreadAdded;
    std::mutex m_mutex; // guards m_threads while the front door makes its threads
    std::vector<std::unique_ptr<HubThread>> m_threads;
    std::atomic<int> m_threadCount = 0;
};

} // namespace Tertulia::Server
