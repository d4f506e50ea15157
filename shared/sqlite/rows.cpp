// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/rows.h"

#include "sqlite/connection.h"

#include <sqlite3.h>

namespace Tertulia {

namespace {
// SQLITE_TRANSIENT without its old-style cast.
const auto copyValue = reinterpret_cast<sqlite3_destructor_type>(static_cast<intptr_t>(-1));
} // namespace

Rows::Rows(SqliteConnection &connection, SqlText sql, Prepared)
    : m_connection(connection)
{
    SqliteConnection::Cached &cached = connection.m_statements[sql.text()];
    if (cached.isInUse) { // a query inside a loop over the same query
        m_statement = connection.prepare(sql, 0);
        return;
    }
    if (!cached.statement)
        cached.statement = connection.prepare(sql, SQLITE_PREPARE_PERSISTENT);
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

/// A write in a transaction that is given up.
bool Rows::isRefused() const
{
    return m_connection.m_isDoomed && sqlite3_stmt_readonly(m_statement) == 0;
}

bool Rows::next()
{
    if (!m_statement || m_isDone || isRefused())
        return false;
    const int code = sqlite3_step(m_statement);
    if (code == SQLITE_ROW)
        return true;
    m_isDone = true;
    if (code != SQLITE_DONE)
        m_connection.fail(code);
    return false;
}

bool Rows::run()
{
    if (!m_statement || isRefused())
        return false;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    m_isDone = true;
    if (code == SQLITE_DONE)
        return true;
    m_connection.fail(code);
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
    const auto *utf8 = reinterpret_cast<const char *>(sqlite3_column_text(m_statement, column));
    if (!utf8)
        return std::nullopt;
    return QString::fromUtf8(utf8, sqlite3_column_bytes(m_statement, column));
}

QByteArrayView Rows::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return {data, qsizetype(sqlite3_column_bytes(m_statement, column))};
}

void Rows::bind(int index, std::nullptr_t)
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

void Rows::bind(int index, QByteArrayView value)
{
    sqlite3_bind_blob(m_statement, index, value.data(), int(value.size()), copyValue);
}

void Rows::bind(int index, const std::vector<qint64> &values)
{
    QByteArray json("[");
    for (const qint64 value : values) {
        if (json.size() > 1)
            json += ',';
        json += QByteArray::number(value);
    }
    json += ']';
    sqlite3_bind_text(m_statement, index, json.constData(), int(json.size()), copyValue);
}

void Rows::bind(int index, const std::optional<qint64> &value)
{
    if (value)
        bind(index, *value);
    else
        bind(index, nullptr);
}

void Rows::bind(int index, const std::optional<Timestamp> &value)
{
    bind(index, value ? std::optional(qint64(value->time_since_epoch().count())) : std::nullopt);
}

} // namespace Tertulia
