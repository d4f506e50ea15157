// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/presencefeed.h"

#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

template <class Payload> SharedHubMessage eventOf(QLatin1StringView name, Payload payload)
{
    return SerializedHubMessage::make(QByteArray::fromRawData(name.data(), name.size()), std::move(payload));
}

} // namespace

void PresenceFeed::changed(const Presence &state)
{
    const auto status = statusOf(state.userId);
    if (state.isOnline) {
        if (status != PresenceStatus::Invisible)
            tellOnline(state.userId);
        return;
    }
    const Timestamp seen = state.lastSeenAt.value_or(m_services.clock.now());
    {
        const std::lock_guard lock(m_mutex);
        m_statuses.erase(state.userId);
    }
    // Kept for after a restart; the next coming and going mends it if the store is busy.
    m_services.executor.write<void>(
        [user = state.userId, seen](Transaction &tx) -> Result<void> {
            PresenceRules::recordLastSeen(tx, user, seen);
            return {};
        },
        Completion<void>(nullptr, [](const Result<void> &) {}));
    if (status != PresenceStatus::Invisible)
        tellOffline(state.userId, seen);
}

Result<void> PresenceFeed::setStatus(const UserId &user, PresenceStatus status)
{
    if (const auto allowed = m_statusLimiter.take(user); !allowed) {
        return failure(Error::rateLimited(allowed.error().retryAfterSeconds,
                                          QStringLiteral("Too many changes of status in a short time.")));
    }
    const auto before = statusOf(user).value_or(PresenceStatus::Online);
    if (before == status)
        return {};
    {
        const std::lock_guard lock(m_mutex);
        if (status == PresenceStatus::Online)
            m_statuses.erase(user);
        else
            m_statuses.insert_or_assign(user, status);
    }
    if (status == PresenceStatus::Invisible) {
        tellOffline(user, m_services.clock.now());
        return {};
    }
    if (before == PresenceStatus::Invisible)
        tellOnline(user);
    m_clients.sendToGroup(watchersOf(user), eventOf(HubEvents::statusChanged, StatusChanged{user, status}));
    return {};
}

Presence PresenceFeed::stateOf(const UserId &user) const
{
    Presence state = m_services.presence.state(user);
    if (!state.isOnline)
        return state;
    state.status = statusOf(user).value_or(PresenceStatus::Online);
    if (state.status == PresenceStatus::Invisible)
        return {.userId = user, .isOnline = false, .lastSeenAt = {}, .status = {}};
    return state;
}

std::optional<PresenceStatus> PresenceFeed::statusOf(const UserId &user) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_statuses.find(user);
    return found == m_statuses.end() ? std::nullopt : std::optional(found->second);
}

void PresenceFeed::tellOnline(const UserId &user)
{
    m_clients.sendToGroup(watchersOf(user), eventOf(HubEvents::userOnline, UserOnline{user, m_services.clock.now()}));
}

void PresenceFeed::tellOffline(const UserId &user, Timestamp lastSeenAt)
{
    m_clients.sendToGroup(watchersOf(user), eventOf(HubEvents::userOffline, UserOffline{user, lastSeenAt}));
}

} // namespace Tertulia::Server
