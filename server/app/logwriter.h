// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

#include <chrono>

namespace Tertulia::Server {

/// How many lines a second may have: what strangers can cause to be logged must not fill the disk. Not thread-safe.
class LogBudget
{
public:
    using Time = std::chrono::steady_clock::time_point;

    explicit LogBudget(int linesPerSecond)
        : m_limit(linesPerSecond)
    {
    }
    /// Whether one more line may be written now.
    [[nodiscard]] bool take(Time now);
    /// How many were refused in seconds that are over; 0 the next time.
    [[nodiscard]] int takeLeftOut(Time now);

private:
    void turn(Time now);

    const int m_limit;
    Time m_second{};
    int m_lines = 0; // in this second
    int m_refused = 0; // in this second
    int m_leftOut = 0; // before
};

/// Sends everything that is logged to standard error, one line each, whole lines only from any thread. Text lines carry
/// a syslog priority when systemd's journal reads them (JOURNAL_STREAM), a time of their own when not. Warnings and
/// other lines have a budget each, so that no flood of the one hides the other.
void installLogWriter(LogFormat format, const QString &level, int linesPerSecond);

/// One line without its end, for tests.
[[nodiscard]] QByteArray logLine(LogFormat format, bool forJournal, QtMsgType type, QByteArrayView category,
                                 const QString &message, const QByteArray &time);

} // namespace Tertulia::Server
