// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The store's files are opened by Qt's driver and used by shared/sqlite: what each of them has to find.

#include "sqlite/rows.h"
#include "sqlite/walvfs.h"
#include "store/database.h"
#include "support/fulldisk.h"
#include "support/testmain.h"

#include <QFile>
#include <QSqlDatabase>
#include <QSqlDriver>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

#include <sqlite3.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

/// Opens whatever there is, and has no handle to give.
class OtherDriver final : public QSqlDriver
{
public:
    bool hasFeature(DriverFeature) const override { return false; }
    bool open(const QString &, const QString &, const QString &, const QString &, int, const QString &) override
    {
        setOpen(true);
        return true;
    }
    void close() override { setOpen(false); }
    QSqlResult *createResult() const override { return nullptr; }
};

} // namespace

class SqlDriverTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    [[nodiscard]] StoreSettings settings(const QString &name) const
    {
        StoreSettings wanted;
        wanted.path = m_folder.filePath(name);
        return wanted;
    }
    static qint64 number(Database &database, SqlText sql)
    {
        Rows rows(database, sql);
        return rows.next() ? rows.integer(0) : -1;
    }

private Q_SLOTS:
    /// The first of all: Qt forgets no plugin that it has found.
    void withoutTheDriver_theErrorSaysWhatToInstall()
    {
        const QStringList paths = QCoreApplication::libraryPaths();
        QCoreApplication::setLibraryPaths({m_folder.path()});
        const auto opened = Database::open(settings(u"a.db"_s), Database::Mode::Writer);
        QCoreApplication::setLibraryPaths(paths);
        QVERIFY(!opened);
        QCOMPARE(int(opened.error().code), int(ErrorCode::Unavailable));
        QVERIFY2(opened.error().message.contains(u"install libqt6sql6-sqlite"_s), qPrintable(opened.error().message));
        QVERIFY(Database::open(settings(u"a.db"_s), Database::Mode::Writer));
    }
    void driverOfSomethingElse_isRefused()
    {
        QSqlDatabase::registerSqlDriver(u"QSQLITE"_s, new QSqlDriverCreator<OtherDriver>);
        const auto opened = Database::open(settings(u"b.db"_s), Database::Mode::Writer);
        QSqlDatabase::registerSqlDriver(u"QSQLITE"_s, nullptr);
        QVERIFY(!opened);
        QVERIFY2(opened.error().message.contains(u"no handle"_s), qPrintable(opened.error().message));
    }
    /// It does not know the VFS of ours.
    void sqliteInsideTheDriver_isRefused()
    {
        QVERIFY(Database::open(settings(u"g.db"_s), Database::Mode::Writer));
        sqlite3_vfs *const ours = sqlite3_vfs_find(walVfsName);
        sqlite3_vfs_unregister(ours);
        const auto opened = Database::open(settings(u"g.db"_s), Database::Mode::Writer);
        sqlite3_vfs_register(ours, 0);
        QVERIFY(!opened);
        QVERIFY2(opened.error().message.contains(u"must use the system's"_s), qPrintable(opened.error().message));
    }
    void writer_putsACommitIntoTheLogAtOnce()
    {
        const Test::FullDisk disk;
        const auto database = std::move(*Database::open(settings(u"h.db"_s), Database::Mode::Writer));
        QVERIFY(database->run("CREATE TABLE things (value BLOB)"));
        const int before = database->walFrames();
        Test::FullDisk::takeWrites();
        QVERIFY(database->run("INSERT INTO things VALUES (randomblob(30000))"));
        QVERIFY(database->walFrames() - before > 5);
        QCOMPARE(Test::FullDisk::takeWrites(), 1);
    }
    void path_isTheFilesNameAsItStands()
    {
        const StoreSettings wanted = settings(u"a b%20?mode=ro#ü&c.db"_s);
        QVERIFY(Database::open(wanted, Database::Mode::Writer));
        QVERIFY(QFile::exists(wanted.path));
        QVERIFY(Database::open(wanted, Database::Mode::Reader));
    }
    void connection_isSetUpAsIfItWereOurOwn()
    {
        StoreSettings wanted = settings(u"c.db"_s);
        wanted.busyTimeout = std::chrono::milliseconds(123);
        wanted.writerCacheKiB = 456;
        const auto database = std::move(*Database::open(wanted, Database::Mode::Writer));
        QCOMPARE(number(*database, "PRAGMA busy_timeout"), 123);
        QCOMPARE(number(*database, "PRAGMA cache_size"), -456);
        QCOMPARE(number(*database, "PRAGMA foreign_keys"), 1);
        QCOMPARE(sqlite3_db_mutex(database->handle()), nullptr); // one thread, so no locks
        QCOMPARE(sqlite3_memory_used(), 0); // an account of all memory would be a lock for all threads
    }
    void end_finishesTheStatements_andLeavesNothing()
    {
        const StoreSettings wanted = settings(u"d.db"_s);
        auto database = std::move(*Database::open(wanted, Database::Mode::Writer));
        QVERIFY(Rows(*database, "CREATE TABLE things (name TEXT)").run());
        QVERIFY(QFile::exists(wanted.path + u"-wal"_s));
        database.reset();
        QVERIFY(!QFile::exists(wanted.path + u"-wal"_s)); // who closes last takes the log away
        QCOMPARE(QSqlDatabase::connectionNames(), QStringList());
    }
    void threads_openTheirOwn()
    {
        const StoreSettings wanted = settings(u"e.db"_s);
        const auto writer = std::move(*Database::open(wanted, Database::Mode::Writer));
        QVERIFY(writer->run("CREATE TABLE things (name TEXT); INSERT INTO things VALUES ('a')"));
        std::atomic<int> found = 0;
        std::vector<std::thread> readers;
        for (int i = 0; i < 8; ++i) {
            readers.emplace_back([&] {
                const auto reader = Database::open(wanted, Database::Mode::Reader);
                if (reader)
                    found += int(number(**reader, "SELECT count(*) FROM things"));
            });
        }
        for (std::thread &reader : readers)
            reader.join();
        QCOMPARE(found.load(), 8);
        QCOMPARE(QSqlDatabase::connectionNames().size(), 1);
    }
};

TERTULIA_TEST(tst_sqldriver, SqlDriverTest)
#include "tst_sqldriver.moc"
