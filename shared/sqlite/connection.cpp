// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/connection.h"

#include "sqlite/walvfs.h"

#include <QFile>

#include <sqlite3.h>

#include <utility>
#include <vector>

namespace Tertulia {

namespace {

std::vector<QByteArray> pragmasOf(const SqliteSettings &settings)
{
    std::vector<QByteArray> pragmas;
    if (settings.mode == SqliteSettings::Mode::Write) {
        const bool isDisk = settings.durability == SqliteSettings::Durability::Disk;
        pragmas = {"PRAGMA journal_mode=WAL", isDisk ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL",
                   "PRAGMA wal_autocheckpoint=" + QByteArray::number(settings.checkpointFrames),
                   "PRAGMA journal_size_limit=" + QByteArray::number(settings.logBytes)};
        if (settings.wipesDeleted)
            pragmas.push_back("PRAGMA secure_delete=FAST");
    } else {
        pragmas = {"PRAGMA query_only=ON"};
    }
    pragmas.push_back(settings.hasForeignKeys ? "PRAGMA foreign_keys=ON" : "PRAGMA foreign_keys=OFF");
    pragmas.push_back("PRAGMA temp_store=MEMORY");
    pragmas.push_back("PRAGMA mmap_size=0");
    pragmas.push_back("PRAGMA cache_size=-" + QByteArray::number(settings.cacheKiB));
    return pragmas;
}

} // namespace

SqliteConnection::~SqliteConnection()
{
    close();
}

void SqliteConnection::prepareLibrary()
{
    // SQLite's account of its memory takes a lock at each allocation, which all threads share, and nobody reads it. Too
    // late where SQLite is in use already, which costs no more than that lock.
    static const int configured = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    std::ignore = configured;
    registerWalVfs();
}

QByteArrayView SqliteConnection::sourceId()
{
    return sqlite3_sourceid();
}

Result<void> SqliteConnection::connect(const SqliteSettings &settings)
{
    prepareLibrary();
    m_settings = settings;
    m_isAdopted = false;
    // One thread, so no locks of SQLite's own. The handle is to be closed also when opening failed.
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    const char *const vfs = m_settings.mode == SqliteSettings::Mode::Write ? walVfsName : nullptr;
    const int code = sqlite3_open_v2(QFile::encodeName(m_settings.path).constData(), &m_handle, flags, vfs);
    if (code != SQLITE_OK)
        return failure(fail(m_handle ? sqlite3_extended_errcode(m_handle) : code));
    return configure();
}

Result<void> SqliteConnection::adopt(sqlite3 *opened, const SqliteSettings &settings)
{
    m_settings = settings;
    m_isAdopted = true;
    m_handle = opened;
    return configure();
}

Result<void> SqliteConnection::configure()
{
    sqlite3_extended_result_codes(m_handle, 1);
    sqlite3_busy_timeout(m_handle, int(m_settings.busyTimeout.count()));
    for (const QByteArray &pragma : pragmasOf(m_settings)) {
        if (auto done = run(pragma); !done)
            return done;
    }
    if (m_settings.mode == SqliteSettings::Mode::Write && m_settings.checkpointFrames == 0) {
        sqlite3_wal_hook(
            m_handle,
            [](void *self, sqlite3 *, const char *, int frames) {
                static_cast<SqliteConnection *>(self)->m_walFrames = frames;
                return SQLITE_OK;
            },
            this);
    }
    return {};
}

void SqliteConnection::close()
{
    for (auto &[text, cached] : m_statements)
        sqlite3_finalize(cached.statement);
    m_statements.clear();
    m_walFrames = 0;
    sqlite3 *const handle = std::exchange(m_handle, nullptr);
    if (!m_isAdopted)
        sqlite3_close(handle);
    else if (handle)
        sqlite3_wal_hook(handle, nullptr, nullptr); // it would call this object
}

Result<void> SqliteConnection::run(const QByteArray &sql)
{
    const int code = sqlite3_exec(m_handle, sql.constData(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK)
        return failure(fail(code));
    return {};
}

int SqliteConnection::changes() const
{
    return sqlite3_changes(m_handle);
}

qint64 SqliteConnection::totalChanges() const
{
    return sqlite3_total_changes64(m_handle);
}

bool SqliteConnection::isInTransaction() const
{
    return sqlite3_get_autocommit(m_handle) == 0;
}

void SqliteConnection::undo()
{
    if (isInTransaction())
        sqlite3_exec(m_handle, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::optional<SqliteFailure> SqliteConnection::checkpoint(bool truncate)
{
    int frames = 0;
    int copied = 0;
    const int code = sqlite3_wal_checkpoint_v2(
        m_handle, nullptr, truncate ? SQLITE_CHECKPOINT_TRUNCATE : SQLITE_CHECKPOINT_PASSIVE, &frames, &copied);
    if (code != SQLITE_OK)
        return failureOf(code);
    if (copied >= frames)
        m_walFrames = 0;
    return std::nullopt;
}

void SqliteConnection::interrupt()
{
    sqlite3_interrupt(m_handle);
}

sqlite3_stmt *SqliteConnection::prepare(SqlText sql, unsigned flags)
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.text(), sql.size() + 1, flags, &statement, nullptr);
    if (code != SQLITE_OK)
        fail(code);
    return statement;
}

Error SqliteConnection::fail(int code)
{
    return failed(failureOf(code));
}

SqliteFailure SqliteConnection::failureOf(int code) const
{
    QString text = QString::fromUtf8(sqlite3_errmsg(m_handle));
    return {.kind = sqliteFailureKind(code, m_settings.path), .code = code, .text = std::move(text)};
}

} // namespace Tertulia
