// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/toldmarks.h"

namespace Tertulia::Server {

namespace {

/// Ticks that a settled mark outlives: at least one whole second, and longer than a read of the lists takes.
constexpr int ticksOfSettled = 2;

} // namespace

std::optional<ToldMarks::Told> ToldMarks::find(const Key &key) const
{
    if (size() == 0)
        return std::nullopt;
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    return found == m_entries.end() ? std::nullopt : std::optional(found->second.told);
}

ToldMarks::Raised ToldMarks::raise(const Key &key, const Told &told)
{
    const std::lock_guard lock(m_mutex);
    if (m_entries.size() >= limit && !m_entries.contains(key))
        return Raised::Full;
    Entry &entry = m_entries[key];
    m_size.store(m_entries.size(), std::memory_order_relaxed);
    if (told.through <= entry.told.through)
        return Raised::Before;
    entry = {.told = told};
    return Raised::Now;
}

void ToldMarks::settle(const Key &key, Sequence through)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_entries.find(key);
    if (found == m_entries.end() || found->second.told.through > through || found->second.isSettled)
        return;
    found->second.isSettled = true;
    found->second.ticksLeft = ticksOfSettled;
}

void ToldMarks::tick()
{
    const std::lock_guard lock(m_mutex);
    for (auto it = m_entries.begin(); it != m_entries.end();)
        it = it->second.isSettled && --it->second.ticksLeft <= 0 ? m_entries.erase(it) : std::next(it);
    m_size.store(m_entries.size(), std::memory_order_relaxed);
}

} // namespace Tertulia::Server
