// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps one sender from taking what belongs to the others: shares of the memory for bodies, the slowest rate, who
// is counted behind a proxy, and who is local.

#include "net/bodybudget.h"
#include "net/connectionlimits.h"
#include "net/httphead.h"
#include "net/ratewindow.h"
#include "net/requestorigin.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace std::chrono_literals;

namespace {

using Verdict = BodyBudget::Verdict;

NetAddress addressOf(const char *text)
{
    return NetAddress(QHostAddress(QString::fromLatin1(text)));
}

RequestHead headOf(const QByteArray &fields, const QByteArray &version = "1.1")
{
    const auto parsed = parseHead("GET / HTTP/" + version + "\r\n" + fields + "\r\n", HeadLimits());
    if (!parsed)
        qFatal("%s", parsed.error().message);
    return parsed->request;
}

} // namespace

class TstShares : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bodies_ofOneNetwork_andOfOnePerson_haveTheirShare()
    {
        BodyBudget budget({1000, 300, 200});
        const UserId person = UserId::generate();
        const BodySender here{addressOf("192.0.2.1"), person};
        const BodySender elsewhere{addressOf("192.0.2.2"), person};
        const BodySender stranger{addressOf("192.0.2.1"), {}};
        QCOMPARE(budget.take(here, 150), Verdict::Taken);
        QCOMPARE(budget.take(elsewhere, 50), Verdict::Taken);
        QCOMPARE(budget.take(elsewhere, 1), Verdict::ShareSpent); // one person, two networks
        QCOMPARE(budget.take(stranger, 150), Verdict::Taken);
        QCOMPARE(budget.take(stranger, 1), Verdict::ShareSpent); // two people, one network
        QCOMPARE(budget.held(), qint64(350));
        budget.giveBack(here, 150);
        QCOMPARE(budget.take(stranger, 150), Verdict::Taken);
    }

    void bodiesOfStrangers_leaveHalfToThoseWhoAreKnown()
    {
        BodyBudget budget({1000, 300, 300});
        const auto network = [](int i) { return addressOf(("192.0.2." + QByteArray::number(i)).constData()); };
        QCOMPARE(budget.take({network(1), {}}, 300), Verdict::Taken);
        QCOMPARE(budget.take({network(2), {}}, 200), Verdict::Taken);
        QCOMPARE(budget.take({network(3), {}}, 1), Verdict::Full);
        QCOMPARE(budget.take({network(4), UserId::generate()}, 300), Verdict::Taken);
        QCOMPARE(budget.take({network(5), UserId::generate()}, 200), Verdict::Taken);
        QCOMPARE(budget.take({network(6), UserId::generate()}, 1), Verdict::Full);
        budget.giveBack({network(2), {}}, 200);
        QCOMPARE(budget.take({network(3), {}}, 200), Verdict::Taken);
    }

    void bodies_givenBack_areForgotten()
    {
        BodyBudget budget({1000, 1000, 1000});
        {
            BodyShare share(budget, {addressOf("192.0.2.1"), UserId::generate()});
            QCOMPARE(share.grow(100), Verdict::Taken);
            QCOMPARE(share.grow(901), Verdict::ShareSpent);
            BodyShare moved = std::move(share);
            QCOMPARE(moved.grow(900), Verdict::Taken);
            QCOMPARE(moved.bytes(), qint64(1000));
            QCOMPARE(budget.sendersRemembered(), size_t(2));
        }
        QCOMPARE(budget.held(), qint64(0));
        QCOMPARE(budget.sendersRemembered(), size_t(0));
    }

    void rate_countsTheLastWindowOnly()
    {
        RateWindow rate(5s, 1000);
        rate.add(1 << 20, 1000); // would be 17 minutes' worth at 1 KiB/s
        QVERIFY(!rate.isBelow(1024, 1000));
        QVERIFY(!rate.isBelow(1024, 6000));
        rate.add(1, 7500);
        QVERIFY(rate.isBelow(1024, 7500));
    }

    void rate_isForgivenAPauseWithinTheWindow_andTheFirstWindow()
    {
        RateWindow rate(15s, 0);
        QVERIFY(!rate.isBelow(1024, 15'000));
        for (qint64 now = 0; now <= 60'000; now += 500) {
            rate.add(512, now);
            QVERIFY2(!rate.isBelow(1024, now), qPrintable(QString::number(now)));
        }
        rate.add(15 * 1024, 60'000);
        rate.add(1, 70'000);
        QVERIFY(!rate.isBelow(1024, 70'000));
        rate.add(1, 80'000);
        QVERIFY(rate.isBelow(1024, 80'000));
        rate.restart(80'000);
        QVERIFY(!rate.isBelow(1024, 95'000));
    }

    void rate_afterALongSilence_isWhatCameSince()
    {
        RateWindow rate(5s, 0);
        rate.add(1 << 20, 4'999);
        rate.add(10 * 1024, 1'000'000);
        QVERIFY(!rate.isBelow(1024, 1'000'000));
        QVERIFY(rate.isBelow(1024, 1'007'000));
    }

    void requestsBehindAProxy_countWhileTheyLast()
    {
        ConnectionLimits limits(2, 3);
        const NetAddress client = addressOf("2001:db8::1");
        const NetAddress neighbour = addressOf("2001:db8::2"); // the same /64
        for (int i = 0; i < 100; ++i) { // not new connections: no limit for each minute
            QVERIFY(limits.take(client, 0, ConnectionLimits::Kind::Request));
            const ClientSlot slot(limits, client);
        }
        QCOMPARE(limits.size(), size_t(0));
        QVERIFY(limits.take(client, 0, ConnectionLimits::Kind::Request));
        ClientSlot first(limits, client);
        QVERIFY(limits.take(neighbour, 0, ConnectionLimits::Kind::Connection));
        const ClientSlot second(limits, neighbour);
        QVERIFY(!limits.take(client, 0, ConnectionLimits::Kind::Request));
        first = {};
        QVERIFY(limits.take(client, 0, ConnectionLimits::Kind::Request));
    }

    void local_isWhatComesFromHereByItself_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<bool>("local");
        const auto row = [](const char *name, const char *peer, const QByteArray &fields, bool local,
                            const QByteArray &version = "1.1") {
            QTest::newRow(name) << QString::fromLatin1(peer) << fields << version << local;
        };
        row("curl", "127.0.0.1", "Host: 127.0.0.1:8080\r\n", true);
        row("by name", "127.0.0.1", "Host: LocalHost:8080\r\n", true);
        row("v6", "::1", "Host: [::1]:8080\r\n", true);
        row("v4 as v6", "::ffff:127.0.0.1", "Host: 127.0.0.5\r\n", true);
        row("elsewhere", "192.0.2.1", "Host: 127.0.0.1\r\n", false);
        row("a proxy that tells whom it serves", "127.0.0.1", "Host: localhost\r\nX-Forwarded-For: 192.0.2.1\r\n",
            false);
        row("a proxy that tells the scheme", "127.0.0.1", "Host: localhost\r\nX-Forwarded-Proto: https\r\n", false);
        row("a proxy that says so", "127.0.0.1", "Host: localhost\r\nVia: 1.1 squid\r\n", false);
        row("X-Real-IP", "127.0.0.1", "Host: localhost\r\nX-Real-IP: 192.0.2.1\r\n", false);
        row("Forwarded", "127.0.0.1", "Host: localhost\r\nForwarded: for=192.0.2.1\r\n", false);
        row("nginx with nothing set", "127.0.0.1", "Host: 127.0.0.1:8080\r\nConnection: close\r\n", false, "1.0");
        row("HAProxy with nothing set", "127.0.0.1", "Host: chat.example.org\r\n", false);
        row("a web page whose name was rebound", "127.0.0.1", "Host: evil.example:8080\r\n", false);
        row("a name that only begins like it", "127.0.0.1", "Host: localhost.evil.example\r\n", false);
        row("a name that is no address", "127.0.0.1", "Host: 127.0.0.1.evil.example\r\n", false);
    }
    void local_isWhatComesFromHereByItself()
    {
        QFETCH(QString, peer);
        QFETCH(QByteArray, fields);
        QFETCH(QByteArray, version);
        QFETCH(bool, local);
        const NetAddress address{QHostAddress(peer)};
        const RequestHead head = headOf(fields, version);
        const RequestOrigin origin = originOf(head, address, false, {});
        QCOMPARE(origin.local, local);
        QCOMPARE(origin.peer, address);
        QCOMPARE(origin.trouble == RequestOrigin::Trouble::Unnamed, address.isLoopback() && !local);
        // With a trusted proxy here, whoever comes from here is that proxy.
        const TrustedProxies proxies(
            {{QHostAddress(QStringLiteral("127.0.0.0")), 8}, {QHostAddress::LocalHostIPv6, 128}});
        QVERIFY(!originOf(head, address, false, proxies).local);
        // Proxies elsewhere change nothing.
        const TrustedProxies others({{QHostAddress(QStringLiteral("10.0.0.0")), 8}});
        QCOMPARE(originOf(head, address, false, others).local, local);
    }

    void trustedProxy_withoutAnAddress_isToldOf()
    {
        const TrustedProxies proxies({{QHostAddress(QStringLiteral("10.0.0.0")), 8}});
        const NetAddress proxy = addressOf("10.0.0.1");
        const auto of = [&](const QByteArray &fields) {
            return originOf(headOf("Host: x\r\n" + fields), proxy, false, proxies);
        };
        QCOMPARE(of("X-Forwarded-For: 192.0.2.1\r\n").peer, addressOf("192.0.2.1"));
        QCOMPARE(of("X-Forwarded-For: 192.0.2.1\r\n").trouble, RequestOrigin::Trouble::None);
        for (const char *fields : {"", "X-Forwarded-For: \r\n", "X-Forwarded-For: unknown\r\n"}) {
            QCOMPARE(of(fields).peer, proxy);
            QVERIFY(of(fields).isProxied);
            QVERIFY(!of(fields).local);
            QCOMPARE(of(fields).trouble, RequestOrigin::Trouble::NoAddress);
        }
    }
};

TERTULIA_TEST(tst_shares, TstShares)
#include "tst_shares.moc"
