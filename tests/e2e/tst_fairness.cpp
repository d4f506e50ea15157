// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Mallory takes all that one person gets (docs/admin/limits.md); Alice is served as if nobody else was there.

#include "e2e/support/hubclient.h"
#include "e2e/support/poller.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestFairness : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    std::unique_ptr<RestClient> m_alice, m_bob, m_mallory;
    QString m_bobId, m_malloryId;
    int m_sent = 0;

    void start(const QStringList &settings)
    {
        QStringList arguments{u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s, u"server.threads=1"_s,
                              u"hubs.disconnect_timeout=1h"_s}; // nothing ends because a machine is slow
        arguments += settings;
        for (qsizetype i = arguments.size(); i-- > 0;)
            arguments.insert(i, u"--set"_s);
        m_server = std::make_unique<ServerProcess>();
        QVERIFY2(m_server->start(arguments), qPrintable(m_server->why()));
        m_alice = std::make_unique<RestClient>(m_server->url());
        m_bob = std::make_unique<RestClient>(m_server->url());
        m_mallory = std::make_unique<RestClient>(m_server->url());
        QVERIFY(!m_alice->signIn(u"alice"_s).isEmpty());
        m_bobId = m_bob->signIn(u"bob"_s);
        m_malloryId = m_mallory->signIn(u"mallory"_s);
    }

    bool sends(const QString &to, const QString &text)
    {
        return m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, to}, {u"content"_s, text}}).status == 201;
    }
    /// What an ordinary person does: lists, connects, sends and is heard.
    bool everybodyIsServed()
    {
        HubClient bob(m_server->url(), u"/hubs/chat"_s);
        const QString text = u"are you there? %1"_s.arg(++m_sent);
        return m_alice->get(u"/api/Chat/conversations"_s).isOk() && bob.open(m_bob->token()) && sends(m_bobId, text)
            && bob.waitForEvent(u"ReceiveMessage"_s,
                                [&](const QJsonObject &message) { return message[u"content"_s] == text; });
    }

