// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "text/plaintext.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

class TestPlainText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_isCleaned_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("clean");
        QTest::newRow("plain") << QStringLiteral("Hello, world") << QStringLiteral("Hello, world");
        QTest::newRow("override") << QStringLiteral("invoice\u202Egpj.exe") << QStringLiteral("invoicegpj.exe");
        QTest::newRow("embedding") << QStringLiteral("a\u202Bb\u202Cc") << QStringLiteral("abc");
        QTest::newRow("open isolate") << QStringLiteral("a\u2067b\nc") << QStringLiteral("a\u2067b\u2069\nc");
        QTest::newRow("isolate closed once too often") << QStringLiteral("a\u2069\u2069b") << QStringLiteral("ab");
        QTest::newRow("zero width") << QStringLiteral("pay\u200Bpal\uFEFF\u2060\u00AD") << QStringLiteral("paypal");
        QTest::newRow("tags without a flag") << QString::fromUcs4(U"hi\U000E0068\U000E0069", 4) << QStringLiteral("hi");
        QTest::newRow("controls") << QStringLiteral("a\u0007b\u001B[31mc\u0085x") << QStringLiteral("ab[31mc\nx");
        QTest::newRow("line ends") << QStringLiteral("a\r\nb\rc\u2028x") << QStringLiteral("a\nb\nc\nx");
        QTest::newRow("many empty lines") << QStringLiteral("a\n\n\n\n\n\n\nb") << QStringLiteral("a\n\n\nb");
        QTest::newRow("tower of marks") << (u'z' + QString(40, QChar(u'\u0301')))
                                        << (u'z' + QString(8, QChar(u'\u0301')));
        QTest::newRow("half a pair") << (QStringLiteral("a") + QChar(char16_t(0xD83D)) + u'b')
                                     << QStringLiteral("a\uFFFDb");
        QTest::newRow("lines around a tag") << QStringLiteral("a\n\n\n\U000E0041\nb") << QStringLiteral("a\n\n\nb");
        QTest::newRow("breaks of word processors") << QStringLiteral("a\vb\fc") << QStringLiteral("a\nb\nc");
        QTest::newRow("drawing of dots") << QStringLiteral("\u2801\u2800\u2801")
                                         << QStringLiteral("\u2801\u2800\u2801");
        QTest::newRow("what Qt's text engine uses") << QStringLiteral("a\uFFFCb\uFDD0c") << QStringLiteral("abc");
        QTest::newRow("joiners of scripts")
            << QStringLiteral("می\u200Cخواهم क्\u200Dष") << QStringLiteral("می\u200Cخواهم क्\u200Dष");
        QTest::newRow("family") << QStringLiteral("👨‍👩‍👧") << QStringLiteral("👨‍👩‍👧");
        QTest::newRow("flag of Wales") << QStringLiteral("🏴󠁧󠁢󠁷󠁬󠁳󠁿")
                                       << QStringLiteral("🏴󠁧󠁢󠁷󠁬󠁳󠁿");
    }
    void text_isCleaned()
    {
        QFETCH(QString, text);
        QFETCH(QString, clean);
        QCOMPARE(cleanText(text), clean);
        QCOMPARE(cleanText(clean), clean);
    }

    void line_isCutBetweenCharacters()
    {
        QCOMPARE(oneLine(u"a\n b\t c", 10), QStringLiteral("a b c"));
        QCOMPARE(oneLine(u"abcdef", 3), QStringLiteral("abc…"));
        QCOMPARE(oneLine(u"abc", 3), QStringLiteral("abc"));
        QCOMPARE(oneLine(u"e\u0301e\u0301e\u0301", 2), QStringLiteral("e\u0301e\u0301…"));
        const QString huge(10'000'000, u'x');
        QCOMPARE(oneLine(huge, 5), QStringLiteral("xxxxx…"));
    }

    void excerpt_keepsItsLines_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("shown");
        QTest::newRow("plain") << u"hello\nyou"_s << u"hello\nyou"_s;
        QTest::newRow("control") << u"a\u0007b\u001b[31mc\u0000d"_s << u"ab[31mcd"_s;
        QTest::newRow("direction") << u"\u202Eevil\u202C \u2066x"_s << u"evil \u2066x\u2069"_s;
        QTest::newRow("white space around it") << u"\n a\n"_s << u"a"_s;
        QTest::newRow("long") << QString(50, u'x') << QString(20, u'x') + u'…';
        QTest::newRow("long, of pairs") << QString(19, u'x') + u"😀😀"_s << QString(19, u'x') + u"😀…"_s;
        QTest::newRow("Arabic stays") << u"مرحبا"_s << u"مرحبا"_s;
    }
    void excerpt_keepsItsLines()
    {
        QFETCH(QString, text);
        QTEST(excerpt(text, 20), "shown");
    }

    void name_isNeverEmptyNorSpills()
    {
        QCOMPARE(cleanName(u"\u202E\u200B ", u"bo"), QStringLiteral("bo"));
        QCOMPARE(cleanName(u"Bo\nLind", u"bo"), QStringLiteral("Bo Lind"));
        QCOMPARE(cleanName(u"\u2800\u3164\u200D\uFE0F", u"bo"), QStringLiteral("bo"));
        QCOMPARE(cleanName(u"\u200D", u"\u2800"), QString());
        QCOMPARE(cleanName(u"\u200F\u2067Bo\u2069 \u061CLind\u202E", u"bo"), QStringLiteral("Bo Lind"));
        QCOMPARE(handleOf(u"bo"), QStringLiteral("@bo"));
        QCOMPARE(handleOf(u"רות"), QStringLiteral("\u2068@רות\u2069"));
        QCOMPARE(handleOf(u"\u2800"), QString());
        QCOMPARE(isolated(QStringLiteral("Bo")), QStringLiteral("Bo"));
        QCOMPARE(isolated(QStringLiteral("רות")), QStringLiteral("\u2068רות\u2069"));
    }

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

    void characters_areCodePoints()
    {
        QCOMPARE(characterCount(u"a\U0001F600b"), 3);
        QCOMPARE(characterCount(u""), 0);
        QCOMPARE(characterCount(QString(QChar(0xd800)) + u'b'), 2);
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

TERTULIA_TEST(tst_plaintext, TestPlainText)
#include "tst_plaintext.moc"
