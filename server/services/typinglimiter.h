// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Decides which typing notices are relayed: "is typing" once per interval for each person and conversation, "stopped"
/// only after a relayed "is typing" (contract.md 5.3). Thread-safe.
class TypingLimiter
{
public:
    explicit TypingLimiter(const Clock &clock, std::chrono::milliseconds interval = std::chrono::seconds(2))
        : m_clock(clock)
        , m_interval(interval)
    {
    }

    /// True: relay this notice.
    [[nodiscard]] bool allow(UserId user, ConversationId conversation, bool isTyping);
    /// A message was sent: receivers drop the notice by themselves, the next one is relayed at once.
    void forget(UserId user, ConversationId conversation);

private:
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
    struct Entry
    {
        std::chrono::steady_clock::time_point relayedAt;
        bool isTyping = false;
    };
    void forgetOld(std::chrono::steady_clock::time_point now);

    const Clock &m_clock;
    std::chrono::milliseconds m_interval;
    std::mutex m_mutex;
    std::unordered_map<Key, Entry, KeyHash> m_entries;
    std::chrono::steady_clock::time_point m_nextSweep{};
};

} // namespace Tertulia::Server
