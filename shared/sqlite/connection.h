// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "sqlite/failure.h"
#include "sqlite/sqltext.h"

#include <QByteArray>
#include <QString>

#include <chrono>
#include <optional>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace Tertulia {

/// How a file is used. It is always in WAL mode.
struct SqliteSettings
{
    /// Its folder must exist. ":memory:" is no file.
    QString path;
    /// A connection that only reads says so, and changes nothing of the settings that the file itself holds.
    enum class Mode : quint8 { Write, Read };
    Mode mode = Mode::Write;
    /// When a commit returns, it is on the disk (Disk), or with the kernel, which outlives the process, not a loss of
    /// power (Kernel).
    enum class Durability : quint8 { Disk, Kernel };
    Durability durability = Durability::Disk;
    /// The page cache, KiB. The operating system's cache serves the rest.
    int cacheKiB = 2'000;
    /// How long a statement waits for another connection's lock.
    std::chrono::milliseconds busyTimeout{2'000};
    /// Frames (a page each) in the log after which a commit copies them into the file; 0: whoever opens it calls
    /// checkpoint(), and is told by walFrames() when.
    int checkpointFrames = 1'000;
    /// A log larger than this is cut off when it begins anew; one that is not cut off is written over, which costs no
    /// metadata and makes fsync cheaper.
    qint64 logBytes = 4'194'304;
    bool hasForeignKeys = false;
    /// What is deleted is overwritten where that costs no further page.
    bool wipesDeleted = false;
};

/// One SQLite connection with its prepared statements, which are prepared once and kept: one that it opens itself, or
/// one that somebody else opened. Belongs to the thread that opened it; only interrupt() may be called from another
/// one. Statements are used through Rows. What a failure means is said by the class that derives from it.
class SqliteConnection
{
public:
    SqliteConnection(const SqliteConnection &) = delete;
    SqliteConnection &operator=(const SqliteConnection &) = delete;
    virtual ~SqliteConnection();

    /// Runs statements without parameters and without keeping them: PRAGMA, a step of a migration.
    [[nodiscard]] Result<void> run(const QByteArray &sql);
    /// Rows that the last INSERT, UPDATE or DELETE changed.
    [[nodiscard]] int changes() const;
    /// Rows that were changed since the file was opened; what was undone counts as well.
    [[nodiscard]] qint64 totalChanges() const;
    /// False also when SQLite itself gave up the transaction (disk full, input/output error).
    [[nodiscard]] bool isInTransaction() const;
    /// Gives up the open transaction, if there is one. Tells of no failure: what cannot be undone now is undone when
    /// the file is opened next.
    void undo();

    /// Frames in the write-ahead log after the last commit; with checkpointFrames = 0 only.
    [[nodiscard]] int walFrames() const { return m_walFrames; }
    /// Copies the log into the file. @param truncate waits for readers and empties the log
    std::optional<SqliteFailure> checkpoint(bool truncate = false);
    /// Makes a statement that runs on this connection stop. Any thread.
    void interrupt();

    /// For what has no wrapper here.
    [[nodiscard]] sqlite3 *handle() const { return m_handle; }

protected:
    SqliteConnection() = default;

    /// What is to be said to SQLite before anybody opens a file, and is too late afterwards; connect() says it itself.
    static void prepareLibrary();
    /// Which SQLite this is: the sqlite_source_id() of SQL. One with another id has other ideas of a `sqlite3 *`.
    [[nodiscard]] static QByteArrayView sourceId();

    [[nodiscard]] Result<void> connect(const SqliteSettings &settings);
    /// The same on a connection that was opened by somebody else, who closes it after close(). It is of this SQLite,
    /// has no locks of its own (SQLITE_OPEN_NOMUTEX), nobody else uses it meanwhile; to write, it has walVfsName.
    [[nodiscard]] Result<void> adopt(sqlite3 *opened, const SqliteSettings &settings);
    [[nodiscard]] const SqliteSettings &settings() const { return m_settings; }
    /// Closes the file, or lets go of the adopted connection; with no statement in use.
    void close();

    /// Told of each failure of a statement, when it happens. Returns it in the words of those who use the connection.
    virtual Error failed(const SqliteFailure &failure) = 0;
    /// What was written within a SqliteTransaction is not in the file.
    virtual void transactionLost() { }
    /// Nothing of the present SqliteTransaction is kept, and what comes behind in it is refused: SQLite may have ended
    /// the transaction already, and that would stay alone.
    void doom() { m_isDoomed = m_scopes > 0; }

private:
    friend class Rows;
    friend class SqliteTransaction;
    struct Cached
    {
        sqlite3_stmt *statement = nullptr;
        bool isInUse = false;
    };

    [[nodiscard]] Result<void> configure();
    [[nodiscard]] sqlite3_stmt *prepare(SqlText sql, unsigned flags);
    Error fail(int code);
    [[nodiscard]] SqliteFailure failureOf(int code) const;

    SqliteSettings m_settings;
    sqlite3 *m_handle = nullptr;
    bool m_isAdopted = false;
    std::unordered_map<const void *, Cached> m_statements; ///< by the address of the text
    int m_walFrames = 0;
    int m_scopes = 0; ///< of SqliteTransaction, one inside the other
    bool m_isDoomed = false; ///< not all of the transaction could be written, so none of it is
};

} // namespace Tertulia
