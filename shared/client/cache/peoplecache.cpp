// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/peoplecache.h"

#include "client/cache/cachedatabase.h"
#include "client/limits.h"

#include <utility>

namespace Tertulia::Client {

bool PeopleCache::save(const UserCard &person)
{
    Rows(m_database, "UPDATE people SET full_name = ?, username = ?, avatar = ? WHERE id = ?", person.fullName,
         person.username, person.avatar, person.id)
        .run();
    if (m_database.trouble() != StoreTrouble::None)
        return false;
    if (m_database.changes() > 0)
        return true;
    if (std::exchange(m_rollbacks, m_database.rollbacks()) != m_database.rollbacks())
        m_count.reset();
    if (!m_count) {
        Rows rows(m_database, "SELECT count(*) FROM people");
        m_count = rows.next() ? rows.integer(0) : 0;
    }
    if (*m_count >= qint64(Limits::people))
        return false;
    ++*m_count;
    return Rows(m_database, "INSERT INTO people (id, full_name, username, avatar) VALUES (?, ?, ?, ?)", person.id,
                person.fullName, person.username, person.avatar)
        .run();
}

std::optional<UserCard> PeopleCache::find(const UserId &id)
{
    Rows rows(m_database, "SELECT full_name, username, avatar FROM people WHERE id = ?", id);
    return rows.next() ? std::optional(UserCard{id, rows.text(0), rows.text(1), rows.optionalText(2)}) : std::nullopt;
}

std::vector<UserCard> PeopleCache::all()
{
    std::vector<UserCard> people;
    Rows rows(m_database, "SELECT id, full_name, username, avatar FROM people");
    while (rows.next())
        people.push_back({rows.id<UserId>(0), rows.text(1), rows.text(2), rows.optionalText(3)});
    return people;
}

} // namespace Tertulia::Client
