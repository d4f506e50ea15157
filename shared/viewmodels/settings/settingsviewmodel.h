// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewmodels/enums.h"

#include <QStringList>
#include <QVariant>

#include <memory>

class QSettings;

namespace Tertulia::ViewModels {

/// What a person can choose, kept in <configDir>/settings.ini: one file for all accounts. A value that the file has
/// wrong counts as its default. Not responsible for applying anything: the theme and the platform read it.
class SettingsViewModel : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Made by the composition root.")
    Q_PROPERTY(Tertulia::ViewModels::ThemeChoice::Value theme READ theme WRITE setTheme NOTIFY themeChanged)
    Q_PROPERTY(int accentIndex READ accentIndex WRITE setAccentIndex NOTIFY accentIndexChanged)
    Q_PROPERTY(double textScale READ textScale WRITE setTextScale NOTIFY textScaleChanged)
    Q_PROPERTY(double paneWidth READ paneWidth WRITE setPaneWidth NOTIFY paneWidthChanged)
    Q_PROPERTY(Tertulia::ViewModels::Density::Value density READ density WRITE setDensity NOTIFY densityChanged)
    Q_PROPERTY(bool reducedMotion READ reducedMotion WRITE setReducedMotion NOTIFY reducedMotionChanged)
    Q_PROPERTY(bool sendOnEnter READ sendOnEnter WRITE setSendOnEnter NOTIFY sendOnEnterChanged)
    Q_PROPERTY(bool notifications READ notifications WRITE setNotifications NOTIFY notificationsChanged)
    Q_PROPERTY(bool notificationPreview READ notificationPreview WRITE setNotificationPreview NOTIFY
                   notificationPreviewChanged)
    Q_PROPERTY(bool sounds READ sounds WRITE setSounds NOTIFY soundsChanged)
    Q_PROPERTY(bool startMinimized READ startMinimized WRITE setStartMinimized NOTIFY startMinimizedChanged)
    Q_PROPERTY(bool closeToTray READ closeToTray WRITE setCloseToTray NOTIFY closeToTrayChanged)
    Q_PROPERTY(QString language READ language WRITE setLanguage NOTIFY languageChanged)
    Q_PROPERTY(QStringList languages READ languages CONSTANT)
    Q_PROPERTY(QStringList languageNames READ languageNames NOTIFY languageApplied)

public:
    static constexpr int accentCount = 8;
    static constexpr double smallestTextScale = 0.8, largestTextScale = 2.0;

    /// Reads and writes `file`; empty: nothing is kept (tests, gallery).
    explicit SettingsViewModel(const QString &file = {}, QObject *parent = nullptr);
    ~SettingsViewModel() override;

    [[nodiscard]] ThemeChoice::Value theme() const;
    void setTheme(ThemeChoice::Value theme);
    [[nodiscard]] int accentIndex() const;
    void setAccentIndex(int index);
    [[nodiscard]] double textScale() const;
    void setTextScale(double scale);
    /// Of the list of conversations, in pixels that do not depend on the device; 0: the theme's own.
    [[nodiscard]] double paneWidth() const;
    void setPaneWidth(double width);
    [[nodiscard]] Density::Value density() const;
    void setDensity(Density::Value density);
    [[nodiscard]] bool reducedMotion() const;
    void setReducedMotion(bool on);
    [[nodiscard]] bool sendOnEnter() const;
    void setSendOnEnter(bool on);
    [[nodiscard]] bool notifications() const;
    void setNotifications(bool on);
    /// Whether a notification shows the text, or only that somebody wrote.
    [[nodiscard]] bool notificationPreview() const;
    void setNotificationPreview(bool on);
    [[nodiscard]] bool sounds() const;
    void setSounds(bool on);
    [[nodiscard]] bool startMinimized() const;
    void setStartMinimized(bool on);
    [[nodiscard]] bool closeToTray() const;
    void setCloseToTray(bool on);
    /// "" follows the system; else one of languages().
    [[nodiscard]] QString language() const;
    void setLanguage(const QString &language);
    [[nodiscard]] QStringList languages() const;
    /// How the languages call themselves, in the order of languages().
    [[nodiscard]] QStringList languageNames() const;

    /// The emoji that were used last, newest first.
    [[nodiscard]] QStringList recentEmoji() const;
    void setRecentEmoji(const QStringList &emoji);
    /// The account that was shown last.
    [[nodiscard]] QString lastAccount() const;
    void setLastAccount(const QString &accountId);
    /// Called by Translations: from now on tr() speaks the language.
    void languageHasBeenApplied();

Q_SIGNALS:
    void themeChanged();
    void accentIndexChanged();
    void textScaleChanged();
    void paneWidthChanged();
    void densityChanged();
    void reducedMotionChanged();
    void sendOnEnterChanged();
    void notificationsChanged();
    void notificationPreviewChanged();
    void soundsChanged();
    void startMinimizedChanged();
    void closeToTrayChanged();
    void languageChanged();
    /// The language has been put into use: texts that were made before are out of date.
    void languageApplied();

private:
    [[nodiscard]] QVariant value(const char *key, const QVariant &fallback) const;
    [[nodiscard]] bool flag(const char *key, bool fallback) const;
    /// Whether the value was another one before.
    bool store(const char *key, const QVariant &value, const QVariant &fallback);

    std::unique_ptr<QSettings> m_settings; ///< empty when nothing is kept
    QVariantMap m_values; ///< what the file holds; read once
};

} // namespace Tertulia::ViewModels
