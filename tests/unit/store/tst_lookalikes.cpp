// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/lookalikes.h"
#include "support/testmain.h"

#include "store/userstore.h"
#include "support/fakeclock.h"
#include "support/testdatabase.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestLookalikes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void namesThatLookAlike_haveOneSkeleton_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("case") << u"ada"_s << u"ADA"_s;
        QTest::newRow("capital I, l and 1") << u"adaI"_s << u"ada1"_s;
        QTest::newRow("0 and O") << u"b0b"_s << u"bob"_s;
        QTest::newRow("rn and m") << u"corner"_s << u"comer"_s;
        QTest::newRow("Cyrillic") << u"coco"_s << u"\u0441\u043e\u0441\u043e"_s;
        QTest::newRow("wide") << u"ada"_s << u"\uff41da"_s;
        QTest::newRow("composed") << u"zo\u00eb"_s << u"zoe\u0308"_s;
        QTest::newRow("long") << QString(500, u'm') << QString(500, u'm').replace(u'm', u"rn"_s);
    }
    void namesThatLookAlike_haveOneSkeleton()
    {
        QFETCH(const QString, one);
        QFETCH(const QString, other);
        QCOMPARE(Lookalikes::skeleton(one), Lookalikes::skeleton(other));
    }
    void otherNames_haveOthers()
    {
        QVERIFY(Lookalikes::skeleton(u"ada"_s) != Lookalikes::skeleton(u"adi"_s));
        QVERIFY(Lookalikes::skeleton(u"zoe"_s) != Lookalikes::skeleton(u"zo\u00eb"_s));
        QVERIFY(Lookalikes::skeleton(u"user-10"_s) != Lookalikes::skeleton(u"user-11"_s));
    }
    void scripts_mayNotBeMixed()
    {
        for (const QString &good :
             {u"ada_2.x-y"_s, u"Зоя-2"_s, u"αβγ"_s, u"张wei"_s, u"田中taro"_s, u"अनु"_s, u"احمد"_s})
            QVERIFY2(!Lookalikes::isMixed(good), qPrintable(good));
        for (const QString &bad : {u"\u0430da"_s, u"Зоя.x"_s, u"βob"_s, u"a\u0301\u0301b"_s, u"a1\u0661"_s})
            QVERIFY2(Lookalikes::isMixed(bad), qPrintable(bad));
    }
    void skeletonsOfOtherTables_areMadeAnew()
    {
        const FakeClock clock;
        TestDatabase database(clock);
        database.addUser(u"ada"_s); // as before there were skeletons
        Account other;
        other.id = UserId::generate();
        other.username = u"\u0430d\u0430"_s;
        other.fullName = u"Ada"_s;
        const auto isTaken = [&] {
            return *database.write([&](Transaction &tx) -> Result<bool> { return !UserStore::insert(tx, other); });
        };
        const auto complete = [&] {
            return database.write([](Transaction &tx) -> Result<bool> {
                UserStore::completeSkeletons(tx);
                return true;
            });
        };
        QVERIFY(complete());
        QVERIFY(isTaken());
        QVERIFY(database.write([](Transaction &tx) -> Result<bool> {
            tx.execute("UPDATE users SET username_skeleton = 'x'");
            return true;
        }));
        QVERIFY(complete()); // the tables are the same: nothing to do
        QVERIFY(!isTaken());
    }
};

TERTULIA_TEST(tst_lookalikes, TestLookalikes)
#include "tst_lookalikes.moc"
