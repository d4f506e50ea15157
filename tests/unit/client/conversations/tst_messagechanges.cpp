// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What changes a message after it was sent: told by the server, or done here.
#include "chatscript.h"
#include "support/testmain.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

} // namespace

class TestMessageChanges : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_script = std::make_unique<ChatScript>();
        m_script->store->setValue(u"sync-cursor"_s, u"c-1"_s);
        m_script->store->conversations().save(conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 1)));
        m_script->store->messages().save(messageFrom(bo, talk, 1));
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!m_script->client->isSyncing());
    }
    void cleanup()
    {
        QCOMPARE(m_script->mirror->faults(), QString());
        m_script.reset();
    }

    void changedMessage_isTakenWhole_andEarlierAccountsOfItChangeNothing()
    {
        ConversationClient &client = *m_script->client;
        Timeline *const timeline = client.open(talk);
        Message message = messageFrom(bo, talk, 2, u"News"_s);
        message.revision = 2;
        m_script->inject(HubEvents::receiveMessage, message);
        Message changed = message;
        changed.revision = 3;
        changed.reactions = {{ana.id, u"+"_s, testTime}};
        QSignalSpy received(&client, &ConversationClient::messageReceived);
        m_script->inject(HubEvents::messageReaction,
                         MessageReaction{.messageId = message.id,
                                         .conversationId = talk,
                                         .userId = ana.id,
                                         .reaction = u"+"_s,
                                         .message = changed});
        m_script->inject(HubEvents::receiveMessage, message); // late
        Conversation late = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 2, u"Old news"_s), 1);
        late.revision = 2;
        m_script->inject(HubEvents::conversationUpdated, late);
        QVERIFY(m_script->drain());
        QCOMPARE(timeline->at(0).message.reactions, changed.reactions);
        QCOMPARE(m_script->store->messages().at(talk, 2)->reactions, changed.reactions);
        QCOMPARE(client.find(talk)->conversation.lastMessage->content, u"News"_s);
        QCOMPARE(client.find(talk)->conversation.unreadCount, 1);
        QCOMPARE(received.count(), 1); // of the message alone
    }
    void reaction_isShownAtOnce_andUndoneWhenItIsRefused()
    {
        ConversationClient &client = *m_script->client;
        Timeline *const timeline = client.open(talk);
        Message message = messageFrom(bo, talk, 2, u"News"_s);
        message.revision = 2;
        m_script->inject(HubEvents::receiveMessage, message);
        QVERIFY(m_script->drain());
        const auto shown = [&] {
            const auto reactions = timeline->at(0).reactions(ana.id);
            return reactions.empty() ? QString() : reactions.front().reaction;
        };
        QSignalSpy refused(&client, &ConversationClient::refused);
        QVERIFY(client.react(talk, message.id, u"+"_s));
        QCOMPARE(shown(), u"+"_s); // in this very moment
        QTRY_VERIFY(hasInvoked("ReactToMessage"));
        Message changed = message;
        changed.revision = 3;
        changed.reactions = {{ana.id, u"+"_s, testTime}};
        complete("\"result\":" + toJson(changed));
        QTRY_VERIFY(client.outbox().reactionsOf(talk).empty());
        QCOMPARE(shown(), u"+"_s);
        QVERIFY(!timeline->at(0).pendingReaction);
        QCOMPARE(m_script->store->messages().at(talk, 2)->revision, 3);

        QVERIFY(client.react(talk, message.id, u"-"_s));
        QCOMPARE(shown(), u"-"_s);
        QTRY_VERIFY(hasInvoked("ReactToMessage"));
        complete("\"error\":\"HubException: MESSAGE_DELETED: This message was deleted.\"");
        QTRY_COMPARE(refused.count(), 1);
        QCOMPARE(shown(), u"+"_s);
    }

private:
    /// Waits for the newest of what the client has called, and remembers which it was.
    bool hasInvoked(const QByteArray &method)
    {
        while (!m_script->server.socket()->received().isEmpty()) {
            const QString text = QString::fromUtf8(m_script->server.socket()->take());
            static const QRegularExpression id(u"\"invocationId\":\"([^\"]+)\""_s);
            if (text.contains(QString::fromLatin1(method)))
                m_invocation = id.match(text).captured(1);
        }
        return !m_invocation.isEmpty();
    }
    void complete(const QByteArray &outcome)
    {
        m_script->server.socket()->injectText(
            u"{\"type\":3,\"invocationId\":\"%1\",%2}\u001e"_s.arg(m_invocation, QString::fromUtf8(outcome)));
        m_invocation.clear();
    }

    std::unique_ptr<ChatScript> m_script;
    QString m_invocation;
};

TERTULIA_TEST(tst_messagechanges, TestMessageChanges)
#include "tst_messagechanges.moc"
