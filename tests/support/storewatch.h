// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/cache/cachedatabase.h"
#include "client/cache/localstore.h"

#include <QTemporaryDir>

namespace Tertulia::Test {

/// A client's store in a file of its own, and a second connection to it: for what cannot be seen through LocalStore,
/// and for triggers that count writes or refuse them.
class StoreWatch
{
public:
    [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("cache.sqlite")); }
    [[nodiscard]] std::unique_ptr<Client::LocalStore> open(const Client::LocalStoreOptions &options = {})
    {
        auto store = std::move(*Client::LocalStore::open(path(), options));
        m_database = std::move(*Client::CacheDatabase::open(path(), 100));
        return store;
    }
    /// The second connection, so that the file belongs to the store alone.
    void close() { m_database.reset(); }
    /// Statements without parameters.
    bool run(const char *sql) { return bool(m_database->run(sql)); }
    [[nodiscard]] qint64 number(SqlText sql)
    {
        Rows rows(*m_database, sql);
        return rows.next() ? rows.integer(0) : -1;
    }

private:
    QTemporaryDir m_folder;
    std::unique_ptr<Client::CacheDatabase> m_database;
};

} // namespace Tertulia::Test