private Q_SLOTS:
    void cleanup() { m_server.reset(); }

    void hubConnections_ofOnePerson_areLimited_overAllTransports()
    {
        start({u"hubs.connections_per_person=6"_s});
        std::vector<Poller> pollers(5, Poller(*m_mallory));
        for (Poller &poller : pollers)
            QVERIFY(poller.open());
        HubClient socket(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(socket.open(m_mallory->token()));

        const RestReply refused = Poller(*m_mallory).negotiate();
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.body.contains("too many connections"));
        HubClient another(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(!another.open(m_mallory->token()));
        QVERIFY(everybodyIsServed());

        QCOMPARE(pollers.front().end().status, 202);
        QVERIFY(QTest::qWaitFor([&] { return Poller(*m_mallory).open(); })); // it leaves in a turn of its own
        QVERIFY(socket.isOpen());
    }

    void unusedNegotiations_ofOnePerson_fillNothing()
    {
        start({u"hubs.pending_negotiations=100"_s, u"hubs.connections_per_person=20"_s});
        std::vector<Poller> pollers(200, Poller(*m_mallory));
        for (Poller &poller : pollers)
            QCOMPARE(poller.negotiate().status, 200);
        QCOMPARE(pollers.front().poll().status, 404);
        QCOMPARE(pollers.back().poll().status, 200);
        QVERIFY(Poller(*m_bob).open());
        QVERIFY(everybodyIsServed());
    }

    void joinedConversations_ofAConnection_areLimited()
    {
        start({u"hubs.groups_per_connection=1"_s});
        HubClient hub(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(hub.open(m_alice->token()));
        QStringList conversations;
        for (const QString &to : {m_bobId, m_malloryId}) {
            const RestReply sent =
                m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, to}, {u"content"_s, u"hello"_s}});
            conversations.append(sent.data()[u"conversationId"_s].toString());
        }
        QVERIFY(hub.invoke(u"JoinConversation"_s, {conversations[0]}).isOk());
        QCOMPARE(hub.invoke(u"JoinConversation"_s, {conversations[1]}).code(), u"CONFLICT"_s);
        QVERIFY(hub.invoke(u"JoinConversation"_s, {conversations[0]}).isOk());
        QVERIFY(hub.invoke(u"LeaveConversation"_s, {conversations[0]}).isOk());
        QVERIFY(hub.invoke(u"JoinConversation"_s, {conversations[1]}).isOk());
    }

    void leftConversations_ofAConnection_areLimited()
    {
        start({u"hubs.groups_per_connection=2"_s});
        RestClient carol(m_server->url());
        const QString carolId = carol.signIn(u"carol"_s);
        HubClient hub(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(hub.open(m_alice->token()));
        QStringList conversations;
        for (const QString &to : {m_bobId, m_malloryId, carolId}) {
            const RestReply sent =
                m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, to}, {u"content"_s, u"hello"_s}});
            conversations.append(sent.data()[u"conversationId"_s].toString());
        }
        QVERIFY(hub.invoke(u"LeaveConversation"_s, {conversations[0]}).isOk());
        QVERIFY(hub.invoke(u"LeaveConversation"_s, {conversations[1]}).isOk());
        QCOMPARE(hub.invoke(u"LeaveConversation"_s, {conversations[2]}).code(), u"CONFLICT"_s);
        QVERIFY(hub.invoke(u"LeaveConversation"_s, {conversations[0]}).isOk()); // known already
        QVERIFY(hub.invoke(u"JoinConversation"_s, {conversations[0]}).isOk()); // and it is forgotten
        QVERIFY(hub.invoke(u"LeaveConversation"_s, {conversations[2]}).isOk());
        HubClient another(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(another.open(m_alice->token()));
        QVERIFY(another.invoke(u"LeaveConversation"_s, {conversations[1]}).isOk());
    }

    void changesOfStatus_areLimited()
    {
        start({});
        HubClient mallory(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(mallory.open(m_mallory->token()));
        HubAnswer answer;
        for (int i = 0; i < 500 && (i == 0 || answer.isOk()); ++i)
            answer = mallory.invoke(u"SetStatus"_s, {i % 2 == 0 ? u"away"_s : u"online"_s});
        QCOMPARE(answer.code(), u"RATE_LIMITED"_s);
        HubClient alice(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(alice.open(m_alice->token()));
        QVERIFY(alice.invoke(u"SetStatus"_s, {u"busy"_s}).isOk());
        QVERIFY(everybodyIsServed());
    }

    void presenceOfVeryMany_isInvalid()
    {
        start({});
        HubClient mallory(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(mallory.open(m_mallory->token()));
        QJsonArray people;
        for (int i = 0; i < 500; ++i)
            people.append(m_bobId);
        QVERIFY(mallory.invoke(u"SubscribePresence"_s, {QJsonValue(people)}).isOk());
        people.append(m_bobId);
        QCOMPARE(mallory.invoke(u"SubscribePresence"_s, {QJsonValue(people)}).code(), u"VALIDATION_ERROR"_s);
    }

    void whatPollersAreTold_isKeptOnce()
    {
        start({u"hubs.connections_per_person=300"_s});
        std::vector<Poller> pollers(300, Poller(*m_mallory));
        for (Poller &poller : pollers)
            QVERIFY(poller.open());
        const qint64 before = m_server->residentKiB();
        constexpr int messages = 28;
        for (int i = 0; i < messages; ++i)
            QVERIFY(sends(m_malloryId, u"\U0001F600"_s.repeated(3000))); // in two events, for message and list
        QVERIFY(everybodyIsServed());
        QVERIFY2(m_server->residentKiB() - before < 32 * 1024, // for each of its own it would be 200 MiB
                 qPrintable(u"%1 KiB more"_s.arg(m_server->residentKiB() - before)));
        for (Poller *poller : {&pollers.front(), &pollers.back()}) {
            qsizetype received = 0;
            while (received < messages) {
                const RestReply reply = poller->poll();
                QCOMPARE(reply.status, 200);
                received += reply.body.count("ReceiveMessage");
            }
        }
    }

    void aPollerThatSleeps_isEnded()
    {
        start({u"hubs.output_bytes=131072"_s});
        Poller sleeping(*m_mallory);
        Poller reading(*m_mallory);
        QVERIFY(sleeping.open());
        QVERIFY(reading.open());
        for (int i = 0; i < 10; ++i) {
            QVERIFY(sends(m_malloryId, u"\U0001F600"_s.repeated(5000)));
            QVERIFY(reading.hears("ReceiveMessage"));
        }
        // What it has kept is still told, then it is over.
        QVERIFY(sleeping.poll().body.contains("ReceiveMessage"));
        QCOMPARE(sleeping.poll().status, 204);
        QVERIFY(everybodyIsServed());
    }

    void keptOutput_ofAll_isBounded_andThoseWhoKeepTheMostGo()
    {
        start({u"hubs.output_bytes_total=1048576"_s});
        HubClient alice(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(alice.open(m_alice->token()));
        Poller reading(*m_mallory);
        QVERIFY(reading.open());
        std::vector<Poller> sleeping(20, Poller(*m_mallory));
        for (Poller &poller : sleeping)
            QVERIFY(poller.open());

        constexpr int messages = 10; // 20 KB for each of them
        for (int i = 0; i < messages; ++i) {
            QVERIFY(sends(m_malloryId, u"\U0001F600"_s.repeated(5000)));
            QVERIFY(reading.hears("ReceiveMessage"));
        }
        QVERIFY(m_server->log().contains("hubs.output_bytes_total"));
        const auto ended =
            std::count_if(sleeping.begin(), sleeping.end(), [](Poller &poller) { return poller.poll().status == 404; });
        QVERIFY2(ended > 0, qPrintable(QString::number(ended)));
        QVERIFY(alice.isOpen());
        QVERIFY(sends(m_malloryId, u"still here"_s));
        QVERIFY(reading.hears("still here"));
        QVERIFY(everybodyIsServed());
    }
};

TERTULIA_TEST(tst_fairness, TestFairness)
#include "tst_fairness.moc"
