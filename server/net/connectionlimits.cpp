// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connectionlimits.h"

namespace Tertulia::Server {

namespace {
constexpr qint64 minuteMs = 60'000;
} // namespace

bool ConnectionLimits::take(const NetAddress &address, qint64 nowMs, Kind kind)
{
    const std::lock_guard lock(m_mutex);
    // Once a minute: what it keeps is bounded by one minute's new addresses and the open connections.
    if (nowMs - m_lastSweep >= minuteMs)
        forgetOld(nowMs);
    Entry &entry = m_entries[address.limitKey()];
    if (nowMs - entry.minuteStart >= minuteMs) {
        entry.minuteStart = nowMs;
        entry.made = 0;
    }
    const bool isNew = kind == Kind::Connection;
    if (entry.open >= m_maxOpen || (isNew && entry.made >= m_maxNewPerMinute))
        return false;
    ++entry.open;
    entry.made += isNew ? 1 : 0;
    return true;
}

void ConnectionLimits::giveBack(const NetAddress &address)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(address.limitKey());
    if (found == m_entries.end())
        return;
    found->second.open -= found->second.open > 0 ? 1 : 0;
    if (found->second.open == 0 && found->second.made == 0)
        m_entries.erase(found);
}

size_t ConnectionLimits::size() const
{
    const std::lock_guard lock(m_mutex);
    return m_entries.size();
}

void ConnectionLimits::forgetOld(qint64 nowMs)
{
    m_lastSweep = nowMs;
    std::erase_if(m_entries, [&](const auto &item) {
        return item.second.open == 0 && nowMs - item.second.minuteStart >= minuteMs;
    });
}

} // namespace Tertulia::Server
