// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/cachedatabase.h"

#include "base/logging.h"

#include <utility>

namespace Tertulia::Client {

namespace {

StoreTrouble troubleOf(SqliteFailure::Kind kind)
{
    using Kind = SqliteFailure::Kind;
    switch (kind) {
    case Kind::Full:
        return StoreTrouble::Full;
    case Kind::Unwritable:
        return StoreTrouble::Unwritable;
    case Kind::InputOutput:
    case Kind::Damaged:
        return StoreTrouble::Damaged;
    case Kind::Busy:
    case Kind::Constraint:
    case Kind::Interrupted:
    case Kind::Other:
        break;
    }
    return StoreTrouble::None;
}

} // namespace

Result<std::unique_ptr<CacheDatabase>> CacheDatabase::open(const QString &path, int cacheKiB)
{
    SqliteSettings settings;
    settings.path = path;
    settings.durability = SqliteSettings::Durability::Kernel;
    settings.cacheKiB = cacheKiB;
    settings.wipesDeleted = true;
    // The profile's lock sees to it that one process opens the file at a time; a moment for one that is just ending.
    settings.busyTimeout = std::chrono::seconds(2);
    std::unique_ptr<CacheDatabase> database(new CacheDatabase);
    if (auto connected = database->connect(settings); !connected)
        return failure(connected.error());
    return database;
}

void CacheDatabase::close()
{
    SqliteConnection::close();
    ++m_rollbacks;
}

Result<void> CacheDatabase::reopen(const QString &path)
{
    close();
    SqliteSettings anew = settings();
    anew.path = path;
    return connect(anew);
}

Error CacheDatabase::failed(const SqliteFailure &failed)
{
    if (std::exchange(m_lastFailure, failed.code) != failed.code)
        qCWarning(logClient, "local store: %s (%d)", qUtf8Printable(failed.text), failed.code);
    const StoreTrouble trouble = troubleOf(failed.kind);
    if (trouble != StoreTrouble::None)
        doom();
    if (trouble > m_trouble) {
        m_trouble = trouble;
        if (m_troubleHandler)
            m_troubleHandler();
    }
    Error error = Error::unavailable(failed.text);
    if (trouble == StoreTrouble::Full)
        error.reason = QLatin1StringView(storeFullReason);
    return error;
}

void CacheDatabase::forgetTrouble()
{
    m_trouble = StoreTrouble::None;
    m_lastFailure = 0;
}

} // namespace Tertulia::Client
