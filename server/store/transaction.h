// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/domainevents.h"
#include "sqlite/rows.h"
#include "store/database.h"
#include "store/sql.h"

#include <vector>

namespace Tertulia::Server {

/// A consistent snapshot for one unit of work. Lives on one store thread, only as long as the unit runs.
///
/// A statement that fails (disk, lock, a bug in SQL) yields no rows and fails the unit: whatever it returns is replaced
/// by Unavailable or Internal, and nothing it wrote stays. Store functions therefore need no error plumbing of their
/// own.
class ReadTransaction
{
public:
    ReadTransaction(Database &database, ChangeNumber committedChange);
    ReadTransaction(const ReadTransaction &) = delete;
    ReadTransaction &operator=(const ReadTransaction &) = delete;

    /// `for (auto rows = tx.query("SELECT … WHERE id = ?", id); rows.next();)`
    template <class... Args> [[nodiscard]] Rows query(Sql sql, const Args &...args)
    {
        return Rows(m_database, sql.sqlite(), args...);
    }

    /// The groups that this connection knows by heart.
    [[nodiscard]] Rosters &rosters() { return m_database.rosters(); }

    /// The delivered mark that was told of and may not be in the snapshot yet.
    [[nodiscard]] std::optional<ToldMarks::Told> told(const UserId &user, const ConversationId &conversation) const
    {
        return m_database.told() ? m_database.told()->find({user, conversation}) : std::nullopt;
    }

    /// Every change up to this number is in the snapshot, whoever made it and whenever; of later ones, some may be.
    [[nodiscard]] ChangeNumber committedChange() const { return m_committedChange; }

protected:
    Database &m_database;
    ChangeNumber m_committedChange;
};

/// A unit of work that writes; alone on its store (one writer). Rolled back alone when it fails.
class Transaction : public ReadTransaction
{
public:
    /// @param change the number of all changes of this unit, where it was given one at its beginning; absent: a fresh
    /// one for each
    Transaction(Database &database, ChangeNumber committedChange, std::optional<ChangeNumber> change = {})
        : ReadTransaction(database, committedChange)
        , m_changesBefore(database.totalChanges())
        , m_change(change)
    {
    }

    /// INSERT, UPDATE or DELETE. Returns the number of rows it changed. A violated constraint fails the unit of work:
    /// what may be there already is inserted with ON CONFLICT DO NOTHING.
    template <class... Args> int execute(Sql sql, const Args &...args)
    {
        ensureUnit();
        return Rows(m_database, sql.sqlite(), args...).run() ? m_database.changes() : 0;
    }
    /// The same with RETURNING, for what the database itself makes, as a key. SQLite makes a table in memory for it,
    /// which costs more than a small statement: not for what every message does.
    template <class... Args> [[nodiscard]] Rows change(Sql sql, const Args &...args)
    {
        ensureUnit();
        return Rows(m_database, sql.sqlite(), args...);
    }

    /// Promises that this unit refuses nothing any more once it has changed a row: from then on, it fails only if the
    /// storage does. It then needs no savepoint, which is a good part of a small unit's cost.
    /// A unit that breaks the promise takes its whole batch with it: all of it is undone and answered with Unavailable.
    void promiseSuccess() { m_hasPromised = true; }

    /// The number of a change made by this unit, higher than committedChange().
    [[nodiscard]] ChangeNumber nextChange();

    /// Kept until the commit, then handed to the event sink, in order. Dropped when the unit fails.
    void record(DomainEvent event) { m_events.push_back(std::move(event)); }
    [[nodiscard]] std::vector<DomainEvent> takeEvents() { return std::exchange(m_events, {}); }

    /// For the executor: ends the unit, keeping what it wrote if `isGood` and no statement failed. Tells whether it was
    /// kept.
    [[nodiscard]] bool endUnit(bool isGood);

private:
    void ensureUnit()
    {
        if (!m_isWriting && !m_hasPromised)
            beginUnit();
    }
    void beginUnit();

    std::vector<DomainEvent> m_events;
    const qint64 m_changesBefore; ///< of the connection
    const std::optional<ChangeNumber> m_change;
    bool m_isWriting = false; ///< inside a savepoint
    bool m_hasPromised = false;
};

} // namespace Tertulia::Server
