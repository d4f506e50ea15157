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

struct ConversationRow;

/// Who is connected and what status they chose, in memory. Several connections of one person count once; a person is
/// offline only when the last connection has been gone for the delay, so that a reconnect shows nothing to others; the
/// status ends with that. All that is told is as others see it: an invisible person is offline since they became
/// invisible. Who may see whom is decided by PresenceRules. Thread-safe.
class PresenceRegistry
{
public:
    /// Called when a person comes or goes in others' eyes, on the thread that caused the change (or ran expire()),
    /// never with a lock held; the state is the new one.
    using Listener = std::function<void(const Presence &)>;

    explicit PresenceRegistry(const Clock &clock, std::chrono::milliseconds offlineDelay = std::chrono::seconds(10));
    ~PresenceRegistry();

    /// Before the first connection.
    void setListener(Listener listener);

    void connected(UserId user);
    void disconnected(UserId user);
    /// True when others see another status than before; nobody's who is offline.
    bool setStatus(UserId user, PresenceStatus status);
    /// Makes those offline whose delay is over. Call about once a second.
    void expire();

    [[nodiscard]] bool isOnline(UserId user) const;
    /// Without lastSeenAt when nobody has seen the person here since the start. `status` of those who are online.
    [[nodiscard]] Presence state(UserId user) const;
    /// Everybody who is connected, the invisible ones too.
    [[nodiscard]] size_t onlineCount() const;
    /// Says of the participants whom the viewer may see (viewOf has set isOnline for those, and for nobody else)
    /// whether they are online, and since when not where it is known here.
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

/// Who may see whose presence: everybody their own, and people who share a conversation in which something was said
/// each other's. For REST, sync and hubs alike. Functions in a unit of work.
namespace PresenceRules {
[[nodiscard]] bool maySee(ReadTransaction &tx, UserId viewer, UserId user);
/// The same for two members of a conversation that is at hand, which often spares the look-up.
[[nodiscard]] bool maySee(ReadTransaction &tx, UserId viewer, UserId user, const ConversationRow &both);
/// Everybody who may see `user`, themselves not included.
[[nodiscard]] std::vector<UserId> audience(ReadTransaction &tx, UserId user);
/// Those of `candidates` whom `viewer` may see.
[[nodiscard]] std::vector<UserId> visibleTo(ReadTransaction &tx, UserId viewer, const std::vector<UserId> &candidates);
/// The stored time of the last connection, for people who have not been here since the start.
[[nodiscard]] std::optional<Timestamp> lastSeen(ReadTransaction &tx, UserId user);
void recordLastSeen(Transaction &tx, UserId user, Timestamp at);
} // namespace PresenceRules

} // namespace Tertulia::Server
