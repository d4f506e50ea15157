// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/loginguard.h"

namespace Tertulia::Server {

LoginGuard::LoginGuard(const Clock &clock, int failures, std::chrono::milliseconds duration)
    : m_clock(clock)
    , m_failures(failures)
    , m_duration(duration)
{
}

Result<void> LoginGuard::admit(UserId key)
{
    const std::lock_guard lock(m_mutex);
    makeRoom();
    const auto now = m_clock.steadyNow();
    Entry &entry = m_entries[key];
    if (entry.lockedUntil > now) {
        const auto rest = std::chrono::ceil<std::chrono::seconds>(entry.lockedUntil - now);
        return failure(
            Error::rateLimited(int(rest.count()), QStringLiteral("Too many wrong passwords. Please try again later.")));
    }
    if (entry.failures + entry.underWay >= m_failures)
        return failure(Error::rateLimited(1, QStringLiteral("Too many sign-ins at once. Please try again.")));
    ++entry.underWay;
    entry.last = now;
    return {};
}

void LoginGuard::failed(UserId key)
{
    const std::lock_guard lock(m_mutex);
    Entry &entry = m_entries[key];
    entry.underWay = std::max(0, entry.underWay - 1);
    entry.last = m_clock.steadyNow();
    if (entry.lockedUntil > entry.last)
        return; // was under way when another one locked
    if (++entry.failures >= m_failures) {
        entry.failures = 0;
        entry.lockedUntil = entry.last + m_duration;
    }
}

void LoginGuard::succeeded(UserId key)
{
    const std::lock_guard lock(m_mutex);
    m_entries.erase(key);
}

void LoginGuard::abandoned(UserId key)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end())
        return;
    found->second.underWay = std::max(0, found->second.underWay - 1);
    if (found->second.underWay == 0 && found->second.failures == 0)
        m_entries.erase(found);
}

void LoginGuard::makeRoom()
{
    if (m_entries.size() < most)
        return;
    const auto now = m_clock.steadyNow();
    std::erase_if(m_entries, [&](const auto &entry) {
        return entry.second.lockedUntil <= now && entry.second.last + m_duration < now;
    });
    if (m_entries.size() >= most)
        m_entries.clear(); // a flood of names: each still costs a hash and counts for its address
}

} // namespace Tertulia::Server
