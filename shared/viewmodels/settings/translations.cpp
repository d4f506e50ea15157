// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/settings/translations.h"

#include "viewmodels/settings/pseudotranslator.h"
#include "viewmodels/settings/settingsviewmodel.h"

#include <QGuiApplication>
#include <QLibraryInfo>
#include <QLocale>
#include <QTranslator>

namespace Tertulia::ViewModels {

using namespace Qt::StringLiterals;

Translations::Translations(SettingsViewModel &settings, QObject *parent)
    : QObject(parent)
    , m_settings(settings)
{
    connect(&settings, &SettingsViewModel::languageChanged, this, [this] { apply(m_settings.language()); });
    apply(settings.language());
}

Translations::~Translations()
{
    removeAll();
}

void Translations::removeAll()
{
    for (const auto &translator : m_translators)
        QCoreApplication::removeTranslator(translator.get());
    m_translators.clear();
}

bool Translations::install(const QString &name, const QString &folder)
{
    auto translator = std::make_unique<QTranslator>();
    if (!translator->load(name, folder))
        return false;
    QCoreApplication::installTranslator(translator.get());
    m_translators.push_back(std::move(translator));
    return true;
}

void Translations::apply(const QString &language)
{
    const auto system = QLocale::system();
    const auto wanted = !language.isEmpty() ? language : system.language() == QLocale::German ? u"de"_s : u"en"_s;
    removeAll();
    const bool isPseudo = wanted == QLatin1StringView(pseudoLocale);
    m_current = isPseudo || wanted == "de"_L1 ? wanted : u"en"_s;
    // A system in the same language knows more: whether a day has 12 or 24 hours, and of which country.
    QLocale::setDefault(isPseudo || system.language() == QLocale(m_current).language() ? system : QLocale(m_current));
    if (isPseudo) {
        m_translators.push_back(std::make_unique<PseudoTranslator>());
        QCoreApplication::installTranslator(m_translators.back().get());
    } else {
        install(u"qtbase_"_s + m_current, QLibraryInfo::path(QLibraryInfo::TranslationsPath)); // Qt's own words
        install(u"tertulia_"_s + m_current, u":/i18n"_s); // English too: its plurals
    }
    if (qobject_cast<QGuiApplication *>(QCoreApplication::instance()))
        QGuiApplication::setLayoutDirection(isPseudo ? Qt::RightToLeft : Qt::LeftToRight);
    Q_EMIT changed();
    m_settings.languageHasBeenApplied();
}

} // namespace Tertulia::ViewModels
