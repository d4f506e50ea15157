// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "startfailure.h"

#include "platform/systemtheme.h"
#include "viewmodels/settings/settingsviewmodel.h"
#include "viewmodels/settings/translations.h"

#include <QDBusConnection>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QTemporaryDir>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

void showStartFailure(const Error &why)
{
    ViewModels::SettingsViewModel settings; // in memory: the language of the system
    const ViewModels::Translations translations(settings);
    const QTemporaryDir nowhere; // what it remembers goes with it
    SystemTheme theme(QDBusConnection::sessionBus(), nowhere.path());
    QQmlApplicationEngine engine;
    engine.addImportPath(u":/qt/qml"_s);
    engine.setInitialProperties(
        {{u"folder"_s, why.field}, {u"detail"_s, why.message}, {u"systemDark"_s, theme.isDark()}});
    engine.load(QUrl(u"qrc:/qt/qml/Tertulia/Shell/StartFailure.qml"_s));
    if (engine.rootObjects().isEmpty())
        return;
    QObject *const window = engine.rootObjects().constFirst();
    QObject::connect(&theme, &SystemTheme::changed, window,
                     [window](bool isDark) { window->setProperty("systemDark", isDark); });
    theme.start();
    std::ignore = QGuiApplication::exec();
}

} // namespace Tertulia::Desktop
