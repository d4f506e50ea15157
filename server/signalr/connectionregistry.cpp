// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/connectionregistry.h"

namespace Tertulia::Server {

ConnectionRegistry::Admission ConnectionRegistry::add(const ConnectionToken &token, const ConnectionRecord &record)
{
    const std::lock_guard lock(m_mutex);
    const bool isUsed = record.transport != TransportKind::None;
    if (!makeRoom(record.holder))
        return Admission::TooManyOfHolder;
    if (!isUsed && m_unused.size() >= size_t(m_settings.maxPendingNegotiations))
        return Admission::TooManyUnused;
    (isUsed ? m_used : m_unused).emplace(token, record);
    if (!record.holder.isNull()) {
        Holding &holding = m_holdings[UserId(record.holder)];
        ++holding.count;
        if (!isUsed)
            holding.unused.push_back(token);
    }
    return Admission::Admitted;
}

bool ConnectionRegistry::makeRoom(const Uuid &holder)
{
    const auto found = m_holdings.find(UserId(holder));
    if (found == m_holdings.end() || found->second.count < m_settings.maxConnectionsPerPerson)
        return true;
    if (found->second.unused.empty())
        return false;
    const ConnectionToken oldest = found->second.unused.front();
    m_unused.erase(oldest);
    giveBack(oldest, holder);
    return true;
}

void ConnectionRegistry::giveBack(const ConnectionToken &token, const Uuid &holder)
{
    const auto found = m_holdings.find(UserId(holder));
    if (found == m_holdings.end())
        return;
    std::erase(found->second.unused, token);
    if (--found->second.count == 0)
        m_holdings.erase(found);
}

void ConnectionRegistry::used(const ConnectionToken &token, const Uuid &holder)
{
    if (const auto found = m_holdings.find(UserId(holder)); found != m_holdings.end())
        std::erase(found->second.unused, token);
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
    after.early = {};
    m_unused.erase(unused);
    m_used.emplace(token, after);
    used(token, before.holder);
    return before;
}

ConnectionRegistry::Early ConnectionRegistry::keepEarly(const ConnectionToken &token, const QByteArray &bytes)
{
    const std::lock_guard lock(m_mutex);
    const auto unused = m_unused.find(token);
    if (unused == m_unused.end())
        return Early::Used;
    QByteArray &early = unused->second.early;
    if (early.size() + bytes.size() > m_settings.earlyBytes)
        return Early::TooMuch;
    early.append(bytes);
    return Early::Kept;
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
    for (Records *records : {&m_used, &m_unused}) {
        if (const auto found = records->find(token); found != records->end()) {
            giveBack(token, found->second.holder);
            records->erase(found);
            return;
        }
    }
}

void ConnectionRegistry::expireUnused(std::chrono::steady_clock::time_point time)
{
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_unused, [this, time](const auto &entry) {
        const bool isOver = entry.second.negotiatedAt < time;
        if (isOver)
            giveBack(entry.first, entry.second.holder);
        return isOver;
    });
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
