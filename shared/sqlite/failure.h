// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tertulia {

/// Why SQLite did not do what it was asked for.
struct SqliteFailure
{
    enum class Kind : quint8 {
        Other, ///< a mistake in SQL, no memory: the program's own
        Constraint, ///< a rule of the schema was broken; the statement changed nothing
        Interrupted, ///< by SqliteConnection::interrupt()
        Busy, ///< another connection holds the lock, and did so for the whole busyTimeout
        Full, ///< no room on the disk; nothing is broken
        Unwritable, ///< the file or its folder cannot be opened or written
        InputOutput, ///< the disk refused, and not for want of room
        Damaged, ///< the file holds what no database may hold, or is none
    };
    Kind kind = Kind::Other;
    int code = 0; ///< SQLite's, extended
    QString text; ///< SQLite's, in English: for logs and administrators
};

/// Orders a code of SQLite among the kinds. A full disk does not always call itself that (shared memory that cannot
/// grow, a journal that cannot be made): where the file's disk has no room left, want of room is the reason.
/// @param path the file; empty or ":memory:" for none
[[nodiscard]] SqliteFailure::Kind sqliteFailureKind(int code, const QString &path);

} // namespace Tertulia
