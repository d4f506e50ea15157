// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/logwriter.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;
using namespace std::chrono_literals;

class TestLogWriter : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void floods_areCut_andCounted()
    {
        LogBudget budget(10);
        const LogBudget::Time start = LogBudget::Time() + 1h;
        const auto flood = [&budget](LogBudget::Time now) {
            int written = 0;
            for (int i = 0; i < 1'000; ++i)
                written += budget.take(now) ? 1 : 0;
            return written;
        };
        QCOMPARE(flood(start), 10);
        QCOMPARE(budget.takeLeftOut(start), 0); // the second is not over
        QCOMPARE(flood(start + 999ms), 0);
        QVERIFY(budget.take(start + 1s));
        QCOMPARE(budget.takeLeftOut(start + 1s), 1'990);
        QCOMPARE(budget.takeLeftOut(start + 1s), 0);
        QCOMPARE(flood(start + 1s), 9);
    }
    void quietLogs_loseNothing()
    {
        LogBudget budget(10);
        LogBudget::Time now = LogBudget::Time() + 1h;
        for (int i = 0; i < 1'000; ++i, now += 100ms)
            QVERIFY(budget.take(now));
        QCOMPARE(budget.takeLeftOut(now), 0);
    }
    void lineBreaks_doNotMakeLines()
    {
        const QByteArray line =
            logLine(LogFormat::Text, false, QtInfoMsg, "tertulia.net", QStringLiteral("one\ntwo"), "2026-01-01");
        QCOMPARE(line, QByteArray("2026-01-01 info tertulia.net: one two"));
    }
};

TERTULIA_TEST(tst_logwriter, TestLogWriter)
#include "tst_logwriter.moc"
