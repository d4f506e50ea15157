// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/presence.h"

#include "store/conversationstore.h"

#include <deque>
#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

struct PresenceRegistry::Shard
{
    struct Entry
    {
        int connections = 0;
        bool isOnline = false;
        PresenceStatus status = PresenceStatus::Online;
        std::optional<Timestamp> lastSeenAt; ///< by others
        std::chrono::steady_clock::time_point leftAt;

        [[nodiscard]] bool isSeen() const { return isOnline && status != PresenceStatus::Invisible; }
    };
    struct Leaving
    {
        UserId user;
        std::chrono::steady_clock::time_point leftAt;
    };

    std::mutex mutex;
    std::unordered_map<UserId, Entry> entries;
    std::deque<Leaving> leaving; ///< rising by time; entries that came back are skipped
    // Changes are told in their order, by one thread at a time, without the lock.
    std::deque<Presence> untold;
    bool isTelling = false;

    [[nodiscard]] static Presence stateOf(UserId user, const Entry &entry)
    {
        if (entry.isSeen())
            return {.userId = user, .isOnline = true, .lastSeenAt = {}, .status = entry.status};
        return {.userId = user, .isOnline = false, .lastSeenAt = entry.lastSeenAt, .status = {}};
    }
    void tell(std::unique_lock<std::mutex> &lock, const Listener &listener)
    {
        if (isTelling)
            return;
        isTelling = true;
        while (!untold.empty()) {
            const Presence state = untold.front();
            untold.pop_front();
            lock.unlock();
            if (listener)
                listener(state);
            lock.lock();
        }
        isTelling = false;
    }
};

PresenceRegistry::PresenceRegistry(const Clock &clock, std::chrono::milliseconds offlineDelay)
    : m_clock(clock)
    , m_offlineDelay(offlineDelay)
    , m_shards(std::make_unique<Shard[]>(shardCount))
{
}

PresenceRegistry::~PresenceRegistry() = default;

void PresenceRegistry::setListener(Listener listener)
{
    m_listener = std::move(listener);
}

PresenceRegistry::Shard &PresenceRegistry::shard(UserId user) const
{
    return m_shards[(user.uuid().hash() >> 7) % shardCount];
}

void PresenceRegistry::connected(UserId user)
{
    Shard &own = shard(user);
    std::unique_lock lock(own.mutex);
    Shard::Entry &entry = own.entries[user];
    ++entry.connections;
    if (entry.isOnline)
        return;
    entry.isOnline = true;
    own.untold.push_back(Shard::stateOf(user, entry));
    own.tell(lock, m_listener);
}

void PresenceRegistry::disconnected(UserId user)
{
    Shard &own = shard(user);
    const std::unique_lock lock(own.mutex);
    const auto found = own.entries.find(user);
    if (found == own.entries.end() || found->second.connections == 0)
        return;
    Shard::Entry &entry = found->second;
    if (--entry.connections > 0)
        return;
    if (entry.isSeen())
        entry.lastSeenAt = m_clock.now();
    entry.leftAt = m_clock.steadyNow();
    own.leaving.push_back({user, entry.leftAt});
}

bool PresenceRegistry::setStatus(UserId user, PresenceStatus status)
{
    Shard &own = shard(user);
    std::unique_lock lock(own.mutex);
    const auto found = own.entries.find(user);
    if (found == own.entries.end() || !found->second.isOnline || found->second.status == status)
        return false;
    Shard::Entry &entry = found->second;
    const bool wasSeen = entry.isSeen();
    entry.status = status;
    const bool isSeen = entry.isSeen();
    if (wasSeen && !isSeen)
        entry.lastSeenAt = m_clock.now();
    if (wasSeen != isSeen) {
        own.untold.push_back(Shard::stateOf(user, entry));
        own.tell(lock, m_listener);
    }
    return isSeen;
}

void PresenceRegistry::expire()
{
    const auto gone = m_clock.steadyNow() - m_offlineDelay;
    for (size_t i = 0; i < shardCount; ++i) {
        Shard &own = m_shards[i];
        std::unique_lock lock(own.mutex);
        while (!own.leaving.empty() && own.leaving.front().leftAt <= gone) {
            const Shard::Leaving leaving = own.leaving.front();
            own.leaving.pop_front();
            Shard::Entry &entry = own.entries[leaving.user];
            if (entry.connections > 0 || !entry.isOnline || entry.leftAt != leaving.leftAt)
                continue;
            const bool wasSeen = entry.isSeen();
            entry.isOnline = false;
            entry.status = PresenceStatus::Online;
            if (wasSeen)
                own.untold.push_back(Shard::stateOf(leaving.user, entry));
        }
        own.tell(lock, m_listener);
    }
}

bool PresenceRegistry::isOnline(UserId user) const
{
    return state(user).isOnline;
}

Presence PresenceRegistry::state(UserId user) const
{
    Shard &own = shard(user);
    const std::lock_guard lock(own.mutex);
    const auto found = own.entries.find(user);
    if (found == own.entries.end())
        return {.userId = user, .isOnline = false, .lastSeenAt = {}, .status = {}};
    return Shard::stateOf(user, found->second);
}

size_t PresenceRegistry::onlineCount() const
{
    size_t count = 0;
    for (size_t i = 0; i < shardCount; ++i) {
        const std::lock_guard lock(m_shards[i].mutex);
        for (const auto &[user, entry] : m_shards[i].entries)
            count += entry.isOnline ? 1 : 0;
    }
    return count;
}

void PresenceRegistry::fill(Conversation &conversation) const
{
    for (Participant &participant : conversation.participants) {
        if (!participant.isOnline)
            continue; // not for this viewer
        const Presence now = state(participant.id);
        participant.isOnline = now.isOnline;
        if (now.isOnline)
            participant.lastSeenAt.reset();
        else if (now.lastSeenAt)
            participant.lastSeenAt = now.lastSeenAt;
    }
}

namespace PresenceRules {

bool maySee(ReadTransaction &tx, UserId viewer, UserId user)
{
    return viewer == user || ConversationStore::arePartners(tx, viewer, user);
}

bool maySee(ReadTransaction &tx, UserId viewer, UserId user, const ConversationRow &both)
{
    return both.lastSequence > 0 || maySee(tx, viewer, user);
}

std::vector<UserId> audience(ReadTransaction &tx, UserId user)
{
    return ConversationStore::partners(tx, user);
}

std::vector<UserId> visibleTo(ReadTransaction &tx, UserId viewer, const std::vector<UserId> &candidates)
{
    std::vector<UserId> visible;
    for (const UserId &candidate : candidates) {
        if (maySee(tx, viewer, candidate))
            visible.push_back(candidate);
    }
    return visible;
}

std::optional<Timestamp> lastSeen(ReadTransaction &tx, UserId user)
{
    return ConversationStore::lastSeen(tx, user);
}

void recordLastSeen(Transaction &tx, UserId user, Timestamp at)
{
    ConversationStore::saveLastSeen(tx, user, at);
}

} // namespace PresenceRules

} // namespace Tertulia::Server
