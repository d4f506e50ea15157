// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "protocol/conversation.h"
#include "protocol/events.h"
#include "store/transaction.h"

#include <functional>
#include <memory>
#include <vector>

namespace Tertulia::Server {

/// Who is connected, in memory. Several connections of one person count once; a person is offline only when the last
/// connection has been gone for the delay, so that a reconnect shows nothing to others. Thread-safe.
class PresenceRegistry
{
public:
    /// Called on the thread that caused the change (or ran expire()), never with a lock held; the state is the new one.
    using Listener = std::function<void(const Presence &)>;

    explicit PresenceRegistry(const Clock &clock, std::chrono::milliseconds offlineDelay = std::chrono::seconds(10));
    ~PresenceRegistry();

    /// Before the first connection.
    void setListener(Listener listener);

    void connected(UserId user);
    void disconnected(UserId user);
    /// Makes those offline whose delay is over. Call about once a second.
    void expire();

    [[nodiscard]] bool isOnline(UserId user) const;
    /// Without lastSeenAt when the person has not been here since the start.
    [[nodiscard]] Presence state(UserId user) const;
    [[nodiscard]] size_t onlineCount() const;
    /// Sets isOnline of the participants, and lastSeenAt where it is known here.
    void fill(Conversation &conversation) const;

private:
    struct Shard;
    static constexpr size_t shardCount = 16;
    [[nodiscard]] Shard &shard(UserId user) const;

    const Clock &m_clock;
    std::chrono::milliseconds m_offlineDelay;
    Listener m_listener;
    std::unique_ptr<Shard[]> m_shards;
};

/// Who may see whose presence: people who share a conversation in which something was said. Functions in a unit of
/// work.
namespace PresenceRules {
/// Everybody who may see `user`, themselves not included.
[[nodiscard]] std::vector<UserId> audience(ReadTransaction &tx, UserId user);
/// Those of `candidates` whom `viewer` may see.
[[nodiscard]] std::vector<UserId> visibleTo(ReadTransaction &tx, UserId viewer, const std::vector<UserId> &candidates);
/// The stored time of the last connection, for people who have not been here since the start.
[[nodiscard]] std::optional<Timestamp> lastSeen(ReadTransaction &tx, UserId user);
void recordLastSeen(Transaction &tx, UserId user, Timestamp at);
} // namespace PresenceRules

} // namespace Tertulia::Server
