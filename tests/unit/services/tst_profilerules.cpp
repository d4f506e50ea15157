// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/profilerules.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

class TestProfileRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullNames_areSeen_andTurnNothing_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("plain") << u"Ada L."_s << true;
        QTest::newRow("right to left") << u"רות"_s << true;
        QTest::newRow("emoji with joiners") << u"\U0001f469\u200d\U0001f467"_s << true;
        QTest::newRow("Braille") << u"\u2801\u2800\u2803"_s << true;
        QTest::newRow("white space") << u" \u3000"_s << false;
        QTest::newRow("empty Braille, fillers, joiners") << u"\u2800\u3164\u200b\u200d"_s << false;
        QTest::newRow("empty musical sign") << u"\U0001d159"_s << false;
        QTest::newRow("override") << u"\u202eada"_s << false;
        QTest::newRow("isolate") << u"\u2067ada\u2069"_s << false;
        QTest::newRow("mark") << u"Ada\u200f"_s << false;
    }
    void fullNames_areSeen_andTurnNothing()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, isGood);
        QCOMPARE(ProfileRules::checkFullName(name).has_value(), isGood);
        // Of those who cannot be told: what is forbidden is left out, and nothing is left where nothing is seen.
        const QString fitting = ProfileRules::fit(name, 100);
        QVERIFY(fitting.isEmpty() || ProfileRules::checkFullName(fitting));
        QVERIFY(!isGood || fitting == name);
    }
    void usernames_areOfOneScript_andSeen()
    {
        for (const QString &good : {u"ada"_s, u"Зоя"_s, u"רות"_s, u"ada.l_2-x"_s})
            QVERIFY2(ProfileRules::checkUsername(good), qPrintable(good));
        for (const QString &bad :
             {u"\u0430da2"_s, u"ada\u200b"_s, u"\u3164\u3164"_s, u"\u2800\u2800"_s, u"ada\u202e"_s})
            QVERIFY2(!ProfileRules::checkUsername(bad), qPrintable(bad));
    }
};

TERTULIA_TEST(tst_profilerules, TestProfileRules)
#include "tst_profilerules.moc"
