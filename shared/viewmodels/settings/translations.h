// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QStringList>

#include <memory>
#include <vector>

class QTranslator;

namespace Tertulia::ViewModels {

class SettingsViewModel;

/// Gives the program the language of the settings, also while it runs: the texts, the formats of dates, the direction
/// of the layout. Needs the application object. After a change the composition root calls QQmlEngine::retranslate().
class Translations : public QObject
{
    Q_OBJECT

public:
    /// A language that nobody speaks: every text runs from right to left, so that the gallery shows what does not.
    static constexpr auto pseudoLocale = "ar-XB";

    /// Applies the language of the settings, now and when it is changed.
    explicit Translations(SettingsViewModel &settings, QObject *parent = nullptr);
    ~Translations() override;

    /// "" for the system's, "en", "de" or the pseudo-locale; what is unknown counts as English.
    void apply(const QString &language);
    /// What the texts are in now: "en", "de", "ar-XB".
    [[nodiscard]] QString current() const { return m_current; }

Q_SIGNALS:
    void changed();

private:
    void removeAll();
    bool install(const QString &name, const QString &folder);

    SettingsViewModel &m_settings;
    std::vector<std::unique_ptr<QTranslator>> m_translators;
    QString m_current;
};

} // namespace Tertulia::ViewModels
