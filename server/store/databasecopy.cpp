// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/databasecopy.h"

#include "sqlite/backup.h"
#include "store/database.h"
#include "store/executor.h"

#include <QRandomGenerator>

#include <limits>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

Error damaged()
{
    return Error::unavailable(u"The database is damaged, and a copy of it is no backup. Run tertulia-ctl doctor."_s);
}

/// @param path of the copy
Error errorOf(const BackupFailure &failed, const QString &path)
{
    using Kind = SqliteFailure::Kind;
    const bool isSource = failed.end == BackupFailure::End::Source;
    if (isSource && failed.failure.kind == Kind::Damaged)
        return damaged();
    if (isSource)
        return Error::unavailable(u"The database cannot be read to its end: disk I/O error."_s);
    const QString why = failed.failure.kind == Kind::Full ? u"no space is left"_s : failed.failure.text;
    return Error::unavailable(u"%1 cannot be written: %2."_s.arg(path, why));
}

/// The copy goes on alone from here.
Result<void> beginEpoch(const StoreSettings &copy)
{
    auto database = Database::open(copy, Database::Mode::Writer);
    if (!database)
        return failure(database.error());
    const qint64 epoch = QRandomGenerator::system()->bounded(qint64(1), std::numeric_limits<qint64>::max());
    Rows(**database, "UPDATE store_state SET value = ? WHERE name = 'epoch'", epoch).run();
    if (auto failed = (*database)->takeFailure())
        return failure(*failed);
    return (*database)->run("PRAGMA journal_mode = DELETE"); // no log beside it
}

} // namespace

qint64 epochOf(ReadTransaction &tx)
{
    Rows rows = tx.query("SELECT value FROM store_state WHERE name = 'epoch'");
    return rows.next() ? rows.integer(0) : 0;
}

Result<void> copyDatabase(const StoreSettings &source, const QString &target)
{
    {
        const auto from = Database::open(source, Database::Mode::Reader);
        if (!from)
            return failure(Database::isDamage(from.error()) ? damaged() : from.error());
        if (const auto failed = copyInto(**from, target))
            return failure(errorOf(*failed, target));
    }
    StoreSettings copy = source;
    copy.path = target;
    if (auto begun = beginEpoch(copy); !begun)
        return failure(Database::isDamage(begun.error())
                           ? damaged()
                           : Error::unavailable(u"%1 cannot be written: %2"_s.arg(target, begun.error().message)));
    const auto damage = Executor::checkIntegrity(copy);
    if (!damage)
        return failure(Database::isDamage(damage.error()) ? damaged() : damage.error());
    return damage->isEmpty() ? Result<void>() : failure(damaged());
}

} // namespace Tertulia::Server
