// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "client/cache/storetrouble.h"

#include <QByteArray>
#include <QString>

#include <functional>
#include <memory>
#include <optional>
#include <unordered_map>

struct sqlite3;
struct sqlite3_stmt;

namespace Tertulia::Client {

/// SQL text. Only literals convert to it: the statement cache goes by address, and no SQL is ever put together from
/// values.
class Sql
{
public:
    template <size_t N>
    consteval Sql(const char (&text)[N]) // NOLINT(google-explicit-constructor)
        : m_text(text)
        , m_size(int(N) - 1)
    {
    }
    [[nodiscard]] const char *text() const { return m_text; }
    [[nodiscard]] int size() const { return m_size; }

private:
    const char *m_text;
    int m_size;
};

/// One SQLite connection with its prepared statements, on the thread that opened it. What it holds is a copy or of this
/// machine only: where a statement fails (the disk is full, the file was damaged) that is logged, reads give nothing,
/// and the client lives on without. What it means for the file is told by trouble().
class SqliteDatabase
{
public:
    [[nodiscard]] static Result<std::unique_ptr<SqliteDatabase>> open(const QString &path, int cacheKiB);
    SqliteDatabase(const SqliteDatabase &) = delete;
    SqliteDatabase &operator=(const SqliteDatabase &) = delete;
    ~SqliteDatabase();

    /// Statements without parameters.
    [[nodiscard]] Result<void> run(const char *sql);
    /// Rows that the last statement changed.
    [[nodiscard]] int changes() const;
    [[nodiscard]] qint64 lastRowId() const;
    /// Closes the file, with no statement in use.
    void close();
    /// Another file in place of the one before.
    [[nodiscard]] Result<void> reopen(const QString &path);

    /// The worst since forgetTrouble().
    [[nodiscard]] StoreTrouble trouble() const { return m_trouble; }
    void forgetTrouble();
    /// Called within the failing statement each time when trouble() gets worse; it does nothing with the database.
    void setTroubleHandler(std::function<void()> handler) { m_troubleHandler = std::move(handler); }
    /// Grows when something that was written is not in the file after all: then what was remembered of rows is wrong.
    [[nodiscard]] int rollbacks() const { return m_rollbacks; }

private:
    friend class Rows;
    friend class SqliteTransaction;
    struct Cached
    {
        sqlite3_stmt *statement = nullptr;
        bool isInUse = false;
    };

    SqliteDatabase(QString path, int cacheKiB)
        : m_path(std::move(path))
        , m_cacheKiB(cacheKiB)
    {
    }
    [[nodiscard]] Result<void> connect();
    void endTransaction();
    [[nodiscard]] sqlite3_stmt *prepare(Sql sql);
    [[nodiscard]] Error lastError() const;
    void noteFailure();

    QString m_path;
    int m_cacheKiB;
    sqlite3 *m_handle = nullptr;
    std::unordered_map<const void *, Cached> m_statements;
    int m_transactionDepth = 0;
    bool m_isDoomed = false; ///< of the transaction: not all of it could be written, so none of it is
    int m_rollbacks = 0;
    int m_lastFailure = 0; ///< code; the same one is logged once
    StoreTrouble m_trouble = StoreTrouble::None;
    std::function<void()> m_troubleHandler;
};

/// Everything that is written while it lives is one transaction. They nest; the outermost counts. Where the disk does
/// not take a part of it, nothing of it stays.
class SqliteTransaction
{
public:
    explicit SqliteTransaction(SqliteDatabase &database);
    SqliteTransaction(const SqliteTransaction &) = delete;
    SqliteTransaction &operator=(const SqliteTransaction &) = delete;
    ~SqliteTransaction();

private:
    SqliteDatabase &m_database;
};

/// One prepared statement in use: parameters bound in order, rows read forward, reset when this object goes.
class Rows
{
public:
    template <class... Args>
    Rows(SqliteDatabase &database, Sql sql, const Args &...args)
        : Rows(database, sql, nullptr)
    {
        int index = 0;
        (bind(++index, args), ...);
    }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;
    ~Rows();

    /// Moves to the next row; false after the last.
    bool next();
    /// For statements without rows.
    bool run();

    // Columns of the current row, counted from 0. A NULL reads as 0, "" or a null id.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const { return int(integer(column)); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] double real(int column) const;
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] std::optional<QString> optionalText(int column) const;
    /// Valid until the next row.
    [[nodiscard]] QByteArrayView bytes(int column) const;
    template <class IdType> [[nodiscard]] IdType id(int column) const { return IdType(Uuid::fromBytes(bytes(column))); }
    [[nodiscard]] Timestamp time(int column) const { return Timestamp(std::chrono::milliseconds(integer(column))); }
    [[nodiscard]] std::optional<Timestamp> optionalTime(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(time(column));
    }

private:
    Rows(SqliteDatabase &database, Sql sql, std::nullptr_t);
    void bind(int index, qint64 value);
    void bind(int index, int value) { bind(index, qint64(value)); }
    void bind(int index, bool value) { bind(index, qint64(value)); }
    void bind(int index, double value);
    void bind(int index, const QString &value);
    void bind(int index, QByteArrayView value);
    void bind(int index, const QByteArray &value) { bind(index, QByteArrayView(value)); }
    void bind(int index, Timestamp value) { bind(index, qint64(value.time_since_epoch().count())); }
    void bindNull(int index);
    template <class Tag> void bind(int index, const Id<Tag> &value)
    {
        if (value.isNull())
            bindNull(index);
        else
            bind(index, QByteArrayView(value.uuid().data(), qsizetype(16)));
    }
    template <class Tag> void bind(int index, const std::optional<Id<Tag>> &value)
    {
        bind(index, value.value_or(Id<Tag>()));
    }
    void bind(int index, const std::optional<qint64> &value);
    void bind(int index, const std::optional<Timestamp> &value);
    void bind(int index, const std::optional<QString> &value);

    SqliteDatabase &m_database;
    sqlite3_stmt *m_statement = nullptr;
    bool *m_inUse = nullptr; ///< of the cache; null: a statement of our own
    bool m_isDone = false;
};

} // namespace Tertulia::Client
