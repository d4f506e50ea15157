// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/connectionregistry.h"

namespace Tertulia::Server {

bool ConnectionRegistry::add(const ConnectionToken &token, const ConnectionRecord &record, int limit)
{
    const std::lock_guard lock(m_mutex);
    if (record.transport != TransportKind::None) {
        m_used.emplace(token, record);
        return true;
    }
    if (m_unused.size() >= size_t(limit))
        return false;
    m_unused.emplace(token, record);
    return true;
}

std::optional<ConnectionRecord> ConnectionRegistry::find(const ConnectionToken &token) const
{
    const std::lock_guard lock(m_mutex);
    if (const auto used = m_used.find(token); used != m_used.end())
        return used->second;
    const auto unused = m_unused.find(token);
    return unused == m_unused.end() ? std::nullopt : std::optional(unused->second);
}

std::optional<ConnectionRecord> ConnectionRegistry::claim(const ConnectionToken &token, TransportKind transport,
                                                          HubThread *home)
{
    const std::lock_guard lock(m_mutex);
    if (const auto used = m_used.find(token); used != m_used.end())
        return used->second;
    const auto unused = m_unused.find(token);
    if (unused == m_unused.end())
        return std::nullopt;
    const ConnectionRecord before = unused->second;
    ConnectionRecord after = before;
    after.transport = transport;
    after.home = home;
    m_unused.erase(unused);
    m_used.emplace(token, after);
    return before;
}

void ConnectionRegistry::setResumable(const ConnectionToken &token, bool resumable)
{
    const std::lock_guard lock(m_mutex);
    if (const auto found = m_used.find(token); found != m_used.end())
        found->second.resumable = resumable;
}

void ConnectionRegistry::remove(const ConnectionToken &token)
{
    const std::lock_guard lock(m_mutex);
    if (m_used.erase(token) == 0)
        m_unused.erase(token);
}

void ConnectionRegistry::expireUnused(std::chrono::steady_clock::time_point time)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_unused, [time](const auto &entry) { return entry.second.negotiatedAt < time; });
}

bool ConnectionRegistry::hasUnused() const
{
    const std::lock_guard lock(m_mutex);
    return !m_unused.empty();
}

qsizetype ConnectionRegistry::size() const
{
    const std::lock_guard lock(m_mutex);
    return qsizetype(m_used.size() + m_unused.size());
}

} // namespace Tertulia::Server
