// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <mutex>
#include <unordered_map>
#include <vector>

namespace Tertulia::Server {

/// Decides which typing notices are relayed: "is typing" once per interval for each person and conversation, "stopped"
/// only after a relayed "is typing" (contract.md 5.3). Nobody types in many conversations at a time. Thread-safe.
class TypingLimiter
{
public:
    explicit TypingLimiter(const Clock &clock, std::chrono::milliseconds interval = std::chrono::seconds(2),
                           int mostConversations = 20)
        : m_clock(clock)
        , m_interval(interval)
        , m_mostConversations(size_t(mostConversations))
    {
    }

    /// True: relay this notice.
    [[nodiscard]] bool allow(UserId user, ConversationId conversation, bool isTyping);
    /// A message was sent: receivers drop the notice by themselves, the next one is relayed at once.
    void forget(UserId user, ConversationId conversation);

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Entry
    {
        ConversationId conversation;
        Time relayedAt;
        bool isTyping = false;
    };
    void forgetOld(std::vector<Entry> &entries, Time now) const;
    void forgetOld(Time now);

    const Clock &m_clock;
    const std::chrono::milliseconds m_interval;
    const size_t m_mostConversations;
    std::mutex m_mutex;
    std::unordered_map<UserId, std::vector<Entry>> m_people; // a few entries each
    Time m_nextSweep{};
};

} // namespace Tertulia::Server
