// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Random histories on the real server with the client library: people write, react, read, delete and look around, while
// events are lost, doubled and change their order, connections break, clients start anew and the server is killed
// (histories/steps.cpp). All the while no revision and no read mark falls, nothing is shown twice, and what is unread
// becomes less by reading alone. At rest each client shows what one shows that starts afresh, and what the server's
// rows say; whatever was acknowledged is there, once.
// What is promised, where events are lost out of the middle of a connection, which nobody can notice, is that all is
// equal after the next connection; where connections break as they do, that it is equal without another.
//   TERTULIA_HISTORIES_SEED     this one alone, or, with SECONDS, from this one on
//   TERTULIA_HISTORIES_SECONDS  for how long others follow those that are always played (0)
#include "e2e/histories/history.h"

#include <QElapsedTimer>
#include <QLoggingCategory>
#include <QRandomGenerator>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int phases = 2;
constexpr int steps = 50;

int number(const char *name, int otherwise)
{
    bool isOk = false;
    const int value = qEnvironmentVariableIntValue(name, &isOk);
    return isOk ? value : otherwise;
}

} // namespace

class TestHistories : public QObject
{
    Q_OBJECT

    Home m_home;
    const int m_seed = number("TERTULIA_HISTORIES_SEED", 0); ///< 0: none is wanted
    const int m_seconds = number("TERTULIA_HISTORIES_SECONDS", 0);

    /// QVERIFY2 cuts what is long.
    bool plays(int seed)
    {
        const QString wrong = History(m_home, quint32(seed)).play(phases, steps);
        if (!wrong.isEmpty())
            qInfo().noquote() << wrong;
        return wrong.isEmpty();
    }

private Q_SLOTS:
    void initTestCase()
    {
        QLoggingCategory::setFilterRules(u"tertulia.client.info=false"_s); // connections are lost all the time
        QVERIFY2(m_home.start(), qPrintable(m_home.why()));
    }
    void history_converges_data()
    {
        QTest::addColumn<int>("seed");
        if (m_seed > 0) {
            QTest::addRow("%d", m_seed) << m_seed;
            return;
        }
        for (int seed = 4; seed < 8; ++seed) // one of each manner
            QTest::addRow("%d", seed) << seed;
    }
    void history_converges()
    {
        QFETCH(const int, seed);
        QVERIFY(plays(seed));
    }
    void anyHistory_converges()
    {
        QElapsedTimer timer;
        timer.start();
        int seed = m_seed > 0 ? m_seed + 1 : int(QRandomGenerator::global()->bounded(1, 1'000'000));
        for (; timer.elapsed() < m_seconds * 1'000; ++seed)
            QVERIFY2(plays(seed), qPrintable(QString::number(seed)));
    }
};

QTEST_GUILESS_MAIN(TestHistories)
#include "tst_histories.moc"
