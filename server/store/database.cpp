// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "base/logging.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QVariant>

#include <atomic>

#include <sqlite3.h>

namespace Tertulia::Server {

namespace {

using namespace Qt::StringLiterals;

const QString storageReason = u"STORAGE_UNAVAILABLE"_s;
const QString damageReason = u"STORAGE_DAMAGED"_s;

/// Change numbers reserved at a time, in microseconds: a crash lets the numbers run ahead of the clock by so much.
constexpr ChangeNumber reservedChanges = 60'000'000;

const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

ChangeNumber microseconds(Timestamp time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

} // namespace

Result<std::unique_ptr<Database>> Database::open(const StoreSettings &settings, Mode mode)
{
    // SQLite's account of its memory takes a lock at each allocation, which all threads share, and nobody reads it.
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (configured != SQLITE_OK)
        qCDebug(logStore, "SQLite was in use before the store.");
    static std::atomic<int> counter{0};
    const QString name = u"tertulia-%1"_s.arg(++counter);
    std::unique_ptr<Database> database(new Database(name, settings.clock ? *settings.clock : systemClock()));
    {
        QSqlDatabase connection = QSqlDatabase::addDatabase(u"QSQLITE"_s, name);
        connection.setDatabaseName(settings.path);
        connection.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=%1"_s.arg(settings.busyTimeout.count()));
        if (!connection.open()) {
            return failure(Error::unavailable(
                u"Cannot open the database %1: %2"_s.arg(settings.path, connection.lastError().databaseText())));
        }
        const QVariant handle = connection.driver()->handle();
        if (qstrcmp(handle.typeName(), "sqlite3*") != 0)
            return failure(Error::internal(u"The SQL driver gives no SQLite handle."_s));
        database->m_handle = *static_cast<sqlite3 *const *>(handle.constData());
    }
    if (auto done = database->configure(settings, mode); !done)
        return failure(done.error());
    return database;
}

Database::~Database()
{
    for (auto &[text, cached] : m_statements)
        sqlite3_finalize(cached.statement);
    if (m_handle)
        sqlite3_wal_hook(m_handle, nullptr, nullptr);
    QSqlDatabase::removeDatabase(m_name);
}

Result<void> Database::configure(const StoreSettings &settings, Mode mode)
{
    sqlite3_extended_result_codes(m_handle, 1);
    const bool isWriter = mode == Mode::Writer;
    const int cacheKiB = isWriter ? settings.writerCacheKiB : settings.readerCacheKiB;
    std::vector<QByteArray> pragmas;
    if (isWriter) {
        // The busy checkpoint keeps the log near this size; a file that is not cut off is written over, which costs
        // no metadata and makes fsync cheaper.
        const qint64 logBytes = qint64(settings.busyCheckpointFrames) * 4120;
        pragmas = {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=FULL", "PRAGMA wal_autocheckpoint=0",
                   "PRAGMA journal_size_limit=" + QByteArray::number(logBytes)};
    } else {
        pragmas = {"PRAGMA query_only=ON"};
    }
    pragmas.push_back("PRAGMA foreign_keys=ON");
    pragmas.push_back("PRAGMA temp_store=MEMORY");
    pragmas.push_back("PRAGMA mmap_size=0");
    pragmas.push_back("PRAGMA cache_size=-" + QByteArray::number(cacheKiB));
    for (const QByteArray &pragma : pragmas) {
        if (auto done = run(pragma); !done)
            return done;
    }
    if (isWriter) {
        sqlite3_wal_hook(
            m_handle,
            [](void *self, sqlite3 *, const char *, int frames) {
                static_cast<Database *>(self)->m_walFrames = frames;
                return SQLITE_OK;
            },
            this);
    }
    return {};
}

Result<void> Database::run(const QByteArray &sql)
{
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return failure(errorFor(code));
    return {};
}

Result<void> Database::beginWrite()
{
    Rows begin(*this, "BEGIN IMMEDIATE");
    if (begin.run() != Rows::Outcome::Done)
        return failure(*takeFailure());
    if (m_lastChange + reservedChanges / 2 > m_changeCeiling
        || microseconds(m_clock.now()) + reservedChanges / 2 > m_changeCeiling)
        reserveChanges();
    if (hasFailed()) {
        const Error error = *takeFailure();
        rollback();
        return failure(error);
    }
    return {};
}

void Database::reserveChanges()
{
    if (m_changeCeiling == 0) {
        Rows rows(*this, "SELECT value FROM store_state WHERE name = 'change_ceiling'");
        if (rows.next())
            m_lastChange = std::max(m_lastChange, rows.integer(0));
    }
    m_changeCeiling = std::max(m_lastChange, microseconds(m_clock.now())) + reservedChanges;
    Rows update(*this, "UPDATE store_state SET value = ? WHERE name = 'change_ceiling'");
    update.bindAll(m_changeCeiling);
    if (update.run() == Rows::Outcome::Constraint)
        fail(SQLITE_CONSTRAINT);
}

void Database::settleChanges()
{
    if (m_changeCeiling == 0)
        return;
    Rows update(*this, "UPDATE store_state SET value = ? WHERE name = 'change_ceiling'");
    update.bindAll(m_lastChange);
    update.run();
    m_changeCeiling = 0;
}

ChangeNumber Database::nextChange()
{
    m_lastChange = std::max(m_lastChange + 1, microseconds(m_clock.now()));
    return m_lastChange;
}

Result<void> Database::commit()
{
    Rows commit(*this, "COMMIT");
    if (commit.run() == Rows::Outcome::Done)
        return {};
    auto error = takeFailure();
    return failure(error ? *error : Error::internal(u"A rule of the database refused the commit."_s));
}

void Database::rollback()
{
    // The reservation may be among what is undone.
    m_changeCeiling = 0;
    if (isInTransaction())
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
    m_failure.reset();
    m_isBatchLost = false;
}

bool Database::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void Database::beginRead()
{
    Rows(*this, "BEGIN").run();
}

void Database::endRead()
{
    if (!isInTransaction())
        return;
    Rows(*this, "COMMIT").run();
    if (isInTransaction())
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::optional<Error> Database::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

bool Database::isStorageFailure(const Error &error)
{
    return error.reason == storageReason || isDamage(error);
}

bool Database::isDamage(const Error &error)
{
    return error.reason == damageReason;
}

void Database::checkpoint(bool truncate)
{
    int frames = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
    if (code != SQLITE_OK)
        qCWarning(logStore, "checkpoint: %s", sqlite3_errmsg(m_handle));
    if (code == SQLITE_OK && copied >= frames)
        m_walFrames = 0;
}

void Database::interrupt()
{
    sqlite3_interrupt(m_handle);
}

sqlite3_stmt *Database::prepare(Sql sql, unsigned flags)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.text(), sql.size() + 1, flags, &statement, nullptr);
    if (code != SQLITE_OK) {
        fail(code);
        return nullptr;
    }
    return statement;
}

Error Database::errorFor(int code) const
{
    const QString text = QString::fromUtf8(sqlite3_errmsg(m_handle));
    switch (code & 0xff) {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_READONLY:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB: {
        Error error = Error::unavailable(u"The storage does not work: %1"_s.arg(text), 5);
        const bool isDamaged = (code & 0xff) == SQLITE_CORRUPT || (code & 0xff) == SQLITE_NOTADB;
        error.reason = isDamaged ? damageReason : storageReason;
        return error;
    }
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return Error::unavailable(u"The database is locked by another process."_s, 1);
    case SQLITE_INTERRUPT:
        return Error::cancelled();
    default:
        return Error::internal(u"SQL error %1: %2"_s.arg(code).arg(text));
    }
}

void Database::fail(int code)
{
    Error error = errorFor(code);
    if (!m_failure && error.code != ErrorCode::Cancelled)
        qCWarning(logStore, "%s", qUtf8Printable(error.message));
    if (!m_failure)
        m_failure = std::move(error);
}

} // namespace Tertulia::Server
