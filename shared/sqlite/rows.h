// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "sqlite/sqltext.h"

#include <QByteArray>
#include <QString>

#include <concepts>
#include <optional>
#include <type_traits>
#include <vector>

struct sqlite3_stmt;

namespace Tertulia {

class SqliteConnection;

/// One prepared statement in use: parameters bound in order, rows read forward, reset when this object goes. A failing
/// statement ends its rows; the connection is told (SqliteConnection::failed).
class Rows
{
public:
    template <class... Args>
    Rows(SqliteConnection &connection, SqlText sql, const Args &...args)
        : Rows(connection, sql, Prepared())
    {
        if (!m_statement)
            return;
        int index = 0;
        (bind(++index, args), ...);
    }
    Rows(const Rows &) = delete;
    Rows &operator=(const Rows &) = delete;
    ~Rows();

    /// Moves to the next row; false after the last.
    bool next();
    /// Runs to the end, for who wants no more rows. False: it changed nothing. After the row of a RETURNING outside of
    /// a transaction it tells whether the change was kept.
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
    struct Prepared
    {
    };
    Rows(SqliteConnection &connection, SqlText sql, Prepared);
    [[nodiscard]] bool isRefused() const;

    // An id is its sixteen bytes, the null id too: a NULL is neither equal to nor unlike anything. For NULL there is
    // std::optional.
    void bind(int index, std::nullptr_t);
    void bind(int index, qint64 value);
    void bind(int index, double value);
    void bind(int index, const QString &value);
    void bind(int index, QByteArrayView value); ///< null bytes are NULL
    void bind(int index, const QByteArray &value) { bind(index, QByteArrayView(value)); }
    template <class T>
    requires(std::integral<T> || std::is_enum_v<T>) void bind(int index, T value)
    {
        bind(index, static_cast<qint64>(value));
    }
    template <class Tag> void bind(int index, const Id<Tag> &value)
    {
        bind(index, QByteArrayView(value.uuid().data(), qsizetype(16)));
    }
    void bind(int index, Timestamp value) { bind(index, qint64(value.time_since_epoch().count())); }
    template <class T> void bind(int index, const std::optional<T> &value)
    {
        if (value)
            bind(index, *value);
        else
            bind(index, nullptr);
    }
    /// A JSON array, which `json_each(?)` makes rows of, in order.
    void bind(int index, const std::vector<qint64> &values);
    // Not in line: GCC 12 there takes what an empty optional does not hold for uninitialized.
    void bind(int index, const std::optional<qint64> &value);
    void bind(int index, const std::optional<Timestamp> &value);

    SqliteConnection &m_connection;
    sqlite3_stmt *m_statement = nullptr;
    bool *m_inUse = nullptr; ///< of the cache; null: a statement of our own
    bool m_isDone = false;
};

} // namespace Tertulia
