// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/emojitext.h"
#include "viewmodels/persona.h"
#include "viewmodels/plaintext.h"

#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

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

    void initials_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two words") << QStringLiteral("Ana Torres") << QStringLiteral("AT");
        QTest::newRow("three words") << QStringLiteral("ana maria torres") << QStringLiteral("AT");
        QTest::newRow("one word") << QStringLiteral("bo") << QStringLiteral("B");
        QTest::newRow("accents") << QStringLiteral("e\u0301lodie Öz") << QStringLiteral("E\u0301Ö");
        QTest::newRow("Hebrew") << QStringLiteral("רות לוי") << QStringLiteral("רל");
        QTest::newRow("Chinese") << QStringLiteral("李 小龙") << QStringLiteral("李");
        QTest::newRow("signs in front") << QStringLiteral("(bo) \"lind\"") << QStringLiteral("BL");
        QTest::newRow("emoji") << QStringLiteral("👩‍💻 Dev") << QStringLiteral("👩‍💻");
        QTest::newRow("nothing") << QStringLiteral(" \u200B--") << QStringLiteral("?");
    }
    void initials()
    {
        QFETCH(QString, name);
        QTEST(initialsOf(name), "initials");
    }

    void colours_areStableAndAllUsed()
    {
        const auto id = UserId::parse(u"0190f5a2-0000-7000-8000-000000000001");
        QVERIFY(id);
        QCOMPARE(colorIndexOf(*id), colorIndexOf(UserId::parse(u"0190F5A2-0000-7000-8000-000000000001").value()));
        QSet<int> seen;
        for (int i = 0; i < 200; ++i) {
            const int color = colorIndexOf(UserId::generate());
            QVERIFY(color >= 0 && color < personaColors);
            seen.insert(color);
        }
        QCOMPARE(seen.size(), personaColors);
    }

    void emoji_areFound_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("count"); // 0: not only emoji
        QTest::newRow("one") << QStringLiteral("😂") << 1;
        QTest::newRow("three with spaces") << QStringLiteral("😂 👍🏽 ❤️") << 3;
        QTest::newRow("four") << QStringLiteral("😂😂😂😂") << 0;
        QTest::newRow("profession") << QStringLiteral("👩🏾‍💻") << 1;
        QTest::newRow("sign without a selector") << QStringLiteral("🤷‍♂") << 1;
        QTest::newRow("flag") << QStringLiteral("🇩🇪") << 1;
        QTest::newRow("half a flag") << QStringLiteral("🇩") << 0;
        QTest::newRow("keycap") << QStringLiteral("1️⃣") << 1;
        QTest::newRow("digits") << QStringLiteral("123") << 0;
        QTest::newRow("heart as text") << QStringLiteral("\u2764") << 0;
        QTest::newRow("copyright") << QStringLiteral("©") << 0;
        QTest::newRow("asked to be a text symbol") << QStringLiteral("👍\uFE0E") << 0;
        QTest::newRow("with words") << QStringLiteral("ok 👍") << 0;
        QTest::newRow("empty") << QString() << 0;
    }
    void emoji_areFound()
    {
        QFETCH(QString, text);
        QTEST(countIfEmojiOnly(text, 3), "count");
    }

    void runs_coverTheText()
    {
        const auto runs = emojiRuns(u"Hi ❤️👍 you");
        QCOMPARE(runs.size(), size_t(3));
        QCOMPARE(runs[0], (EmojiRun{0, 3, false}));
        QCOMPARE(runs[1], (EmojiRun{3, 4, true}));
        QCOMPARE(runs[2], (EmojiRun{7, 4, false}));
    }
};

TERTULIA_TEST(tst_plaintext, TestPlainText)
#include "tst_plaintext.moc"
