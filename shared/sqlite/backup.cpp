// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/backup.h"

#include "sqlite/connection.h"

#include <QFile>

#include <memory>

#include <sqlite3.h>

namespace Tertulia {

namespace {

struct Closer
{
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
};

} // namespace

std::optional<BackupFailure> copyInto(SqliteConnection &source, const QString &target)
{
    using End = BackupFailure::End;
    using Kind = SqliteFailure::Kind;
    sqlite3 *opened = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(target).constData(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    const std::unique_ptr<sqlite3, Closer> to(opened);
    const auto failed = [&](End end, int why) {
        return BackupFailure{end, {sqliteFailureKind(why, target), why, QString::fromUtf8(sqlite3_errmsg(to.get()))}};
    };
    if (code != SQLITE_OK)
        return failed(End::Target, code);
    sqlite3_backup *const backup = sqlite3_backup_init(to.get(), "main", source.handle(), "main");
    if (!backup)
        return failed(End::Target, sqlite3_extended_errcode(to.get()));
    const int stepped = sqlite3_backup_step(backup, -1);
    const int finished = sqlite3_backup_finish(backup);
    if (stepped != SQLITE_DONE || finished != SQLITE_OK) {
        // SQLite tells at the target what went wrong at either; only the source is read.
        const int why = stepped != SQLITE_DONE ? stepped : finished;
        const int extended = sqlite3_extended_errcode(to.get());
        const bool isReading = extended == SQLITE_IOERR_READ || extended == SQLITE_IOERR_SHORT_READ;
        const bool isSource = isReading || sqliteFailureKind(why, {}) == Kind::Damaged;
        return failed(isSource ? End::Source : End::Target, isReading ? extended : why);
    }
    // No log beside it: whoever opens it for writing turns that on again.
    if (sqlite3_exec(to.get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr) != SQLITE_OK)
        return failed(End::Target, sqlite3_extended_errcode(to.get()));
    return std::nullopt;
}

} // namespace Tertulia
