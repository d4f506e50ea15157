// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/peoplecache.h"

#include "client/cache/cachedatabase.h"
#include "text/searchwords.h"

#include <QStringList>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

void PeopleCache::save(const UserCard &person)
{
    if (person.id.isNull())
        return;
    UserCard *const known = find(person.id);
    if (known ? *known == person : m_cards.size() >= maxPeople)
        return;
    m_cards[person.id] = person;
    Rows(m_database, "INSERT OR REPLACE INTO people (id, full_name, username, avatar) VALUES (?, ?, ?, ?)", person.id,
         person.fullName, person.username, person.avatar)
        .run();
}

UserCard *PeopleCache::find(const UserId &id)
{
    recheck();
    const auto at = m_cards.find(id);
    if (at != m_cards.end())
        return &at->second;
    if (m_isComplete)
        return nullptr;
    Rows rows(m_database, "SELECT full_name, username, avatar FROM people WHERE id = ?", id);
    if (!rows.next())
        return nullptr;
    return &(m_cards[id] = UserCard{id, rows.text(0), rows.text(1), rows.optionalText(2)});
}

const UserCard &PeopleCache::card(const UserId &id)
{
    if (const UserCard *const known = find(id))
        return *known;
    m_unknown = {};
    m_unknown.id = id;
    return m_unknown;
}

std::vector<UserCard> PeopleCache::search(const QString &text, int limit)
{
    const QStringList words = queryWords(text);
    if (words.isEmpty() || limit <= 0)
        return {};
    loadAll();
    std::vector<const UserCard *> found;
    for (const auto &[id, card] : m_cards) {
        if (matches(searchWords(card.fullName + u' ' + card.username), words))
            found.push_back(&card);
    }
    std::sort(found.begin(), found.end(), [](const UserCard *a, const UserCard *b) {
        const int order = QString::localeAwareCompare(a->fullName, b->fullName);
        return order != 0 ? order < 0 : a->id < b->id;
    });
    std::vector<UserCard> people;
    for (const UserCard *card : found) {
        if (people.size() < size_t(limit))
            people.push_back(*card);
    }
    return people;
}

void PeopleCache::loadAll()
{
    recheck();
    if (std::exchange(m_isComplete, true))
        return;
    Rows rows(m_database, "SELECT id, full_name, username, avatar FROM people");
    while (rows.next()) {
        const auto id = rows.id<UserId>(0);
        const auto [at, isNew] = m_cards.try_emplace(id);
        if (isNew)
            at->second = UserCard{id, rows.text(1), rows.text(2), rows.optionalText(3)};
    }
}

void PeopleCache::recheck()
{
    if (std::exchange(m_rollbacks, m_database.rollbacks()) != m_database.rollbacks())
        forget();
}

void PeopleCache::forget()
{
    m_cards.clear();
    m_isComplete = false;
}

} // namespace Tertulia::Client
