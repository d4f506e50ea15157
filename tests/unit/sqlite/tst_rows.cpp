// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testconnection.h"
#include "support/testmain.h"

#include <QTest>

#include <sqlite3.h>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class RowsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<TestConnection> m_connection;

private Q_SLOTS:
    void init()
    {
        m_connection = std::make_unique<TestConnection>();
        QVERIFY(m_connection->opened);
        QVERIFY(m_connection->run("CREATE TABLE people (number INTEGER PRIMARY KEY, name TEXT NOT NULL, id BLOB)"));
    }

    void values_comeBackAsTheyWere()
    {
        const UserId id = UserId::generate();
        const Timestamp time{std::chrono::milliseconds(1'769'860'800'123)};
        Rows rows(*m_connection, "SELECT ?, ?, ?, ?, ?, ?, ?", id, qint64(1) << 60, u"Zoë"_s, QByteArray("\0\1", 2),
                  time, std::optional<QString>(), 0.5);
        QVERIFY(rows.next());
        QCOMPARE(rows.id<UserId>(0), id);
        QCOMPARE(rows.integer(1), qint64(1) << 60);
        QCOMPARE(rows.text(2), u"Zoë"_s);
        QCOMPARE(rows.bytes(3).toByteArray(), QByteArray("\0\1", 2));
        QCOMPARE(rows.time(4), time);
        QVERIFY(rows.isNull(5));
        QCOMPARE(rows.real(6), 0.5);
    }
    void nulls_readAsEmpty()
    {
        Rows rows(*m_connection, "SELECT NULL");
        QVERIFY(rows.next());
        QCOMPARE(rows.integer(0), 0);
        QVERIFY(rows.text(0).isEmpty());
        QVERIFY(rows.id<UserId>(0).isNull());
        QVERIFY(!rows.optionalText(0));
        QVERIFY(!rows.optionalTime(0));
        Rows empty(*m_connection, "SELECT ''");
        QVERIFY(empty.next());
        QCOMPARE(empty.optionalText(0), std::optional(u""_s));
        QVERIFY(!rows.next());
        QVERIFY(!rows.next());
    }
    // NULL is unlike nothing: "all but nobody" would be no one.
    void nullId_isAValueLikeOthers()
    {
        QVERIFY(Rows(*m_connection, "INSERT INTO people (name, id) VALUES ('ada', ?)", UserId::generate()).run());
        QVERIFY(Rows(*m_connection, "SELECT 1 FROM people WHERE id <> ?", UserId()).next());
        QVERIFY(!Rows(*m_connection, "SELECT 1 FROM people WHERE id <> ?", std::optional<UserId>()).next());
    }
    void sameQueryInsideItself_works()
    {
        QVERIFY(m_connection->run("INSERT INTO people (name) VALUES ('ada'), ('ben')"));
        constexpr SqlText names = "SELECT name FROM people ORDER BY name";
        QStringList pairs;
        for (Rows outer(*m_connection, names); outer.next();) {
            for (Rows inner(*m_connection, names); inner.next();)
                pairs.append(outer.text(0) + inner.text(0));
        }
        QCOMPARE(pairs, QStringList({u"adaada"_s, u"adaben"_s, u"benada"_s, u"benben"_s}));
    }
    void textWithNulAndAstralCharacters_survives()
    {
        const QString text = u"a"_s + QChar(0) + QString::fromUcs4(U"\U0001F600");
        Rows rows(*m_connection, "SELECT ?", text);
        QVERIFY(rows.next());
        QCOMPARE(rows.text(0), text);
    }
    void listOfNumbers_isRowsInItsOrder()
    {
        constexpr SqlText values = "SELECT wanted.value FROM json_each(?) wanted";
        const std::vector<qint64> numbers{3, std::numeric_limits<qint64>::max(), -1, std::numeric_limits<qint64>::min(),
                                          3};
        std::vector<qint64> found;
        for (Rows rows(*m_connection, values, numbers); rows.next();)
            found.push_back(rows.integer(0));
        QCOMPARE(found, numbers);
        QVERIFY(!Rows(*m_connection, values, std::vector<qint64>()).next());
        QVERIFY(m_connection->failures.empty());
    }
    void returnedRow_tellsWhatTheDatabaseMade()
    {
        Rows made(*m_connection, "INSERT INTO people (name) VALUES ('ada') RETURNING number");
        QVERIFY(made.next());
        QCOMPARE(made.integer(0), 1);
        QVERIFY(made.run());
    }
    void statement_isPreparedOnce()
    {
        for (int i = 0; i < 3; ++i)
            QVERIFY(Rows(*m_connection, "INSERT INTO people (name) VALUES (?)", u"ada"_s).run());
        int prepared = 0;
        for (sqlite3_stmt *one = nullptr; (one = sqlite3_next_stmt(m_connection->handle(), one));)
            ++prepared;
        QCOMPARE(prepared, 1);
    }
    void statementThatIsNone_givesNothingAndIsTold()
    {
        Rows rows(*m_connection, "SELECT nothing FROM nowhere WHERE a = ?", 1);
        QVERIFY(!rows.next());
        QVERIFY(!rows.run());
        QCOMPARE(m_connection->lastKind(), SqliteFailure::Kind::Other);
    }
};

TERTULIA_TEST(tst_rows, RowsTest)
#include "tst_rows.moc"
