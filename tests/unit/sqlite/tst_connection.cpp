// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/backup.h"
#include "support/fulldisk.h"
#include "support/testconnection.h"
#include "support/testmain.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using Kind = SqliteFailure::Kind;

class ConnectionTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path() const { return m_folder->filePath(u"test.db"_s); }
    [[nodiscard]] SqliteSettings settings() const
    {
        return {.path = path(), .busyTimeout = std::chrono::milliseconds(0)};
    }
    [[nodiscard]] std::unique_ptr<TestConnection> filled() const
    {
        auto connection = std::make_unique<TestConnection>(settings());
        if (!connection->run("CREATE TABLE things (name TEXT PRIMARY KEY NOT NULL)"))
            qFatal("no table");
        return connection;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void brokenRule_isToldAndChangesNothing()
    {
        const auto connection = filled();
        QVERIFY(connection->run("INSERT INTO things VALUES ('a')"));
        QVERIFY(!Rows(*connection, "INSERT INTO things VALUES ('b'), ('a')").run());
        QCOMPARE(connection->lastKind(), Kind::Constraint);
        QCOMPARE(connection->number("SELECT count(*) FROM things"), 1);
    }
    void lockOfAnother_isBusy()
    {
        const auto one = filled();
        TestConnection other(settings());
        QVERIFY(one->run("BEGIN IMMEDIATE"));
        QVERIFY(!Rows(other, "INSERT INTO things VALUES ('a')").run());
        QCOMPARE(other.lastKind(), Kind::Busy);
    }
    void diskWithoutRoom_isFull()
    {
        FullDisk disk;
        const auto connection = filled();
        FullDisk::setFull(true);
        QVERIFY(!Rows(*connection, "INSERT INTO things VALUES ('a')").run());
        QCOMPARE(connection->lastKind(), Kind::Full);
        FullDisk::setFull(false);
        QVERIFY(Rows(*connection, "INSERT INTO things VALUES ('a')").run());
    }
    void fileThatIsNoDatabase_isDamaged()
    {
        QFile file(path());
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QByteArray(8'192, 'x'));
        file.close();
        TestConnection connection(settings());
        QVERIFY(!connection.opened);
        QCOMPARE(connection.lastKind(), Kind::Damaged);
    }
    void folderThatIsNotThere_isUnwritable()
    {
        TestConnection connection(m_folder->filePath(u"none/test.db"_s));
        QVERIFY(!connection.opened);
        QCOMPARE(connection.lastKind(), Kind::Unwritable);
    }
    void interrupt_stopsWhatRuns()
    {
        TestConnection connection;
        std::atomic<bool> isOver{false};
        std::thread other([&] {
            while (!isOver)
                connection.interrupt();
        });
        Rows endless(connection,
                     "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n");
        const bool hasRow = endless.next();
        isOver = true;
        other.join();
        QVERIFY(!hasRow);
        QCOMPARE(connection.lastKind(), Kind::Interrupted);
    }
    void reader_changesNothing()
    {
        const auto writer = filled();
        SqliteSettings reading = settings();
        reading.mode = SqliteSettings::Mode::Read;
        TestConnection reader(reading);
        QVERIFY(reader.opened);
        QVERIFY(!Rows(reader, "INSERT INTO things VALUES ('a')").run());
        QCOMPARE(reader.number("SELECT count(*) FROM things"), 0);
    }
    void settings_areThoseOfTheCaller()
    {
        SqliteSettings wanted = settings();
        wanted.durability = SqliteSettings::Durability::Kernel;
        wanted.cacheKiB = 123;
        wanted.hasForeignKeys = true;
        wanted.wipesDeleted = true;
        TestConnection connection(wanted);
        QCOMPARE(connection.number("PRAGMA synchronous"), 1);
        QCOMPARE(connection.number("PRAGMA cache_size"), -123);
        QCOMPARE(connection.number("PRAGMA foreign_keys"), 1);
        QCOMPARE(connection.number("PRAGMA secure_delete"), 2);
        QCOMPARE(TestConnection(settings()).number("PRAGMA synchronous"), 2);
    }
    void log_isCopiedByWhoeverWantsTo()
    {
        SqliteSettings own = settings();
        own.checkpointFrames = 0;
        TestConnection connection(own);
        QVERIFY(connection.run("CREATE TABLE things (name TEXT)"));
        QVERIFY(connection.walFrames() > 0);
        QVERIFY(!connection.checkpoint());
        QCOMPARE(connection.walFrames(), 0);
    }
    void copy_holdsWhatWasCommitted()
    {
        const auto connection = filled();
        QVERIFY(connection->run("INSERT INTO things VALUES ('a')"));
        const QString target = m_folder->filePath(u"copy.db"_s);
        QVERIFY(!copyInto(*connection, target));
        QCOMPARE(TestConnection(target).number("SELECT count(*) FROM things"), 1);
        const auto failed = copyInto(*connection, m_folder->filePath(u"none/copy.db"_s));
        QVERIFY(failed);
        QCOMPARE(failed->end, BackupFailure::End::Target);
        QCOMPARE(failed->failure.kind, Kind::Unwritable);
    }
};

TERTULIA_TEST(tst_connection, ConnectionTest)
#include "tst_connection.moc"
