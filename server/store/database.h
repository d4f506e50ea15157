// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "store/statement.h"
#include "store/storesettings.h"
#include "store/transaction.h"

#include <memory>
#include <unordered_map>

struct sqlite3;

namespace Tertulia::Server {

/// One connection with its prepared statements. Belongs to the thread that opened it; only interrupt() may be called
/// from another one. Opened through QtSql; statements run on the driver's own handle.
class Database
{
public:
    enum class Mode : quint8 { Writer, Reader };

    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const StoreSettings &settings, Mode mode);
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;
    ~Database();

    /// Runs one statement without parameters: BEGIN, PRAGMA, a step of a migration.
    [[nodiscard]] Result<void> run(const QByteArray &sql);

    /// BEGIN IMMEDIATE, with numbers for the changes to come.
    [[nodiscard]] Result<void> beginWrite();
    [[nodiscard]] Result<void> commit();
    void rollback();
    /// False also when SQLite itself gave up the transaction (disk full, input/output error).
    [[nodiscard]] bool isInTransaction() const;

    /// For reads: BEGIN … until endRead().
    void beginRead();
    void endRead();

    /// The last change number handed out.
    [[nodiscard]] ChangeNumber lastChange() const { return m_lastChange; }
    [[nodiscard]] ChangeNumber nextChange();
    /// Writes down the last number, so that a clean restart goes on from it.
    void settleChanges();

    /// What went wrong since the last call, if anything: the first failure counts.
    [[nodiscard]] std::optional<Error> takeFailure();
    [[nodiscard]] bool hasFailed() const { return m_failure.has_value(); }
    /// The open transaction cannot be kept: a unit without a savepoint failed.
    void failBatch() { m_isBatchLost = true; }
    [[nodiscard]] bool isBatchLost() const { return m_isBatchLost; }
    /// The storage itself is at fault (full, unreadable, read-only): no other unit would do better.
    [[nodiscard]] static bool isStorageFailure(const Error &error);
    /// The file holds what no database may hold.
    [[nodiscard]] static bool isDamage(const Error &error);

    /// Frames in the write-ahead log after the last commit.
    [[nodiscard]] int walFrames() const { return m_walFrames; }
    /// Copies the log into the database. @param truncate waits for readers and empties the file
    void checkpoint(bool truncate = false);
    /// Makes a statement that runs on this connection stop. Any thread.
    void interrupt();

    [[nodiscard]] sqlite3 *handle() const { return m_handle; }
    [[nodiscard]] const Clock &clock() const { return m_clock; }

private:
    friend class Rows;
    friend class Transaction;
    struct Cached
    {
        sqlite3_stmt *statement = nullptr;
        bool isInUse = false;
    };

    Database(QString name, const Clock &clock)
        : m_name(std::move(name))
        , m_clock(clock)
    {
    }
    [[nodiscard]] Result<void> configure(const StoreSettings &settings, Mode mode);
    [[nodiscard]] sqlite3_stmt *prepare(Sql sql, unsigned flags);
    [[nodiscard]] Error errorFor(int code) const;
    void fail(int code);
    void reserveChanges();

    QString m_name; ///< of the QSqlDatabase
    const Clock &m_clock;
    sqlite3 *m_handle = nullptr;
    std::unordered_map<const void *, Cached> m_statements;
    std::optional<Error> m_failure;
    ChangeNumber m_lastChange = 0;
    ChangeNumber m_changeCeiling = 0; ///< numbers below it are ours; 0 = not yet read
    int m_walFrames = 0;
    bool m_isBatchLost = false;
};

} // namespace Tertulia::Server
