// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/settings/settingsviewmodel.h"

#include <QLatin1StringView>
#include <QSettings>

#include <algorithm>
#include <array>
#include <cmath>

namespace Tertulia::ViewModels {

using namespace Qt::StringLiterals;

namespace {
constexpr auto themeKey = "appearance/theme";
constexpr auto accentKey = "appearance/accent";
constexpr auto textScaleKey = "appearance/textScale";
constexpr auto paneWidthKey = "window/paneWidth";
constexpr double largestPaneWidth = 10'000;
constexpr auto densityKey = "appearance/density";
constexpr auto reducedMotionKey = "appearance/reducedMotion";
constexpr auto languageKey = "appearance/language";
constexpr auto sendOnEnterKey = "composer/sendOnEnter";
constexpr auto recentEmojiKey = "composer/recentEmoji";
constexpr auto notificationsKey = "notifications/show";
constexpr auto notificationPreviewKey = "notifications/preview";
constexpr auto soundsKey = "notifications/sounds";
constexpr auto startMinimizedKey = "window/startMinimized";
constexpr auto closeToTrayKey = "window/closeToTray";
constexpr auto lastAccountKey = "window/account";

// Words in the file, so that it can be read and edited by people.
constexpr std::array themeWords{"system"_L1, "light"_L1, "dark"_L1};
constexpr std::array densityWords{"comfortable"_L1, "compact"_L1};

template <class Words> int indexOf(const Words &words, const QString &word)
{
    const auto found = std::ranges::find_if(words, [&](QLatin1StringView known) { return word == known; });
    return found == words.end() ? 0 : int(found - words.begin());
}
} // namespace

SettingsViewModel::SettingsViewModel(const QString &file, QObject *parent)
    : QObject(parent)
{
    if (file.isEmpty())
        return;
    m_settings = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const auto keys = m_settings->allKeys();
    for (const auto &key : keys)
        m_values.insert(key, m_settings->value(key));
}

SettingsViewModel::~SettingsViewModel() = default;

QVariant SettingsViewModel::value(const char *key, const QVariant &fallback) const
{
    return m_values.value(QLatin1StringView(key), fallback);
}

bool SettingsViewModel::flag(const char *key, bool fallback) const
{
    const auto text = value(key, fallback).toString();
    if (text == "true"_L1 || text == "false"_L1)
        return text == "true"_L1;
    return fallback;
}

bool SettingsViewModel::store(const char *key, const QVariant &newValue, const QVariant &fallback)
{
    if (value(key, fallback) == newValue)
        return false;
    m_values.insert(QLatin1StringView(key), newValue);
    if (m_settings)
        m_settings->setValue(QLatin1StringView(key), newValue);
    return true;
}

ThemeChoice::Value SettingsViewModel::theme() const
{
    return static_cast<ThemeChoice::Value>(indexOf(themeWords, value(themeKey, {}).toString()));
}

void SettingsViewModel::setTheme(ThemeChoice::Value theme)
{
    if (theme != this->theme() && store(themeKey, QString(themeWords.at(size_t(theme))), {}))
        Q_EMIT themeChanged();
}

int SettingsViewModel::accentIndex() const
{
    return std::clamp(value(accentKey, 0).toInt(), 0, accentCount - 1);
}

void SettingsViewModel::setAccentIndex(int index)
{
    index = std::clamp(index, 0, accentCount - 1);
    if (index != accentIndex() && store(accentKey, index, 0))
        Q_EMIT accentIndexChanged();
}

double SettingsViewModel::textScale() const
{
    bool ok = false;
    const auto scale = value(textScaleKey, 1.0).toDouble(&ok);
    return ok ? std::clamp(scale, smallestTextScale, largestTextScale) : 1.0;
}

void SettingsViewModel::setTextScale(double scale)
{
    scale = std::clamp(scale, smallestTextScale, largestTextScale);
    if (!qFuzzyCompare(scale, textScale()) && store(textScaleKey, scale, 1.0))
        Q_EMIT textScaleChanged();
}

double SettingsViewModel::paneWidth() const
{
    bool ok = false;
    const auto width = value(paneWidthKey, 0.0).toDouble(&ok);
    return ok && width > 0 ? std::min(width, largestPaneWidth) : 0; // not a number: not above 0 either
}

void SettingsViewModel::setPaneWidth(double width)
{
    width = width > 0 ? std::min(width, largestPaneWidth) : 0;
    if (std::abs(width - paneWidth()) >= 1 && store(paneWidthKey, width, 0.0))
        Q_EMIT paneWidthChanged();
}

Density::Value SettingsViewModel::density() const
{
    return static_cast<Density::Value>(indexOf(densityWords, value(densityKey, {}).toString()));
}

void SettingsViewModel::setDensity(Density::Value density)
{
    if (density != this->density() && store(densityKey, QString(densityWords.at(size_t(density))), {}))
        Q_EMIT densityChanged();
}

bool SettingsViewModel::reducedMotion() const
{
    return flag(reducedMotionKey, false);
}

void SettingsViewModel::setReducedMotion(bool on)
{
    if (on != reducedMotion() && store(reducedMotionKey, on, false))
        Q_EMIT reducedMotionChanged();
}

bool SettingsViewModel::sendOnEnter() const
{
    return flag(sendOnEnterKey, true);
}

void SettingsViewModel::setSendOnEnter(bool on)
{
    if (on != sendOnEnter() && store(sendOnEnterKey, on, true))
        Q_EMIT sendOnEnterChanged();
}

bool SettingsViewModel::notifications() const
{
    return flag(notificationsKey, true);
}

void SettingsViewModel::setNotifications(bool on)
{
    if (on != notifications() && store(notificationsKey, on, true))
        Q_EMIT notificationsChanged();
}

bool SettingsViewModel::notificationPreview() const
{
    return flag(notificationPreviewKey, true);
}

void SettingsViewModel::setNotificationPreview(bool on)
{
    if (on != notificationPreview() && store(notificationPreviewKey, on, true))
        Q_EMIT notificationPreviewChanged();
}

bool SettingsViewModel::sounds() const
{
    return flag(soundsKey, true);
}

void SettingsViewModel::setSounds(bool on)
{
    if (on != sounds() && store(soundsKey, on, true))
        Q_EMIT soundsChanged();
}

bool SettingsViewModel::startMinimized() const
{
    return flag(startMinimizedKey, false);
}

void SettingsViewModel::setStartMinimized(bool on)
{
    if (on != startMinimized() && store(startMinimizedKey, on, false))
        Q_EMIT startMinimizedChanged();
}

bool SettingsViewModel::closeToTray() const
{
    return flag(closeToTrayKey, true);
}

void SettingsViewModel::setCloseToTray(bool on)
{
    if (on != closeToTray() && store(closeToTrayKey, on, true))
        Q_EMIT closeToTrayChanged();
}

QString SettingsViewModel::language() const
{
    const auto language = value(languageKey, QString()).toString();
    return languages().contains(language) ? language : QString();
}

void SettingsViewModel::setLanguage(const QString &language)
{
    if (languages().contains(language) && language != this->language() && store(languageKey, language, QString()))
        Q_EMIT languageChanged();
}

QStringList SettingsViewModel::languages() const
{
    return {QString(), u"en"_s, u"de"_s};
}

QStringList SettingsViewModel::languageNames() const
{
    return {//: The first choice in the list of languages: the one that the system uses.
            tr("System language"), u"English"_s, u"Deutsch"_s};
}

QStringList SettingsViewModel::recentEmoji() const
{
    return value(recentEmojiKey, QStringList()).toStringList();
}

void SettingsViewModel::setRecentEmoji(const QStringList &emoji)
{
    store(recentEmojiKey, emoji, QStringList());
}

QString SettingsViewModel::lastAccount() const
{
    return value(lastAccountKey, QString()).toString();
}

void SettingsViewModel::setLastAccount(const QString &accountId)
{
    store(lastAccountKey, accountId, QString());
}

void SettingsViewModel::languageHasBeenApplied()
{
    Q_EMIT languageApplied();
}

} // namespace Tertulia::ViewModels
