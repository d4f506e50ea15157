// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <optional>
#include <vector>

namespace Tertulia::Client {

class CacheDatabase;

/// The people who were seen, each once. Nobody asks it but the directory (contacts/directory.h), which has them in
/// memory.
class PeopleCache
{
public:
    explicit PeopleCache(CacheDatabase &database)
        : m_database(database)
    {
    }

    /// False: it is not kept, for the store has trouble or holds Limits::people. Who is kept may change all the same.
    bool save(const UserCard &person);
    [[nodiscard]] std::optional<UserCard> find(const UserId &id);
    [[nodiscard]] std::vector<UserCard> all();

private:
    CacheDatabase &m_database;
    std::optional<qint64> m_count; ///< rows, at most: nothing is ever deleted here
    int m_rollbacks = 0; ///< of the database, when m_count was true
};

} // namespace Tertulia::Client
