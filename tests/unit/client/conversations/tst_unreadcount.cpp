// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A count of what is unread belongs to the mark behind which it was counted: one from before a read that this client
// knows of is not believed, whatever brings it, and the right one is asked for until it is there.
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
const QString path = routePath(Routes::conversation, {talk.toString()});

/// Two messages of bo's, then ana's and bo's by turns: behind 4, where ana has read up to, are 5 (bo), 6 (ana), 7 (bo)
/// and so on.
Conversation counted(Sequence last, Sequence readThrough, int unread)
{
    Conversation talkThen = conversationOf(talk, {ana, bo}, messageFrom(last % 2 ? bo : ana, talk, last), unread);
    talkThen.readThrough = readThrough;
    talkThen.revision = last;
    return talkThen;
}

Message revised(const UserCard &sender, Sequence sequence)
{
    Message message = messageFrom(sender, talk, sequence);
    message.revision = sequence;
    return message;
}

const Conversation now = counted(8, 4, 2); ///< as it is
const Conversation before = counted(8, 0, 4); ///< and before ana read elsewhere
const ScriptedAnswer isNow = ScriptedAnswer::data(toJson(now));

} // namespace

class TestUnreadCount : public QObject
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

    void lateSync_isNotBelieved()
    {
        startWith(now);
        m_script->server.expect("GET", path, isNow);
        SyncResult page;
        page.conversations = {before};
        page.cursor = u"c-2"_s;
        m_script->server.expect("GET", QString(Routes::sync), ScriptedAnswer::data(toJson(page)));
        m_script->client->retry();
        isAskedFor(1);
        QCOMPARE(unread(), 2);
    }
    void lateEvent_isNotBelieved()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->inject(HubEvents::conversationUpdated, before);
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        QCOMPARE(unread(), 2); // at no moment
        m_script->server.held(path).front()->answer(isNow);
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 2);
    }
    /// Of a new message, and a group's, which says nothing of its members.
    void newMessageCountedBehindAnEarlierMark_isAskedFor_data()
    {
        QTest::addColumn<bool>("isWhole");
        QTest::newRow("whole") << true;
        QTest::newRow("what the message changed") << false;
    }
    void newMessageCountedBehindAnEarlierMark_isAskedFor()
    {
        QFETCH(const bool, isWhole);
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        Conversation next = counted(10, 0, 5);
        if (!isWhole)
            next.participants.clear();
        m_script->inject(HubEvents::conversationUpdated, next);
        isAskedFor(1);
        QTRY_COMPARE(unread(), 3);
        QCOMPARE(m_script->client->find(talk)->lastSequence(), 10);
    }
    void readElsewhere_isKnownThoughItsCountIsOld()
    {
        startWith(counted(8, 0, 4));
        m_script->server.expect("GET", path, isNow);
        m_script->inject(HubEvents::conversationUpdated, counted(6, 4, 1)); // from before the last two
        isAskedFor(1);
        QTRY_COMPARE(unread(), 2);
    }
    /// What follows the server's mark is one's own, and does not move it.
    void nothingUnread_isBelieved_howeverLowItsMark()
    {
        startWith(counted(9, 8, 1));
        m_script->inject(HubEvents::conversationUpdated, counted(9, 7, 0));
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 0);
        // Nor is it moved here, so that what comes then is counted behind the same mark.
        m_script->mirror.reset();
        m_script = std::make_unique<ChatScript>();
        startWith(counted(10, 8, 0));
        m_script->inject(HubEvents::conversationUpdated, counted(10, 8, 0));
        m_script->inject(HubEvents::conversationUpdated, counted(11, 8, 1));
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 1);
        QCOMPARE(m_script->server.count(path), 0);
    }
    void questionThatIsLost_isAskedAgain()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::error(503, "UNAVAILABLE"));
        m_script->server.expect("GET", path, ScriptedAnswer::hangUp());
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        m_script->inject(HubEvents::conversationUpdated, counted(10, 0, 5));
        isAskedFor(3);
        QTRY_COMPARE(unread(), 3);
    }
    void questionThatIsLostWithTheConnection_isAskedWithTheNext_alsoAfterARestart()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->inject(HubEvents::conversationUpdated, counted(10, 0, 5));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        QCOMPARE(unread(), 5);
        m_script->makeClient();
        QCOMPARE(unread(), 5);
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        m_script->client->start();
        isAskedFor(2);
        QTRY_COMPARE(unread(), 3);
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->server.count(path), 2); // it has been answered
    }
    void answerFromBeforeARead_isAskedForAgain()
    {
        startWith(counted(8, 2, 3));
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(10, 6, 2))));
        m_script->inject(HubEvents::conversationUpdated, counted(10, 0, 5));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        Conversation read = counted(10, 6, 2);
        m_script->inject(HubEvents::conversationUpdated, read);
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 2);
        m_script->server.held(path).front()->answer(ScriptedAnswer::data(toJson(counted(10, 2, 4))));
        isAskedFor(2);
        QTRY_COMPARE(unread(), 2);
    }
    void answerFromBeforeTheNextDoubt_isAskedForAgain()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(12, 4, 4))));
        m_script->inject(HubEvents::conversationUpdated, counted(10, 0, 5));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        m_script->inject(HubEvents::conversationUpdated, counted(12, 0, 6));
        QVERIFY(m_script->drain());
        m_script->server.held(path).front()->answer(ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        isAskedFor(2);
        QTRY_COMPARE(unread(), 4);
    }
    /// As when an own message's answer overtakes another's event, or an event was lost.
    void messageThatIsMissing_isCounted_whetherItComesOrNot()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        m_script->inject(HubEvents::receiveMessage, revised(ana, 10));
        isAskedFor(1);
        QTRY_COMPARE(unread(), 3);
        m_script->inject(HubEvents::receiveMessage, revised(bo, 9));
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 3);
        isAskedFor(1);
    }
    void answerFromBeforeTheNewest_isBroughtUpToDate()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->inject(HubEvents::receiveMessage, revised(ana, 10));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        m_script->inject(HubEvents::receiveMessage, revised(bo, 11));
        m_script->inject(HubEvents::receiveMessage, revised(ana, 12));
        QVERIFY(m_script->drain());
        QCOMPARE(unread(), 3);
        m_script->server.held(path).front()->answer(ScriptedAnswer::data(toJson(counted(10, 4, 3))));
        QTRY_COMPARE(unread(), 4);
        QCOMPARE(m_script->client->find(talk)->lastSequence(), 12);
        isAskedFor(1);
    }
    /// A server that counts from another mark than the client thinks is right, and is not asked for ever.
    void answer_isBelieved_thoughItsMarkIsLower()
    {
        startWith(now);
        m_script->server.always("GET", path, ScriptedAnswer::data(toJson(counted(10, 3, 4))));
        m_script->inject(HubEvents::conversationUpdated, counted(10, 3, 4));
        QTRY_COMPARE(unread(), 4);
        isAskedFor(1);
        QVERIFY(m_script->drain());
        QVERIFY(m_script->drain());
        isAskedFor(1);
        QCOMPARE(unread(), 4);
    }
    void conversationThatIsGone_isNotAskedForAgain()
    {
        startWith(now);
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->inject(HubEvents::conversationUpdated, counted(10, 0, 5));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        m_script->inject(HubEvents::conversationDeleted, ConversationRef{talk, 10});
        QTRY_VERIFY(!m_script->client->find(talk));
        m_script->server.held(path).front()->answer(ScriptedAnswer::error(503, "UNAVAILABLE"));
        QVERIFY(m_script->drain());
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->server.count(path), 1);
    }

private:
    void startWith(const Conversation &known)
    {
        m_script->store->setValue(u"sync-cursor"_s, u"c-1"_s);
        m_script->store->conversations().save(known);
        m_script->store->conversations().raiseMarks(talk, known.readThrough, {});
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!m_script->client->isSyncing());
        QCOMPARE(unread(), known.unreadCount);
    }
    void isAskedFor(int times)
    {
        QTRY_COMPARE(m_script->server.count(path), times);
        QVERIFY(m_script->drain());
    }
    [[nodiscard]] int unread() const { return m_script->client->find(talk)->unread(); }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_unreadcount, TestUnreadCount)
#include "tst_unreadcount.moc"
