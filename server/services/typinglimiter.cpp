// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/typinglimiter.h"

namespace Tertulia::Server {

bool TypingLimiter::allow(UserId user, ConversationId conversation, bool isTyping)
{
    const auto now = m_clock.steadyNow();
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const Key key{user, conversation};
    const auto found = m_entries.find(key);
    if (!isTyping) {
        if (found == m_entries.end() || !found->second.isTyping)
            return false;
        found->second.isTyping = false; // the time stays: switching on and off is no way around the limit
        return true;
    }
    if (found == m_entries.end()) {
        m_entries.emplace(key, Entry{.relayedAt = now, .isTyping = true});
        return true;
    }
    if (now - found->second.relayedAt < m_interval)
        return false;
    found->second = {.relayedAt = now, .isTyping = true};
    return true;
}

void TypingLimiter::forget(UserId user, ConversationId conversation)
{
    const std::lock_guard lock(m_mutex);
    m_entries.erase(Key{user, conversation});
}

void TypingLimiter::forgetOld(std::chrono::steady_clock::time_point now)
{
    // Receivers let a notice expire after three intervals (6 s): a later "stopped" tells them nothing.
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + 15 * m_interval;
    std::erase_if(m_entries, [&](const auto &entry) { return now - entry.second.relayedAt >= 3 * m_interval; });
}

} // namespace Tertulia::Server
