// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is read here is told to the server: once, of the message that was read, and when it can be.
#include "chatscript.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

Conversation talkWith(Sequence last, int unread = 0)
{
    return conversationOf(talk, {ana, bo}, messageFrom(bo, talk, last), unread);
}

} // namespace

class TestReadMarks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_script = std::make_unique<ChatScript>(); }
    void cleanup()
    {
        if (m_script->mirror)
            QCOMPARE(m_script->mirror->faults(), QString());
        m_script.reset();
    }

    void readMark_goesToTheServer_andSurvivesItsAbsence()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2));
        QVERIFY(m_script->drain());
        m_script->store->messages().save(messageFrom(bo, talk, 2));
        client.markRead(talk, 2);
        QCOMPARE(client.find(talk)->conversation.unreadCount, 0);
        QTRY_VERIFY(m_script->sent().contains("MarkAsRead"));
        QCOMPARE(m_script->store->conversations().unsentReadMarks().size(), size_t(1)); // no answer yet
    }
    void readMark_ofTheLatest_namesIt_thoughTheStoreHasItNot()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        m_script->inject(HubEvents::conversationUpdated, talkWith(9, 8));
        QVERIFY(m_script->drain());
        QVERIFY(!m_script->store->messages().at(talk, 9));
        client.markRead(talk, 9);
        QTRY_VERIFY(m_script->sent().contains(client.find(talk)->conversation.lastMessage->id.toString().toUtf8()));
    }
    void readMark_isNotTold_ofAnOwnMessageAfterWhatIsRead()
    {
        startWithTalk();
        m_script->inject(HubEvents::conversationUpdated, talkWith(1));
        m_script->inject(HubEvents::receiveMessage, messageFrom(ana, talk, 2));
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->readThrough(), 1);
        m_script->client->markRead(talk, 2);
        QCOMPARE(m_script->client->find(talk)->readThrough(), 2);
        QVERIFY(m_script->store->conversations().unsentReadMarks().empty());
    }
    /// As an answer that is written at once: what was read before it is not told yet.
    void readMark_isTold_whenAnOwnMessageFollowsAtOnce()
    {
        startWithTalk();
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2));
        m_script->inject(HubEvents::receiveMessage, messageFrom(ana, talk, 3));
        QVERIFY(m_script->drain());
        m_script->client->markRead(talk, 2);
        m_script->client->markRead(talk, 3);
        QTRY_VERIFY(m_script->sent().contains("MarkAsRead"));
        QCOMPARE(m_script->client->find(talk)->readThrough(), 3);
    }
    void readMark_isTold_ofAnOwnMessageThatCameBeforeAnother()
    {
        // Written offline; meanwhile somebody else wrote: the own one may be known first.
        startWithTalk();
        ConversationClient &client = *m_script->client;
        m_script->inject(HubEvents::receiveMessage, messageFrom(ana, talk, 3));
        QVERIFY(m_script->drain());
        client.markRead(talk, 3);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2));
        QVERIFY(m_script->drain());
        QTRY_VERIFY(m_script->sent().contains("MarkAsRead"));
        QCOMPARE(client.find(talk)->conversation.unreadCount, 0);
    }
    /// The store may have gaps, also one behind the mark: it goes only as far as what is here.
    void readMark_goesAsFarAsWhatIsHere()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        m_script->inject(HubEvents::conversationUpdated, talkWith(9, 8));
        QVERIFY(m_script->drain());
        m_script->store->messages().save(messageFrom(bo, talk, 5));
        client.markRead(talk, 7);
        QCOMPARE(client.find(talk)->readThrough(), 5);
        QTRY_VERIFY(isTold(messageFrom(bo, talk, 5)));
        client.markRead(talk, 7);
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->sent().count("MarkAsRead"), 1);
    }
    /// Read while nobody could be told of it: what has come since, and what the store has lost, changes nothing.
    void readMark_namesWhatWasTheLatest_thoughMoreHasCome()
    {
        m_script->store->conversations().save(talkWith(9, 8));
        m_script->store->messages().save(messageFrom(bo, talk, 1));
        m_script->makeClient();
        m_script->client->markRead(talk, 9);
        m_script->store->conversations().save(talkWith(12, 3)); // as a sync brought it before that way broke, too
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(isTold(messageFrom(bo, talk, 9)));
        QCOMPARE(m_script->sent().count("MarkAsRead"), 1);
    }
    /// A server that has not the message, or will not have it read: how many there are then, it says.
    void refusedReadMark_makesTheCountBeAskedFor()
    {
        startWithTalk();
        m_script->inject(HubEvents::conversationUpdated, talkWith(9, 8));
        QVERIFY(m_script->drain());
        m_script->store->messages().save(messageFrom(bo, talk, 5));
        const QString path = routePath(Routes::conversation, {talk.toString()});
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(talkWith(9, 3))));
        m_script->client->markRead(talk, 5);
        QTRY_VERIFY(m_script->sent().contains("MarkAsRead"));
        const QByteArray call = m_script->sent().first(m_script->sent().indexOf("MarkAsRead"));
        const QString id =
            QString::fromUtf8(call.sliced(call.lastIndexOf("\"invocationId\":") + 15).split(',').first());
        m_script->server.socket()->injectText(
            u"{\"type\":3,\"invocationId\":%1,\"error\":\"HubException: NOT_FOUND: no such message\"}\u001e"_s.arg(id));
        QTRY_COMPARE(m_script->server.count(path), 1);
        QTRY_COMPARE(m_script->client->find(talk)->unread(), 3);
        QVERIFY(m_script->store->conversations().unsentReadMarks().empty());
    }

private:
    void startWithTalk()
    {
        m_script->store->setValue(u"sync-cursor"_s, u"c-7"_s);
        m_script->store->conversations().save(talkWith(1));
        m_script->store->messages().save(messageFrom(bo, talk, 1));
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!m_script->client->isSyncing() && m_script->store->value(u"sync-cursor"_s) == u"c-1"_s);
    }
    [[nodiscard]] bool isTold(const Message &message)
    {
        return m_script->sent().contains(message.id.toString().toUtf8());
    }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_readmarks, TestReadMarks)
#include "tst_readmarks.moc"
