// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/connectionlimits.h"
#include "net/netaddress.h"
#include "net/networkthread.h"
#include "net/outputqueue.h"
#include "net/threadcore.h"
#include "net/timerwheel.h"
#include "support/testmain.h"

#include <QTest>

#include <atomic>
#include <functional>

#include <sys/uio.h>

using namespace Tertulia::Server;
using namespace std::chrono_literals;

namespace {

struct TestTimer final : WheelTimer
{
    ~TestTimer() override = default;
    void onTimeout() override
    {
        ++fired;
        if (then)
            then();
    }
    int fired = 0;
    std::function<void()> then;
};

QByteArray contentOf(const OutputQueue &queue)
{
    std::vector<iovec> entries(1000);
    const int count = queue.gather(entries.data(), 1000);
    QByteArray result;
    for (int i = 0; i < count; ++i) {
        const iovec &entry = entries[static_cast<size_t>(i)];
        result.append(static_cast<const char *>(entry.iov_base), static_cast<qsizetype>(entry.iov_len));
    }
    return result;
}

} // namespace

class TstNetworkThread : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void wheel_firesOnce_neverEarly_data();
    void wheel_firesOnce_neverEarly();
    void wheel_laterDeadline_movesLazily();
    void wheel_earlierDeadline_movesAtOnce();
    void wheel_disarmed_neverFires();
    void wheel_timersMayDestroyEachOther();
    void wheel_longSleep_firesAll();
    void wheel_manyDeadlines_matchAPlainModel();

    void tasks_runInOrder_onTheThread();
    void tasks_postedBeforeStart_run();
    void tasks_leftAtStop_areDestroyed();
    void timer_runs_andStopped_doesNot();
    void endOfTurn_runsAfterTheTask_once();
    void post_fromTheThreadItself_runsLater_inOrder();
    void flush_letsOutWhatWasGathered_atOnce();
    void post_fromManyThreads_losesNothing();

    void queue_keepsOrder_throughPartialWrites();
    void limits_countOpenAndNew();
    void limits_forgetOldAddresses();
    void proxies_resolveRightmostUntrusted_data();
    void proxies_resolveRightmostUntrusted();
    void address_roundTrips();
};

