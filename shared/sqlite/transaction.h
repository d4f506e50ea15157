// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <functional>

namespace Tertulia {

class SqliteConnection;

/// Everything that is written while it lives is one transaction. They nest; the outermost counts. Where a part of it is
/// lost (SqliteConnection::doom), or it could not begin, nothing of it stays.
class SqliteTransaction
{
public:
    explicit SqliteTransaction(SqliteConnection &connection);
    SqliteTransaction(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(const SqliteTransaction &) = delete;
    ~SqliteTransaction();

private:
    SqliteConnection &m_connection;
};

/// Runs `work` in a transaction of its own, of which nothing stays when it fails; outside of SqliteTransaction.
[[nodiscard]] Result<void> allOrNothing(SqliteConnection &connection, const std::function<Result<void>()> &work);

} // namespace Tertulia
