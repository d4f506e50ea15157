// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubshard.h"

#include "signalr/hubconnectioncontext.h"
#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

template <class Map, class Key> void removeFrom(Map &map, const Key &key, HubConnectionContext *connection)
{
    const auto found = map.find(key);
    if (found == map.end())
        return;
    auto &list = found->second;
    if (const auto place = std::find(list.begin(), list.end(), connection); place != list.end()) {
        *place = list.back();
        list.pop_back();
    }
    if (list.empty())
        map.erase(found);
}

template <class Map, class Key> const HubShard::List *listOf(const Map &map, const Key &key)
{
    const auto found = map.find(key);
    return found == map.end() ? nullptr : &found->second;
}

} // namespace

void HubShard::add(HubConnectionContext &connection)
{
    connection.m_place = quint32(m_all.size());
    m_all.push_back(&connection);
    if (connection.user().isNull())
        return;
    List &theirs = m_users[connection.user()];
    theirs.push_back(&connection);
    if (theirs.size() == 1)
        m_userThreads.add(connection.user(), m_thread.index());
}

void HubShard::remove(HubConnectionContext &connection)
{
    HubConnectionContext *const last = m_all.back();
    m_all[connection.m_place] = last;
    last->m_place = connection.m_place;
    m_all.pop_back();
    removeFrom(m_users, connection.user(), &connection);
    if (!ofUser(connection.user()))
        m_userThreads.remove(connection.user(), m_thread.index());
    for (const HubGroup &group : std::exchange(connection.m_groups, {}))
        removeFrom(m_groups, ConnectionId(group), &connection);
}

void HubShard::join(HubConnectionContext &connection, const HubGroup &group)
{
    if (connection.isIn(group))
        return;
    connection.m_groups.push_back(group);
    m_groups[ConnectionId(group)].push_back(&connection);
}

void HubShard::leave(HubConnectionContext &connection, const HubGroup &group)
{
    if (std::erase(connection.m_groups, group) > 0)
        removeFrom(m_groups, ConnectionId(group), &connection);
}

const HubShard::List *HubShard::ofUser(const UserId &user) const
{
    return listOf(m_users, user);
}

const HubShard::List *HubShard::ofGroup(const HubGroup &group) const
{
    return listOf(m_groups, ConnectionId(group));
}

int HubShard::send(const List *receivers, const SerializedHubMessage &message, const HubConnectionContext *except)
{
    if (!receivers)
        return 0;
    int taken = 0;
    // Sending never changes the lists at once: a connection that ends leaves them at the end of the turn.
    for (HubConnectionContext *const connection : *receivers) {
        if (connection == except)
            continue;
        const SendResult result = connection->send(message);
        taken += result == SendResult::Sent || result == SendResult::Queued;
    }
    return taken;
}

} // namespace Tertulia::Server
