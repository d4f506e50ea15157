// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"

#include "base/logging.h"
#include "sqlite/rows.h"
#include "sqlite/walvfs.h"

#include <QSqlDatabase>
#include <QSqlDriver>
#include <QSqlError>
#include <QSqlQuery>
#include <QUrl>
#include <QVariant>

#include <atomic>

namespace Tertulia::Server {

namespace {

using namespace Qt::StringLiterals;

const QString storageReason = u"STORAGE_UNAVAILABLE"_s;
const QString damageReason = u"STORAGE_DAMAGED"_s;

/// Change numbers reserved at a time, in microseconds: a crash lets the numbers run ahead of the clock by so much.
constexpr ChangeNumber reservedChanges = 60'000'000;

const Clock &systemClock()
{
    static const SystemClock clock;
    return clock;
}

ChangeNumber microseconds(Timestamp time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

QString freshConnectionName()
{
    static std::atomic<int> counter{0};
    return u"tertulia-%1"_s.arg(++counter);
}

Error otherSqlite(const QString &which, QByteArrayView ours)
{
    return Error::unavailable(
        u"Qt's driver QSQLITE has another SQLite (%1) than this program (%2); it must use the system's."_s.arg(
            which, QString::fromLatin1(ours)));
}

/// How Qt Sql is told of a VFS: by SQLite's form of a URI, https://sqlite.org/uri.html.
QString uriOf(const QString &path, const char *vfs)
{
    const QString root = path.startsWith(u'/') ? u"//"_s : QString(); // else two slashes would name a host
    return u"file:%1%2?vfs=%3"_s.arg(root, QString::fromLatin1(QUrl::toPercentEncoding(path, "/")),
                                     QString::fromLatin1(vfs));
}

/// SQLite's connection behind Qt's. An error where the driver has none, or one of another SQLite than ours: a Qt that
/// does not come from the system may have its own inside.
Result<sqlite3 *> handleOf(const QSqlDatabase &opened, QByteArrayView sourceId)
{
    const QVariant handle = opened.driver()->handle();
    if (qstrcmp(handle.typeName(), "sqlite3*") != 0)
        return failure(Error::unavailable(u"Qt's driver QSQLITE gives no handle of SQLite."_s));
    QSqlQuery query(u"SELECT sqlite_source_id()"_s, opened);
    const QString id = query.next() ? query.value(0).toString() : QString();
    if (id.toLatin1() != sourceId)
        return failure(otherSqlite(id, sourceId));
    return *static_cast<sqlite3 *const *>(handle.constData());
}

} // namespace

Database::Database(const Clock &clock)
    : m_connectionName(freshConnectionName())
    , m_clock(clock)
{
}

Database::~Database()
{
    close(); // the statements end before what they were prepared on
    QSqlDatabase::removeDatabase(m_connectionName);
}

Result<std::unique_ptr<Database>> Database::open(const StoreSettings &settings, Mode mode)
{
    const bool isWriter = mode == Mode::Writer;
    SqliteSettings connection;
    connection.path = settings.path;
    connection.mode = isWriter ? SqliteSettings::Mode::Write : SqliteSettings::Mode::Read;
    connection.cacheKiB = isWriter ? settings.writerCacheKiB : settings.readerCacheKiB;
    connection.busyTimeout = settings.busyTimeout;
    connection.checkpointFrames = 0; // between two batches, and when nobody waits
    // The busy checkpoint keeps it near half of this; one that is cut off grows again, which makes fsync dearer.
    connection.logBytes = 2 * qint64(settings.busyCheckpointFrames) * 4120;
    connection.hasForeignKeys = true;
    std::unique_ptr<Database> database(new Database(settings.clock ? *settings.clock : systemClock()));
    database->m_consumers = settings.consumers;
    if (auto connected = database->openFile(connection); !connected) {
        Error error = connected.error();
        error.message = u"Cannot open the database %1: %2"_s.arg(settings.path, error.message);
        return failure(error);
    }
    return database;
}

Result<void> Database::openFile(const SqliteSettings &settings)
{
    prepareLibrary();
    if (!QSqlDatabase::isDriverAvailable(u"QSQLITE"_s))
        return failure(Error::unavailable(u"Qt's driver for SQLite is missing: install libqt6sql6-sqlite."_s));
    QSqlDatabase opened = QSqlDatabase::addDatabase(u"QSQLITE"_s, m_connectionName);
    if (settings.mode == SqliteSettings::Mode::Write) {
        opened.setConnectOptions(u"QSQLITE_OPEN_URI"_s);
        opened.setDatabaseName(uriOf(settings.path, walVfsName));
    } else {
        opened.setDatabaseName(settings.path);
    }
    if (!opened.open()) {
        const QSqlError error = opened.lastError();
        if (error.databaseText().startsWith("no such vfs"_L1)) // ours is known to our SQLite only
            return failure(otherSqlite(error.databaseText(), sourceId()));
        const int code = error.nativeErrorCode().toInt();
        return failure(failed(
            {.kind = sqliteFailureKind(code, settings.path), .code = code, .text = error.databaseText().trimmed()}));
    }
    const auto handle = handleOf(opened, sourceId());
    return handle ? adopt(*handle, settings) : failure(handle.error());
}

Result<void> Database::beginWrite()
{
    if (!Rows(*this, "BEGIN IMMEDIATE").run())
        return failure(*takeFailure());
    if (m_lastChange + reservedChanges / 2 > m_changeCeiling
        || microseconds(m_clock.now()) + reservedChanges / 2 > m_changeCeiling)
        reserveChanges();
    if (hasFailed()) {
        const Error error = *takeFailure();
        rollback();
        return failure(error);
    }
    return {};
}

void Database::reserveChanges()
{
    const ChangeNumber least = std::max(m_lastChange, microseconds(m_clock.now()));
    if (m_changeCeiling > 0) {
        m_changeCeiling = least + reservedChanges;
        Rows(*this, "UPDATE store_state SET value = ? WHERE name = 'change_ceiling'", m_changeCeiling).run();
        return;
    }
    // What was promised before this connection was there is not used again.
    Rows rows(*this, "UPDATE store_state SET value = max(value, ?) + ? WHERE name = 'change_ceiling' RETURNING value",
              least, reservedChanges);
    if (!rows.next())
        return;
    m_changeCeiling = rows.integer(0);
    m_lastChange = m_changeCeiling - reservedChanges;
}

void Database::settleChanges()
{
    if (m_changeCeiling == 0)
        return;
    Rows(*this, "UPDATE store_state SET value = ? WHERE name = 'change_ceiling'", m_lastChange).run();
    m_changeCeiling = 0;
}

ChangeNumber Database::nextChange()
{
    m_lastChange = std::max(m_lastChange + 1, microseconds(m_clock.now()));
    return m_lastChange;
}

Result<void> Database::commit()
{
    if (Rows(*this, "COMMIT").run())
        return {};
    return failure(*takeFailure());
}

void Database::rollback()
{
    // The reservation may be among what is undone.
    m_changeCeiling = 0;
    undo();
    m_rosters.clear();
    m_failure.reset();
    m_isBatchLost = false;
}

void Database::beginRead()
{
    Rows(*this, "BEGIN").run();
}

void Database::endRead()
{
    if (!isInTransaction())
        return;
    Rows(*this, "COMMIT").run();
    undo();
}

std::optional<Error> Database::takeFailure()
{
    return std::exchange(m_failure, std::nullopt);
}

bool Database::isStorageFailure(const Error &error)
{
    return error.reason == storageReason || isDamage(error);
}

bool Database::isDamage(const Error &error)
{
    return error.reason == damageReason;
}

QStringList Database::findDamage()
{
    QStringList found;
    for (Rows rows(*this, "PRAGMA integrity_check(20)"); rows.next();) {
        if (const QString line = rows.text(0); line != "ok"_L1)
            found.append(line);
    }
    return found;
}

void Database::checkpoint(bool truncate)
{
    if (const auto failed = SqliteConnection::checkpoint(truncate))
        qCWarning(logStore, "checkpoint: %s", qUtf8Printable(failed->text));
}

Error Database::failed(const SqliteFailure &failed)
{
    using Kind = SqliteFailure::Kind;
    Error error;
    switch (failed.kind) {
    case Kind::Full:
    case Kind::Unwritable:
    case Kind::InputOutput:
    case Kind::Damaged:
        error = Error::unavailable(u"The storage does not work: %1"_s.arg(failed.text), 5);
        error.reason = failed.kind == Kind::Damaged ? damageReason : storageReason;
        break;
    case Kind::Busy:
        error = Error::unavailable(u"The database is locked by another process."_s, 1);
        break;
    case Kind::Interrupted:
        error = Error::cancelled();
        break;
    case Kind::Constraint:
    case Kind::Other:
        error = Error::internal(u"SQL error %1: %2"_s.arg(failed.code).arg(failed.text));
        break;
    }
    if (!m_failure && error.code != ErrorCode::Cancelled)
        qCWarning(logStore, "%s", qUtf8Printable(error.message));
    if (!m_failure)
        m_failure = error;
    return error;
}

} // namespace Tertulia::Server