void TstNetworkThread::wheel_firesOnce_neverEarly_data()
{
    QTest::addColumn<qint64>("delay");
    for (const qint64 delay : {0, 1, 49, 50, 51, 1000, 25'599, 25'600, 30'000, 65'000, 600'000})
        QTest::addRow("%lld", static_cast<long long>(delay)) << delay;
}

void TstNetworkThread::wheel_firesOnce_neverEarly()
{
    QFETCH(qint64, delay);
    constexpr qint64 start = 1'234'567;
    TimerWheel wheel(start);
    TestTimer timer;
    wheel.arm(timer, start + delay);
    qint64 now = start;
    while (timer.fired == 0 && now < start + delay + 1000) {
        const qint64 next = wheel.nextWakeMs();
        QVERIFY(next != WheelTimer::never);
        QVERIFY(next > now);
        now = next;
        wheel.advance(now);
    }
    QCOMPARE(timer.fired, 1);
    QVERIFY(now >= start + delay);
    QVERIFY(now <= start + delay + 2 * TimerWheel::tickMs);
    QCOMPARE(wheel.nextWakeMs(), WheelTimer::never);
}

void TstNetworkThread::wheel_laterDeadline_movesLazily()
{
    TimerWheel wheel(0);
    TestTimer timer;
    wheel.arm(timer, 100);
    wheel.arm(timer, 500);
    wheel.advance(400);
    QCOMPARE(timer.fired, 0);
    wheel.advance(600);
    QCOMPARE(timer.fired, 1);
}

void TstNetworkThread::wheel_earlierDeadline_movesAtOnce()
{
    TimerWheel wheel(0);
    TestTimer timer;
    wheel.arm(timer, 60'000);
    wheel.arm(timer, 200);
    wheel.advance(250);
    QCOMPARE(timer.fired, 1);
}

void TstNetworkThread::wheel_disarmed_neverFires()
{
    TimerWheel wheel(0);
    TestTimer first;
    TestTimer second;
    wheel.arm(first, 100);
    wheel.disarm(first);
    wheel.arm(second, 100);
    wheel.arm(second, WheelTimer::never);
    wheel.advance(1000);
    QCOMPARE(first.fired + second.fired, 0);
}

void TstNetworkThread::wheel_timersMayDestroyEachOther()
{
    TimerWheel wheel(0);
    auto first = std::make_unique<TestTimer>();
    auto second = std::make_unique<TestTimer>();
    int fired = 0;
    first->then = [&] {
        ++fired;
        second.reset();
    };
    second->then = [&] {
        ++fired;
        first.reset();
    };
    wheel.arm(*first, 100);
    wheel.arm(*second, 100);
    wheel.advance(200);
    QCOMPARE(fired, 1);
}

void TstNetworkThread::wheel_longSleep_firesAll()
{
    TimerWheel wheel(0);
    std::array<TestTimer, 100> timers;
    for (size_t i = 0; i < timers.size(); ++i)
        wheel.arm(timers[i], static_cast<qint64>(i) * 1000);
    TestTimer later;
    wheel.arm(later, 10'000'050);
    wheel.advance(10'000'000);
    for (const TestTimer &timer : timers)
        QCOMPARE(timer.fired, 1);
    QCOMPARE(later.fired, 0);
    wheel.advance(10'000'150);
    QCOMPARE(later.fired, 1);
}

void TstNetworkThread::wheel_manyDeadlines_matchAPlainModel()
{
    TimerWheel wheel(0);
    std::vector<TestTimer> timers(300);
    std::vector<qint64> due(timers.size(), WheelTimer::never);
    quint32 random = 12345;
    const auto next = [&random](quint32 below) {
        random = random * 1664525U + 1013904223U;
        return (random >> 8) % below;
    };
    qint64 now = 0;
    for (int step = 0; step < 20'000; ++step) {
        const size_t index = next(static_cast<quint32>(timers.size()));
        due[index] = next(8) == 0 ? WheelTimer::never : now + next(70'000);
        wheel.arm(timers[index], due[index]);
        now += next(200);
        wheel.advance(now);
        for (size_t i = 0; i < timers.size(); ++i) {
            if (timers[i].fired > 0) {
                QVERIFY(due[i] <= now);
                due[i] = WheelTimer::never;
                timers[i].fired = 0;
            }
            QVERIFY(due[i] > now - 2 * TimerWheel::tickMs);
        }
    }
}

void TstNetworkThread::tasks_runInOrder_onTheThread()
{
    NetworkThread thread(0);
    thread.start();
    QVERIFY(!thread.isCurrent());
    std::vector<int> order;
    std::atomic<bool> onThread = false;
    std::atomic<bool> done = false;
    for (int i = 0; i < 100; ++i)
        thread.post([&order, i] { order.push_back(i); });
    thread.post([&] {
        onThread = thread.isCurrent();
        done = true;
    });
    QTRY_VERIFY(done);
    QVERIFY(onThread);
    QCOMPARE(order.size(), size_t(100));
    QVERIFY(std::is_sorted(order.begin(), order.end()));
}

void TstNetworkThread::tasks_postedBeforeStart_run()
{
    NetworkThread thread(0);
    std::atomic<bool> done = false;
    thread.post([&] { done = true; });
    thread.start();
    QTRY_VERIFY(done);
}

void TstNetworkThread::tasks_leftAtStop_areDestroyed()
{
    auto token = std::make_shared<int>(1);
    NetworkThread thread(0);
    thread.start();
    thread.post([&thread, token] { thread.startTimer(1h, [token] {}); });
    thread.stop();
    thread.post([token] {});
    QCOMPARE(token.use_count(), 1L);
}

void TstNetworkThread::timer_runs_andStopped_doesNot()
{
    NetworkThread thread(0);
    thread.start();
    std::atomic<int> fired = 0;
    std::atomic<int> wrong = 0;
    thread.post([&] {
        const auto stopped = thread.startTimer(30ms, [&] { ++wrong; });
        thread.startTimer(120ms, [&] { ++fired; });
        thread.stopTimer(stopped);
        thread.stopTimer(999);
    });
    QTRY_COMPARE(fired, 1);
    QCOMPARE(wrong, 0);
}

void TstNetworkThread::endOfTurn_runsAfterTheTask_once()
{
    NetworkThread thread(0);
    thread.start();
    std::vector<QByteArray> log;
    std::atomic<bool> done = false;
    thread.post([&] {
        thread.atEndOfTurn([&] {
            log.push_back("hook");
            thread.post([&] { done = true; });
        });
        log.push_back("task");
    });
    QTRY_VERIFY(done);
    thread.stop();
    QCOMPARE(log, (std::vector<QByteArray>{"task", "hook"}));
}

void TstNetworkThread::post_fromTheThreadItself_runsLater_inOrder()
{
    constexpr int chain = 100; // more than one turn takes
    NetworkThread thread(0);
    std::vector<int> order;
    std::atomic<bool> isOver = false;
    std::function<void(int)> next = [&](int i) {
        thread.post([&, i] {
            order.push_back(i);
            if (i < chain)
                next(i + 1);
            else
                isOver = true;
        });
        order.push_back(-i); // before it
    };
    thread.start();
    thread.post([&] { next(1); });
    QTRY_VERIFY(isOver);
    thread.stop();
    std::vector<int> expected;
    for (int i = 1; i <= chain; ++i)
        expected.insert(expected.end(), {-i, i});
    // Each says that it was posted when the one before has run, so they stand side by side.
    QCOMPARE(order.size(), expected.size());
    QVERIFY(order == expected);
}

void TstNetworkThread::flush_letsOutWhatWasGathered_atOnce()
{
    struct Source final : EpollSource
    {
        void onEvents(quint32) override { }
        void onResume() override { }
        void onFlush() override { log.push_back("flush"); }
        [[nodiscard]] Output output(std::span<iovec>) const override { return {}; }
        void onSent(qint64) override { }
        void onShare() override { }
        std::vector<QByteArray> log;
    } source;
    NetworkThread thread(0);
    thread.start();
    std::atomic<bool> done = false;
    thread.post([&] {
        thread.internals().scheduleFlush(source);
        thread.flush();
        source.log.push_back("task");
        thread.internals().scheduleFlush(source);
        thread.post([&] { done = true; });
    });
    QTRY_VERIFY(done);
    thread.stop();
    QCOMPARE(source.log, (std::vector<QByteArray>{"flush", "task", "flush"}));
}

void TstNetworkThread::post_fromManyThreads_losesNothing()
{
    NetworkThread thread(0);
    thread.start();
    std::atomic<int> count = 0;
    std::vector<std::thread> posters;
    for (int i = 0; i < 4; ++i) {
        posters.emplace_back([&] {
            for (int j = 0; j < 5000; ++j)
                thread.post([&] { ++count; });
        });
    }
    for (std::thread &poster : posters)
        poster.join();
    QTRY_COMPARE(count, 20'000);
}

void TstNetworkThread::queue_keepsOrder_throughPartialWrites()
{
    OutputQueue queue;
    QByteArray expected;
    int number = 0;
    for (int round = 0; round < 400; ++round) {
        for (int i = 0; i < round % 7; ++i) {
            const QByteArray piece = QByteArray::number(number++) + ',';
            queue.append(piece);
            expected += piece;
        }
        const qint64 gone = std::min<qint64>(round % 11, expected.size());
        if (gone > 0)
            queue.remove(gone);
        expected.remove(0, gone);
        QCOMPARE(queue.size(), expected.size());
        QCOMPARE(contentOf(queue), expected);
    }
    queue.remove(queue.size());
    QVERIFY(queue.isEmpty());
}

void TstNetworkThread::limits_countOpenAndNew()
{
    ConnectionLimits limits(2, 3);
    const NetAddress address(QHostAddress(QStringLiteral("192.0.2.1")));
    const NetAddress other(QHostAddress(QStringLiteral("192.0.2.2")));
    QVERIFY(limits.take(address, 1000));
    QVERIFY(limits.take(address, 1000));
    QVERIFY(!limits.take(address, 1000)); // two open
    QVERIFY(limits.take(other, 1000));
    limits.giveBack(address);
    QVERIFY(limits.take(address, 1000)); // the third in this minute
    limits.giveBack(address);
    QVERIFY(!limits.take(address, 1000));
    QVERIFY(limits.take(address, 61'001));
    // One IPv6 subscriber has a whole /64.
    const NetAddress v6(QHostAddress(QStringLiteral("2001:db8::1")));
    const NetAddress neighbour(QHostAddress(QStringLiteral("2001:db8::2")));
    QVERIFY(limits.take(v6, 0));
    QVERIFY(limits.take(neighbour, 0));
    QVERIFY(!limits.take(v6, 0));
}

void TstNetworkThread::limits_forgetOldAddresses()
{
    ConnectionLimits limits(10, 10);
    for (quint32 i = 0; i < 1000; ++i) {
        const NetAddress address{QHostAddress(0x0a000000U + i)};
        QVERIFY(limits.take(address, 1000));
        limits.giveBack(address);
    }
    QVERIFY(limits.take(NetAddress(QHostAddress(1U)), 100'000));
    QVERIFY(limits.size() <= 2);
}

void TstNetworkThread::proxies_resolveRightmostUntrusted_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QByteArray>("forwarded");
    QTest::addColumn<QString>("person");
    const auto row = [](const char *name, const char *peer, const QByteArray &forwarded, const char *person) {
        QTest::newRow(name) << QString::fromLatin1(peer) << forwarded << QString::fromLatin1(person);
    };
    row("untrusted peer", "203.0.113.9", "1.2.3.4", "203.0.113.9");
    row("one hop", "10.1.2.3", "198.51.100.7", "198.51.100.7");
    row("client's lie comes first", "10.1.2.3", "127.0.0.1, 198.51.100.7", "198.51.100.7");
    row("two proxies", "10.1.2.3", "198.51.100.7, 10.9.9.9", "198.51.100.7");
    row("with port", "10.1.2.3", "198.51.100.7:5555", "198.51.100.7");
    row("v6 with port", "10.1.2.3", "[2001:db8::1]:5555", "2001:db8::1");
    row("nonsense", "10.1.2.3", "unknown", "10.1.2.3");
    row("nonsense on the left", "10.1.2.3", "unknown, 10.4.4.4", "10.4.4.4");
    row("empty", "10.1.2.3", "", "10.1.2.3");
    row("v6 proxy", "fd00::5", "198.51.100.7", "198.51.100.7");
    row("only proxies", "10.1.2.3", "10.0.0.1", "10.0.0.1");
}

void TstNetworkThread::proxies_resolveRightmostUntrusted()
{
    QFETCH(QString, peer);
    QFETCH(QByteArray, forwarded);
    QFETCH(QString, person);
    const TrustedProxies proxies(
        {{QHostAddress(QStringLiteral("10.0.0.0")), 8}, {QHostAddress(QStringLiteral("fd00::")), 8}});
    QCOMPARE(proxies.resolve(NetAddress(QHostAddress(peer)), forwarded).toHostAddress(), QHostAddress(person));
}

void TstNetworkThread::address_roundTrips()
{
    for (const char *text : {"127.0.0.1", "203.0.113.9", "::1", "2001:db8::1"}) {
        const QHostAddress address{QString::fromLatin1(text)};
        QCOMPARE(NetAddress(address).toHostAddress(), address);
        QCOMPARE(NetAddress(address).isLoopback(), address.isLoopback());
    }
}

TERTULIA_TEST(tst_networkthread, TstNetworkThread)
#include "tst_networkthread.moc"
