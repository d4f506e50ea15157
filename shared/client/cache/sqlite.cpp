// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/sqlite.h"

#include "base/logging.h"

#include <QFile>

#include <sqlite3.h>

namespace Tertulia::Client {

namespace {

// SQLITE_TRANSIENT without its old-style cast.
const auto copyValue = reinterpret_cast<sqlite3_destructor_type>(static_cast<intptr_t>(-1));

} // namespace

Result<std::unique_ptr<SqliteDatabase>> SqliteDatabase::open(const QString &path, int cacheKiB)
{
    std::unique_ptr<SqliteDatabase> database(new SqliteDatabase);
    // One thread, so no locks of SQLite's own. The handle is to be closed also when opening failed.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const int code = sqlite3_open_v2(QFile::encodeName(path).constData(), &database->m_handle, flags, nullptr);
    if (code != SQLITE_OK)
        return failure(database->lastError());
    sqlite3_extended_result_codes(database->m_handle, 1);
    // One process opens it at a time (the profile's lock sees to that); a moment for one that is just ending.
    sqlite3_busy_timeout(database->m_handle, 2'000);
    // NORMAL in WAL mode: a commit is a write() into the log, which outlives the process.
    for (const char *pragma :
         {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL", "PRAGMA temp_store=MEMORY",
          "PRAGMA secure_delete=FAST", "PRAGMA journal_size_limit=4194304", "PRAGMA wal_autocheckpoint=1000"}) {
        if (auto done = database->run(pragma); !done)
            return failure(done.error());
    }
    const QByteArray cache = "PRAGMA cache_size=-" + QByteArray::number(cacheKiB);
    if (auto done = database->run(cache.constData()); !done)
        return failure(done.error());
    return database;
}

SqliteDatabase::~SqliteDatabase()
{
    for (auto &[text, cached] : m_statements)
        sqlite3_finalize(cached.statement);
    sqlite3_close(m_handle);
}

Result<void> SqliteDatabase::run(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return failure(lastError());
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
    return Error::unavailable(QString::fromUtf8(sqlite3_errmsg(m_handle)));
}

void SqliteDatabase::logFailure()
{
    const int code = sqlite3_extended_errcode(m_handle);
    if (std::exchange(m_lastFailure, code) != code)
        qCWarning(logClient, "local store: %s (%d)", sqlite3_errmsg(m_handle), code);
}

sqlite3_stmt *SqliteDatabase::prepare(Sql sql)
{
    sqlite3_stmt *statement = nullptr;
    if (sqlite3_prepare_v3(m_handle, sql.text(), sql.size() + 1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr)
        != SQLITE_OK)
        logFailure();
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
    if (--m_database.m_transactionDepth > 0 || sqlite3_get_autocommit(m_database.m_handle) != 0)
        return;
    if (!Rows(m_database, "COMMIT").run())
        std::ignore = m_database.run("ROLLBACK");
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
        m_database.logFailure();
    return false;
}

bool Rows::run()
{
    if (!m_statement)
        return false;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    m_isDone = true;
    if (code == SQLITE_DONE)
        return true;
    m_database.logFailure();
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
