// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "protocol/message.h"

#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace Tertulia::Server {

/// Delivered marks that people have been told of before they are in the file (docs/decisions/0131). Whoever reads a
/// member's row meanwhile sees the mark beside it (MemberRow::told), so that no answer says less than an event did. A
/// mark that is in the file stays here for a while yet, for reads whose snapshot is older. Thread-safe.
class ToldMarks
{
public:
    /// Whose mark in which conversation.
    struct Key
    {
        UserId user;
        ConversationId conversation;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash
    {
        size_t operator()(const Key &key) const { return qHash(key.user) ^ (qHash(key.conversation) * 31); }
    };
    struct Told
    {
        Sequence through = 0;
        Timestamp at; ///< when the messages behind the mark in the file arrived
    };
    /// Marks at most; beyond it nothing is told before it is written.
    static constexpr size_t limit = 20'000;

    [[nodiscard]] std::optional<Told> find(const Key &key) const;
    enum class Raised : quint8 { Now, Before, Full /**< no room */ };
    /// The mark goes on to here, or has come so far before.
    [[nodiscard]] Raised raise(const Key &key, const Told &told);
    /// What was told up to here is in the file now, or will never be.
    void settle(const Key &key, Sequence through);
    /// Each second: what was settled a second ago and more goes.
    void tick();
    [[nodiscard]] size_t size() const { return m_size.load(std::memory_order_relaxed); }

private:
    struct Entry
    {
        Told told;
        int ticksLeft = 0; ///< of a settled one
        bool isSettled = false;
    };

    mutable std::mutex m_mutex;
    std::unordered_map<Key, Entry, KeyHash> m_entries;
    std::atomic<size_t> m_size = 0; ///< an idle server's reads need no lock
};

} // namespace Tertulia::Server
