// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdatabase.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class StatementTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void values_comeBackAsTheyWere();
    void nulls_readAsEmpty();
    void sameQueryInsideItself_works();
    void textWithNulAndAstralCharacters_survives();
};

void StatementTest::values_comeBackAsTheyWere()
{
    FakeClock clock;
    TestDatabase database(clock);
    const UserId id = UserId::generate();
    const auto done = database.read([&](ReadTransaction &tx) -> Result<void> {
        Rows rows = tx.query("SELECT ?, ?, ?, ?, ?, ?", id, qint64(1) << 60, u"Zoë"_s, QByteArray("\0\1", 2),
                             clock.now(), std::optional<QString>());
        if (!rows.next())
            return failure(Error::internal(u"no row"_s));
        [&] {
            QCOMPARE(rows.id<UserId>(0), id);
            QCOMPARE(rows.integer(1), qint64(1) << 60);
            QCOMPARE(rows.text(2), u"Zoë"_s);
            QCOMPARE(rows.bytes(3), QByteArray("\0\1", 2));
            QCOMPARE(rows.time(4), clock.now());
            QVERIFY(rows.isNull(5));
        }();
        return {};
    });
    QVERIFY(done);
}

void StatementTest::nulls_readAsEmpty()
{
    FakeClock clock;
    TestDatabase database(clock);
    std::ignore = database.read([&](ReadTransaction &tx) -> Result<void> {
        Rows rows = tx.query("SELECT NULL");
        [&] {
            QVERIFY(rows.next());
            QCOMPARE(rows.integer(0), 0);
            QVERIFY(rows.text(0).isEmpty());
            QVERIFY(rows.id<UserId>(0).isNull());
            QVERIFY(!rows.optionalText(0));
            QVERIFY(!rows.optionalTime(0));
            QVERIFY(!rows.next());
            QVERIFY(!rows.next());
        }();
        return {};
    });
}

void StatementTest::sameQueryInsideItself_works()
{
    FakeClock clock;
    TestDatabase database(clock);
    database.addUser(u"ada"_s);
    database.addUser(u"ben"_s);
    QStringList pairs;
    const auto names = [](ReadTransaction &tx) { return tx.query("SELECT username FROM users ORDER BY username"); };
    std::ignore = database.read([&](ReadTransaction &tx) -> Result<void> {
        for (Rows outer = names(tx); outer.next();) {
            for (Rows inner = names(tx); inner.next();)
                pairs.append(outer.text(0) + inner.text(0));
        }
        return {};
    });
    QCOMPARE(pairs, QStringList({u"adaada"_s, u"adaben"_s, u"benada"_s, u"benben"_s}));
}

void StatementTest::textWithNulAndAstralCharacters_survives()
{
    FakeClock clock;
    TestDatabase database(clock);
    const QString text = u"a"_s + QChar(0) + QString::fromUcs4(U"\U0001F600");
    std::ignore = database.read([&](ReadTransaction &tx) -> Result<void> {
        Rows rows = tx.query("SELECT ?", text);
        [&] {
            QVERIFY(rows.next());
            QCOMPARE(rows.text(0), text);
        }();
        return {};
    });
}

TERTULIA_TEST(tst_statement, StatementTest)
#include "tst_statement.moc"
