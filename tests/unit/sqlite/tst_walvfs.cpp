// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/walvfs.h"

#include "support/fulldisk.h"
#include "support/testconnection.h"
#include "support/testmain.h"

#include <QCryptographicHash>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using Kind = SqliteFailure::Kind;

namespace {

/// All that the table holds, as one value.
QString contentsOf(SqliteConnection &connection)
{
    QCryptographicHash sum(QCryptographicHash::Sha1);
    int count = 0;
    for (Rows rows(connection, "SELECT number, value FROM things ORDER BY number"); rows.next(); ++count) {
        sum.addData(QByteArray::number(rows.integer(0)) + ':');
        sum.addData(rows.bytes(1).toByteArray());
    }
    return QString::number(count) + u' ' + QString::fromLatin1(sum.result().toHex());
}

} // namespace

class WalVfsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;

    [[nodiscard]] QString path(const QString &name = u"test.db"_s) const { return m_folder->filePath(name); }
    [[nodiscard]] SqliteSettings settings() const
    {
        return {.path = path(), .busyTimeout = std::chrono::milliseconds(0), .checkpointFrames = 0};
    }
    /// With a cache so small that a transaction goes into the log before its commit.
    [[nodiscard]] SqliteSettings spilling() const
    {
        SqliteSettings wanted = settings();
        wanted.cacheKiB = 40;
        return wanted;
    }
    /// A connection that knows nothing of this VFS, and may write all the same.
    [[nodiscard]] std::unique_ptr<TestConnection> ordinary(const QString &name = u"test.db"_s) const
    {
        SqliteSettings wanted{.path = path(name), .mode = SqliteSettings::Mode::Read};
        wanted.busyTimeout = std::chrono::milliseconds(0);
        auto connection = std::make_unique<TestConnection>(wanted);
        if (!connection->run("PRAGMA query_only=OFF"))
            qFatal("no connection");
        return connection;
    }
    static void makeTable(SqliteConnection &connection)
    {
        if (!connection.run("CREATE TABLE things (number INTEGER PRIMARY KEY, value BLOB NOT NULL)"))
            qFatal("no table");
    }
    /// One page each, more or less.
    static bool add(SqliteConnection &connection, int first, int count)
    {
        return Rows(connection,
                    "WITH RECURSIVE n (i) AS (SELECT ? UNION ALL SELECT i + 1 FROM n WHERE i < ?)"
                    " INSERT INTO things SELECT i, randomblob(3000) FROM n",
                    first, first + count - 1)
            .run();
    }
    /// What the files say when nobody's memory helps: everything in the log is read and reckoned again.
    [[nodiscard]] QString contentsOfACopy() const
    {
        for (const QString &suffix : {u""_s, u"-wal"_s}) {
            QFile::remove(path(u"copy.db"_s) + suffix);
            if (!QFile::copy(path() + suffix, path(u"copy.db"_s) + suffix))
                return u"no copy"_s;
        }
        const auto copy = ordinary(u"copy.db"_s);
        Rows check(*copy, "PRAGMA integrity_check");
        return check.next() && check.text(0) == "ok"_L1 ? contentsOf(*copy) : u"damaged"_s;
    }
    [[nodiscard]] QString contentsForOthers() const { return contentsOf(*ordinary()); }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void commit_isOneWrite()
    {
        const FullDisk disk;
        TestConnection connection(settings());
        makeTable(connection);
        const int before = connection.walFrames();
        FullDisk::takeWrites();
        QVERIFY(add(connection, 1, 20));
        QVERIFY(connection.walFrames() - before > 20);
        QCOMPARE(FullDisk::takeWrites(), 1);
    }
    void largeCommit_isAWriteForEachBufferFull()
    {
        const FullDisk disk;
        TestConnection connection(settings());
        makeTable(connection);
        const int before = connection.walFrames();
        FullDisk::takeWrites();
        QVERIFY(add(connection, 1, 200));
        QCOMPARE(FullDisk::takeWrites(), (connection.walFrames() - before + 30) / 31);
        QCOMPARE(contentsOfACopy(), contentsOf(connection));
    }
    void pagesOfAnySize_arrive_data()
    {
        QTest::addColumn<int>("size");
        for (const int size : {512, 4'096, 65'536})
            QTest::addRow("%d", size) << size;
    }
    void pagesOfAnySize_arrive()
    {
        QFETCH(const int, size);
        {
            const auto plain = ordinary(); // the log's mode would settle the size
            QVERIFY(plain->run("PRAGMA page_size=" + QByteArray::number(size)));
            QVERIFY(plain->run("VACUUM"));
        }
        TestConnection connection(settings());
        QCOMPARE(connection.number("PRAGMA page_size"), size);
        makeTable(connection);
        QVERIFY(add(connection, 1, 50));
        QCOMPARE(contentsOfACopy(), contentsOf(connection));
    }
    // Without a sync there is no call behind the commit that could still bring the frames into the file.
    void commit_isSeenByOthersAtOnce_andNothingBefore()
    {
        SqliteSettings kernel = settings();
        kernel.durability = SqliteSettings::Durability::Kernel;
        TestConnection connection(kernel);
        makeTable(connection);
        const auto other = ordinary();
        for (int i = 0; i < 5; ++i) {
            QVERIFY(connection.run("BEGIN IMMEDIATE"));
            QVERIFY(add(connection, 1 + 10 * i, 10));
            QCOMPARE(other->number("SELECT count(*) FROM things"), 10 * i);
            QVERIFY(connection.run("COMMIT"));
            QCOMPARE(contentsOf(*other), contentsOf(connection));
            QCOMPARE(contentsOfACopy(), contentsOf(connection));
        }
    }
    void transactionThatSpills_isReadBackAndKept()
    {
        TestConnection connection(spilling());
        makeTable(connection);
        QVERIFY(add(connection, 1, 10));
        const QString before = contentsOf(connection);
        QVERIFY(connection.run("BEGIN IMMEDIATE"));
        QVERIFY(add(connection, 11, 100));
        // Pages that lie in the log are read, and written over there; all sums behind them are reckoned anew.
        QVERIFY(connection.run("UPDATE things SET value = randomblob(2900) WHERE number % 3 = 0"));
        QVERIFY(connection.run("SAVEPOINT some; DELETE FROM things WHERE number % 2 = 0"));
        QVERIFY(add(connection, 200, 50));
        QVERIFY(connection.run("ROLLBACK TO some"));
        QVERIFY(add(connection, 300, 20));
        QCOMPARE(contentsForOthers(), before);
        QVERIFY(connection.run("COMMIT"));
        QCOMPARE(connection.number("SELECT count(*) FROM things"), 130);
        QCOMPARE(contentsForOthers(), contentsOf(connection));
        QCOMPARE(contentsOfACopy(), contentsOf(connection));
    }
    // The place in the log is another's by then.
    void whatWasRolledBack_isNeverWritten()
    {
        TestConnection connection(spilling());
        makeTable(connection);
        QVERIFY(connection.run("BEGIN IMMEDIATE"));
        QVERIFY(add(connection, 1, 20)); // some of it waits to be written
        QVERIFY(connection.run("ROLLBACK"));
        const auto other = ordinary();
        QVERIFY(add(*other, 100, 40));
        const QString kept = contentsOf(*other);
        QCOMPARE(contentsOf(connection), kept);
        QCOMPARE(contentsOfACopy(), kept);
        QVERIFY(add(connection, 200, 1));
        QCOMPARE(connection.number("SELECT count(*) FROM things"), 41);
        QCOMPARE(contentsOfACopy(), contentsForOthers());
    }
    void writersInTurns_withAndWithoutIt_getOn()
    {
        TestConnection one(settings());
        makeTable(one);
        TestConnection two(settings());
        const auto three = ordinary();
        for (int i = 0; i < 30; i += 3) {
            QVERIFY(add(one, i, 1));
            QVERIFY(add(two, i + 1, 1));
            QVERIFY(add(*three, i + 2, 1));
            if (i == 15)
                QVERIFY(!two.checkpoint(true));
        }
        QCOMPARE(contentsOf(two), contentsOf(one));
        QCOMPARE(one.number("SELECT count(*) FROM things"), 30);
        QCOMPARE(contentsOfACopy(), contentsForOthers());
    }
    void commitThatFindsNoRoom_failsAsItselfAndLeavesNothing()
    {
        const FullDisk disk;
        TestConnection connection(settings());
        makeTable(connection);
        QVERIFY(add(connection, 1, 2));
        const QString before = contentsOf(connection);
        for (const qint64 room : {0, 10, 24, 5'000, 40'000}) { // of some 45,000 bytes
            FullDisk::setRoom(room);
            QVERIFY(!add(connection, 100, 10));
            QCOMPARE(connection.lastKind(), Kind::Full);
            QVERIFY(!connection.isInTransaction());
            QCOMPARE(contentsOf(connection), before);
            QCOMPARE(contentsForOthers(), before);
        }
        FullDisk::setFull(false);
        QCOMPARE(contentsOfACopy(), before);
        QVERIFY(add(connection, 200, 3));
        QCOMPARE(connection.number("SELECT count(*) FROM things"), 5);
        QCOMPARE(contentsOfACopy(), contentsForOthers());
    }
    // The statement fails, and the transaction goes on with what it has in the log.
    void readThatFindsNoRoom_losesNothingOfTheTransaction()
    {
        const FullDisk disk;
        TestConnection connection(spilling());
        makeTable(connection);
        QVERIFY(connection.run("BEGIN IMMEDIATE"));
        QVERIFY(add(connection, 1, 20));
        FullDisk::setFull(true);
        QVERIFY(!connection.run("UPDATE things SET value = randomblob(2900) WHERE number < 5"));
        QCOMPARE(connection.lastKind(), Kind::Full);
        FullDisk::setFull(false);
        QVERIFY(connection.isInTransaction());
        QVERIFY(connection.run("COMMIT"));
        QCOMPARE(connection.number("SELECT count(*) FROM things"), 20);
        QCOMPARE(contentsOfACopy(), contentsOf(connection));
    }
    void commitThatTheDiskRefuses_isAnErrorOfTheDisk()
    {
        const FullDisk disk;
        TestConnection connection(settings());
        makeTable(connection);
        FullDisk::setBroken(true);
        QVERIFY(!add(connection, 1, 2));
        QCOMPARE(connection.lastKind(), Kind::InputOutput);
        QCOMPARE(connection.failures.back().code, SQLITE_IOERR_WRITE);
        FullDisk::setBroken(false);
        QVERIFY(add(connection, 1, 2));
        QCOMPARE(contentsOfACopy(), contentsOf(connection));
    }
    void randomLives_endAsTheyWouldInMemory_data()
    {
        QTest::addColumn<unsigned>("seed");
        for (unsigned seed = 1; seed <= 5; ++seed)
            QTest::addRow("%u", seed) << seed;
    }
    /// Whatever fails, on a disk that is full now and then, has not happened; whatever did not fail has.
    void randomLives_endAsTheyWouldInMemory()
    {
        QFETCH(const unsigned, seed);
        std::mt19937 random(seed);
        const auto upTo = [&random](unsigned bound) { return random() % bound; };
        const FullDisk disk;
        TestConnection connection(spilling());
        TestConnection model;
        makeTable(connection);
        makeTable(model);
        for (int step = 0; step < 150; ++step) {
            const QByteArray sql = anyStatement(random, connection.isInTransaction());
            const bool isNarrow = upTo(10) == 0;
            if (isNarrow)
                FullDisk::setRoom(qint64(upTo(60'000)));
            const bool isDone = connection.run(sql).has_value();
            FullDisk::setFull(false);
            if (isDone)
                QVERIFY2(model.run(sql), sql.constData());
            else if (!connection.isInTransaction())
                model.undo();
            QCOMPARE(contentsOf(connection), contentsOf(model));
            if (connection.isInTransaction())
                continue;
            QCOMPARE(contentsForOthers(), contentsOf(model));
            // A commit that failed may have come as far as the log, with this VFS or without it, until the next one.
            QVERIFY(connection.run("REPLACE INTO things VALUES (-1, x'00')"));
            QVERIFY(model.run("REPLACE INTO things VALUES (-1, x'00')"));
            QCOMPARE(contentsOfACopy(), contentsOf(model));
            if (upTo(4) == 0)
                QVERIFY(!connection.checkpoint(upTo(2) == 0));
        }
    }

private:
    static QByteArray anyStatement(std::mt19937 &random, bool isInTransaction)
    {
        const QByteArray number = QByteArray::number(random() % 120);
        const QByteArray value = "CAST(printf('%.*c', " + QByteArray::number(500 + random() % 3'000) + ", '"
            + char('a' + int(random() % 26)) + "') AS BLOB)";
        switch (random() % (isInTransaction ? 9 : 5)) {
        case 0:
            return "REPLACE INTO things VALUES (" + number + ", " + value + ")";
        case 1:
            return "UPDATE things SET value = " + value + " WHERE number % 7 = " + number + " % 7";
        case 2:
            return "WITH RECURSIVE n (i) AS (SELECT " + number + " UNION ALL SELECT i + 1 FROM n WHERE i < " + number
                + " + 40) INSERT OR IGNORE INTO things SELECT i, " + value + " FROM n";
        case 3:
            return "DELETE FROM things WHERE number BETWEEN " + number + " AND " + number + " + 20";
        case 4:
            return isInTransaction ? "COMMIT" : "BEGIN IMMEDIATE";
        case 5:
            return "ROLLBACK";
        case 6:
            return "ROLLBACK TO some";
        default:
            return "SAVEPOINT some";
        }
    }
};

TERTULIA_TEST(tst_walvfs, WalVfsTest)
#include "tst_walvfs.moc"
