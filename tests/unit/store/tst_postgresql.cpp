// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing connects to PostgreSQL yet. What the store will say to it is true all the same: a server of our own is given
// the schema and prepares every statement. Without PostgreSQL on the machine this says so and skips.

#include "store/migrations.h"
#include "store/sql.h"
#include "storestatements.h"
#include "support/postgresserver.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class PostgresqlTest : public QObject
{
    Q_OBJECT

    PostgresServer m_server;
    QList<StoreStatement> m_statements;

    /// The store's statement that begins so, with its parameters put in.
    [[nodiscard]] QByteArray statement(const char *begins, const QByteArrayList &values) const
    {
        for (const StoreStatement &one : m_statements) {
            if (!one.postgresql.startsWith(begins))
                continue;
            QByteArray text = withNumberedPlaceholders(one.postgresql);
            for (qsizetype i = values.size(); i > 0; --i)
                text.replace('$' + QByteArray::number(i), values[i - 1]);
            return text + ";\n";
        }
        return "no such statement;\n";
    }
    /// A message of one person behind the last one of conversation 1, as MessageStore::append does it.
    [[nodiscard]] QByteArray append(const char *id, const char *clientMessageId) const
    {
        QByteArray lock = statement("SELECT last_sequence, updated_at, revision", {"1"});
        lock.replace(";\n", " \\gset\n");
        return lock
            + statement("INSERT INTO messages",
                        {"4294967296 + :last_sequence + 1", id, "'\\x02'", clientMessageId, "0", ":updated_at + 1", "1",
                         "NULL", "'hello'", ":revision + 1"})
            + statement("UPDATE conversations SET last_sequence = last_sequence + 1", {"1", ":updated_at + 1", "1"});
    }

private Q_SLOTS:
    void initTestCase()
    {
        const QDir store(QStringLiteral(TERTULIA_STORE_SOURCES));
        for (const QString &name : store.entryList({u"*.cpp"_s})) {
            QFile file(store.filePath(name));
            QVERIFY(file.open(QIODevice::ReadOnly));
            m_statements += StoreStatements::in(QString::fromUtf8(file.readAll()));
        }
        if (const QString missing = m_server.start(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QByteArray schema;
        for (const Migration &step : migrations()) {
            for (const char *text : step.statements)
                schema += schemaText(text, Dialect::Postgresql) + ";\n";
        }
        QCOMPARE(m_server.run(schema), QByteArray());
    }

    void statement_isUnderstood_data()
    {
        QTest::addColumn<QByteArray>("sql");
        int count = 0;
        for (const StoreStatement &one : m_statements) {
            if (!one.postgresql.isEmpty())
                QTest::addRow("%d %s", ++count, one.postgresql.left(60).constData()) << one.postgresql;
        }
        QVERIFY2(count > 60, "the statements of the store are not where this test looks for them");
    }
    void statement_isUnderstood()
    {
        QFETCH(QByteArray, sql);
        QCOMPARE(m_server.run("PREPARE one AS " + withNumberedPlaceholders(sql) + ";\n"), QByteArray());
    }
    void statementThatIsNone_wouldBeNoticed()
    {
        QVERIFY(m_server.run("PREPARE one AS SELECT min(1, 2);\n").contains("ERROR"));
        QVERIFY(statement("SELECT nothing", {}).startsWith("no such"));
    }

    // The row is the lock: the second waits for the first, and then counts on from what that one wrote.
    void twoWriters_giveTwoSequences_andRevisions()
    {
        QCOMPARE(m_server.run("INSERT INTO conversations (number, id, type, last_change, updated_at, created_at)"
                              " VALUES (1, '\\x01', 0, 1, 1, 1);\n"),
                 QByteArray());
        const auto first = m_server.session();
        first->write("BEGIN;\n" + append("'\\x11'", "'a'") + "SELECT 'written';\n");
        QByteArray said;
        while (!said.contains("written") && first->waitForReadyRead(30'000))
            said += first->readAll();
        QVERIFY2(said.contains("written"), said.constData());

        const auto second = m_server.session();
        second->write("BEGIN;\n" + append("'\\x12'", "'b'") + "COMMIT;\n");
        second->closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(
            m_server.run("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock';\n"), QByteArray("1\n"),
            30'000);
        first->write("COMMIT;\n");
        first->closeWriteChannel();
        QVERIFY(first->waitForFinished(30'000));
        QVERIFY(second->waitForFinished(30'000));
        QCOMPARE(m_server.run("SELECT key - 4294967296, revision, created_at FROM messages ORDER BY key;\n"),
                 QByteArray("1|1|2\n2|2|3\n"));
        QCOMPARE(m_server.run("SELECT last_sequence, revision FROM conversations;\n"), QByteArray("2|2\n"));
        // and a key that was used is an answer, after which the transaction goes on
        QCOMPARE(m_server.run("BEGIN;\n" + append("'\\x13'", "'a'") + "SELECT 'goes on';\nROLLBACK;\n"),
                 QByteArray("goes on\n"));
    }
};

TERTULIA_TEST(tst_postgresql, PostgresqlTest)
#include "tst_postgresql.moc"
