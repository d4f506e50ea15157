// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/connectionregistry.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;

using Admission = ConnectionRegistry::Admission;

class TestConnectionRegistry : public QObject
{
    Q_OBJECT

    HubSettings m_settings;

    static ConnectionToken token() { return randomConnectionName<ConnectionToken>(); }
    static ConnectionRecord negotiated(const Uuid &holder, int second = 0)
    {
        ConnectionRecord record;
        record.holder = holder;
        record.negotiatedAt += std::chrono::seconds(second);
        return record;
    }
    static ConnectionRecord opened(const Uuid &holder)
    {
        ConnectionRecord record = negotiated(holder);
        record.transport = TransportKind::WebSockets;
        return record;
    }

private Q_SLOTS:
    void init()
    {
        m_settings.maxConnectionsPerPerson = 3;
        m_settings.maxPendingNegotiations = 10;
    }

    void connectionsInUse_areLimitedForEachHolder()
    {
        ConnectionRegistry registry(m_settings);
        const Uuid ada = Uuid::generate();
        const Uuid ben = Uuid::generate();
        const ConnectionToken first = token();
        QCOMPARE(registry.add(first, opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::TooManyOfHolder);
        QCOMPARE(registry.add(token(), negotiated(ada)), Admission::TooManyOfHolder);
        QCOMPARE(registry.size(), 3);
        QCOMPARE(registry.add(token(), opened(ben)), Admission::Admitted);
        registry.remove(first);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::TooManyOfHolder);
    }

    void earlyBytes_areKeptForTheFirstGet_upToALimit()
    {
        using Early = ConnectionRegistry::Early;
        m_settings.earlyBytes = 10;
        ConnectionRegistry registry(m_settings);
        const ConnectionToken key = token();
        QCOMPARE(registry.keepEarly(key, "who?"), Early::Used);
        QCOMPARE(registry.add(key, negotiated(Uuid::generate())), Admission::Admitted);
        QCOMPARE(registry.keepEarly(key, "hello "), Early::Kept);
        QCOMPARE(registry.keepEarly(key, "there"), Early::TooMuch);
        QCOMPARE(registry.keepEarly(key, "you"), Early::Kept);
        QCOMPARE(registry.claim(key, TransportKind::LongPolling, nullptr)->early, QByteArray("hello you"));
        QCOMPARE(registry.keepEarly(key, "again"), Early::Used);
        QVERIFY(registry.find(key)->early.isEmpty());
    }

    void negotiations_giveWayToNewerOnesOfTheSameHolder()
    {
        ConnectionRegistry registry(m_settings);
        const Uuid ada = Uuid::generate();
        std::vector<ConnectionToken> tokens;
        for (int i = 0; i < 100; ++i) {
            tokens.push_back(token());
            QCOMPARE(registry.add(tokens.back(), negotiated(ada)), Admission::Admitted);
        }
        QCOMPARE(registry.size(), 3);
        QVERIFY(!registry.find(tokens.front()));
        QVERIFY(registry.find(tokens.back()));
        QCOMPARE(registry.add(token(), negotiated(Uuid::generate())), Admission::Admitted);
    }

    void whatIsUsed_neverGivesWay()
    {
        ConnectionRegistry registry(m_settings);
        const Uuid ada = Uuid::generate();
        const ConnectionToken used = token();
        const ConnectionToken unused = token();
        QCOMPARE(registry.add(used, negotiated(ada)), Admission::Admitted);
        QVERIFY(registry.claim(used, TransportKind::LongPolling, nullptr));
        QCOMPARE(registry.add(unused, negotiated(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted); // in place of `unused`
        QVERIFY(registry.find(used));
        QVERIFY(!registry.find(unused));
        QCOMPARE(registry.add(token(), opened(ada)), Admission::TooManyOfHolder);
    }

    void negotiations_areLimitedForAllTogether()
    {
        ConnectionRegistry registry(m_settings);
        for (int i = 0; i < 10; ++i)
            QCOMPARE(registry.add(token(), negotiated(Uuid::generate())), Admission::Admitted);
        QCOMPARE(registry.add(token(), negotiated(Uuid::generate())), Admission::TooManyUnused);
        QCOMPARE(registry.add(token(), opened(Uuid::generate())), Admission::Admitted);
    }

    void expiredNegotiations_countNoMore()
    {
        ConnectionRegistry registry(m_settings);
        const Uuid ada = Uuid::generate();
        const ConnectionToken old = token();
        QCOMPARE(registry.add(old, negotiated(ada, 1)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        registry.expireUnused(ConnectionRecord().negotiatedAt + std::chrono::seconds(2));
        QVERIFY(!registry.find(old));
        QVERIFY(!registry.hasUnused());
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::Admitted);
        QCOMPARE(registry.add(token(), opened(ada)), Admission::TooManyOfHolder);
    }

    void nobodysConnections_areNotCounted()
    {
        ConnectionRegistry registry(m_settings);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(registry.add(token(), opened(Uuid())), Admission::Admitted);
    }
};

TERTULIA_TEST(tst_connectionregistry, TestConnectionRegistry)
#include "tst_connectionregistry.moc"
