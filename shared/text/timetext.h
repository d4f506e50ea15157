// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <QCoreApplication>
#include <QDate>
#include <QString>

namespace Tertulia {

/// Times in words, in the machine's time zone and the language of the program. Words like "yesterday" hold until the
/// next midnight: untilNextDay().
class TimeText
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::TimeText)

public:
    explicit TimeText(const Clock &clock)
        : m_clock(clock)
    {
    }

    /// "14:05"
    [[nodiscard]] QString time(Timestamp at) const;
    /// For a list: "14:05", "Yesterday", "Mon", "3 Jan", "3 Jan 2024".
    [[nodiscard]] QString brief(Timestamp at) const;
    /// For a separator: "Today", "Yesterday", "Monday, 5 January", "Monday, 6 January 2025".
    [[nodiscard]] QString day(Timestamp at) const;
    /// "Monday, 5 January 2026, 14:05:30"
    [[nodiscard]] QString full(Timestamp at) const;
    /// "last seen today at 14:05"
    [[nodiscard]] QString lastSeen(Timestamp at) const;

    [[nodiscard]] static QDate dateOf(Timestamp at);
    [[nodiscard]] std::chrono::milliseconds untilNextDay() const;

private:
    [[nodiscard]] qint64 daysAgo(Timestamp at) const;

    const Clock &m_clock;
};

} // namespace Tertulia
