// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/hublifetimemanager.h"
#include "hubs/hubservices.h"
#include "protocol/events.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Tells those who watch a person of their coming and going, and keeps what status people have chosen (in memory: it
/// ends with their presence). Thread-safe.
class PresenceFeed
{
public:
    PresenceFeed(HubLifetimeManager &clients, const HubServices &services)
        : m_clients(clients)
        , m_services(services)
        , m_statusLimiter(services.clock, {{.count = statusChangesPerMinute, .window = std::chrono::minutes(1)}})
    {
    }

    /// The group of those who watch `user`.
    [[nodiscard]] static HubGroup watchersOf(const UserId &user) { return user.uuid(); }

    /// PresenceRegistry's listener.
    void changed(const Presence &state);
    /// RateLimited where somebody changes theirs without end: each change is told to all who watch.
    [[nodiscard]] Result<void> setStatus(const UserId &user, PresenceStatus status);
    /// As others see it: an invisible person is offline, and a status goes with being online only.
    [[nodiscard]] Presence stateOf(const UserId &user) const;

private:
    static constexpr int statusChangesPerMinute = 20;

    [[nodiscard]] std::optional<PresenceStatus> statusOf(const UserId &user) const;
    void tellOnline(const UserId &user);
    void tellOffline(const UserId &user, Timestamp lastSeenAt);

    HubLifetimeManager &m_clients;
    const HubServices &m_services;
    RateLimiter m_statusLimiter;
    mutable std::mutex m_mutex;
    std::unordered_map<UserId, PresenceStatus> m_statuses; // other than Online
};

} // namespace Tertulia::Server
