// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "text/emojitable.h"
#include "text/emojitext.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/timeline/emojimodel.h"

#include <QAbstractItemModelTester>
#include <QLocale>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

class TestEmojiModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_isSound()
    {
        const auto &table = EmojiTable::instance();
        QVERIFY(table.entries().size() > 1'300);
        QCOMPARE(table.categories().size(), 9);
        for (const auto &entry : table.entries()) {
            QVERIFY2(emojiLength(entry.emoji, 0) == entry.emoji.size(), qPrintable(entry.english));
            QVERIFY(!entry.english.isEmpty() && !entry.german.isEmpty());
        }
    }

    void search_findsInBothLanguages_data()
    {
        QTest::addColumn<QString>("search");
        QTest::addColumn<QString>("emoji");
        QTest::addColumn<int>("within");
        QTest::newRow("English") << QStringLiteral("thumbs up") << QStringLiteral("👍") << 3;
        QTest::newRow("beginning of a word") << QStringLiteral("thum") << QStringLiteral("👍") << 5;
        QTest::newRow("German") << QStringLiteral("daumen hoch") << QStringLiteral("👍") << 3;
        QTest::newRow("umlaut") << QStringLiteral("trane") << QStringLiteral("😂") << 40;
        QTest::newRow("order does not matter") << QStringLiteral("joy tears") << QStringLiteral("😂") << 3;
        QTest::newRow("whole name first") << QStringLiteral("dog") << QStringLiteral("🐕") << 3;
        QTest::newRow("pasted") << QStringLiteral("🍕") << QStringLiteral("🍕") << 1;
    }
    void search_findsInBothLanguages()
    {
        QFETCH(QString, search);
        QFETCH(QString, emoji);
        QFETCH(int, within);
        SettingsViewModel settings;
        EmojiModel model(settings);
        const QAbstractItemModelTester tester(&model);
        model.setSearch(search);
        bool isFound = false;
        for (int row = 0; row < qMin(within, model.count()); ++row)
            isFound = isFound || model.emojiAt(row) == emoji;
        QVERIFY2(isFound, qPrintable(model.emojiAt(0) + model.emojiAt(1) + model.emojiAt(2)));
        QCOMPARE(model.firstRow(0), -1);
    }

    void searchForNothing_findsNothing()
    {
        SettingsViewModel settings;
        EmojiModel model(settings);
        model.setSearch(QStringLiteral("xyzzy"));
        QCOMPARE(model.count(), 0);
        model.setSearch({});
        QCOMPARE(model.count(), int(EmojiTable::instance().entries().size()));
    }

    void recent_comeFirstAfterRefresh()
    {
        SettingsViewModel settings;
        EmojiModel model(settings);
        const QAbstractItemModelTester tester(&model);
        QCOMPARE(model.categories().size(), 9);
        const auto first = model.emojiAt(0);
        model.use(QStringLiteral("🍕"));
        model.use(QStringLiteral("👍"));
        model.use(QStringLiteral("🍕"));
        QCOMPARE(model.emojiAt(0), first); // nothing moves under the pointer
        model.refresh();
        QCOMPARE(model.emojiAt(0), QStringLiteral("🍕"));
        QCOMPARE(model.emojiAt(1), QStringLiteral("👍"));
        QCOMPARE(model.emojiAt(2), first);
        QCOMPARE(model.categories().size(), 10);
        QCOMPARE(model.categoryEmoji().size(), 10);
        QCOMPARE(model.firstRow(0), 0);
        QCOMPARE(model.firstRow(1), 2);
        QVERIFY(model.data(model.index(0), EmojiModel::IsRecentRole).toBool());
        for (int i = 0; i < 100; ++i)
            model.use(EmojiTable::instance().entries()[size_t(i)].emoji);
        QCOMPARE(settings.recentEmoji().size(), EmojiModel::mostRecent);
    }

    void names_followTheLanguage()
    {
        SettingsViewModel settings;
        EmojiModel model(settings);
        model.setSearch(QStringLiteral("🍕"));
        QLocale::setDefault(QLocale(QLocale::German));
        QCOMPARE(model.data(model.index(0), EmojiModel::NameRole).toString(), QStringLiteral("Pizza"));
        model.setSearch(QStringLiteral("🐕"));
        QCOMPARE(model.data(model.index(0), EmojiModel::NameRole).toString(), QStringLiteral("Hund"));
        QLocale::setDefault(QLocale::c());
        QCOMPARE(model.data(model.index(0), EmojiModel::NameRole).toString(), QStringLiteral("dog"));
    }
};

TERTULIA_TEST(tst_emojimodel, TestEmojiModel)
#include "tst_emojimodel.moc"
