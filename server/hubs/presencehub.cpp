// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/presencehub.h"

#include "protocol/names.h"
#include "signalr/hubconnectioncontext.h"
#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

constexpr qsizetype maxUsersAsked = 500; // contract.md 5.4

std::weak_ptr<HubConnectionContext> forLater(HubConnectionContext &connection)
{
    return std::static_pointer_cast<HubConnectionContext>(connection.shared_from_this());
}

} // namespace

HubMethods<PresenceHub> PresenceHub::methods()
{
    HubMethods<PresenceHub> table;
    table.add(Tertulia::HubMethods::getOnlineUsers.data(), &PresenceHub::onlineUsers);
    table.add(Tertulia::HubMethods::subscribePresence.data(), &PresenceHub::subscribePresence);
    table.add(Tertulia::HubMethods::heartbeat.data(), &PresenceHub::heartbeat);
    table.add(Tertulia::HubMethods::setStatus.data(), &PresenceHub::setStatus);
    return table;
}

void PresenceHub::onConnected(HubConnectionContext &caller, HubReply<void> reply)
{
    m_services.presence.connected(caller.user());
    reply.finish({});
    sendOnline(caller);
}

void PresenceHub::sendOnline(HubConnectionContext &caller)
{
    const UserId user = caller.user();
    m_services.executor.read<std::vector<UserId>>(
        {user, Lane::Bulk},
        [user](ReadTransaction &tx) -> Result<std::vector<UserId>> { return PresenceRules::audience(tx, user); },
        Completion<std::vector<UserId>>(&caller.thread().loop(),
                                        [this, to = forLater(caller)](const Result<std::vector<UserId>> &people) {
                                            const auto connection = to.lock();
                                            if (!connection)
                                                return;
                                            if (!people) {
                                                m_onlineLater.later(*connection, people.error());
                                                return;
                                            }
                                            std::vector<UserId> online;
                                            for (const UserId &person : *people) {
                                                connection->join(PresenceFeed::watchersOf(person));
                                                if (m_services.presence.isOnline(person))
                                                    online.push_back(person);
                                            }
                                            connection->sendEvent(HubEvents::onlineUsers, online);
                                        }));
}

void PresenceHub::onDisconnected(HubConnectionContext &caller)
{
    m_services.presence.disconnected(caller.user());
}

void PresenceHub::look(HubConnectionContext &caller, const QStringList &userIds, bool watch, HubReply<States> reply)
{
    if (userIds.size() > maxUsersAsked) {
        reply.finish(failure(Error::invalid(QStringLiteral("userIds"), QStringLiteral("At most 500 people at once."))));
        return;
    }
    if (const auto allowed = m_services.limits.lists.take(caller.user()); !allowed) {
        reply.finish(failure(allowed.error()));
        return;
    }
    std::vector<UserId> asked;
    for (const QString &text : userIds) {
        if (const auto id = UserId::parse(text))
            asked.push_back(*id);
    }
    struct Seen
    {
        UserId user;
        std::optional<Timestamp> lastSeenAt;
    };
    m_services.executor.read<std::vector<Seen>>(
        {caller.user()},
        [viewer = caller.user(), asked = std::move(asked)](ReadTransaction &tx) -> Result<std::vector<Seen>> {
            std::vector<Seen> people;
            for (const UserId &user : PresenceRules::visibleTo(tx, viewer, asked))
                people.push_back({user, PresenceRules::lastSeen(tx, user)});
            return people;
        },
        std::move(reply).completionFrom<std::vector<Seen>>(
            [this, watch, to = forLater(caller)](const std::vector<Seen> &people) {
                const auto connection = to.lock();
                States states;
                for (const Seen &seen : people) {
                    states.push_back(m_services.presence.state(seen.user));
                    if (!states.back().isOnline && !states.back().lastSeenAt)
                        states.back().lastSeenAt = seen.lastSeenAt;
                    if (watch && connection)
                        connection->join(PresenceFeed::watchersOf(seen.user));
                }
                return states;
            }));
}

void PresenceHub::onlineUsers(HubConnectionContext &caller, QStringList userIds, HubReply<States> reply)
{
    look(caller, userIds, false, std::move(reply));
}

void PresenceHub::subscribePresence(HubConnectionContext &caller, QStringList userIds, HubReply<States> reply)
{
    look(caller, userIds, true, std::move(reply));
}

Result<void> PresenceHub::setStatus(HubConnectionContext &caller, PresenceStatus status)
{
    return m_feed.setStatus(caller.user(), status);
}

} // namespace Tertulia::Server
