// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/settings/settingsviewmodel.h"

#include <QFile>
#include <QMetaProperty>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia::ViewModels;

class TestSettingsViewModel : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyProperty_isKept()
    {
        const QTemporaryDir folder;
        const auto file = folder.filePath(QStringLiteral("settings.ini"));
        {
            SettingsViewModel settings(file);
            settings.setTheme(ThemeChoice::Value::Dark);
            settings.setAccentIndex(3);
            settings.setTextScale(1.25);
            settings.setPaneWidth(412);
            settings.setDensity(Density::Value::Compact);
            settings.setLanguage(QStringLiteral("de"));
            settings.setRecentEmoji({QStringLiteral("🍕"), QStringLiteral("👍")});
            for (const auto &name : flags(settings))
                QVERIFY(settings.setProperty(name, !settings.property(name).toBool()));
        }
        const SettingsViewModel settings(file);
        const SettingsViewModel fresh;
        QCOMPARE(settings.theme(), ThemeChoice::Value::Dark);
        QCOMPARE(settings.accentIndex(), 3);
        QCOMPARE(settings.textScale(), 1.25);
        QCOMPARE(settings.paneWidth(), 412.0);
        QCOMPARE(settings.density(), Density::Value::Compact);
        QCOMPARE(settings.language(), QStringLiteral("de"));
        QCOMPARE(settings.recentEmoji(), QStringList({QStringLiteral("🍕"), QStringLiteral("👍")}));
        QVERIFY(flags(settings).size() >= 6);
        for (const auto &name : flags(settings))
            QVERIFY2(settings.property(name).toBool() != fresh.property(name).toBool(), name.constData());
    }

    void sameValue_isNoChange()
    {
        SettingsViewModel settings;
        const QSignalSpy theme(&settings, &SettingsViewModel::themeChanged);
        const QSignalSpy sounds(&settings, &SettingsViewModel::soundsChanged);
        settings.setTheme(ThemeChoice::Value::System);
        settings.setSounds(settings.sounds());
        QCOMPARE(theme.size() + sounds.size(), 0);
        settings.setTheme(ThemeChoice::Value::Light);
        settings.setSounds(!settings.sounds());
        QCOMPARE(theme.size(), 1);
        QCOMPARE(sounds.size(), 1);
    }

    void nonsenseInTheFile_countsAsTheDefault()
    {
        const QTemporaryDir folder;
        const auto name = folder.filePath(QStringLiteral("settings.ini"));
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(
            "[appearance]\ntheme=purple\naccent=900\ntextScale=huge\ndensity=7\nlanguage=xx\nreducedMotion=maybe\n"
            "[composer]\nsendOnEnter=\n[window]\npaneWidth=-nan\n");
        file.close();
        const SettingsViewModel settings(name);
        QCOMPARE(settings.theme(), ThemeChoice::Value::System);
        QCOMPARE(settings.accentIndex(), SettingsViewModel::accentCount - 1);
        QCOMPARE(settings.textScale(), 1.0);
        QCOMPARE(settings.density(), Density::Value::Comfortable);
        QCOMPARE(settings.language(), QString());
        QCOMPARE(settings.reducedMotion(), false);
        QCOMPARE(settings.sendOnEnter(), true);
        QCOMPARE(settings.paneWidth(), 0.0);
    }

    void values_stayInTheirBounds()
    {
        SettingsViewModel settings;
        settings.setTextScale(9);
        QCOMPARE(settings.textScale(), SettingsViewModel::largestTextScale);
        settings.setTextScale(0);
        QCOMPARE(settings.textScale(), SettingsViewModel::smallestTextScale);
        settings.setAccentIndex(-1);
        QCOMPARE(settings.accentIndex(), 0);
        settings.setLanguage(QStringLiteral("tlh"));
        QCOMPARE(settings.language(), QString());
        QCOMPARE(settings.languages().size(), settings.languageNames().size());
    }

private:
    static QList<QByteArray> flags(const SettingsViewModel &settings)
    {
        QList<QByteArray> names;
        const auto *meta = settings.metaObject();
        for (int i = meta->propertyOffset(); i < meta->propertyCount(); ++i) {
            if (meta->property(i).metaType() == QMetaType::fromType<bool>())
                names << meta->property(i).name();
        }
        return names;
    }
};

TERTULIA_TEST(tst_settingsviewmodel, TestSettingsViewModel)
#include "tst_settingsviewmodel.moc"
