// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "text/searchwords.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

class TestSearchWords : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void folded_isWhatPeopleType_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("plain");
        const auto row = [](const QString &text, const QString &plain) {
            QTest::newRow(qPrintable(text)) << text << plain;
        };
        row(u"ASCII only"_s, u"ascii only"_s);
        row(u"Núñez"_s, u"nunez"_s);
        row(u"Straße STRAẞE STRASSE"_s, u"strasse strasse strasse"_s);
        row(u"İstanbul ISTANBUL ıstanbul"_s, u"istanbul istanbul istanbul"_s);
        row(u"Łukasz Ødegård Đorđe Ħal"_s, u"lukasz odegard dorde hal"_s);
        row(u"Ægir Œuvre Þór Ðúna"_s, u"aegir oeuvre thor duna"_s);
        row(u"ﬁ ŉ ǆ ſ"_s, u"fi ʼn dz s"_s);
        row(u"ΣΊΣΥΦΟΣ σίσυφος"_s, u"σισυφοσ σισυφοσ"_s);
        row(u"Ёлка"_s, u"елка"_s);
        row(u"שָׁלוֹם"_s, u"שלום"_s);
        row(u"مُحَمَّد"_s, u"محمد"_s);
        row(u"\u200fa\u00adb\u200dc\u2066"_s, u"abc"_s);
        row(u"Ａｄａ"_s, u"ada"_s);
        row(u"\U00010400 \U0001f600"_s, u"\U00010428 \U0001f600"_s);
    }
    void folded_isWhatPeopleType()
    {
        QFETCH(const QString, text);
        QFETCH(const QString, plain);
        QCOMPARE(folded(text), plain);
        QCOMPARE(folded(plain), plain);
    }
    void words_endAtPunctuation_andKeepSymbols()
    {
        QCOMPARE(foldedWords(u"Zoë O'Neil-Łuk"_s), (QStringList{u"zoe"_s, u"o"_s, u"neil"_s, u"luk"_s}));
        QCOMPARE(foldedWords(u"\u2665 \U0001f600\n bo bo."_s),
                 (QStringList{u"\u2665"_s, u"\U0001f600"_s, u"bo"_s, u"bo"_s}));
        QCOMPARE(foldedWords(u" \u0301.\u200b"_s), QStringList());
        QCOMPARE(searchWords(u"-"_s), u" "_s);
    }
    void search_ignoresAccentsAndOrder()
    {
        const auto words = searchWords(u"Ána Torres-Gil @ana"_s);
        QVERIFY(matches(words, queryWords(u"tor ANA"_s)));
        QVERIFY(matches(words, queryWords(u"gil"_s)));
        QVERIFY(!matches(words, queryWords(u"orres"_s)));
        QVERIFY(matches(words, {}));
        QCOMPARE(matchRank(u" bo "_s, queryWords(u"Bo"_s)), 0);
        QCOMPARE(matchRank(words, queryWords(u"ana t"_s)), 1);
        QCOMPARE(matchRank(words, queryWords(u"gil"_s)), 2);
        QCOMPARE(matchRank(words, queryWords(u"bo"_s)), -1);
    }
};

TERTULIA_TEST(tst_searchwords, TestSearchWords)
#include "tst_searchwords.moc"
