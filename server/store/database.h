// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "sqlite/connection.h"
#include "store/rosters.h"
#include "store/storesettings.h"
#include "store/toldmarks.h"

#include <memory>
#include <optional>

namespace Tertulia::Server {

/// The number of a change in this store: rises over restarts too; about the microseconds since 1970, so that a point in
/// time is a fair cursor. Orders the conversation list, and tells `sync` where to look. Numbers may become visible in
/// another order than they were given (several writers): what of them is complete, committedChange() says. Which of two
/// accounts of the same thing is the later one, its Revision says.
using ChangeNumber = qint64;

/// The server's connection to its database: groups of units of work, the numbers of changes, and what a failure means
/// to them. Opened by Qt Sql, used by shared/sqlite on the driver's own handle (docs/decisions/0122). Belongs to the
/// thread that opened it and ends there; only interrupt() may be called from another one.
class Database : public SqliteConnection
{
public:
    enum class Mode : quint8 { Writer, Reader };

    /// Wants a QCoreApplication, which finds the driver. Unavailable where the driver or the file cannot be used.
    [[nodiscard]] static Result<std::unique_ptr<Database>> open(const StoreSettings &settings, Mode mode);
    ~Database() override;

    /// BEGIN IMMEDIATE, with numbers for the changes to come.
    [[nodiscard]] Result<void> beginWrite();
    [[nodiscard]] Result<void> commit();
    void rollback();

    /// For reads: BEGIN … until endRead().
    void beginRead();
    void endRead();

    /// The last change number handed out.
    [[nodiscard]] ChangeNumber lastChange() const { return m_lastChange; }
    [[nodiscard]] ChangeNumber nextChange();
    /// Writes down the last number, so that a clean restart goes on from it.
    void settleChanges();

    /// Copies the log into the database; a failure is logged and does no harm. @param truncate waits for readers and
    /// empties the log
    void checkpoint(bool truncate = false);

    /// What went wrong since the last call, if anything: the first failure counts.
    [[nodiscard]] std::optional<Error> takeFailure();
    [[nodiscard]] bool hasFailed() const { return m_failure.has_value(); }
    /// The open transaction cannot be kept: a unit without a savepoint failed.
    void failBatch() { m_isBatchLost = true; }
    [[nodiscard]] bool isBatchLost() const { return m_isBatchLost; }
    /// The storage itself is at fault (full, unreadable, read-only): no other unit would do better.
    [[nodiscard]] static bool isStorageFailure(const Error &error);
    /// Reads the whole file. What is wrong with it, at most 20 lines.
    [[nodiscard]] QStringList findDamage();
    /// The file holds what no database may hold.
    [[nodiscard]] static bool isDamage(const Error &error);

    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] Rosters &rosters() { return m_rosters; }
    /// The store's marks that are not in the file yet; shared by its connections, and must outlive them. Null: none.
    void setTold(const ToldMarks *told) { m_told = told; }
    [[nodiscard]] const ToldMarks *told() const { return m_told; }
    [[nodiscard]] const QStringList &consumers() const { return m_consumers; } ///< StoreSettings::consumers

private:
    explicit Database(const Clock &clock);
    [[nodiscard]] Result<void> openFile(const SqliteSettings &settings);
    Error failed(const SqliteFailure &failure) override;
    void reserveChanges();

    const QString m_connectionName; ///< of the QSqlDatabase
    const Clock &m_clock;
    std::optional<Error> m_failure;
    ChangeNumber m_lastChange = 0;
    ChangeNumber m_changeCeiling = 0; ///< numbers below it are ours; 0 = not yet read
    bool m_isBatchLost = false;
    Rosters m_rosters;
    const ToldMarks *m_told = nullptr;
    QStringList m_consumers;
};

} // namespace Tertulia::Server
