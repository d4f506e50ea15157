// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "text/emojitext.h"

#include <QTest>

using namespace Tertulia;

class TestEmojiText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
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

TERTULIA_TEST(tst_emojitext, TestEmojiText)
#include "tst_emojitext.moc"
