// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/failure.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

namespace Tertulia {

namespace {

/// Less room than this is none: SQLite asks for some pages at once.
constexpr qint64 leastRoom = 256 * 1024;

bool isDiskFull(const QString &path)
{
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    return disk.isValid() && disk.bytesAvailable() < leastRoom;
}

} // namespace

SqliteFailure::Kind sqliteFailureKind(int code, const QString &path)
{
    using Kind = SqliteFailure::Kind;
    switch (code & 0xff) {
    case SQLITE_CONSTRAINT:
        return Kind::Constraint;
    case SQLITE_INTERRUPT:
        return Kind::Interrupted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Kind::Busy;
    case SQLITE_FULL:
        return Kind::Full;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return isDiskFull(path) ? Kind::Full : Kind::Unwritable;
    case SQLITE_IOERR:
        if (code == SQLITE_IOERR_NOMEM)
            return Kind::Other;
        return isDiskFull(path) ? Kind::Full : Kind::InputOutput;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return Kind::Damaged;
    default:
        return Kind::Other;
    }
}

} // namespace Tertulia
