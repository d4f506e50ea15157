// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/presencefeed.h"

#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

template <class Payload> SharedHubMessage presenceEvent(QLatin1StringView name, Payload payload)
{
    return SerializedHubMessage::make(QByteArray::fromRawData(name.data(), name.size()), std::move(payload));
}

} // namespace

void PresenceFeed::changed(const Presence &state)
{
    if (state.isOnline) {
        tellOnline(state.userId);
        return;
    }
    const Timestamp seen = state.lastSeenAt.value_or(m_services.clock.now());
    m_lastSeen.note(state.userId, seen);
    tellOffline(state.userId, seen);
}

void PresenceFeed::met(std::vector<UserId> people)
{
    m_clients.onEveryShard([this, people = std::move(people)](HubShard &shard) {
        for (const UserId &viewer : people) {
            const HubShard::List *const connections = shard.ofUser(viewer);
            if (!connections)
                continue;
            for (const UserId &user : people) {
                if (user == viewer)
                    continue;
                for (HubConnectionContext *const connection : *connections)
                    connection->join(watchersOf(user));
                if (m_services.presence.isOnline(user))
                    shard.send(connections,
                               *presenceEvent(HubEvents::userOnline, UserOnline{user, m_services.clock.now()}));
            }
        }
    });
}

Result<void> PresenceFeed::setStatus(const UserId &user, PresenceStatus status)
{
    if (const auto allowed = m_statusLimiter.take(user); !allowed) {
        return failure(Error::rateLimited(allowed.error().retryAfterSeconds,
                                          QStringLiteral("Too many changes of status in a short time.")));
    }
    if (m_services.presence.setStatus(user, status))
        m_clients.sendToGroup(watchersOf(user), presenceEvent(HubEvents::statusChanged, StatusChanged{user, status}));
    return {};
}

void PresenceFeed::tellOnline(const UserId &user)
{
    m_clients.sendToGroup(watchersOf(user),
                          presenceEvent(HubEvents::userOnline, UserOnline{user, m_services.clock.now()}));
}

void PresenceFeed::tellOffline(const UserId &user, Timestamp lastSeenAt)
{
    m_clients.sendToGroup(watchersOf(user), presenceEvent(HubEvents::userOffline, UserOffline{user, lastSeenAt}));
}

} // namespace Tertulia::Server
