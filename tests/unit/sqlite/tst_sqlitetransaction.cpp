// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "sqlite/transaction.h"
#include "support/testconnection.h"
#include "support/testmain.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class SqliteTransactionTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<TestConnection> m_connection;

    bool add(TestConnection &connection) { return Rows(connection, "INSERT INTO things VALUES (1)").run(); }
    [[nodiscard]] qint64 count() { return m_connection->number("SELECT count(*) FROM things"); }

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_connection = std::make_unique<TestConnection>(m_folder->filePath(u"test.db"_s));
        QVERIFY(m_connection->run("CREATE TABLE things (number INTEGER)"));
    }
    void cleanup() { m_connection.reset(); }

    void outermost_counts()
    {
        {
            const SqliteTransaction outer(*m_connection);
            {
                const SqliteTransaction inner(*m_connection);
                QVERIFY(add(*m_connection));
            }
            QVERIFY(m_connection->isInTransaction());
        }
        QVERIFY(!m_connection->isInTransaction());
        QCOMPARE(count(), 1);
        QCOMPARE(m_connection->lostTransactions, 0);
    }
    void doomed_keepsNothingAndTakesNothingMore()
    {
        {
            const SqliteTransaction together(*m_connection);
            QVERIFY(add(*m_connection));
            m_connection->doom();
            QVERIFY(!add(*m_connection));
            QVERIFY(!Rows(*m_connection, "INSERT INTO things VALUES (2) RETURNING number").next());
            QCOMPARE(count(), 1); // reads go on
        }
        QCOMPARE(count(), 0);
        QCOMPARE(m_connection->lostTransactions, 1);
        QVERIFY(add(*m_connection));
        QCOMPARE(count(), 1);
    }
    // Its writes would each be kept by themselves.
    void transactionThatCannotBegin_keepsNothing()
    {
        SqliteSettings impatient{.path = m_folder->filePath(u"test.db"_s)};
        impatient.busyTimeout = std::chrono::milliseconds(0);
        TestConnection other(impatient);
        QVERIFY(m_connection->run("BEGIN IMMEDIATE"));
        {
            const SqliteTransaction together(other);
            QVERIFY(m_connection->run("COMMIT"));
            QVERIFY(!add(other));
        }
        QCOMPARE(count(), 0);
        QCOMPARE(other.lostTransactions, 1);
    }
    void allOrNothing_keepsAllOrNothing()
    {
        const auto done =
            allOrNothing(*m_connection, [&] { return m_connection->run("INSERT INTO things VALUES (1)"); });
        QVERIFY(done);
        const auto failed = allOrNothing(*m_connection, [&]() -> Result<void> {
            std::ignore = m_connection->run("INSERT INTO things VALUES (2)");
            return failure(Error::conflict(u"no"_s));
        });
        QVERIFY(!failed);
        QCOMPARE(failed.error().code, ErrorCode::Conflict);
        QVERIFY(!m_connection->isInTransaction());
        QCOMPARE(count(), 1);
    }
};

TERTULIA_TEST(tst_sqlitetransaction, SqliteTransactionTest)
#include "tst_sqlitetransaction.moc"
