// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client library on the real server: after each act, what a connected client shows, having applied events and
// syncs, is what a client shows that starts afresh.

#include "e2e/support/desk.h"
#include "e2e/support/person.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

#define GOES_WELL(act) QCOMPARE(act, QString())
#define CONVERGES(desk)                                                                                                \
    {                                                                                                                  \
        const QString difference = converges(desk);                                                                    \
        QVERIFY2(difference.isEmpty(), qPrintable(difference));                                                        \
    }

class TestClientConverges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY2(startServer(), qPrintable(m_server->why()));
    }
    void init()
    {
        ++m_play;
        m_bob = std::make_unique<Person>(m_server->url(), u"bob%1"_s.arg(m_play), Channel::Rest);
        RestClient(m_server->url()).signIn(name());
        m_ana = std::make_unique<Desk>(m_server->url(), name());
        QVERIFY(m_ana->isSignedIn());
        m_anaId = m_ana->self().id.toString();
        m_ana->comesOnline();
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->isSettled(), 15'000);
    }
    void cleanup()
    {
        m_ana.reset();
        m_bob.reset();
    }

    void messagesBothWays()
    {
        auto &list = m_ana->conversations();
        QSignalSpy received(&list, &ConversationClient::messageReceived);
        GOES_WELL(writes(u"Hello Ana"_s));
        QTRY_COMPARE(list.count(), 1);
        QTRY_COMPARE(received.count(), 1);
        QCOMPARE(list.unreadTotal(), 1);
        CONVERGES(*m_ana);
        const ConversationId id = list.at(0).conversation.id;
        Timeline *const timeline = list.open(id);
        QVERIFY(list.send(id, u"Hello Bob"_s));
        QCOMPARE(timeline->at(0).message.content, u"Hello Bob"_s); // in this very moment
        QVERIFY(timeline->at(0).isPending());
        const quint64 row = timeline->at(0).rowId;
        QTRY_VERIFY(!timeline->at(0).isPending());
        QCOMPARE(timeline->at(0).rowId, row);
        QCOMPARE(timeline->count(), 2);
        CONVERGES(*m_ana);
        for (int i = 0; i < 20; ++i)
            QVERIFY(list.send(id, u"Line %1"_s.arg(i)));
        QTRY_COMPARE(list.outbox().waitingCount(), 0);
        for (int i = 0; i < 20; ++i)
            QCOMPARE(timeline->at(i).message.content, u"Line %1"_s.arg(19 - i));
        CONVERGES(*m_ana);
    }
    void ticks()
    {
        GOES_WELL(writes(u"Hello"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 1);
        const ConversationId id = list.at(0).conversation.id;
        QVERIFY(list.send(id, u"Seen?"_s));
        QTRY_VERIFY(m_ana->isSettled());
        Timeline *const timeline = list.open(id);
        QTRY_COMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Sent);
        m_bob->addsDevice();
        QTRY_COMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Delivered);
        CONVERGES(*m_ana);
        GOES_WELL(m_bob->readsAll(id.toString()));
        QTRY_COMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Read);
        QTRY_COMPARE(list.at(0).lastStatus(), MessageStatus::Read);
        CONVERGES(*m_ana);
    }
    void reading()
    {
        for (int i = 1; i <= 5; ++i)
            GOES_WELL(writes(u"Message %1"_s.arg(i)));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.unreadTotal(), 5);
        const ConversationId id = list.at(0).conversation.id;
        QCOMPARE(list.open(id)->firstUnread(), 1);
        list.markRead(id, 3);
        QCOMPARE(list.unreadTotal(), 2); // in this very moment
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->isSettled(), 15'000);
        CONVERGES(*m_ana);
        list.markRead(id, 5);
        QCOMPARE(list.unreadTotal(), 0);
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->isSettled(), 15'000);
        GOES_WELL(writes(u"One more"_s));
        QTRY_COMPARE(list.unreadTotal(), 1);
        CONVERGES(*m_ana);
        // On another device of hers.
        Desk other(m_server->url(), name());
        other.comesOnline();
        QTRY_VERIFY_WITH_TIMEOUT(other.isSettled() && other.conversations().count() == 1, 15'000);
        other.conversations().markRead(id, 6);
        QTRY_COMPARE(list.unreadTotal(), 0);
        QCOMPARE(list.find(id)->readThrough(), 6);
        CONVERGES(*m_ana);
    }
    void offline_writing_reading_andBack()
    {
        GOES_WELL(writes(u"Before"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.unreadTotal(), 1);
        const ConversationId id = list.at(0).conversation.id;
        Timeline *const timeline = list.open(id);
        m_ana->goesOffline();
        QSignalSpy received(&list, &ConversationClient::messageReceived);
        list.markRead(id, 1);
        for (int i = 1; i <= 40; ++i)
            GOES_WELL(writes(u"Missed %1"_s.arg(i)));
        m_ana->comesOnline();
        QTRY_COMPARE_WITH_TIMEOUT(timeline->lastSequence(), 41, 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->isSettled(), 15'000);
        QTRY_COMPARE(list.unreadTotal(), 40);
        QCOMPARE(timeline->at(0).message.sequence, 41);
        QVERIFY(received.count() >= 1);
        CONVERGES(*m_ana);
    }
    void reactions_liveAndAfterBeingAway()
    {
        GOES_WELL(writes(u"First"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 1);
        const ConversationId id = list.at(0).conversation.id;
        Timeline *const timeline = list.open(id);
        QTRY_COMPARE(timeline->count(), 1);
        const QString first = timeline->at(0).message.id.toString();
        const auto reactions = [&](int row) -> const std::vector<Reaction> & {
            return timeline->at(row).message.reactions;
        };
        GOES_WELL(reacts(first, u"\u2764"_s));
        QTRY_COMPARE(reactions(0).size(), size_t(1));
        QCOMPARE(reactions(0).front().reaction, u"\u2764"_s);
        CONVERGES(*m_ana);
        m_ana->goesOffline();
        for (int i = 0; i < 5; ++i)
            GOES_WELL(writes(u"Missed %1"_s.arg(i)));
        GOES_WELL(reacts(first, u"!"_s));
        m_ana->comesOnline();
        QTRY_COMPARE_WITH_TIMEOUT(timeline->count(), 6, 15'000);
        QTRY_COMPARE(reactions(5).front().reaction, u"!"_s);
        CONVERGES(*m_ana);
    }
    void severalConversations_inOrder()
    {
        GOES_WELL(writes(u"From Bob"_s));
        std::vector<std::unique_ptr<Person>> others;
        for (const QString &who : {u"carol"_s, u"dave"_s, u"erin"_s}) {
            others.push_back(std::make_unique<Person>(m_server->url(), who + QString::number(m_play), Channel::Rest));
            GOES_WELL(writes(u"Hello from "_s + who, others.back().get()));
        }
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 4);
        CONVERGES(*m_ana);
        GOES_WELL(writes(u"Bob again"_s));
        QTRY_COMPARE(list.at(0).conversation.lastMessage->content, u"Bob again"_s);
        CONVERGES(*m_ana);
        m_ana->goesOffline();
        GOES_WELL(writes(u"Carol again"_s, others[0].get()));
        const auto frank = std::make_unique<Person>(m_server->url(), u"frank%1"_s.arg(m_play), Channel::Rest);
        GOES_WELL(writes(u"New here"_s, frank.get()));
        m_ana->comesOnline();
        QTRY_COMPARE_WITH_TIMEOUT(list.count(), 5, 15'000);
        CONVERGES(*m_ana);
    }
    void deleted_andComingBackEmpty()
    {
        GOES_WELL(writes(u"Old"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 1);
        const ConversationId id = list.at(0).conversation.id;
        list.open(id);
        const auto removed = list.remove(id);
        QTRY_VERIFY(removed.isAnswered());
        QVERIFY(removed.result());
        QTRY_COMPARE(list.count(), 0);
        CONVERGES(*m_ana);
        GOES_WELL(writes(u"New"_s));
        QTRY_COMPARE(list.count(), 1);
        CONVERGES(*m_ana);
        QTRY_COMPARE(list.open(id)->count(), 1);
        QVERIFY(!list.open(id)->hasOlder());
        // While she is away.
        m_ana->goesOffline();
        Desk other(m_server->url(), name());
        other.comesOnline();
        QTRY_VERIFY_WITH_TIMEOUT(other.isSettled() && other.conversations().count() == 1, 15'000);
        const auto gone = other.conversations().remove(id);
        QTRY_VERIFY(gone.isAnswered());
        m_ana->comesOnline();
        QTRY_COMPARE_WITH_TIMEOUT(list.count(), 0, 15'000);
        CONVERGES(*m_ana);
    }
    void openedDirectly()
    {
        auto &list = m_ana->conversations();
        const auto opened = list.openDirect(*UserId::parse(m_bob->id()));
        QTRY_VERIFY(opened.isAnswered());
        QVERIFY(opened.result());
        QTRY_COMPARE(list.count(), 1);
        QCOMPARE(list.directWith(*UserId::parse(m_bob->id())), *opened.result());
        QCOMPARE(list.open(*opened.result())->state(), Timeline::State::Empty);
        QVERIFY(list.send(*opened.result(), u"First"_s));
        QTRY_VERIFY(m_ana->isSettled());
        CONVERGES(*m_ana);
    }
    void serverKilled_inMidConversation()
    {
        GOES_WELL(writes(u"Before"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 1);
        const ConversationId id = list.at(0).conversation.id;
        m_server->kill();
        for (int i = 1; i <= 5; ++i)
            QVERIFY(list.send(id, u"Into the void %1"_s.arg(i)));
        QTRY_VERIFY(m_ana->hub().state() != HubConnection::State::Connected);
        QVERIFY2(startServer(), qPrintable(m_server->why()));
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->isSettled(), 30'000);
        m_bob = std::make_unique<Person>(m_server->url(), u"bob%1"_s.arg(m_play), Channel::Rest);
        GOES_WELL(writes(u"After"_s));
        Timeline *const timeline = list.open(id);
        QTRY_COMPARE(timeline->at(0).message.content, u"After"_s);
        QCOMPARE(timeline->count(), 7);
        for (int i = 1; i <= 5; ++i)
            QCOMPARE(timeline->at(6 - i).message.content, u"Into the void %1"_s.arg(i));
        CONVERGES(*m_ana);
    }
    void restartedFromItsFile_offlineThenOnline()
    {
        m_ana.reset();
        const QString path = m_folder->filePath(u"ana%1.sqlite"_s.arg(m_play));
        ConversationId id;
        {
            Desk first(m_server->url(), name(), {.storePath = path});
            first.comesOnline();
            GOES_WELL(writes(u"Kept"_s));
            QTRY_COMPARE_WITH_TIMEOUT(first.conversations().count(), 1, 15'000);
            id = first.conversations().at(0).conversation.id;
            first.conversations().setDraft(id, u"Half a sen"_s, 10);
            QTRY_VERIFY_WITH_TIMEOUT(first.isSettled(), 15'000);
        }
        GOES_WELL(writes(u"While closed"_s));
        m_ana = std::make_unique<Desk>(m_server->url(), name(), DeskOptions{.storePath = path});
        QCOMPARE(m_ana->conversations().count(), 1); // before anything was asked
        QCOMPARE(m_ana->conversations().at(0).draft, u"Half a sen"_s);
        QCOMPARE(m_ana->conversations().open(id)->at(0).message.content, u"Kept"_s);
        m_ana->comesOnline();
        QTRY_COMPARE_WITH_TIMEOUT(m_ana->conversations().open(id)->at(0).message.content, u"While closed"_s, 15'000);
        CONVERGES(*m_ana);
    }
    void presenceAndTyping()
    {
        GOES_WELL(writes(u"Hello"_s));
        auto &list = m_ana->conversations();
        QTRY_COMPARE(list.count(), 1);
        const ConversationId id = list.at(0).conversation.id;
        const UserId bob = *UserId::parse(m_bob->id());
        QVERIFY(!m_ana->presence().isOnline(bob));
        Desk desk(m_server->url(), m_bob->name());
        desk.comesOnline();
        m_ana->presence().watch({bob});
        QTRY_VERIFY_WITH_TIMEOUT(m_ana->presence().isOnline(bob), 15'000);
        QTRY_VERIFY_WITH_TIMEOUT(desk.isSettled(), 15'000);
        list.open(id);
        desk.conversations().open(id);
        // Told again and again: her connection may not have joined at the first time.
        const auto isSeenTyping = [&] {
            desk.conversations().setTyping(id, true);
            return m_ana->presence().typists(id) == std::vector<UserId>{bob};
        };
        QVERIFY(QTest::qWaitFor(isSeenTyping, 15'000));
        QVERIFY(desk.conversations().send(id, u"Typed"_s));
        QTRY_VERIFY(!m_ana->presence().isTyping(id));
        desk.goesOffline();
        QTRY_VERIFY_WITH_TIMEOUT(!m_ana->presence().isOnline(bob), 15'000);
        QVERIFY(m_ana->presence().presence(bob).lastSeenAt);
    }

private:
    bool startServer()
    {
        QStringList arguments{u"--set"_s, u"auth.hash_memory=8"_s,      u"--set"_s, u"auth.hash_passes=1"_s,
                              u"--set"_s, u"chat.offline_delay=200ms"_s};
        if (m_port != 0) // the same place as before
            arguments << u"--listen"_s << u"127.0.0.1:%1"_s.arg(m_port);
        m_server = std::make_unique<ServerProcess>(m_folder->filePath(u"server"_s));
        const bool isUp = m_server->start(arguments);
        m_port = m_server->url().port();
        return isUp;
    }
    [[nodiscard]] QString name() const { return u"ana%1"_s.arg(m_play); }
    /// Bob, or somebody else, writes to Ana.
    QString writes(const QString &text, Person *who = nullptr)
    {
        Person &writer = who ? *who : *m_bob;
        const QJsonObject body{{u"recipientId"_s, m_anaId}, {u"content"_s, text}};
        RestReply reply = writer.rest().post(u"/api/Chat/messages"_s, body);
        while (reply.code() == u"RATE_LIMITED"_s) {
            QTest::qWait(300);
            reply = writer.rest().post(u"/api/Chat/messages"_s, body);
        }
        return reply.isOk() ? QString() : reply.code();
    }
    QString reacts(const QString &messageId, const QString &reaction)
    {
        const RestReply reply =
            m_bob->rest().post(u"/api/Chat/messages/%1/reactions"_s.arg(messageId), {{u"reaction"_s, reaction}});
        return reply.isOk() ? QString() : reply.code();
    }
    /// Empty when the desk comes to show what one that starts now shows.
    QString converges(Desk &desk)
    {
        if (!QTest::qWaitFor([&desk] { return desk.isSettled(); }, 15'000))
            return u"does not settle"_s;
        Desk fresh(m_server->url(), desk.self().username);
        fresh.comesOnline();
        if (!QTest::qWaitFor([&fresh] { return fresh.isSettled(); }, 15'000))
            return u"the fresh one does not settle"_s;
        QString kept, anew;
        const bool isEqual = QTest::qWaitFor(
            [&] {
                kept = desk.picture();
                anew = fresh.picture();
                return !kept.isEmpty() && kept == anew;
            },
            5'000);
        return isEqual ? QString() : u"\n--- kept\n%1\n--- afresh\n%2"_s.arg(kept, anew);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<Person> m_bob;
    std::unique_ptr<Desk> m_ana;
    QString m_anaId;
    int m_play = 0;
    int m_port = 0;
};

TERTULIA_TEST(tst_clientconverges, TestClientConverges)
#include "tst_clientconverges.moc"
