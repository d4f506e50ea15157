// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/viewcontext.h"

#include "viewmodels/settings/settingsviewmodel.h"

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {
// A machine that slept wakes up with a timer that is late: look again at least this often.
constexpr std::chrono::milliseconds longestWait = std::chrono::hours(1);
constexpr std::chrono::milliseconds afterMidnight{500};
} // namespace

ViewContext::ViewContext(const Clock &clock, SettingsViewModel &settings, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_settings(settings)
    , m_time(clock)
{
    connect(&settings, &SettingsViewModel::languageApplied, this, &ViewContext::textsChanged);
    m_nextDay.setSingleShot(true);
    m_nextDay.setTimerType(Qt::VeryCoarseTimer);
    connect(&m_nextDay, &QTimer::timeout, this, [this, day = TimeText::dateOf(clock.now())]() mutable {
        const auto today = TimeText::dateOf(m_clock.now());
        if (today != day)
            Q_EMIT textsChanged();
        day = today;
        awaitNextDay();
    });
    awaitNextDay();
}

void ViewContext::setWindowActive(bool active)
{
    if (m_isWindowActive == active)
        return;
    m_isWindowActive = active;
    Q_EMIT windowActiveChanged();
}

void ViewContext::awaitNextDay()
{
    m_nextDay.start(std::min(m_time.untilNextDay() + afterMidnight, longestWait));
}

} // namespace Tertulia::ViewModels
