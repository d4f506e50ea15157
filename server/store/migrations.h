// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/sql.h"

#include <QByteArray>

#include <vector>

namespace Tertulia::Server {

class Database;

/// One step of the schema. Steps are numbered 1, 2, 3 …; a step that was released is never changed, only followed.
struct Migration
{
    int version;
    const char *name;
    /// One statement each; see schemaText().
    std::vector<const char *> statements;
    /// After the statements: fills what SQL cannot compute. May be null.
    Result<void> (*fill)(Database &) = nullptr;
};

[[nodiscard]] const std::vector<Migration> &migrations();
/// A statement in the words of a database. What databases spell differently stands in pointed brackets: <key> an
/// integer primary key, <bytes> a byte string, <clustered> rows stored in order of the primary key.
[[nodiscard]] QByteArray schemaText(const char *statement, Dialect dialect);
/// The schema this program writes.
[[nodiscard]] int schemaVersion();

/// Brings the database to `target`; each step is a transaction of its own. A schema newer than this program is refused
/// (Conflict, reason SCHEMA_TOO_NEW) untouched. Returns the version found before.
[[nodiscard]] Result<int> migrate(Database &database, int target = schemaVersion());

} // namespace Tertulia::Server
