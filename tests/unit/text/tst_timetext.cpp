// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/fakeclock.h"
#include "support/testmain.h"
#include "text/timetext.h"

#include <QLocale>
#include <QTest>

using namespace Tertulia;

namespace {
constexpr auto day = std::chrono::hours(24);
}

class TestTimeText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }

    // the fake clock stands on Saturday, 31 January 2026, 12:00
    void time_isSaidAsPeopleDo_data()
    {
        QTest::addColumn<qint64>("minutesAgo");
        QTest::addColumn<QString>("brief");
        QTest::addColumn<QString>("dayText");
        QTest::addColumn<QString>("lastSeen");
        const auto days = [](int count) { return qint64(24) * 60 * count; };
        QTest::newRow("now") << qint64(0) << QStringLiteral("12:00") << QStringLiteral("Today")
                             << QStringLiteral("last seen today at 12:00");
        QTest::newRow("midnight") << qint64(720) << QStringLiteral("00:00") << QStringLiteral("Today")
                                  << QStringLiteral("last seen today at 00:00");
        QTest::newRow("last evening") << qint64(721) << QStringLiteral("Yesterday") << QStringLiteral("Yesterday")
                                      << QStringLiteral("last seen yesterday at 23:59");
        QTest::newRow("this week") << days(3) << QStringLiteral("Wed") << QStringLiteral("Wednesday, 28 January")
                                   << QStringLiteral("last seen on Wed");
        QTest::newRow("a week ago") << days(7) << QStringLiteral("24 Jan") << QStringLiteral("Saturday, 24 January")
                                    << QStringLiteral("last seen on 24 Jan");
        QTest::newRow("last year") << days(60) << QStringLiteral("2 Dec 2025")
                                   << QStringLiteral("Tuesday, 2 December 2025")
                                   << QStringLiteral("last seen on 2 Dec 2025");
        QTest::newRow("a clock ahead of ours") << -days(0) - 30 << QStringLiteral("12:30") << QStringLiteral("Today")
                                               << QStringLiteral("last seen today at 12:30");
    }
    void time_isSaidAsPeopleDo()
    {
        QFETCH(qint64, minutesAgo);
        const Test::FakeClock clock;
        const TimeText text(clock);
        const auto at = clock.now() - std::chrono::minutes(minutesAgo);
        QTEST(text.brief(at), "brief");
        QTEST(text.day(at), "dayText");
        QTEST(text.lastSeen(at), "lastSeen");
    }

    void time_inFullHasAll()
    {
        const Test::FakeClock clock;
        QCOMPARE(TimeText(clock).full(clock.now()), QStringLiteral("Saturday, 31 January 2026, 12:00:00"));
    }

    void midnight_isAwaited()
    {
        Test::FakeClock clock;
        const TimeText text(clock);
        QCOMPARE(text.untilNextDay(), std::chrono::milliseconds(std::chrono::hours(12)));
        clock.advance(day);
        QCOMPARE(text.untilNextDay(), std::chrono::milliseconds(std::chrono::hours(12)));
    }
};

TERTULIA_TEST(tst_timetext, TestTimeText)
#include "tst_timetext.moc"
