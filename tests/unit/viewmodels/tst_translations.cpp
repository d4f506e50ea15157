// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/errortext.h"
#include "viewmodels/settings/pseudotranslator.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/settings/translations.h"

#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

namespace {
struct Entry
{
    QString source;
    QStringList translations;
    bool isFinished = true;
};

std::vector<Entry> read(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    std::vector<Entry> entries;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == u"message")
            entries.emplace_back();
        else if (xml.name() == u"source")
            entries.back().source = xml.readElementText();
        else if (xml.name() == u"translation") {
            entries.back().isFinished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            entries.back().translations << xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return entries;
}

/// "%1 and %n" is {"%1", "%n"}.
QStringList placeholders(const QString &text)
{
    QStringList found;
    for (qsizetype i = 0; i + 1 < text.size(); ++i) {
        if (text.at(i) == u'%' && (text.at(i + 1).isDigit() || text.at(i + 1) == u'n'))
            found << text.mid(i, 2);
    }
    found.sort();
    found.removeDuplicates();
    return found;
}
} // namespace

class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void texts_areAllTranslated_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("German") << QStringLiteral("tertulia_de.ts");
        QTest::newRow("English plurals") << QStringLiteral("tertulia_en.ts");
    }
    void texts_areAllTranslated()
    {
        QFETCH(QString, name);
        const QTemporaryDir folder;
        for (const char *file : {"tertulia_de.ts", "tertulia_en.ts"})
            QVERIFY(QFile::copy(QDir(QStringLiteral(TRANSLATIONS_FOLDER)).filePath(QString::fromLatin1(file)),
                                folder.filePath(QString::fromLatin1(file))));
        QProcess update;
        update.start(QStringLiteral(UPDATE_TRANSLATIONS), {folder.path()});
        QVERIFY(update.waitForFinished(60'000));
        QCOMPARE(update.exitCode(), 0);
        QStringList open;
        const auto entries = read(folder.filePath(name));
        QVERIFY(!entries.empty());
        for (const auto &entry : entries) {
            if (!entry.isFinished || entry.translations.join(QString()).isEmpty())
                open << entry.source;
            else if (!entry.source.contains(QStringLiteral("%n")))
                QCOMPARE(placeholders(entry.translations.first()), placeholders(entry.source));
        }
        QVERIFY2(open.isEmpty(), qPrintable(QStringLiteral("not translated:\n") + open.join(u'\n')));
    }

    void language_isAppliedWhileRunning()
    {
        SettingsViewModel settings;
        settings.setLanguage(QStringLiteral("en"));
        Translations translations(settings);
        const QSignalSpy applied(&settings, &SettingsViewModel::languageApplied);
        const auto error = Error::rateLimited(1);
        QCOMPARE(ErrorText::of(error), QStringLiteral("That was too much at once. Try again in 1 second."));
        settings.setLanguage(QStringLiteral("de"));
        QCOMPARE(translations.current(), QStringLiteral("de"));
        QCOMPARE(applied.size(), 1);
        QCOMPARE(ErrorText::of(error),
                 QStringLiteral("Das war zu viel auf einmal. In 1 Sekunde noch einmal versuchen."));
        QCOMPARE(QLocale().language(), QLocale::German);
    }

    void pseudoLocale_runsFromRightToLeft()
    {
        SettingsViewModel settings;
        Translations translations(settings);
        translations.apply(QString::fromLatin1(Translations::pseudoLocale));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::RightToLeft);
        QCOMPARE(PseudoTranslator::mirrored(QStringLiteral("%1 is typing %n")),
                 QStringLiteral("%1 \u200F\u202Eis\u202C\u200F \u200F\u202Etyping\u202C\u200F %n"));
        QVERIFY(ErrorText::of(Error::rateLimited(7)).contains(QStringLiteral("7")));
        translations.apply(QStringLiteral("en"));
        QCOMPARE(QGuiApplication::layoutDirection(), Qt::LeftToRight);
    }

    void unknownLanguage_isEnglish()
    {
        SettingsViewModel settings;
        Translations translations(settings);
        translations.apply(QStringLiteral("tlh"));
        QCOMPARE(translations.current(), QStringLiteral("en"));
    }
};

TERTULIA_GUI_TEST(tst_translations, TestTranslations)
#include "tst_translations.moc"
