// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/localstore.h"

#include "base/logging.h"
#include "client/cache/migrations.h"

#include <QFile>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

/// What SQLite lays beside the file.
constexpr std::array companions = {""_L1, "-wal"_L1, "-shm"_L1, "-journal"_L1};

void putAside(const QString &path)
{
    for (const QLatin1StringView companion : companions) {
        const QString name = path + companion;
        const QString aside = path + ".broken"_L1 + companion;
        QFile::remove(aside);
        if (QFile::exists(name) && !QFile::rename(name, aside))
            QFile::remove(name);
    }
}

} // namespace

Result<std::unique_ptr<LocalStore>> LocalStore::open(const QString &path, const LocalStoreOptions &options)
{
    Error error;
    for (const bool isSecondTry : {false, true}) {
        if (isSecondTry) {
            qCWarning(logClient, "local store put aside: %s", qUtf8Printable(error.message));
            putAside(path);
        }
        auto database = SqliteDatabase::open(path, options.cacheKiB);
        const auto ready = database ? migrateStore(**database) : Result<void>(failure(database.error()));
        if (ready) {
            // People's words: for the one whose account it is.
            QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
            return std::unique_ptr<LocalStore>(new LocalStore(std::move(*database), options));
        }
        error = ready.error();
        // A folder that is not there, or belongs to somebody else: nothing to put aside.
        if (!QFile::exists(path))
            break;
    }
    return failure(error);
}

std::unique_ptr<LocalStore> LocalStore::inMemory(const LocalStoreOptions &options)
{
    auto database = SqliteDatabase::open(u":memory:"_s, options.cacheKiB);
    if (!database || !migrateStore(**database))
        qFatal("no memory for a store");
    return std::unique_ptr<LocalStore>(new LocalStore(std::move(*database), options));
}

void LocalStore::remove(const QString &path)
{
    for (const QLatin1StringView companion : companions) {
        QFile::remove(path + companion);
        QFile::remove(path + ".broken"_L1 + companion);
    }
}

LocalStore::LocalStore(std::unique_ptr<SqliteDatabase> database, const LocalStoreOptions &options)
    : m_database(std::move(database))
    , m_options(options)
    , m_people(*m_database)
    , m_conversations(*m_database, m_people)
    , m_messages(*m_database, m_conversations, m_people)
    , m_outbox(*m_database)
{
}

LocalStore::~LocalStore() = default;

void LocalStore::wipe()
{
    std::ignore = m_database->run("PRAGMA secure_delete=ON");
    if (const auto done = emptyStore(*m_database); !done)
        qCWarning(logClient, "local store not emptied: %s", qUtf8Printable(done.error().message));
    // The log holds copies of what was deleted.
    std::ignore = m_database->run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::ignore = m_database->run("VACUUM");
    std::ignore = m_database->run("PRAGMA wal_checkpoint(TRUNCATE)");
    std::ignore = m_database->run("PRAGMA secure_delete=FAST");
    m_people.forget();
    m_conversations.forgetNumbers();
}

bool LocalStore::trim(int batch)
{
    qint64 conversation = 0;
    qint64 excess = 0;
    bool isRemoved = false;
    {
        // Removed conversations first, then those opened longest ago.
        Rows rows(*m_database,
                  "SELECT number, opened_at < 0 FROM conversations"
                  " WHERE opened_at < 0 OR EXISTS (SELECT 1 FROM messages WHERE conversation = number)"
                  " ORDER BY opened_at, updated_at LIMIT 1");
        if (!rows.next())
            return false;
        conversation = rows.integer(0);
        isRemoved = rows.flag(1);
    }
    excess = isRemoved ? batch : m_messages.count() - m_options.maxMessages;
    if (excess <= 0)
        return false;
    Rows messages(*m_database,
                  "DELETE FROM messages WHERE conversation = ?1 AND sequence <="
                  " (SELECT max(sequence) FROM (SELECT sequence FROM messages WHERE conversation = ?1"
                  " ORDER BY sequence LIMIT ?2))",
                  conversation, std::min<qint64>(excess, batch));
    if (!messages.run())
        return false;
    const int deleted = m_database->changes();
    if (isRemoved && deleted < batch)
        return Rows(*m_database, "DELETE FROM conversations WHERE number = ?", conversation).run();
    return isRemoved || (deleted > 0 && excess > deleted);
}

QString LocalStore::value(const QString &name)
{
    Rows rows(*m_database, "SELECT value FROM meta WHERE name = ?", name);
    return rows.next() ? rows.text(0) : QString();
}

void LocalStore::setValue(const QString &name, const QString &value)
{
    Rows(*m_database, "INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", name, value).run();
}

} // namespace Tertulia::Client
