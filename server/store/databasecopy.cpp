// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/databasecopy.h"

#include "store/database.h"
#include "store/executor.h"

#include <QFile>

#include <sqlite3.h>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

struct Closer
{
    void operator()(sqlite3 *database) const { sqlite3_close(database); }
};
using Target = std::unique_ptr<sqlite3, Closer>;

Error cannotWrite(const QString &path, sqlite3 *database)
{
    const int code = sqlite3_errcode(database) & 0xff;
    const QString why = code == SQLITE_FULL ? u"no space is left"_s : QString::fromUtf8(sqlite3_errmsg(database));
    return Error::unavailable(u"%1 cannot be written: %2."_s.arg(path, why));
}

Error damaged()
{
    return Error::unavailable(u"The database is damaged, and a copy of it is no backup. Run tertulia-ctl doctor."_s);
}

Result<Target> create(const QString &path)
{
    sqlite3 *opened = nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &opened,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
    Target target(opened);
    if (code != SQLITE_OK)
        return failure(cannotWrite(path, opened));
    return target;
}

Result<void> copyPages(sqlite3 *source, sqlite3 *target, const QString &path)
{
    sqlite3_backup *const backup = sqlite3_backup_init(target, "main", source, "main");
    if (!backup)
        return failure(cannotWrite(path, target));
    const int stepped = sqlite3_backup_step(backup, -1); // in one transaction: no writer makes it begin anew
    const int finished = sqlite3_backup_finish(backup);
    if (stepped == SQLITE_DONE && finished == SQLITE_OK)
        return {};
    if ((stepped & 0xff) == SQLITE_CORRUPT || (stepped & 0xff) == SQLITE_NOTADB)
        return failure(damaged());
    // SQLite tells at the target what went wrong at either; only the source is read.
    if (const int code = sqlite3_extended_errcode(target); code == SQLITE_IOERR_READ || code == SQLITE_IOERR_SHORT_READ)
        return failure(Error::unavailable(u"The database cannot be read to its end: disk I/O error."_s));
    return failure(cannotWrite(path, target));
}

} // namespace

Result<void> copyDatabase(const StoreSettings &source, const QString &target)
{
    {
        const auto from = Database::open(source, Database::Mode::Reader);
        if (!from)
            return failure(Database::isDamage(from.error()) ? damaged() : from.error());
        const auto to = create(target);
        if (!to)
            return failure(to.error());
        if (auto copied = copyPages((*from)->handle(), to->get(), target); !copied)
            return copied;
        // One file that needs no log beside it; the server turns it on again.
        if (sqlite3_exec(to->get(), "PRAGMA journal_mode=DELETE", nullptr, nullptr, nullptr) != SQLITE_OK)
            return failure(cannotWrite(target, to->get()));
    }
    StoreSettings copy = source;
    copy.path = target;
    const auto damage = Executor::checkIntegrity(copy);
    if (!damage)
        return failure(Database::isDamage(damage.error()) ? damaged() : damage.error());
    return damage->isEmpty() ? Result<void>() : failure(damaged());
}

} // namespace Tertulia::Server
