// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/typinglimiter.h"

#include <algorithm>

namespace Tertulia::Server {

bool TypingLimiter::allow(UserId user, ConversationId conversation, bool isTyping)
{
    const Time now = m_clock.steadyNow();
    const std::lock_guard lock(m_mutex);
    forgetOld(now);
    const auto person = m_people.find(user);
    if (person == m_people.end()) {
        if (isTyping)
            m_people[user].push_back({.conversation = conversation, .relayedAt = now, .isTyping = true});
        return isTyping;
    }
    std::vector<Entry> &entries = person->second;
    const auto found = std::find_if(entries.begin(), entries.end(),
                                    [&](const Entry &entry) { return entry.conversation == conversation; });
    if (!isTyping) {
        if (found == entries.end() || !found->isTyping)
            return false;
        found->isTyping = false; // the time stays: switching on and off is no way around the limit
        return true;
    }
    if (found != entries.end()) {
        if (now - found->relayedAt < m_interval)
            return false;
        found->relayedAt = now;
        found->isTyping = true;
        return true;
    }
    if (entries.size() >= m_mostConversations)
        forgetOld(entries, now);
    if (entries.size() >= m_mostConversations)
        return false;
    entries.push_back({.conversation = conversation, .relayedAt = now, .isTyping = true});
    return true;
}

void TypingLimiter::forget(UserId user, ConversationId conversation)
{
    const std::lock_guard lock(m_mutex);
    const auto person = m_people.find(user);
    if (person == m_people.end())
        return;
    std::erase_if(person->second, [&](const Entry &entry) { return entry.conversation == conversation; });
    if (person->second.empty())
        m_people.erase(person);
}

void TypingLimiter::forgetOld(std::vector<Entry> &entries, Time now) const
{
    // Receivers let a notice expire after three intervals (6 s): a later "stopped" tells them nothing.
    std::erase_if(entries, [&](const Entry &entry) { return now - entry.relayedAt >= 3 * m_interval; });
}

void TypingLimiter::forgetOld(Time now)
{
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + 15 * m_interval;
    for (auto person = m_people.begin(); person != m_people.end();) {
        forgetOld(person->second, now);
        person = person->second.empty() ? m_people.erase(person) : std::next(person);
    }
}

} // namespace Tertulia::Server
