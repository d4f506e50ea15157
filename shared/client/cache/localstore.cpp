// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/localstore.h"

#include "base/logging.h"
#include "client/cache/migrations.h"
#include "client/cache/rescue.h"

#include <QFile>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

std::unique_ptr<CacheDatabase> memoryDatabase(const LocalStoreOptions &options)
{
    auto database = CacheDatabase::open(u":memory:"_s, options.cacheKiB);
    if (!database || !migrateStore(**database, options.self))
        qFatal("no memory for a store");
    return std::move(*database);
}

/// What SQLite lays beside the file.
constexpr std::array companions = {""_L1, "-wal"_L1, "-shm"_L1, "-journal"_L1};

bool isFull(const Error &error)
{
    return error.reason == QLatin1StringView(storeFullReason);
}

/// False: it is where it was.
bool putAside(const QString &path)
{
    for (const QLatin1StringView companion : companions) {
        const QString name = path + companion;
        const QString aside = path + ".broken"_L1 + companion;
        QFile::remove(aside);
        if (QFile::exists(name) && !QFile::rename(name, aside) && !QFile::remove(name))
            return false;
    }
    return true;
}

/// A disk that breaks one store after the other gets no more of them.
constexpr int mostAnew = 3;

} // namespace

Result<std::unique_ptr<LocalStore>> LocalStore::open(const QString &path, const LocalStoreOptions &options)
{
    Error error;
    Rescue rescue;
    for (const bool isSecondTry : {false, true}) {
        auto database = CacheDatabase::open(path, options.cacheKiB);
        const auto ready = database ? migrateStore(**database, options.self) : Result<void>(failure(database.error()));
        if (ready) {
            // People's words: for the one whose account it is.
            QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
            if (isSecondTry)
                writeRescue(**database, rescue);
            std::unique_ptr<LocalStore> store(new LocalStore(std::move(*database), path, options));
            store->m_anew = isSecondTry ? 1 : 0;
            return store;
        }
        error = ready.error();
        // A folder that is not there, or belongs to somebody else, or no room: nothing to put aside.
        if (isSecondTry || isFull(error) || !QFile::exists(path))
            break;
        if (database) {
            rescue = readRescue(**database);
            (*database)->close();
        }
        qCWarning(logClient, "local store put aside: %s", qUtf8Printable(error.message));
        if (!putAside(path))
            break;
    }
    return failure(error);
}

std::unique_ptr<LocalStore> LocalStore::openOrWithout(const QString &path, const LocalStoreOptions &options)
{
    auto store = open(path, options);
    if (store)
        return std::move(*store);
    qCWarning(logClient, "no local store can be opened: %s", qUtf8Printable(store.error().message));
    auto database = memoryDatabase(options);
    std::unique_ptr<LocalStore> without(new LocalStore(std::move(database), path, options));
    without->m_why = isFull(store.error()) ? StoreTrouble::Full : StoreTrouble::Unwritable;
    return without;
}

std::unique_ptr<LocalStore> LocalStore::inMemory(const LocalStoreOptions &options)
{
    return std::unique_ptr<LocalStore>(new LocalStore(memoryDatabase(options), {}, options));
}

StoreTrouble LocalStore::trouble() const
{
    return m_why != StoreTrouble::None ? m_why : m_database->trouble();
}

LocalStore::Mended LocalStore::mend()
{
    if (m_why != StoreTrouble::None)
        return returnToFile();
    switch (m_database->trouble()) {
    case StoreTrouble::None:
        return Mended::Nothing;
    case StoreTrouble::Full:
        if (!isWritable())
            return Mended::Nothing;
        m_database->forgetTrouble();
        return Mended::Continued;
    case StoreTrouble::Unwritable:
    case StoreTrouble::Damaged:
        break;
    }
    return beginAnew();
}

bool LocalStore::isWritable()
{
    // As much as a message may need, so that "there is room" does not last for one word.
    static const QString room(64 * 1024, u'x');
    for (const QString &value : {room, QString()}) {
        if (!Rows(*m_database, "INSERT OR REPLACE INTO meta (name, value) VALUES ('room', ?)", value).run())
            return false;
    }
    return true;
}

LocalStore::Mended LocalStore::beginAnew()
{
    const Rescue rescue = readRescue(*m_database);
    qCWarning(logClient, "local store put aside while in use");
    m_database->close();
    const bool isReady = !m_path.isEmpty() && ++m_anew <= mostAnew && putAside(m_path) && m_database->reopen(m_path)
        && migrateStore(*m_database, m_options.self);
    if (isReady) {
        QFile::setPermissions(m_path, QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        m_database->forgetTrouble();
    } else {
        goWithout(StoreTrouble::Unwritable);
    }
    writeRescue(*m_database, rescue);
    return Mended::BegunAnew;
}

void LocalStore::goWithout(StoreTrouble why)
{
    m_why = why;
    if (!m_database->reopen(u":memory:"_s) || !migrateStore(*m_database, m_options.self))
        qFatal("no memory for a store");
    m_database->forgetTrouble();
}

LocalStore::Mended LocalStore::returnToFile()
{
    if (m_path.isEmpty() || m_anew > mostAnew)
        return Mended::Nothing;
    auto file = open(m_path, m_options); // what is damaged there is put aside on the way
    if (!file)
        return Mended::Nothing;
    const bool isAnew = (*file)->wasBegunAnew();
    file->reset(); // closed
    if (!m_database->reopen(m_path) || !migrateStore(*m_database, m_options.self)) {
        goWithout(m_why);
        return Mended::Continued;
    }
    m_database->forgetTrouble();
    m_why = StoreTrouble::None;
    m_anew += isAnew ? 1 : 0;
    return isAnew ? Mended::BegunAnew : Mended::Continued;
}

LocalStore::LocalStore(std::unique_ptr<CacheDatabase> database, QString path, const LocalStoreOptions &options)
    : m_database(std::move(database))
    , m_path(std::move(path))
    , m_options(options)
    , m_people(*m_database)
    , m_conversations(*m_database)
    , m_messages(*m_database, m_conversations)
    , m_outbox(*m_database)
{
}

LocalStore::~LocalStore() = default;

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
