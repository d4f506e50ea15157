// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/hubservices.h"
#include "protocol/events.h"
#include "services/lastseenlog.h"
#include "signalr/hublifetimemanager.h"

namespace Tertulia::Server {

/// Tells those who watch a person of their coming and going and of their status. Thread-safe.
class PresenceFeed
{
public:
    PresenceFeed(HubLifetimeManager &clients, const HubServices &services)
        : m_clients(clients)
        , m_services(services)
        , m_statusLimiter(services.clock, {{.count = statusChangesPerMinute, .window = std::chrono::minutes(1)}})
        , m_lastSeen(services.executor)
    {
    }

    /// The group of those who watch `user`.
    [[nodiscard]] static HubGroup watchersOf(const UserId &user) { return user.uuid(); }

    /// PresenceRegistry's listener.
    void changed(const Presence &state);
    /// The first message of a conversation: from now on these see each other (PresenceRules::maySee), so those who are
    /// connected watch each other, and hear at once who of the others is online.
    void met(std::vector<UserId> people);
    /// RateLimited where somebody changes theirs without end: each change is told to all who watch.
    [[nodiscard]] Result<void> setStatus(const UserId &user, PresenceStatus status);
    /// Each second: writes down, all in one unit of work, when those were seen last who went offline.
    void saveLastSeen() { m_lastSeen.save(); }

private:
    static constexpr int statusChangesPerMinute = 20;

    void tellOnline(const UserId &user);
    void tellOffline(const UserId &user, Timestamp lastSeenAt);

    HubLifetimeManager &m_clients;
    const HubServices &m_services;
    RateLimiter m_statusLimiter;
    LastSeenLog m_lastSeen;
};

} // namespace Tertulia::Server
