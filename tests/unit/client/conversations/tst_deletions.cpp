// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was deleted with its conversation stays away, by whatever way it comes after the message that brought the
// conversation back, or between the two.
#include "chatscript.h"
#include "client/conversations/timelinerows.h"
#include "support/testmain.h"
#include "timelinestage.h"

#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr Sequence deleted = 5; ///< up to here; the next one brings the conversation back
const QString syncPath = QString(Routes::sync);
const QString listPath = QString(Routes::conversations);
const QString historyPath = QString(Routes::messages);

/// As the server says it with this newest message.
Conversation talkWith(Sequence last, Sequence hiddenThrough, int unread)
{
    Conversation conversation = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, last), unread);
    conversation.revision = last;
    conversation.hiddenThrough = hiddenThrough;
    return conversation;
}

Conversation before()
{
    return talkWith(deleted, 0, int(deleted));
}

Conversation after()
{
    return talkWith(deleted + 1, deleted, 1);
}

std::vector<Message> messagesOf(Sequence first, Sequence last)
{
    std::vector<Message> messages;
    for (Sequence sequence = first; sequence <= last; ++sequence)
        messages.push_back(messageFrom(bo, talk, sequence));
    return messages;
}

ScriptedAnswer historyOf(Sequence first, Sequence last)
{
    MessagePage page;
    page.conversationId = talk;
    page.messages = messagesOf(first, last);
    return ScriptedAnswer::json(200, successJson(page, page.pagination));
}

SyncResult syncOf(const std::vector<Conversation> &conversations, const std::vector<Message> &messages)
{
    SyncResult page;
    page.conversations = conversations;
    page.messages = messages;
    page.cursor = u"c-2"_s;
    return page;
}

ScriptedAnswer answerOf(const SyncResult &page)
{
    return ScriptedAnswer::data(toJson(page));
}

} // namespace

