// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/sqlite.h"

#include "base/logging.h"

#include <QFile>
#include <QFileInfo>
#include <QStorageInfo>

#include <sqlite3.h>

#include <utility>

namespace Tertulia::Client {

namespace {

// SQLITE_TRANSIENT without its old-style cast.
const auto copyValue = reinterpret_cast<sqlite3_destructor_type>(static_cast<intptr_t>(-1));

/// Less room than this is none: SQLite asks for some pages at once.
constexpr qint64 leastRoom = 256 * 1024;

bool isDiskFull(const QString &path)
{
    const QStorageInfo disk(QFileInfo(path).absolutePath());
    return disk.isValid() && disk.bytesAvailable() < leastRoom;
}

StoreTrouble troubleOf(int code, const QString &path)
{
    switch (code & 0xff) {
    case SQLITE_FULL:
        return StoreTrouble::Full;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return StoreTrouble::Damaged;
    case SQLITE_IOERR: // of a full disk too: shared memory that cannot grow, a quota
        if (code == SQLITE_IOERR_NOMEM)
            return StoreTrouble::None;
        return isDiskFull(path) ? StoreTrouble::Full : StoreTrouble::Damaged;
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
        return isDiskFull(path) ? StoreTrouble::Full : StoreTrouble::Unwritable;
    default:
        return StoreTrouble::None;
    }
}

} // namespace

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const QString &path, int cacheKiB)
{
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase(path, cacheKiB));
    if (auto connected = database->connect(); !connected)
        return failure(connected.error());
    return database;
}

Result<void> SqliteDatabase::connect()
{
    // One thread, so no locks of SQLite's own. The handle is to be closed also when opening failed.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const int code = sqlite3_open_v2(QFile::encodeName(m_path).constData(), &m_handle, flags, nullptr);
    if (m_handle)
        sqlite3_extended_result_codes(m_handle, 1);
    if (code != SQLITE_OK) {
        noteFailure();
        return failure(lastError());
    }
    // One process opens it at a time (the profile's lock sees to that); a moment for one that is just ending.
    sqlite3_busy_timeout(m_handle, 2'000);
    // NORMAL in WAL mode: a commit is a write() into the log, which outlives the process.
    for (const char *pragma :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA temp_store=MEMORY",
          "PRAGMA secure_delete=FAST", "PRAGMA journal_size_limit=4194304", "PRAGMA wal_autocheckpoint=1000"}) {
        if (auto done = run(pragma); !done)
            return done;
    }
    const QByteArray cache = "PRAGMA cache_size=-" + QByteArray::number(m_cacheKiB);
    return run(cache.constData());
}

SqliteDatabase::~SqliteDatabase()
{
    close();
}

void SqliteDatabase::close()
{
    for (auto &[text, cached] : m_statements)
        sqlite3_finalize(cached.statement);
    m_statements.clear();
    sqlite3_close(std::exchange(m_handle, nullptr));
    ++m_rollbacks;
}

Result<void> SqliteDatabase::reopen(const QString &path)
{
    close();
    m_path = path;
    return connect();
}

Result<void> SqliteDatabase::run(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK) {
        noteFailure();
        return failure(lastError());
    }
    return {};
}

int SqliteDatabase::changes() const
{
    return sqlite3_changes(m_handle);
}

qint64 SqliteDatabase::lastRowId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

Error SqliteDatabase::lastError() const
{
    Error error = Error::unavailable(QString::fromUtf8(sqlite3_errmsg(m_handle)));
    if (troubleOf(sqlite3_extended_errcode(m_handle), m_path) == StoreTrouble::Full)
        error.reason = QLatin1StringView(storeFullReason);
    return error;
}

void SqliteDatabase::noteFailure()
{
    const int code = sqlite3_extended_errcode(m_handle);
    if (std::exchange(m_lastFailure, code) != code)
        qCWarning(logClient, "local store: %s (%d)", sqlite3_errmsg(m_handle), code);
    const StoreTrouble trouble = troubleOf(code, m_path);
    if (trouble != StoreTrouble::None && m_transactionDepth > 0)
        m_isDoomed = true;
    if (trouble <= m_trouble)
        return;
    m_trouble = trouble;
    if (m_troubleHandler)
        m_troubleHandler();
}

