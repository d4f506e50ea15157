// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/statement.h"

#include "store/database.h"

#include <sqlite3.h>

namespace Tertulia::Server {

namespace {
// SQLITE_TRANSIENT without its old-style cast.
const auto copyValue = reinterpret_cast<sqlite3_destructor_type>(static_cast<intptr_t>(-1));
} // namespace

Rows::Rows(Database &database, Sql sql)
    : m_database(&database)
    , m_statement(nullptr)
{
    Database::Cached &cached = database.m_statements[sql.text()];
    if (cached.isInUse) { // a query inside a loop over the same query
        m_statement = database.prepare(sql, 0);
        m_isCached = false;
        return;
    }
    if (!cached.statement)
        cached.statement = database.prepare(sql, SQLITE_PREPARE_PERSISTENT);
    cached.isInUse = cached.statement != nullptr;
    m_statement = cached.statement;
    m_inUse = &cached.isInUse;
}

Rows::Rows(Rows &&other) noexcept
    : m_database(other.m_database)
    , m_statement(std::exchange(other.m_statement, nullptr))
    , m_inUse(std::exchange(other.m_inUse, nullptr))
    , m_isCached(other.m_isCached)
    , m_isDone(other.m_isDone)
{
}

Rows::~Rows()
{
    if (!m_statement)
        return;
    if (!m_isCached) {
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
        m_database->fail(code);
    return false;
}

Rows::Outcome Rows::run()
{
    if (!m_statement)
        return Outcome::Failed;
    int code = SQLITE_ROW;
    while (code == SQLITE_ROW)
        code = sqlite3_step(m_statement);
    m_isDone = true;
    if (code == SQLITE_DONE)
        return Outcome::Done;
    if ((code & 0xff) == SQLITE_CONSTRAINT)
        return Outcome::Constraint;
    m_database->fail(code);
    return Outcome::Failed;
}

bool Rows::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

qint64 Rows::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
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

QByteArray Rows::bytes(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return QByteArray(data, sqlite3_column_bytes(m_statement, column));
}

Uuid Rows::uuid(int column) const
{
    const auto *data = static_cast<const char *>(sqlite3_column_blob(m_statement, column));
    return Uuid::fromBytes(QByteArrayView(data, sqlite3_column_bytes(m_statement, column)));
}

void Rows::bind(int index, std::nullptr_t)
{
    sqlite3_bind_null(m_statement, index);
}

void Rows::bind(int index, qint64 value)
{
    sqlite3_bind_int64(m_statement, index, value);
}

void Rows::bind(int index, const QString &value)
{
    const QByteArray utf8 = value.toUtf8();
    sqlite3_bind_text(m_statement, index, utf8.constData(), int(utf8.size()), copyValue);
}

void Rows::bind(int index, const QByteArray &value)
{
    sqlite3_bind_blob(m_statement, index, value.constData(), int(value.size()), copyValue);
}

void Rows::bind(int index, const Uuid &value)
{
    sqlite3_bind_blob(m_statement, index, value.data(), 16, copyValue);
}

} // namespace Tertulia::Server
