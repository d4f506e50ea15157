// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "signalr/connectionid.h"
#include "signalr/hub.h"
#include "signalr/serializedhubmessage.h"
#include "signalr/userthreads.h"

#include <unordered_map>
#include <vector>

namespace Tertulia::Server {

class HubThread;

/// A group's name: the id of what it is about, or groupNamed().
using HubGroup = Uuid;
[[nodiscard]] inline HubGroup groupNamed(QByteArrayView name)
{
    return Uuid::fromName("hub group", name);
}

/// A hub's connections on one network thread, indexed by user and by group. That thread only.
class HubShard
{
public:
    /// @param userThreads of the hub: told who has connections here
    HubShard(HubThread &thread, UserThreads &userThreads, std::unique_ptr<Hub> hub)
        : m_thread(thread)
        , m_userThreads(userThreads)
        , m_hub(std::move(hub))
    {
    }

    [[nodiscard]] HubThread &thread() const { return m_thread; }
    [[nodiscard]] Hub &hub() const { return *m_hub; }

    void add(HubConnectionContext &connection);
    /// Also from all its groups.
    void remove(HubConnectionContext &connection);
    void join(HubConnectionContext &connection, const HubGroup &group);
    void leave(HubConnectionContext &connection, const HubGroup &group);

    using List = std::vector<HubConnectionContext *>;
    /// Null when there are none. Valid during this turn's call only; sending does not change it.
    [[nodiscard]] const List *ofUser(const UserId &user) const;
    [[nodiscard]] const List *ofGroup(const HubGroup &group) const;
    [[nodiscard]] const List &all() const { return m_all; }
    /// Everybody who has connections here.
    [[nodiscard]] const std::unordered_map<UserId, List> &users() const { return m_users; }

    /// Sends to each of the list. @return how many of them took it
    int send(const List *receivers, const SerializedHubMessage &message, const HubConnectionContext *except = nullptr);

private:
    HubThread &m_thread;
    UserThreads &m_userThreads;
    std::unique_ptr<Hub> m_hub;
    List m_all;
    std::unordered_map<UserId, List> m_users;
    std::unordered_map<ConnectionId, List> m_groups; // key: the group's Uuid as an id, for its hash
};

} // namespace Tertulia::Server