class TestDeletions : public QObject, private TimelineStage
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_script = std::make_unique<ChatScript>(); }
    void cleanup()
    {
        end();
        if (m_script->mirror)
            QCOMPARE(m_script->mirror->faults(), QString());
        m_script.reset();
    }

    // After the message that brought the conversation back

    void lateMessage_isNotTakenIn()
    {
        startWithTalk();
        QSignalSpy received(m_script->client.get(), &ConversationClient::messageReceived);
        QVERIFY(isDeleted() && isBack());
        Timeline *const timeline = m_script->client->open(talk);
        for (const Message &late : messagesOf(1, deleted))
            m_script->inject(HubEvents::receiveMessage, late);
        QVERIFY(m_script->drain());
        QVERIFY(showsTheNewOneOnly());
        QCOMPARE(rowsOf(*timeline), u"6"_s);
        QVERIFY(std::none_of(received.begin(), received.end(), [](const QList<QVariant> &one) {
            return one.front().value<Message>().sequence <= deleted
                && one.front().value<Message>().conversationId == talk;
        }));
    }
    void lateChange_isNotTakenIn()
    {
        startWithTalk();
        QVERIFY(isDeleted() && isBack());
        Message changed = messageFrom(bo, talk, 2);
        changed.revision = 20;
        MessageReaction reaction;
        reaction.message = changed;
        m_script->inject(HubEvents::messageReaction, reaction);
        QVERIFY(m_script->drain());
        QVERIFY(showsTheNewOneOnly());
    }
    void lateConversation_changesNothing()
    {
        startWithTalk();
        QVERIFY(isDeleted() && isBack());
        m_script->inject(HubEvents::conversationUpdated, before());
        QVERIFY(m_script->drain());
        QVERIFY(showsTheNewOneOnly());
    }
    void lateSync_bringsNothingBack()
    {
        startWithTalk();
        QSignalSpy received(m_script->client.get(), &ConversationClient::messageReceived);
        ScriptedExchange *const page = ask(syncPath, [this] { m_script->client->retry(); });
        QVERIFY(page && isDeleted() && isBack());
        received.clear();
        page->answer(answerOf(syncOf({before()}, messagesOf(3, deleted))));
        QTRY_VERIFY(!m_script->client->isSyncing());
        QVERIFY(showsTheNewOneOnly());
        QCOMPARE(received.count(), 0);
    }
    void lateList_bringsNothingBack()
    {
        m_script->server.expect("GET", syncPath, ScriptedAnswer::error(400, "UNKNOWN_CURSOR"));
        ScriptedExchange *const page = ask(listPath, [this] { startWithTalk(false); });
        QVERIFY(page && isDeleted() && isBack());
        page->answer(listOf({before()}));
        QTRY_VERIFY(!m_script->client->isSyncing());
        QVERIFY(showsTheNewOneOnly());
    }
    void lateHistory_isAskedForAgain()
    {
        startWithTalk(true, 0); // of which the list alone is there
        ScriptedExchange *const page = ask(historyPath, [this] { m_script->client->open(talk); });
        Timeline *const timeline = m_script->client->timeline(talk);
        QVERIFY(page && timeline);
        m_script->inject(HubEvents::conversationUpdated, after()); // the deletion itself was not heard of
        QVERIFY(m_script->drain());
        m_script->server.always("GET", historyPath, historyOf(deleted + 1, deleted + 1));
        page->answer(historyOf(1, deleted));
        QTRY_COMPARE(rowsOf(*timeline), u"6"_s);
        QVERIFY(!timeline->hasOlder());
        QVERIFY(showsTheNewOneOnly());
    }
    void historyThatIsAlwaysOld_isNotAskedForWithoutEnd()
    {
        startWithTalk(true, 0);
        m_script->server.always("GET", historyPath, historyOf(1, deleted));
        m_script->inject(HubEvents::conversationUpdated, talkWith(deleted + 1, deleted, 0));
        QVERIFY(m_script->drain());
        Timeline *const timeline = m_script->client->open(talk);
        QTRY_COMPARE(timeline->state(), Timeline::State::Empty);
        QCOMPARE(m_script->server.count(historyPath), 2);
    }

    // Between the deletion and that message

    void lateConversation_staysAway()
    {
        startWithTalk();
        QVERIFY(isDeleted());
        m_script->inject(HubEvents::conversationUpdated, before());
        QVERIFY(m_script->drain());
        QVERIFY(!m_script->client->find(talk));
        QVERIFY(isBack());
        QVERIFY(showsTheNewOneOnly());
    }
    void lateSync_doesNotBringTheConversationBack()
    {
        startWithTalk();
        ScriptedExchange *const page = ask(syncPath, [this] { m_script->client->retry(); });
        QVERIFY(page && isDeleted());
        m_script->server.always("GET", routePath(Routes::conversation, {talk.toString()}),
                                ScriptedAnswer::error(404, "NOT_FOUND"));
        page->answer(answerOf(syncOf({before()}, messagesOf(3, deleted))));
        QTRY_VERIFY(!m_script->client->isSyncing());
        QVERIFY(!m_script->client->find(talk));
    }
    void lateList_doesNotBringTheConversationBack()
    {
        m_script->server.expect("GET", syncPath, ScriptedAnswer::error(400, "UNKNOWN_CURSOR"));
        ScriptedExchange *const page = ask(listPath, [this] { startWithTalk(false); });
        QVERIFY(page && isDeleted());
        page->answer(listOf({before()}));
        QTRY_VERIFY(!m_script->client->isSyncing());
        QVERIFY(!m_script->client->find(talk));
    }
    void oldAnswer_toTheQuestionWhoseMessageItIs_isAskedForAgain()
    {
        startWithTalk();
        QVERIFY(isDeleted());
        const QString path = routePath(Routes::conversation, {talk.toString()});
        ScriptedExchange *const answer =
            ask(path, [this] { m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, deleted + 1)); });
        QVERIFY(answer);
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(after())));
        answer->answer(ScriptedAnswer::data(toJson(before()))); // made before the deletion
        QTRY_VERIFY(m_script->client->find(talk));
        QVERIFY(showsTheNewOneOnly());
    }

    // The deletion itself comes late, or not at all

    void lateDeletion_takesWhatWasBefore_andLeavesTheRest()
    {
        startWithTalk();
        Timeline *const timeline = m_script->client->open(talk);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, deleted + 1));
        m_script->inject(HubEvents::conversationDeleted, ConversationRef{talk, deleted});
        QVERIFY(m_script->drain());
        QVERIFY(showsTheNewOneOnly());
        QCOMPARE(m_script->client->timeline(talk), timeline);
        QCOMPARE(rowsOf(*timeline), u"6"_s);
        QVERIFY(!timeline->hasOlder());
    }
    void answerToTheDeletion_thatComesLast_leavesTheRest()
    {
        startWithTalk();
        ScriptedExchange *const answer = ask(
            routePath(Routes::conversation, {talk.toString()}),
            [this] { std::ignore = m_script->client->remove(talk); }, "DELETE");
        QVERIFY(answer);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, deleted + 1));
        QVERIFY(m_script->drain());
        answer->answer(ScriptedAnswer::data(toJson(ConversationRef{talk, deleted})));
        QTRY_COMPARE(m_script->client->find(talk)->hiddenThrough(), deleted);
        QVERIFY(showsTheNewOneOnly());
    }
    void deletionThatNobodyToldOf_isSeenByWhatBringsTheConversationBack()
    {
        startWithTalk();
        Timeline *const timeline = m_script->client->open(talk);
        QCOMPARE(timeline->count(), int(deleted));
        m_script->server.always("GET", historyPath, historyOf(deleted + 1, deleted + 1));
        m_script->inject(HubEvents::conversationUpdated, after());
        QVERIFY(m_script->drain());
        QTRY_COMPARE(rowsOf(*timeline), u"6"_s);
        QVERIFY(!timeline->hasOlder());
        QVERIFY(showsTheNewOneOnly());
        m_script->makeClient(); // a restart
        QVERIFY(showsTheNewOneOnly());
        QCOMPARE(rowsOf(*m_script->client->open(talk)), u"6"_s);
    }
    void deletionAndReturn_toldByOneSync_leaveTheNewOneOnly()
    {
        SyncResult page = syncOf({after()}, messagesOf(deleted + 1, deleted + 1));
        page.deletedConversationIds = {talk};
        m_script->server.expect("GET", syncPath, answerOf(page));
        startWithTalk();
        QTRY_VERIFY(showsTheNewOneOnly());
        QCOMPARE(m_script->store->messages().last(talk), deleted + 1);
    }
    void deletionAndReturn_thatAreKnown_areNotDoneAgainByTheSync()
    {
        startWithTalk();
        QVERIFY(isDeleted() && isBack());
        Timeline *const timeline = m_script->client->open(talk);
        SyncResult page = syncOf({after()}, {});
        page.deletedConversationIds = {talk};
        m_script->server.expect("GET", syncPath, answerOf(page));
        m_script->client->retry();
        QTRY_VERIFY(m_script->server.isDone() && !m_script->client->isSyncing());
        QCOMPARE(m_script->client->timeline(talk), timeline);
        QVERIFY(showsTheNewOneOnly());
    }
    void deletionOfAnOlderSync_doesNotUndoTheReturn()
    {
        startWithTalk();
        ScriptedExchange *const page = ask(syncPath, [this] { m_script->client->retry(); });
        QVERIFY(page && isDeleted() && isBack());
        m_script->server.expect("GET", routePath(Routes::conversation, {talk.toString()}),
                                ScriptedAnswer::data(toJson(after())));
        SyncResult between = syncOf({}, {});
        between.deletedConversationIds = {talk};
        page->answer(answerOf(between));
        QTRY_VERIFY(m_script->server.isDone() && m_script->client->find(talk));
        QVERIFY(showsTheNewOneOnly());
    }
    /// Deleted when nothing was in it, so that it is hidden up to nothing; what came then was there before the answer.
    void deletedEmpty_andBackBeforeTheAnswer_stays()
    {
        startWithTalk();
        const QString path = routePath(Routes::conversation, {talk.toString()});
        m_script->server.expect("DELETE", path, ScriptedAnswer::data(toJson(ConversationRef{talk})));
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(before())));
        std::ignore = m_script->client->remove(talk);
        QTRY_VERIFY(m_script->server.isDone());
        QVERIFY(m_script->drain());
        QVERIFY(m_script->client->find(talk));
        QCOMPARE(m_script->client->find(talk)->lastSequence(), deleted);
    }
    void openedAgainAndDeletedAgain_goes()
    {
        startWithTalk();
        QVERIFY(isDeleted());
        Conversation opened = after();
        opened.lastMessage.reset();
        opened.unreadCount = 0;
        m_script->inject(HubEvents::conversationUpdated, opened);
        QVERIFY(m_script->drain());
        QVERIFY(m_script->client->find(talk));
        QVERIFY(isDeleted()); // with nothing in it
        QVERIFY(!m_script->client->find(talk));
    }
    /// Opening it anew changes no message, so the revision does not tell which account is the later one.
    void openedAgain_staysEmpty()
    {
        startWithTalk();
        QVERIFY(isDeleted());
        Conversation opened = talkWith(deleted, deleted, 0);
        opened.lastMessage.reset();
        m_script->inject(HubEvents::conversationUpdated, opened);
        m_script->inject(HubEvents::conversationUpdated, before());
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->lastSequence(), 0);
        QCOMPARE(m_script->client->find(talk)->conversation.unreadCount, 0);
    }
    void serverThatSaysNothingOfIt_isUnderstood()
    {
        startWithTalk();
        Conversation empty = before();
        empty.lastMessage.reset();
        m_script->server.expect("GET", routePath(Routes::conversation, {talk.toString()}),
                                ScriptedAnswer::data(toJson(empty)));
        m_script->inject(HubEvents::conversationDeleted, ConversationRef{talk});
        QTRY_VERIFY(!m_script->client->find(talk));
        m_script->inject(HubEvents::conversationUpdated, talkWith(deleted + 1, 0, 1));
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->lastSequence(), deleted + 1);
    }
    void restoredServer_isBelieved()
    {
        m_script->server.expect("GET", syncPath, ScriptedAnswer::error(400, "UNKNOWN_CURSOR"));
        m_script->server.expect("GET", listPath, listOf({talkWith(3, 0, 1)}));
        m_script->store->conversations().save(after());
        startWithTalk(true, 0);
        QCOMPARE(m_script->client->find(talk)->hiddenThrough(), 0);
        QCOMPARE(m_script->client->find(talk)->lastSequence(), 3);
        m_script->store->messages().save(messagesOf(1, 3));
        QCOMPARE(m_script->store->messages().last(talk), 3);
    }

    // What waits

    void messageThatWasDeletedWhileItWasSent_isSentAndNotShown()
    {
        m_script->server.always("GET", historyPath, historyOf(deleted + 2, deleted + 2));
        startWithTalk();
        Timeline *const timeline = m_script->client->open(talk);
        QString invocation;
        const Message sent = sendsMine(invocation);
        QVERIFY(!invocation.isEmpty());
        m_script->inject(HubEvents::conversationUpdated, talkWith(deleted + 2, deleted + 1, 1));
        QVERIFY(m_script->drain());
        QTRY_COMPARE(rowsOf(*timeline), *sent.clientMessageId + u"? 7"_s);
        m_script->server.socket()->injectText(u"{\"type\":3,\"invocationId\":\"%1\",\"result\":%2}\u001e"_s.arg(
            invocation, QString::fromUtf8(toJson(sent))));
        QTRY_COMPARE(rowsOf(*timeline), u"7"_s);
        QVERIFY(m_script->client->outbox().pendingOf(talk).empty());
        QVERIFY(!m_script->client->find(talk)->pending);
    }
    /// Its event is lost, and the answer with the connection: it is not shown beside the row that waits.
    void messageThatHistoryBringsFirst_endsItsSending()
    {
        startWithTalk();
        QString invocation;
        const Message sent = sendsMine(invocation);
        QVERIFY(!invocation.isEmpty());
        MessagePage page;
        page.messages = {sent};
        m_script->server.always("GET", historyPath, ScriptedAnswer::data(toJson(page)));
        m_script->inject(HubEvents::conversationUpdated, talkWith(deleted + 1, 0, 0));
        QVERIFY(m_script->drain());
        Timeline *const timeline = m_script->client->open(talk);
        QTRY_VERIFY(rowsOf(*timeline).startsWith(u"6"_s));
        m_script->server.socket()->close();
        QTRY_VERIFY(m_script->hub->state() != HubConnection::State::Connected);
        QVERIFY(m_script->client->outbox().pendingOf(talk).empty());
        QVERIFY(!rowsOf(*timeline).contains(u'?'));
    }
    /// It reached the server behind the deletion, so it has brought the conversation back.
    void messageThatWasOnItsWayAtTheDeletion_isTakenIn()
    {
        startWithTalk();
        QString invocation;
        const Message sent = sendsMine(invocation);
        QVERIFY(!invocation.isEmpty());
        const QString path = routePath(Routes::conversation, {talk.toString()});
        m_script->server.expect("DELETE", path, ScriptedAnswer::data(toJson(ConversationRef{talk, deleted})));
        const auto removed = m_script->client->remove(talk);
        QTRY_VERIFY(!m_script->client->find(talk));
        m_script->server.expect("GET", path, ScriptedAnswer::data(toJson(talkWith(deleted + 1, deleted, 0))));
        m_script->server.socket()->injectText(u"{\"type\":3,\"invocationId\":\"%1\",\"result\":%2}\u001e"_s.arg(
            invocation, QString::fromUtf8(toJson(sent))));
        QTRY_VERIFY(m_script->client->find(talk));
        QCOMPARE(m_script->store->messages().last(talk), deleted + 1);
        QVERIFY(m_script->client->outbox().pendingOf(talk).empty());
    }
    void eventOfAMessageThatIsDeleted_endsItsSending()
    {
        startWithTalk();
        std::ignore = m_script->client->send(talk, u"Mine."_s);
        Message sent = messageFrom(ana, talk, deleted, u"Mine."_s);
        sent.clientMessageId = m_script->client->outbox().pendingOf(talk).front().clientMessageId;
        m_script->inject(HubEvents::conversationUpdated, after());
        m_script->inject(HubEvents::receiveMessage, sent);
        QVERIFY(m_script->drain());
        QVERIFY(m_script->client->outbox().pendingOf(talk).empty());
    }

    // A timeline

    void window_goesWhereItIsHidden()
    {
        begin();
        serverHas(60);
        saveCached(1, 60);
        open(60, 20); // it is looked at far back
        QVERIFY(m_timeline->hasNewer());
        hide(50);
        QTRY_COMPARE(rowsOf(*m_timeline), range(60, 51));
        QVERIFY(!m_timeline->hasNewer() && !m_timeline->hasOlder());
    }
    void page_isCutWhereItIsHidden_andHistoryBeginsThere()
    {
        begin();
        serverHas(30);
        saveCached(26, 30);
        open(30);
        m_history->isHeld = true;
        m_timeline->loadOlder();
        hide(20);
        QCOMPARE(rowsOf(*m_timeline), range(30, 26));
        m_history->isHeld = false;
        m_history->release(); // made before
        QTRY_COMPARE(rowsOf(*m_timeline), range(30, 21));
        QVERIFY(!m_timeline->hasOlder());
    }
    void allIsHidden_andNothingIsLeft()
    {
        begin();
        serverHas(10);
        saveCached(1, 10);
        open(10);
        hide(10);
        QCOMPARE(m_timeline->count(), 0);
        QCOMPARE(m_timeline->state(), Timeline::State::Empty);
        QCOMPARE(m_timeline->lastSequence(), 0);
    }

