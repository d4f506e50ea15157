// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

class TestText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutControls_keepsWhatIsText_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        const auto row = [](const char *name, const QString &text, const QString &clean) {
            QTest::newRow(name) << text << clean;
        };
        row("nothing", u""_s, u""_s);
        row("plain", u"a b"_s, u"a b"_s);
        row("newline and tab", u"a\n\tb\n"_s, u"a\n\tb\n"_s);
        row("Windows", u"a\r\nb\r\n\r\nc"_s, u"a\nb\n\nc"_s);
        row("old Mac", u"a\rb\r"_s, u"a\nb\n"_s);
        row("soft break of word processors", u"line\vafter"_s, u"line\nafter"_s);
        row("page break", u"one\ftwo"_s, u"one\ntwo"_s);
        row("next line", u"one\u0085two"_s, u"one\ntwo"_s);
        row("colour of a terminal", u"\u001b[31mred\u001b[0m"_s, u"[31mred[0m"_s);
        row("bell, null, delete", u"a\u0007"_s + QChar(0) + u"b\u007fc"_s, u"abc"_s);
        row("C1", u"a\u0080\u009fb"_s, u"ab"_s);
        row("no-break space stays", u"a\u00a0b"_s, u"a\u00a0b"_s);
        row("pairs stay", u"\U0001f600\u0001\U0001f600"_s, u"\U0001f600\U0001f600"_s);
        row("a return before a removed one", u"a\r\u0001\nb"_s, u"a\n\nb"_s);
    }
    void withoutControls_keepsWhatIsText()
    {
        QFETCH(QString, text);
        QFETCH(QString, clean);
        QCOMPARE(withoutControls(text), clean);
        QCOMPARE(withoutControls(clean), clean);
    }

    void turnsDirection_isOfMarksAlone()
    {
        for (const QChar c : u"\u061c\u200e\u200f\u202a\u202e\u2066\u2069"_s)
            QVERIFY(turnsDirection(c));
        for (const QChar c : u"aא\u200b\u200d\u2029\u202f\u2065\u206a"_s)
            QVERIFY(!turnsDirection(c));
    }

    void isBlank_isWhatNobodySees_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isBlankText");
        const auto row = [](const char *name, const QString &text, bool isBlankText) {
            QTest::newRow(name) << text << isBlankText;
        };
        row("nothing", u""_s, true);
        row("white space", u" \n\t\u00a0\u2003\u3000"_s, true);
        row("controls", u"\u0001\u009f"_s, true);
        row("zero width", u"\u200b\u200c\u200d\ufeff\u2060"_s, true);
        row("directions", u"\u202e\u2066\u2069\u200f\u061c"_s, true);
        row("soft hyphen", u"\u00ad"_s, true);
        row("fillers", u"\u3164\u115f\u1160\uffa0\u17b4\u180e"_s, true);
        row("variation selectors", u"\ufe0f\U000e0100"_s, true);
        row("tags", u"\U000e0041\U000e007f"_s, true);
        row("empty Braille", u"\u2800"_s, true);
        row("empty signs of other scripts", u"\U0001d159\U00013441\U00016fe4"_s, true);
        row("joiners of hieroglyphs", u"\U00013430"_s, true);
        row("a format character that is drawn", u"\u0600"_s, false);
        row("a letter among them", u"\u200bx\u200b"_s, false);
        row("full stop", u"."_s, false);
        row("emoji with a selector", u"\u2764\ufe0f"_s, false);
        row("emoji", u"\U0001f600"_s, false);
        row("family", u"\U0001f469\u200d\U0001f467"_s, false);
        row("half a pair", QString(QChar(0xd800)), false);
        row("around the ranges", u"\u115e"_s, false);
        row("Braille", u"\u2801"_s, false);
    }
    void isBlank_isWhatNobodySees()
    {
        QFETCH(QString, text);
        QFETCH(bool, isBlankText);
        QCOMPARE(isBlank(text), isBlankText);
    }
};

TERTULIA_TEST(tst_text, TestText)
#include "tst_text.moc"
