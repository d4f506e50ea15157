// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/loginguard.h"

#include "services/keephighest.h"

#include <tuple>

namespace Tertulia::Server {

LoginGuard::LoginGuard(const Clock &clock, int failures, std::chrono::milliseconds duration)
    : m_clock(clock)
    , m_failures(failures)
    , m_duration(duration)
{
}

Result<void> LoginGuard::admit(Key key)
{
    const std::lock_guard lock(m_mutex);
    const Time now = m_clock.steadyNow();
    makeRoom(now);
    Entry &entry = m_entries[key];
    if (entry.lockedUntil > now) {
        const auto rest = std::chrono::ceil<std::chrono::seconds>(entry.lockedUntil - now);
        return failure(
            Error::rateLimited(int(rest.count()), QStringLiteral("Too many wrong passwords. Please try again later.")));
    }
    if (entry.last + m_duration <= now)
        entry.failures = 0;
    if (entry.failures + entry.underWay >= m_failures)
        return failure(Error::rateLimited(1, QStringLiteral("Too many sign-ins at once. Please try again.")));
    ++entry.underWay;
    entry.last = now;
    return {};
}

void LoginGuard::finish(Key key, Outcome outcome)
{
    const std::lock_guard lock(m_mutex);
    if (outcome == Outcome::Right) {
        m_entries.erase(key);
        return;
    }
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return; // the right password came meanwhile
    Entry &entry = found->second;
    entry.underWay = std::max(0, entry.underWay - 1);
    if (outcome == Outcome::NotJudged) {
        if (entry.underWay == 0 && entry.failures == 0)
            m_entries.erase(found);
        return;
    }
    entry.last = m_clock.steadyNow();
    if (entry.lockedUntil > entry.last)
        return; // was under way when another one locked
    if (++entry.failures >= m_failures) {
        entry.failures = 0;
        entry.lockedUntil = entry.last + m_duration;
    }
}

size_t LoginGuard::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

void LoginGuard::makeRoom(Time now)
{
    if (m_entries.size() < mostKeys)
        return;
    std::erase_if(m_entries, [&](const auto &entry) {
        const Entry &state = entry.second;
        return state.underWay == 0 && state.lockedUntil <= now && state.last + m_duration <= now;
    });
    keepHighest(m_entries, mostKeys * 3 / 4, [now](const Entry &entry) {
        return std::tuple(entry.lockedUntil > now, entry.underWay > 0, entry.failures, entry.last);
    });
}

} // namespace Tertulia::Server
