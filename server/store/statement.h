// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <QByteArray>
#include <QString>

#include <concepts>
#include <optional>
#include <type_traits>
#include <utility>

struct sqlite3_stmt;

namespace Tertulia::Server {

class Database;

/// SQL text. Only literals convert to it: the statement cache goes by address, and no SQL is ever put together from
/// values.
class Sql
{
public:
    template <size_t N>
    consteval Sql(const char (&text)[N])
        : m_text(text)
        , m_size(int(N) - 1) // NOLINT(google-explicit-constructor)
    {
    }
    [[nodiscard]] const char *text() const { return m_text; }
    [[nodiscard]] int size() const { return m_size; }

private:
    const char *m_text;
    int m_size;
};

/// One statement of the cache in use: parameters bound, rows read forward, reset when this object goes.
/// A failing statement ends its rows and fails the whole unit of work (see ReadTransaction): callers need no check.
class Rows
{
public:
    Rows(Database &database, Sql sql);
    Rows(Rows &&other) noexcept;
    Rows &operator=(Rows &&) = delete;
    ~Rows();

    /// Moves to the next row; false after the last.
    bool next();

    // Columns of the current row, counted from 0. A NULL reads as 0, "" or a null id.
    [[nodiscard]] bool isNull(int column) const;
    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] int number(int column) const { return int(integer(column)); }
    [[nodiscard]] bool flag(int column) const { return integer(column) != 0; }
    [[nodiscard]] QString text(int column) const;
    [[nodiscard]] std::optional<QString> optionalText(int column) const;
    [[nodiscard]] QByteArray bytes(int column) const;
    [[nodiscard]] Uuid uuid(int column) const;
    template <class IdType> [[nodiscard]] IdType id(int column) const { return IdType(uuid(column)); }
    [[nodiscard]] Timestamp time(int column) const { return Timestamp(std::chrono::milliseconds(integer(column))); }
    [[nodiscard]] std::optional<Timestamp> optionalTime(int column) const
    {
        return isNull(column) ? std::nullopt : std::optional(time(column));
    }

    /// Binds the parameters in order.
    template <class... Args> void bindAll(const Args &...args)
    {
        int index = 0;
        (bind(++index, args), ...);
    }
    void bind(int index, std::nullptr_t);
    void bind(int index, qint64 value);
    void bind(int index, const QString &value);
    void bind(int index, const QByteArray &value); ///< as bytes
    void bind(int index, const Uuid &value);
    template <class T>
    requires(std::integral<T> || std::is_enum_v<T>) void bind(int index, T value)
    {
        bind(index, static_cast<qint64>(value));
    }
    template <class Tag> void bind(int index, const Id<Tag> &value) { bind(index, value.uuid()); }
    void bind(int index, Timestamp value) { bind(index, qint64(value.time_since_epoch().count())); }
    template <class T> void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }

    /// For writes: runs to the end. Constraint: a unique, check or foreign key rule said no, and this statement changed
    /// nothing.
    enum class Outcome : quint8 { Done, Constraint, Failed };
    Outcome run();

private:
    Database *m_database;
    sqlite3_stmt *m_statement;
    bool *m_inUse = nullptr; ///< of the cache entry
    bool m_isCached = true;
    bool m_isDone = false;
};

} // namespace Tertulia::Server
