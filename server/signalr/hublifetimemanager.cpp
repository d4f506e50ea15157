// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hublifetimemanager.h"

#include "signalr/hubconnectioncontext.h"
#include "signalr/hubserver.h"

namespace Tertulia::Server {

void HubLifetimeManager::addShard(HubThread &thread, std::unique_ptr<Hub> hub)
{
    const auto index = size_t(thread.index());
    Q_ASSERT(index < maxThreads);
    m_shards[index] = std::make_unique<HubShard>(thread, m_userThreads, std::move(hub));
}

HubShard &HubLifetimeManager::shard(const HubThread &thread) const
{
    return *m_shards[size_t(thread.index())];
}

void HubLifetimeManager::onShards(ThreadMask threads, std::function<void(HubShard &)> work)
{
    if (threads != 0)
        m_server.onThreads(threads, [this, work = std::move(work)](HubThread &thread) { work(shard(thread)); });
}

void HubLifetimeManager::sendToAll(SharedHubMessage message)
{
    onEveryShard([message = std::move(message)](HubShard &shard) { shard.send(&shard.all(), *message); });
}

void HubLifetimeManager::sendToUser(const UserId &user, SharedHubMessage message)
{
    onShards(threadsOf(user),
             [user, message = std::move(message)](HubShard &shard) { shard.send(shard.ofUser(user), *message); });
}

void HubLifetimeManager::sendToGroup(const HubGroup &group, SharedHubMessage message)
{
    onEveryShard(
        [group, message = std::move(message)](HubShard &shard) { shard.send(shard.ofGroup(group), *message); });
}

void HubLifetimeManager::withConnection(const ConnectionId &id, std::function<void(HubConnectionContext *)> work)
{
    // Nobody but the threads themselves knows which one a connection lives on: the last one to say no ends the search.
    auto left = std::make_shared<std::atomic<int>>(m_server.threadCount());
    if (*left == 0) {
        work(nullptr);
        return;
    }
    m_server.onEveryThread([this, id, left, work = std::move(work)](HubThread &thread) {
        const auto connection = std::dynamic_pointer_cast<HubConnectionContext>(thread.find(id));
        if (connection && &connection->shard() == &shard(thread) && connection->isOpen())
            work(connection.get());
        else if (--*left == 0)
            work(nullptr);
    });
}

void HubLifetimeManager::sendToConnection(const ConnectionId &id, SharedHubMessage message)
{
    withConnection(id, [message = std::move(message)](HubConnectionContext *connection) {
        if (connection)
            connection->send(*message);
    });
}

} // namespace Tertulia::Server
