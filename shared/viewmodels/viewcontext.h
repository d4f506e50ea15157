// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "text/timetext.h"

#include <QObject>
#include <QTimer>

namespace Tertulia::ViewModels {

class SettingsViewModel;

/// What all view models of the program share: the clock, the settings, whether the window has the focus, and when texts
/// that were made before are out of date. Outlives them.
class ViewContext : public QObject
{
    Q_OBJECT

public:
    ViewContext(const Clock &clock, SettingsViewModel &settings, QObject *parent = nullptr);

    [[nodiscard]] const Clock &clock() const { return m_clock; }
    [[nodiscard]] const TimeText &time() const { return m_time; }
    [[nodiscard]] SettingsViewModel &settings() const { return m_settings; }
    [[nodiscard]] bool isWindowActive() const { return m_isWindowActive; }
    void setWindowActive(bool active);

Q_SIGNALS:
    void windowActiveChanged();
    /// A new day or a new language: words like "yesterday" and all that is translated.
    void textsChanged();

private:
    void awaitNextDay();

    const Clock &m_clock;
    SettingsViewModel &m_settings;
    TimeText m_time;
    QTimer m_nextDay;
    bool m_isWindowActive = false;
};

} // namespace Tertulia::ViewModels
