// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/bodybudget.h"

namespace Tertulia::Server {

namespace {

constexpr qint64 strangersPart = 2; ///< one of so many

template <class Map, class Key> void subtract(Map &held, const Key &key, qint64 bytes)
{
    const auto found = held.find(key);
    if (found == held.end())
        return;
    found->second -= bytes;
    if (found->second <= 0)
        held.erase(found);
}

template <class Map, class Key> qint64 heldBy(const Map &held, const Key &key)
{
    const auto found = held.find(key);
    return found == held.end() ? 0 : found->second;
}

} // namespace

BodyBudget::Verdict BodyBudget::take(const BodySender &sender, qint64 bytes)
{
    const std::lock_guard lock(m_mutex);
    if (heldBy(m_networks, sender.network) + bytes > m_limits.perNetwork)
        return Verdict::ShareSpent;
    if (!sender.person.isNull() && heldBy(m_people, sender.person) + bytes > m_limits.perPerson)
        return Verdict::ShareSpent;
    const bool isStranger = sender.person.isNull();
    if (m_held + bytes > m_limits.total || (isStranger && m_heldByStrangers + bytes > m_limits.total / strangersPart))
        return Verdict::Full;
    m_held += bytes;
    m_networks[sender.network] += bytes;
    if (isStranger)
        m_heldByStrangers += bytes;
    else
        m_people[sender.person] += bytes;
    return Verdict::Taken;
}

void BodyBudget::giveBack(const BodySender &sender, qint64 bytes)
{
    if (bytes == 0)
        return;
    const std::lock_guard lock(m_mutex);
    m_held -= bytes;
    subtract(m_networks, sender.network, bytes);
    if (sender.person.isNull())
        m_heldByStrangers -= bytes;
    else
        subtract(m_people, sender.person, bytes);
}

qint64 BodyBudget::held() const
{
    const std::lock_guard lock(m_mutex);
    return m_held;
}

size_t BodyBudget::sendersRemembered() const
{
    const std::lock_guard lock(m_mutex);
    return m_networks.size() + m_people.size();
}

} // namespace Tertulia::Server
