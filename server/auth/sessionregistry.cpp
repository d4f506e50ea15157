// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/sessionregistry.h"

#include <algorithm>
#include <mutex>

namespace Tertulia::Server {

SessionRegistry::SessionRegistry(const Clock &clock, std::chrono::milliseconds tokenLifetime)
    : m_clock(clock)
    , m_tokenLifetime(tokenLifetime)
{
}

void SessionRegistry::endSession(SessionId session, std::optional<Timestamp> until)
{
    const Timestamp now = m_clock.now();
    const std::unique_lock lock(m_mutex);
    Timestamp &known = m_endedSessions[session];
    known = std::max({known, until.value_or(now), now + 2 * m_tokenLifetime});
    forgetOld(now);
}

void SessionRegistry::endTokensOf(UserId user)
{
    const Timestamp now = m_clock.now();
    const std::unique_lock lock(m_mutex);
    m_endedUsers[user] = now;
    forgetOld(now);
}

void SessionRegistry::setDisabled(UserId user, bool isDisabled)
{
    const std::unique_lock lock(m_mutex);
    if (isDisabled)
        m_disabledUsers.insert(user);
    else
        m_disabledUsers.erase(user);
}

void SessionRegistry::expectUse(SessionId session, Timestamp at)
{
    const Timestamp now = m_clock.now();
    const std::unique_lock lock(m_mutex);
    m_expected[session] = at;
    forgetOld(now);
}

void SessionRegistry::used(SessionId session, Timestamp issuedAt)
{
    const auto isExpected = [&](const auto &found) { return found != m_expected.end() && issuedAt >= found->second; };
    {
        const std::shared_lock lock(m_mutex);
        if (!isExpected(m_expected.find(session)))
            return;
    }
    const std::unique_lock lock(m_mutex);
    const auto found = m_expected.find(session);
    if (!isExpected(found))
        return;
    m_used[session] = found->second;
    m_expected.erase(found);
}

SessionRegistry::Uses SessionRegistry::uses() const
{
    const std::shared_lock lock(m_mutex);
    return {m_used.begin(), m_used.end()};
}

bool SessionRegistry::isUsed(SessionId session, Timestamp refreshedAt) const
{
    const std::shared_lock lock(m_mutex);
    const auto found = m_used.find(session);
    return found != m_used.end() && found->second == refreshedAt;
}

void SessionRegistry::forgetUses(const Uses &stored)
{
    const std::unique_lock lock(m_mutex);
    for (const auto &[session, at] : stored) {
        if (const auto found = m_used.find(session); found != m_used.end() && found->second == at)
            m_used.erase(found);
    }
}

bool SessionRegistry::isGood(UserId user, SessionId session, Timestamp issuedAt) const
{
    const std::shared_lock lock(m_mutex);
    if (m_endedSessions.contains(session) || m_disabledUsers.contains(user))
        return false;
    const auto ended = m_endedUsers.find(user);
    return ended == m_endedUsers.end() || issuedAt > ended->second;
}

void SessionRegistry::forgetOld(Timestamp now)
{
    if (now < m_nextSweep)
        return;
    m_nextSweep = now + m_tokenLifetime;
    const auto isOld = [&](const auto &entry) { return entry.second + 2 * m_tokenLifetime < now; };
    std::erase_if(m_endedSessions, [&](const auto &entry) { return entry.second < now; });
    std::erase_if(m_endedUsers, isOld);
    std::erase_if(m_expected, isOld); // those tokens have expired
}

} // namespace Tertulia::Server
