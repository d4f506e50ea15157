// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/database.h"
#include "support/testmain.h"
#include "support/teststore.h"

#include <QDir>
#include <QTest>

#include <sys/mount.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

Result<void> fill(Transaction &tx)
{
    tx.execute("INSERT INTO store_state (name, value) VALUES (?, 1)",
               u"x"_s + QString(100'000, u'y') + Uuid::generate().toString());
    return {};
}

/// A file system of 4 MiB, if we may make one.
class SmallDisk
{
public:
    SmallDisk() { m_isMounted = ::mount("tmpfs", m_folder.path().toUtf8().constData(), "tmpfs", 0, "size=4m") == 0; }
    SmallDisk(const SmallDisk &) = delete;
    SmallDisk &operator=(const SmallDisk &) = delete;
    ~SmallDisk()
    {
        if (m_isMounted)
            ::umount(m_folder.path().toUtf8().constData());
    }
    [[nodiscard]] bool isMounted() const { return m_isMounted; }
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
    bool m_isMounted = false;
};

} // namespace

class StorageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void log_isWrittenOverAndNotCutOff();
    void cleanEnd_needsNoCheck();
    void uncleanEnd_isCheckedInTheBackground();
    void damagedFile_isFoundAfterAnUncleanEnd();
    void tool_besideARunningServer_leavesTheFlagAlone();
    void newerSchema_isRefusedNamingBothVersions();
    void folderThatIsMissing_isRefused();
    void fileThatIsNoDatabase_isRefused();
    void fullDisk_refusesWritesAnswersReadsAndRecovers();
};

/// A database that was open when its process ended: a copy of the files as they lay there.
static void copyOfUnclean(TestStore &from, const QString &to)
{
    QVERIFY(from.start());
    for (int i = 0; i < 20; ++i)
        QVERIFY(from.write(fill));
    const QString path = from.settings().path;
    for (const QString &suffix : {u""_s, u"-wal"_s})
        QVERIFY(QFile::copy(path + suffix, to + suffix));
}

/// Growing again would make each fsync dearer.
void StorageTest::log_isWrittenOverAndNotCutOff()
{
    QTemporaryDir folder;
    StoreSettings settings;
    settings.path = folder.filePath(u"test.db"_s);
    settings.busyCheckpointFrames = 40;
    TestStore store(settings);
    QVERIFY(store.start());
    for (int i = 0; i < 2; ++i) // the log of the schema is larger, and is left behind
        QVERIFY(store.write(fill)); // more than these frames
    const qint64 size = QFileInfo(settings.path + u"-wal"_s).size();
    QVERIFY(size > 40 * 4'120);
    QVERIFY(store.write([](Transaction &tx) -> Result<void> {
        tx.execute("INSERT INTO store_state (name, value) VALUES ('small', 1)");
        return {};
    }));
    QCOMPARE(QFileInfo(settings.path + u"-wal"_s).size(), size);
}

void StorageTest::cleanEnd_needsNoCheck()
{
    TestStore store;
    for (int i = 0; i < 2; ++i) {
        QVERIFY(store.start());
        QCOMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::NotNeeded));
        QVERIFY(store.write(fill));
        store.stop();
        QVERIFY(QFileInfo(store.settings().path + u"-wal"_s).size() == 0); // the log is empty or gone
    }
}

void StorageTest::uncleanEnd_isCheckedInTheBackground()
{
    QTemporaryDir folder;
    TestStore dead;
    copyOfUnclean(dead, folder.filePath(u"copy.db"_s));
    StoreSettings settings;
    settings.path = folder.filePath(u"copy.db"_s);
    TestStore store(settings);
    QVERIFY(store.start());
    QVERIFY(store.executor().integrity().check != IntegrityState::Check::NotNeeded);
    QVERIFY(store.write(fill)); // nobody waits for the check
    QTRY_COMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::Good));
    const auto rows = store.read([](ReadTransaction &tx) -> Result<int> {
        Rows found = tx.query("SELECT count(*) FROM store_state WHERE name LIKE 'x%'");
        return found.next() ? found.number(0) : 0;
    });
    QCOMPARE(rows.value_or(0), 21);
}

