// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubconnectioncontext.h"
#include "signalr/hubshard.h"

#include <array>
#include <functional>

namespace Tertulia::Server {

class HubServer;

/// Reaches the connections of one hub from any thread: each call posts once to every network thread, or to those where
/// the people are whom it is for.
class HubLifetimeManager
{
public:
    static constexpr size_t maxThreads = 64;

    explicit HubLifetimeManager(HubServer &server)
        : m_server(server)
    {
    }

    void sendToAll(SharedHubMessage message);
    void sendToUser(const UserId &user, SharedHubMessage message);
    void sendToGroup(const HubGroup &group, SharedHubMessage message);
    void sendToConnection(const ConnectionId &id, SharedHubMessage message);

    /// Asks a client for the result of its method. Cancelled, with the reference's text, when there is no such
    /// connection or it ends. @param completion may be for any loop
    template <class T, class... Args>
    void invoke(const ConnectionId &id, QByteArray target, Completion<T> completion, Args... args)
    {
        // Shared by the threads that look for the connection; one of them uses it.
        auto once = std::make_shared<Completion<T>>(std::move(completion));
        withConnection(
            id, [id, target = std::move(target), once, ... args = std::move(args)](HubConnectionContext *connection) {
                if (connection) {
                    connection->invoke<T>(std::string_view(target.constData(), size_t(target.size())), std::move(*once),
                                          args...);
                    return;
                }
                Error error = Error::cancelled();
                error.message =
                    QStringLiteral("Connection '%1' does not exist.").arg(QString::fromLatin1(connectionText(id)));
                once->finish(failure(std::move(error)));
            });
    }

    /// Runs `work` once, on the thread of that connection, or on any with null when there is none.
    void withConnection(const ConnectionId &id, std::function<void(HubConnectionContext *)> work);
    /// Runs `work` on each network thread with this hub's shard there.
    void onEveryShard(std::function<void(HubShard &)> work) { onShards(everyThread, std::move(work)); }
    /// The same on some threads.
    void onShards(ThreadMask threads, std::function<void(HubShard &)> work);
    /// Where the person has connections of this hub at the moment.
    [[nodiscard]] ThreadMask threadsOf(const UserId &user) const { return m_userThreads.of(user); }

    /// Setting up, before the thread runs.
    void addShard(HubThread &thread, std::unique_ptr<Hub> hub);
    [[nodiscard]] HubShard &shard(const HubThread &thread) const;

private:
    HubServer &m_server;
    UserThreads m_userThreads;
    std::array<std::unique_ptr<HubShard>, maxThreads> m_shards;
};

} // namespace Tertulia::Server
