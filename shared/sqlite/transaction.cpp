// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/transaction.h"

#include "sqlite/connection.h"
#include "sqlite/rows.h"

#include <utility>

namespace Tertulia {

SqliteTransaction::SqliteTransaction(SqliteConnection &connection)
    : m_connection(connection)
{
    // Without a beginning each write would be a transaction of its own.
    if (m_connection.m_scopes++ == 0 && !Rows(m_connection, "BEGIN IMMEDIATE").run())
        m_connection.doom();
}

SqliteTransaction::~SqliteTransaction()
{
    if (--m_connection.m_scopes > 0)
        return;
    const bool isDoomed = std::exchange(m_connection.m_isDoomed, false);
    const bool isOpen = m_connection.isInTransaction(); // SQLite ends some by itself when they fail
    if (isOpen && !isDoomed && Rows(m_connection, "COMMIT").run())
        return;
    m_connection.undo();
    m_connection.transactionLost();
}

Result<void> allOrNothing(SqliteConnection &connection, const std::function<Result<void>()> &work)
{
    auto done = connection.run("BEGIN IMMEDIATE");
    if (done)
        done = work();
    if (done)
        done = connection.run("COMMIT");
    if (!done)
        connection.undo();
    return done;
}

} // namespace Tertulia
