// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <unordered_map>
#include <vector>

namespace Tertulia::Client {

class CacheDatabase;

/// The people who were seen, each once: whoever shows a name takes it from here.
class PeopleCache
{
public:
    static constexpr size_t maxPeople = 50'000; ///< more are not kept; who is kept may change all the same

    explicit PeopleCache(CacheDatabase &database)
        : m_database(database)
    {
    }

    /// Writes only what is new or another.
    void save(const UserCard &person);
    /// An unknown person has a card without a name, which is not kept. Valid until the next call.
    [[nodiscard]] const UserCard &card(const UserId &id);
    /// Whose name or username holds each word of the text as a beginning of a word; by name.
    [[nodiscard]] std::vector<UserCard> search(const QString &text, int limit);
    /// All into memory, where the list needs them anyway.
    void loadAll();
    void forget();

private:
    /// Lets go what may not be in the file after all.
    void recheck();
    [[nodiscard]] UserCard *find(const UserId &id);

    CacheDatabase &m_database;
    std::unordered_map<UserId, UserCard> m_cards;
    UserCard m_unknown; ///< the last that was asked for
    int m_rollbacks = 0; ///< of the database, when m_cards was true
    bool m_isComplete = false; ///< everything of the table is in m_cards
};

} // namespace Tertulia::Client