private:
    /// Bo's, the list and the store have them.
    void startWithTalk(bool isSynced = true, Sequence kept = deleted)
    {
        m_script->store->setValue(u"sync-cursor"_s, u"c-1"_s);
        if (!m_script->store->conversations().find(talk))
            m_script->store->conversations().save(before());
        m_script->store->messages().save(messagesOf(1, kept));
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        if (isSynced)
            QTRY_VERIFY(!m_script->client->isSyncing());
    }
    /// On another device.
    bool isDeleted()
    {
        m_script->inject(HubEvents::conversationDeleted, ConversationRef{talk, deleted});
        return m_script->drain() && !m_script->client->find(talk);
    }
    bool isBack()
    {
        m_script->inject(HubEvents::conversationUpdated, after());
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, deleted + 1));
        return m_script->drain() && m_script->client->find(talk);
    }
    bool showsTheNewOneOnly() const
    {
        const ConversationEntry *const entry = m_script->client->find(talk);
        const auto stored = m_script->store->conversations().find(talk);
        return entry && entry->lastSequence() == deleted + 1 && entry->conversation.unreadCount == 1
            && entry->hiddenThrough() == deleted && stored && stored->hiddenThrough() == deleted
            && m_script->store->messages().before(talk, deleted + 1, 10).empty();
    }
    /// The request that `act` leads to, which waits for an answer; null: there is none.
    template <class Act> ScriptedExchange *ask(const QString &path, Act act, const QByteArray &method = "GET")
    {
        m_script->server.expect(method, path, ScriptedAnswer::held());
        act();
        const bool isThere = QTest::qWaitFor([&] { return !m_script->server.held(path).empty(); });
        return isThere ? m_script->server.held(path).front() : nullptr;
    }
    /// An own message on its way, as the server will have it: behind the deleted ones.
    /// @param invocation of the call that waits for an answer; empty: it did not come
    Message sendsMine(QString &invocation)
    {
        std::ignore = m_script->client->send(talk, u"Mine."_s);
        std::ignore = QTest::qWaitFor([&] { return !(invocation = invocationOf(u"SendMessage"_s)).isEmpty(); });
        Message sent = messageFrom(ana, talk, deleted + 1, u"Mine."_s);
        sent.clientMessageId = m_script->client->outbox().pendingOf(talk).front().clientMessageId;
        return sent;
    }
    /// Empty: it has not been called since.
    QString invocationOf(const QString &method)
    {
        while (!m_script->server.socket()->received().isEmpty()) {
            const QString text = QString::fromUtf8(m_script->server.socket()->take());
            static const QRegularExpression id(u"\"invocationId\":\"([^\"]+)\""_s);
            if (text.contains(method))
                return id.match(text).captured(1);
        }
        return {};
    }
    void hide(Sequence through)
    {
        Conversation hidden = conversationOf(talk, {ana, bo}, m_history->messages.back());
        hidden.hiddenThrough = through;
        m_store->conversations().save(hidden);
        m_timeline->setHidden(through);
    }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_deletions, TestDeletions)
#include "tst_deletions.moc"
