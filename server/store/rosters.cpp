// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rosters.h"

namespace Tertulia::Server {

std::shared_ptr<Roster> Rosters::find(qint64 conversation, qint64 membership)
{
    const auto place = m_places.find(conversation);
    if (place == m_places.end() || place->second->membership != membership)
        return nullptr;
    m_order.splice(m_order.begin(), m_order, place->second);
    return place->second->roster;
}

void Rosters::keep(qint64 conversation, qint64 membership, std::shared_ptr<Roster> roster)
{
    if (const auto place = m_places.find(conversation); place != m_places.end())
        remove(place->second);
    m_members += roster->size();
    m_order.push_front({.conversation = conversation, .membership = membership, .roster = std::move(roster)});
    m_places[conversation] = m_order.begin();
    while (m_members > m_limit && m_order.size() > 1)
        remove(std::prev(m_order.end()));
}

Roster::Entry *Rosters::entry(qint64 conversation, const UserId &user)
{
    if (m_places.empty())
        return nullptr;
    const auto place = m_places.find(conversation);
    return place == m_places.end() ? nullptr : place->second->roster->find(user);
}

void Rosters::clear()
{
    m_places.clear();
    m_order.clear();
    m_members = 0;
}

void Rosters::remove(Order::iterator kept)
{
    m_members -= kept->roster->size();
    m_places.erase(kept->conversation);
    m_order.erase(kept);
}

} // namespace Tertulia::Server
