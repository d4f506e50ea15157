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
    {
    }

    /// The group of those who watch `user`.
    [[nodiscard]] static HubGroup watchersOf(const UserId &user) { return user.uuid(); }

    /// PresenceRegistry's listener.
    void changed(const Presence &state);
    void setStatus(const UserId &user, PresenceStatus status);
    /// As others see it: an invisible person is offline, and a status goes with being online only.
    [[nodiscard]] Presence stateOf(const UserId &user) const;

private:
    [[nodiscard]] std::optional<PresenceStatus> statusOf(const UserId &user) const;
    void tellOnline(const UserId &user);
    void tellOffline(const UserId &user, Timestamp lastSeenAt);

    HubLifetimeManager &m_clients;
    const HubServices &m_services;
    mutable std::mutex m_mutex;
    std::unordered_map<UserId, PresenceStatus> m_statuses; // other than Online
};

} // namespace Tertulia::Server
