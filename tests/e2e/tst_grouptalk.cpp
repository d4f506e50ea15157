// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Groups on the real server, small and large: who hears what, and that it is what a fresh fetch says.

#include "e2e/support/grouptool.h"
#include "e2e/support/person.h"
#include "e2e/support/serverprocess.h"

#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class GroupTalkTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;

private Q_SLOTS:
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY2(m_server->start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s}),
                 qPrintable(m_server->why()));
    }
    void cleanupTestCase() { m_server.reset(); }

    void everybodyHears_andOnlyThey_data()
    {
        QTest::addColumn<int>("others");
        QTest::newRow("small") << 2;
        QTest::newRow("large") << 300;
    }
    void everybodyHears_andOnlyThey()
    {
        QFETCH(const int, others);
        const auto person = [&](const char *name) {
            return std::make_unique<Person>(m_server->url(), QString::fromLatin1(name) + QString::number(others),
                                            Channel::Rest);
        };
        const auto ada = person("ada"), ben = person("ben"), cleo = person("cleo"), dora = person("dora");
        const QString group = GroupTool(m_server->dataFolder()).gather({ada->id(), ben->id(), cleo->id()}, others);
        for (Person *who : {ada.get(), ben.get(), cleo.get(), dora.get()})
            who->addsDevice();
        QCOMPARE(ben->joins(group), QString());
        QCOMPARE(dora->joins(group), u"NOT_FOUND"_s);

        QCOMPARE(ada->writesInto(group, u"Hello all"_s), QString());
        for (Person *who : {ada.get(), ben.get(), cleo.get()})
            QVERIFY(who->receives(u"Hello all"_s));
        // Who is not looking at it hears what to show in the list, and not who is in it.
        QVERIFY(cleo->device().hub.waitForEvent(u"ConversationUpdated"_s, [&](const QJsonObject &told) {
            return told[u"id"_s] == group && told[u"unreadCount"_s] == 1 && !told.contains(u"participants"_s)
                && told[u"lastMessage"_s][u"content"_s] == u"Hello all"_s;
        }));
        QVERIFY(ben->device().hub.events(u"ConversationUpdated"_s).isEmpty());
        QCOMPARE(ben->writesInto(group, u"Hello Ada"_s), QString());
        QVERIFY(cleo->device().hub.waitForEvent(u"ConversationUpdated"_s, [&](const QJsonObject &told) {
            return told[u"id"_s] == group && told[u"unreadCount"_s] == 2;
        }));
        QCOMPARE(cleo->readsAll(group), QString());
        QCOMPARE(ben->writesInto(group, u"Hello Cleo"_s), QString());
        QVERIFY(cleo->device().hub.waitForEvent(u"ConversationUpdated"_s, [&](const QJsonObject &told) {
            return told[u"lastMessage"_s][u"content"_s] == u"Hello Cleo"_s && told[u"unreadCount"_s] == 1;
        }));
        QCOMPARE(dora->writesInto(group, u"Hello?"_s), u"NOT_FOUND"_s);
        const QString seen = dora->rest().get(u"/api/Chat/conversations/"_s + group).code();
        QCOMPARE(seen, u"NOT_FOUND"_s);
        QVERIFY(!dora->hasSeen(u"Hello all"_s));
        const QJsonObject whole = cleo->rest().get(u"/api/Chat/conversations/"_s + group).data().toObject();
        QCOMPARE(whole[u"participants"_s].toArray().size(), others + 3);
    }
    /// In a large group the sender is told how many have got and read it; nobody else is told of anybody's marks.
    void largeGroup_senderHearsCounts()
    {
        const auto ada = std::make_unique<Person>(m_server->url(), u"ada1"_s, Channel::Rest);
        const auto ben = std::make_unique<Person>(m_server->url(), u"ben1"_s, Channel::Rest);
        const auto cleo = std::make_unique<Person>(m_server->url(), u"cleo1"_s, Channel::Rest);
        const QString group = GroupTool(m_server->dataFolder()).gather({ada->id(), ben->id(), cleo->id()}, 100);
        for (Person *who : {ada.get(), ben.get(), cleo.get()})
            who->addsDevice();
        QCOMPARE(ada->writesInto(group, u"Who is here?"_s), QString());
        QVERIFY(ben->receives(u"Who is here?"_s) && cleo->receives(u"Who is here?"_s));
        QCOMPARE(ben->reads(ada->lastSent()), QString());
        QVERIFY(ada->device().hub.waitForEvent(u"MessageReceipts"_s, [&](const QJsonObject &counts) {
            return counts[u"messageId"_s] == ada->lastSent()[u"id"_s] && counts[u"memberCount"_s] == 102
                && counts[u"deliveredCount"_s] == 2 && counts[u"readCount"_s] == 1;
        }));
        for (Person *who : {ben.get(), cleo.get()}) {
            QVERIFY(who->device().hub.events(u"MessageReceipts"_s).isEmpty());
            QVERIFY(who->device().hub.events(u"MessageStatusUpdated"_s).isEmpty());
        }
    }
    /// Whoever was away gets what they missed when they come back, though no mark of theirs was written for it.
    void missedMessages_areBroughtOnce()
    {
        const auto ada = std::make_unique<Person>(m_server->url(), u"eve"_s, Channel::Rest);
        const auto ben = std::make_unique<Person>(m_server->url(), u"fay"_s, Channel::Rest);
        const QString group = GroupTool(m_server->dataFolder()).gather({ada->id(), ben->id()}, 100);
        QCOMPARE(ada->writesInto(group, u"one"_s), QString());
        QCOMPARE(ada->writesInto(group, u"two"_s), QString());
        Device &device = ben->addsDevice();
        QVERIFY(device.hub.waitForEvent(u"OfflineMessages"_s));
        QCOMPARE(device.hub.events(u"OfflineMessages"_s).size(), 1);
    }
};

QTEST_GUILESS_MAIN(GroupTalkTest)
#include "tst_grouptalk.moc"
