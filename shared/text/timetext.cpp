// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/timetext.h"

#include <QDateTime>
#include <QLocale>

namespace Tertulia {

namespace {
constexpr qint64 daysOfWeekdayNames = 6; // a week ago would have today's name

QDateTime local(Timestamp at)
{
    return QDateTime::fromMSecsSinceEpoch(at.time_since_epoch().count());
}
} // namespace

QDate TimeText::dateOf(Timestamp at)
{
    return local(at).date();
}

qint64 TimeText::daysAgo(Timestamp at) const
{
    return dateOf(at).daysTo(dateOf(m_clock.now()));
}

QString TimeText::time(Timestamp at) const
{
    return QLocale().toString(local(at).time(), QLocale::ShortFormat);
}

QString TimeText::brief(Timestamp at) const
{
    const auto days = daysAgo(at);
    const auto date = dateOf(at);
    if (days <= 0) // also what a clock that is ahead of ours says
        return time(at);
    if (days == 1)
        return tr("Yesterday", "when the last message of a conversation came");
    if (days <= daysOfWeekdayNames)
        return QLocale().toString(date, QStringLiteral("ddd"));
    if (date.year() == dateOf(m_clock.now()).year())
        return QLocale().toString(date, tr("d MMM", "a short date of this year, in Qt's date format"));
    return QLocale().toString(date, tr("d MMM yyyy", "a short date of another year, in Qt's date format"));
}

QString TimeText::day(Timestamp at) const
{
    const auto days = daysAgo(at);
    const auto date = dateOf(at);
    if (days == 0)
        return tr("Today", "separates the messages of days");
    if (days == 1)
        return tr("Yesterday", "separates the messages of days");
    if (date.year() == dateOf(m_clock.now()).year())
        return QLocale().toString(date, tr("dddd, d MMMM", "a day of this year, in Qt's date format"));
    return QLocale().toString(date, tr("dddd, d MMMM yyyy", "a day of another year, in Qt's date format"));
}

QString TimeText::full(Timestamp at) const
{
    const auto date =
        QLocale().toString(dateOf(at), tr("dddd, d MMMM yyyy", "a day of another year, in Qt's date format"));
    const auto seconds = QLocale().toString(local(at).time(), QStringLiteral("HH:mm:ss"));
    return tr("%1, %2", "a date and a time").arg(date, seconds);
}

QString TimeText::lastSeen(Timestamp at) const
{
    const auto days = daysAgo(at);
    if (days <= 0)
        return tr("last seen today at %1").arg(time(at));
    if (days == 1)
        return tr("last seen yesterday at %1").arg(time(at));
    return tr("last seen on %1", "a date").arg(brief(at));
}

std::chrono::milliseconds TimeText::untilNextDay() const
{
    const auto now = local(m_clock.now());
    return std::chrono::milliseconds(now.msecsTo(now.date().addDays(1).startOfDay()));
}

} // namespace Tertulia