void SqliteDatabase::forgetTrouble()
{
    m_trouble = StoreTrouble::None;
    m_lastFailure = 0;
}

void SqliteDatabase::endTransaction()
{
    const bool isDoomed = std::exchange(m_isDoomed, false);
    const bool isOpen = sqlite3_get_autocommit(m_handle) == 0; // SQLite ends some by itself when they fail
    if (isOpen && !isDoomed && Rows(*this, "COMMIT").run())
        return;
    ++m_rollbacks;
    if (sqlite3_get_autocommit(m_handle) == 0)
        std::ignore = run("ROLLBACK");
}

sqlite3_stmt *SqliteDatabase::prepare(Sql sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql.text(), sql.size() + 1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK)
        noteFailure();
    return statement;
}

SqliteTransaction::SqliteTransaction(SqliteDatabase &database)
    : m_database(database)
{
    if (m_database.m_transactionDepth++ == 0)
        Rows(m_database, "BEGIN IMMEDIATE").run();
}

SqliteTransaction::~SqliteTransaction()
{
    if (--m_database.m_transactionDepth == 0)
        m_database.endTransaction();
}

Rows::Rows(SqliteDatabase &database, Sql sql, std::nullptr_t)
    : m_database(database)
{
    SqliteDatabase::Cached &cached = database.m_statements[sql.text()];
    if (cached.isInUse) { // a query inside a loop over the same query
        m_statement = database.prepare(sql);
        return;
    }
    if (!cached.statement)
        cached.statement = database.prepare(sql);
    m_statement = cached.statement;
    if (m_statement) {
        cached.isInUse = true;
        m_inUse = &cached.isInUse;
    }
}

Rows::~Rows()
{
    if (!m_statement)
        return;
    if (!m_inUse) {
        sqlite3_finalize(m_statement);
        return;
    }
    // Bindings stay until they are bound anew: all parameters are bound on each use.
    sqlite3_reset(m_statement);
    *m_inUse = false;
}

bool Rows::next()
{
    if (!m_statement || m_isDone)
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    m_isDone = true;
    if (code != SQLITE_DONE)
        m_database.noteFailure();
    return false;
}

bool Rows::run()
{
    // Of a doomed transaction, which SQLite may have ended already: this would stay alone.
    if (!m_statement || m_database.m_isDoomed)
        return false;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    m_isDone = true;
    if (code == SQLITE_DONE)
        return true;
    m_database.noteFailure();
    return false;
}

bool Rows::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Rows::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

double Rows::real(int column) const
{
    return sqlite3_column_double(m_statement, column);
}

QString Rows::text(int column) const
{
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

std::optional<QString> Rows::optionalText(int column) const
{
    return isNull(column) ? std::nullopt : std::optional(text(column));
}

QByteArrayView Rows::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {data, qsizetype(sqlite3_column_bytes(m_statement, column))};
}

void Rows::bindNull(int index)
{
    sqlite3_bind_null(m_statement, index);
}

void Rows::bind(int index, qint64 value)
{
    sqlite3_bind_int64(m_statement, index, value);
}

void Rows::bind(int index, double value)
{
    sqlite3_bind_double(m_statement, index, value);
}

void Rows::bind(int index, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text(m_statement, index, utf8.constData(), int(utf8.size()), copyValue);
}

void Rows::bind(int index, const std::optional<qint64> &value)
{
    if (value)
        bind(index, *value);
    else
        bindNull(index);
}

void Rows::bind(int index, const std::optional<Timestamp> &value)
{
    if (value)
        bind(index, *value);
    else
        bindNull(index);
}

void Rows::bind(int index, const std::optional<QString> &value)
{
    if (value)
        bind(index, *value);
    else
        bindNull(index);
}

void Rows::bind(int index, QByteArrayView value)
{
    sqlite3_bind_blob(m_statement, index, value.data(), int(value.size()), copyValue);
}

} // namespace Tertulia::Client