void StorageTest::damagedFile_isFoundAfterAnUncleanEnd()
{
    QTemporaryDir folder;
    StoreSettings settings;
    settings.path = folder.filePath(u"test.db"_s);
    {
        TestStore store(settings);
        QVERIFY(store.start());
        for (int i = 0; i < 20; ++i)
            QVERIFY(store.write(fill));
        QVERIFY(store.write([](Transaction &tx) -> Result<void> {
            tx.execute("CREATE TABLE filler (text TEXT)");
            for (int i = 0; i < 200; ++i)
                tx.execute("INSERT INTO filler VALUES (?)", QString(1'000, u'z'));
            return {};
        }));
    }
    {
        auto database = Database::open(settings, Database::Mode::Writer);
        QVERIFY(database);
        QVERIFY((*database)->run("UPDATE store_state SET value = 0 WHERE name = 'clean_shutdown'"));
    }
    QFile file(settings.path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 20 * 4096));
    file.write(QByteArray(8 * 4096, '\x55'));
    file.close();
    TestStore store(settings);
    QVERIFY(store.start());
    QTRY_COMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::Damaged));
    QVERIFY(!store.executor().integrity().detail.isEmpty());
    const auto found = Executor::checkIntegrity(settings);
    QVERIFY(!found || !found->isEmpty());
}

void StorageTest::tool_besideARunningServer_leavesTheFlagAlone()
{
    TestStore server;
    QVERIFY(server.start());
    StoreSettings settings = server.settings();
    settings.isOwner = false;
    {
        TestStore tool(settings);
        QVERIFY(tool.start());
        QVERIFY(tool.write(fill));
    }
    QVERIFY(server.write(fill));
    server.stop();
    QVERIFY(server.start());
    QCOMPARE(int(server.executor().integrity().check), int(IntegrityState::Check::NotNeeded));
    QVERIFY(Executor::checkIntegrity(settings)->isEmpty());
}

void StorageTest::newerSchema_isRefusedNamingBothVersions()
{
    TestStore store;
    QVERIFY(store.start());
    QVERIFY(store.write([](Transaction &tx) -> Result<void> {
        tx.execute("UPDATE schema_version SET version = 4711");
        return {};
    }));
    store.stop();
    const auto started = store.start();
    QVERIFY(!started);
    QCOMPARE(started.error().reason, u"SCHEMA_TOO_NEW"_s);
    QVERIFY(started.error().message.contains(u"4711"_s));
    QVERIFY(started.error().message.contains(u"up to "_s));
    store.stop();
}

void StorageTest::folderThatIsMissing_isRefused()
{
    StoreSettings settings;
    settings.path = u"/nonexistent/folder/test.db"_s;
    TestStore store(settings);
    QCOMPARE(int(store.start().error().code), int(ErrorCode::Unavailable));
}

void StorageTest::fileThatIsNoDatabase_isRefused()
{
    QTemporaryDir folder;
    StoreSettings settings;
    settings.path = folder.filePath(u"test.db"_s);
    QFile file(settings.path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(8192, 'a'));
    file.close();
    TestStore store(settings);
    QVERIFY(!store.start());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray(8192, 'a'));
}

void StorageTest::fullDisk_refusesWritesAnswersReadsAndRecovers()
{
    const SmallDisk disk;
    if (!disk.isMounted())
        QSKIP("Mounting a small tmpfs is not permitted here; the full disk was not tried.");
    StoreSettings settings;
    settings.path = disk.path(u"test.db"_s);
    settings.retryInterval = std::chrono::milliseconds(50);
    TestStore store(settings);
    QVERIFY(store.start());
    {
        QFile ballast(disk.path(u"ballast"_s));
        QVERIFY(ballast.open(QIODevice::WriteOnly));
        ballast.write(QByteArray(1'500'000, 'b'));
    }
    int kept = 0;
    Result<void> answer;
    while ((answer = store.write(fill)) && kept < 1'000)
        ++kept;
    QVERIFY(kept > 3);
    QCOMPARE(int(answer.error().code), int(ErrorCode::Unavailable));
    QVERIFY(answer.error().retryAfterSeconds > 0);
    QVERIFY(!store.executor().writable());
    QVERIFY(!store.executor().writable().error().message.isEmpty());
    const auto count = [](ReadTransaction &tx) -> Result<int> {
        Rows found = tx.query("SELECT count(*) FROM store_state WHERE name LIKE 'x%'");
        return found.next() ? found.number(0) : 0;
    };
    QCOMPARE(store.read(count).value_or(-1), kept);
    // small writes may still fit into what is left; large ones do not
    QVERIFY(!store.write(fill));

    QVERIFY(QFile::remove(disk.path(u"ballast"_s)));
    QTRY_VERIFY(store.executor().writable());
    QVERIFY(store.write(fill));
    QCOMPARE(store.read(count).value_or(-1), kept + 1);
    store.stop();
    QVERIFY(store.start());
    QCOMPARE(store.read(count).value_or(-1), kept + 1);
    store.stop();
}

TERTULIA_TEST(tst_storage, StorageTest)
#include "tst_storage.moc"
