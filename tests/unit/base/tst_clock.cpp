// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/clock.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace std::chrono_literals;

class TestClock : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void iso8601_hasMillisecondsAndZ()
    {
        QCOMPARE(toIso8601(Timestamp(0ms)), QByteArray("1970-01-01T00:00:00.000Z"));
        QCOMPARE(toIso8601(Timestamp(1767182400123ms)), QByteArray("2025-12-31T12:00:00.123Z"));
        QCOMPARE(toIso8601(Timestamp(-1ms)), QByteArray("1969-12-31T23:59:59.999Z"));
    }
    void iso8601_isReadInItsForms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("zulu") << QStringLiteral("2025-12-31T12:00:00.123Z") << qint64(1767182400123);
        QTest::newRow("no fraction") << QStringLiteral("2025-12-31T12:00:00Z") << qint64(1767182400000);
        QTest::newRow("offset") << QStringLiteral("2025-12-31T13:00:00+01:00") << qint64(1767182400000);
        QTest::newRow("no zone is UTC") << QStringLiteral("2025-12-31T12:00:00") << qint64(1767182400000);
    }
    void iso8601_isReadInItsForms()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto time = fromIso8601(text);
        QVERIFY(time);
        QCOMPARE(qint64(time->time_since_epoch().count()), milliseconds);
    }
    void whatIsNoTime_isRefused()
    {
        QVERIFY(!fromIso8601(u""));
        QVERIFY(!fromIso8601(u"yesterday"));
        QVERIFY(!fromIso8601(u"2025-02-30T00:00:00Z"));
    }
};

TERTULIA_TEST(tst_clock, TestClock)
#include "tst_clock.moc"
