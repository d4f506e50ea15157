// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatscript.h"
#include "client/conversations/conversationlist.h"
#include "client/limits.h"
#include "support/storewatch.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <random>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);
const QString syncPath = QString(Routes::sync);
const QString listPath = QString(Routes::conversations);

Conversation talkWith(Sequence last, int unread = 0, const QString &text = u"Hello."_s)
{
    return conversationOf(talk, {ana, bo}, messageFrom(bo, talk, last, text), unread);
}

Conversation numbered(int number)
{
    const ConversationId id = conversationNamed(QString::number(number));
    return conversationOf(id, {ana, person(u"person%1"_s.arg(number))}, messageFrom(bo, id, number + 1), number % 3);
}

SyncResult syncOf(const QString &cursor, bool hasMore = false)
{
    SyncResult result;
    result.cursor = cursor;
    result.hasMore = hasMore;
    return result;
}

} // namespace

class TestConversationClient : public QObject
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

    // Without a server

    void everythingIsThere_withoutAServer()
    {
        for (int i = 0; i < 20; ++i)
            m_script->store->conversations().save(numbered(i));
        for (Sequence sequence = 1; sequence <= 5; ++sequence)
            m_script->store->messages().save(messageFrom(bo, numbered(4).id, sequence));
        m_script->clock.advance(std::chrono::hours(1));
        ConversationClient &client = makeClient();
        QCOMPARE(client.state(), ConversationClient::State::Content);
        QCOMPARE(client.count(), 20);
        QCOMPARE(client.at(0).conversation.id, numbered(19).id);
        QCOMPARE(client.unreadTotal(), 19); // 6 times 0 + 1 + 2, and 0 + 1
        Timeline *const timeline = client.open(numbered(4).id);
        QCOMPARE(timeline->count(), 5);
        QCOMPARE(timeline->firstUnread(), 5);
        QCOMPARE(client.open(numbered(4).id), timeline);
        QVERIFY(client.send(numbered(4).id, u"Offline."_s));
        QCOMPARE(timeline->count(), 6);
        QVERIFY(timeline->at(0).isPending());
        QVERIFY(client.find(numbered(4).id)->pending);
        QCOMPARE(client.indexOf(numbered(4).id), 0); // what I write comes to the top
        client.markRead(numbered(4).id, 5);
        QCOMPARE(client.unreadTotal(), 18);
        client.setDraft(numbered(7).id, u"I wanted"_s, 2);
        QCOMPARE(client.find(numbered(7).id)->draft, u"I wanted"_s);
        client.setViewPosition(numbered(4).id, {3, 12});
        client.close(numbered(4).id);
        QCOMPARE(client.viewPosition(numbered(4).id).sequence, 3);
        QVERIFY(!client.open(conversationNamed(u"unknown"_s)));
        QCOMPARE(client.directWith(person(u"person7"_s).id), numbered(7).id);
        QVERIFY(client.directWith(ana.id).isNull());
        QVERIFY(m_script->server.requests().empty());
        makeClient(); // a restart
        QCOMPARE(m_script->client->unreadTotal(), 18);
        QVERIFY(m_script->client->find(numbered(4).id)->pending);
        QCOMPARE(m_script->client->find(numbered(7).id)->draft, u"I wanted"_s);
        QCOMPARE(m_script->client->draftCursor(numbered(7).id), std::optional(2));
    }
    void changesInAnyOrder_keepTheListSorted()
    {
        for (int i = 0; i < 200; ++i)
            m_script->store->conversations().save(numbered(i));
        ConversationClient &client = makeClient();
        std::mt19937 random(11);
        for (int i = 0; i < 500; ++i) {
            const auto id = numbered(int(random() % 200)).id;
            if (i % 3 == 0)
                QVERIFY(client.send(id, u"x"_s));
            else if (const auto waiting = client.outbox().pendingOf(id); !waiting.empty())
                QVERIFY(client.outbox().remove(waiting.back().clientMessageId));
            m_script->clock.advance(std::chrono::seconds(random() % 100));
        }
        for (int i = 1; i < client.count(); ++i)
            QVERIFY(client.at(i - 1).sortTime() >= client.at(i).sortTime());
        QVERIFY(m_script->mirror->moves > 50);
    }

    void directConversations_areFoundWhateverChanges()
    {
        // Against a look at each entry; people come together in groups, and change their direct conversation.
        ConversationList list(ana.id);
        std::mt19937 random(12);
        for (int i = 0; i < 2'000; ++i) {
            Conversation conversation = numbered(int(random() % 60));
            const UserCard other = person(u"person%1"_s.arg(random() % 60));
            conversation.participants = {participant(ana), participant(other)};
            if (random() % 5 == 0)
                conversation.type = ConversationType::Group;
            ConversationEntry entry;
            entry.conversation = conversation;
            if (random() % 3 == 0)
                list.remove(conversation.id);
            else if (!list.insert(entry))
                list.change(conversation.id, [&entry](ConversationEntry &changed) { changed = entry; });
            std::vector<ConversationId> expected;
            for (int at = 0; at < list.count(); ++at) {
                const Participant *const one = list.at(at).other(ana.id);
                if (one && one->id == other.id)
                    expected.push_back(list.at(at).conversation.id);
            }
            const ConversationId found = list.directWith(other.id);
            QVERIFY(expected.empty() ? found.isNull() : std::ranges::find(expected, found) != expected.end());
        }
        list.reset({});
        for (int i = 0; i < 60; ++i)
            QVERIFY(list.directWith(person(u"person%1"_s.arg(i)).id).isNull());
    }

    // Sync

    void firstTime_readsTheWholeList()
    {
        StoreWatch watch;
        m_script->store = watch.open();
        QVERIFY(watch.run("CREATE TABLE log (x)"));
        QVERIFY(watch.run("CREATE TRIGGER seen AFTER UPDATE OF participants ON conversations"
                          " BEGIN INSERT INTO log VALUES (1); END"));
        m_script->server.expect("GET", listPath, listOf({numbered(3), numbered(2)}, true));
        m_script->server.expect("GET", listPath, listOf({numbered(2), numbered(1)}));
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        QCOMPARE(client.state(), ConversationClient::State::Empty);
        client.start();
        QCOMPARE(client.state(), ConversationClient::State::Loading);
        QTRY_COMPARE(client.count(), 3);
        QTRY_VERIFY(!client.isSyncing());
        QCOMPARE(client.state(), ConversationClient::State::Content);
        QCOMPARE(m_script->mirror->resets, 1);
        // Each row once: those of the first page, which come as a whole, too.
        QCOMPARE(watch.number("SELECT count(*) FROM log"), 3);
        QVERIFY2(m_script->server.isDone(), qPrintable(m_script->server.why()));
        // From a moment before the newest of the list.
        const QString since = m_script->server.requests().back().queryItem(u"since"_s);
        QVERIFY(*fromIso8601(since) < numbered(3).updatedAt);
    }
    void firstTimeWithoutSuccess_isAnError_andTriedAgain()
    {
        m_script->server.expect("GET", listPath, ScriptedAnswer::error(503, "UNAVAILABLE"));
        m_script->server.always("GET", listPath, listOf({numbered(1)}));
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        bool wasError = false;
        connect(&client, &ConversationClient::stateChanged, &client, [&] {
            wasError = wasError
                || (client.state() == ConversationClient::State::Error
                    && client.error()->code == ErrorCode::Unavailable);
        });
        client.start();
        QTRY_VERIFY(wasError);
        QTRY_COMPARE(client.state(), ConversationClient::State::Content);
        QTRY_VERIFY(!client.error());
    }
    void noConversations_isEmpty()
    {
        m_script->server.always("GET", listPath, listOf({}));
        ConversationClient &client = makeClient();
        client.start();
        QTRY_VERIFY(!client.isSyncing());
        QCOMPARE(client.state(), ConversationClient::State::Empty);
    }
    void afterEachConnect_whatWasMissedIsFetched()
    {
        m_script->store->setValue(u"sync-cursor"_s, u"c-7"_s);
        m_script->store->conversations().save(talkWith(3));
        m_script->store->conversations().save(numbered(9));
        SyncResult first = syncOf(u"c-8"_s, true);
        first.messages = {messageFrom(bo, talk, 4), messageFrom(bo, talk, 5)};
        first.conversations = {talkWith(6, 3)};
        SyncResult second = syncOf(u"c-9"_s);
        second.messages = {messageFrom(bo, talk, 6), messageFrom(bo, numbered(4).id, 5)};
        second.conversations = {numbered(4)}; // new, with the message that made it
        second.deletedConversationIds = {numbered(9).id};
        m_script->server.expect("GET", routePath(Routes::conversation, {numbered(9).id.toString()}),
                                ScriptedAnswer::error(404, "NOT_FOUND"));
        m_script->server.expect("GET", syncPath, [&](const ScriptedRequest &request) {
            return request.queryItem(u"since"_s) == u"c-7"_s ? ScriptedAnswer::data(toJson(first))
                                                             : ScriptedAnswer::error(400, "VALIDATION_ERROR");
        });
        m_script->server.expect("GET", syncPath, ScriptedAnswer::data(toJson(second)));
        ConversationClient &client = makeClient();
        QSignalSpy received(&client, &ConversationClient::messageReceived);
        Timeline *const timeline = client.open(talk);
        client.start();
        QVERIFY(m_script->connectHub());
        QTRY_COMPARE(m_script->store->value(u"sync-cursor"_s), u"c-9"_s);
        QTRY_VERIFY(!client.isSyncing());
        QTRY_COMPARE(client.count(), 2);
        QCOMPARE(m_script->store->messages().last(numbered(4).id), 5);
        QCOMPARE(client.find(talk)->conversation.unreadCount, 3);
        QCOMPARE(timeline->at(0).message.sequence, 6);
        QCOMPARE(received.count(), 2); // of each the newest
        const auto of = [&](int i) { return received.at(i).first().value<Message>(); };
        QCOMPARE((of(0).conversationId == talk ? of(0) : of(1)).sequence, 6);
    }
    void cursorThatTheServerDoesNotKnow_isForgotten_data()
    {
        QTest::addColumn<QString>("cursor");
        QTest::addColumn<QByteArray>("code");
        QTest::newRow("of another server") << u"nonsense"_s << QByteArray("VALIDATION_ERROR");
        QTest::newRow("of the version before") << u"1700000000000000"_s << QByteArray("UNKNOWN_CURSOR");
    }
    void cursorThatTheServerDoesNotKnow_isForgotten()
    {
        QFETCH(QString, cursor);
        QFETCH(QByteArray, code);
        m_script->store->setValue(u"sync-cursor"_s, cursor);
        m_script->store->conversations().save(numbered(5));
        Conversation lost = talkWith(5, 0, u"Lost with the disk"_s); // of before a backup was restored
        lost.revision = 100;
        m_script->store->conversations().save(lost);
        Conversation restored = talkWith(3);
        restored.revision = 2;
        for (Sequence sequence = 1; sequence <= 3; ++sequence)
            m_script->store->messages().save(messageFrom(bo, talk, sequence));
        m_script->server.expect("GET", syncPath, ScriptedAnswer::error(400, code.constData()));
        m_script->server.expect("GET", listPath, listOf({restored}));
        m_script->server.expect("GET", routePath(Routes::conversation, {numbered(5).id.toString()}),
                                ScriptedAnswer::error(404, "NOT_FOUND"));
        m_script->answerSyncs();
        ConversationClient &client = makeClient();
        client.start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(client.find(talk));
        QTRY_COMPARE(client.count(), 1);
        // What changed in kept messages nobody would ever tell: they are read anew when they are looked at.
        QCOMPARE(m_script->store->messages().last(talk), 0);
        QTRY_COMPARE(client.find(talk)->conversation.revision, 2);
        QCOMPARE(client.find(talk)->conversation.lastMessage->content, u"Hello."_s);
    }

    // Events

    void message_changesListAndTimeline_onceHoweverOftenItComes()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        QSignalSpy received(&client, &ConversationClient::messageReceived);
        Timeline *const timeline = client.open(talk);
        for (int i = 0; i < 3; ++i)
            m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2, u"News"_s));
        m_script->inject(HubEvents::offlineMessages, std::vector<Message>{messageFrom(bo, talk, 2, u"News"_s)});
        QVERIFY(m_script->drain());
        QCOMPARE(client.find(talk)->conversation.unreadCount, 1);
        QCOMPARE(client.find(talk)->conversation.lastMessage->content, u"News"_s);
        QCOMPARE(timeline->at(0).message.content, u"News"_s);
        QCOMPARE(received.count(), 1);
        m_script->inject(HubEvents::conversationUpdated, talkWith(2, 1, u"News"_s));
        m_script->inject(HubEvents::conversationUpdated, talkWith(1, 0)); // late
        QVERIFY(m_script->drain());
        QCOMPARE(client.find(talk)->conversation.unreadCount, 1);
        QCOMPARE(client.find(talk)->lastSequence(), 2);
    }
    void conversationToldBeforeItsMessage_isNotifiedAllTheSame()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        QSignalSpy received(&client, &ConversationClient::messageReceived);
        m_script->inject(HubEvents::conversationUpdated, talkWith(3, 2));
        m_script->inject(HubEvents::offlineMessages,
                         std::vector<Message>{messageFrom(bo, talk, 2), messageFrom(bo, talk, 3)});
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 3));
        QVERIFY(m_script->drain());
        QCOMPARE(received.count(), 2);
        QCOMPARE(client.find(talk)->conversation.unreadCount, 2);
    }
    void muted_isNotNotified()
    {
        startWithTalk();
        Conversation muted = talkWith(1);
        muted.isMuted = true;
        QSignalSpy received(m_script->client.get(), &ConversationClient::messageReceived);
        m_script->inject(HubEvents::conversationUpdated, muted);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2));
        QVERIFY(m_script->drain());
        QCOMPARE(received.count(), 0);
        QCOMPARE(m_script->client->unreadTotal(), 0);
        QCOMPARE(m_script->client->find(talk)->conversation.unreadCount, 1);
    }
    /// A late word of it, as the answer to something that was done in it, does not bring it back.
    void deletedConversation_isNotFetchedBack()
    {
        startWithTalk();
        Conversation deleted = numbered(3);
        deleted.lastMessage.reset();
        const QString path = routePath(Routes::conversation, {deleted.id.toString()});
        m_script->server.always("GET", path, ScriptedAnswer::data(toJson(deleted)));
        // It is asked for again when the first answer has been taken.
        const auto isAskedTwice = [&] {
            m_script->inject(HubEvents::receiveMessage, messageFrom(bo, deleted.id, 4));
            return m_script->server.count(path) >= 2;
        };
        QVERIFY(QTest::qWaitFor(isAskedTwice));
        QVERIFY(!m_script->client->find(deleted.id));
    }
    void unknownConversation_isFetched()
    {
        startWithTalk();
        QSignalSpy received(m_script->client.get(), &ConversationClient::messageReceived);
        Conversation unknown = numbered(3);
        unknown.unreadCount = 1;
        m_script->server.expect("GET", routePath(Routes::conversation, {unknown.id.toString()}),
                                ScriptedAnswer::data(toJson(unknown)));
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, unknown.id, 4));
        QTRY_VERIFY(m_script->client->find(unknown.id));
        QCOMPARE(received.count(), 1);
        QCOMPARE(m_script->store->messages().last(unknown.id), 4); // and its message kept, which came before it
    }
    void messageAfterTheAnswerThatBringsItsConversation_isTheLast()
    {
        startWithTalk();
        const ConversationId other = conversationNamed(u"other"_s);
        const QString path = routePath(Routes::conversation, {other.toString()});
        m_script->server.expect("GET", path, ScriptedAnswer::held());
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, other, 4));
        QTRY_COMPARE(m_script->server.held(path).size(), size_t(1));
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, other, 5));
        QVERIFY(m_script->drain());
        m_script->server.held(path).front()->answer(
            ScriptedAnswer::data(toJson(conversationOf(other, {ana, bo}, messageFrom(bo, other, 4), 1))));
        QTRY_VERIFY(m_script->client->find(other));
        QCOMPARE(m_script->client->find(other)->lastSequence(), 5);
        QCOMPARE(m_script->client->find(other)->unread(), 2);
        QCOMPARE(m_script->server.count(path), 1);
    }
    void watched_isNotCounted()
    {
        startWithTalk();
        ConversationClient &client = *m_script->client;
        client.setWatched(talk, true);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2));
        QVERIFY(m_script->drain());
        QCOMPARE(client.find(talk)->unread(), 0);
        QCOMPARE(client.unreadTotal(), 0);
        client.setWatched(talk, false);
        QCOMPARE(client.find(talk)->unread(), 1);
        QCOMPARE(client.unreadTotal(), 1);
    }
    void typing_isToldNowAndThen()
    {
        startWithTalk();
        for (int i = 0; i < 10; ++i)
            m_script->client->setTyping(talk, true);
        m_script->client->setTyping(talk, false);
        m_script->client->setTyping(talk, false);
        QTRY_VERIFY(m_script->sent().contains("false"));
        QCOMPARE(m_script->sent().count("SendTypingIndicator"), 2);
    }

    // A hostile server

    void wrongTypesAndGarbage_areLeftOut()
    {
        startWithTalk();
        for (const QByteArray &nonsense :
             {QByteArray("null"), QByteArray("[]"), QByteArray("{}"), QByteArray("17"), QByteArray("\"x\""),
              QByteArray("{\"id\":7,\"conversationId\":[],\"sequence\":\"many\"}"),
              QByteArray("{\"conversationId\":\"00000000-0000-0000-0000-000000000000\"}")}) {
            for (const QLatin1StringView event :
                 {HubEvents::receiveMessage, HubEvents::offlineMessages, HubEvents::messageStatusUpdated,
                  HubEvents::conversationUpdated, HubEvents::conversationDeleted, HubEvents::typingIndicator})
                m_script->injectJson(event, nonsense);
        }
        QVERIFY(m_script->drain());
        QVERIFY(m_script->client->find(talk));
    }
    void hugeTexts_areCut()
    {
        startWithTalk();
        Timeline *const timeline = m_script->client->open(talk);
        m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, 2, QString(3'000'000, u'x')));
        Conversation huge = talkWith(3, 1, QString(1'000'000, u'y'));
        huge.name = QString(500'000, u'n');
        m_script->inject(HubEvents::conversationUpdated, huge);
        QVERIFY(m_script->drain());
        QCOMPARE(timeline->at(0).message.content.size(), Limits::keptText);
        const Conversation &kept = m_script->client->find(talk)->conversation;
        QVERIFY(kept.lastMessage->content.size() <= Limits::keptPreview);
        QVERIFY(kept.name->size() <= Limits::keptName);
    }
    void absurdSequencesAndCounts_areSurvived()
    {
        startWithTalk();
        m_script->server.always("GET", QString(Routes::messages), ScriptedAnswer::error(404, "NOT_FOUND"));
        m_script->client->open(talk);
        for (const Sequence sequence : {Sequence(1) << 62, Sequence(1) << 53, Sequence(0), Sequence(-5), Sequence(7)})
            m_script->inject(HubEvents::receiveMessage, messageFrom(bo, talk, sequence));
        Conversation absurd = talkWith(Sequence(1) << 62, std::numeric_limits<int>::max());
        m_script->inject(HubEvents::conversationUpdated, absurd);
        absurd.updatedAt = Timestamp::max();
        m_script->inject(HubEvents::conversationUpdated, absurd);
        QVERIFY(m_script->drain());
        m_script->client->markRead(talk, std::numeric_limits<Sequence>::max());
        QVERIFY(m_script->client->unreadTotal() >= 0);
    }
    void dateOfAClockThatWasAhead_isNotKept()
    {
        startWithTalk();
        Message ahead = messageFrom(bo, talk, 8);
        ahead.createdAt += std::chrono::hours(1);
        const Message next = messageFrom(bo, talk, 9);
        m_script->inject(HubEvents::receiveMessage, ahead);
        m_script->inject(HubEvents::receiveMessage, next);
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->conversation.updatedAt, next.createdAt);
    }
    void messagesOfUnknownConversations_costFewRequests()
    {
        startWithTalk();
        for (int i = 0; i < 300; ++i)
            m_script->inject(HubEvents::receiveMessage, messageFrom(bo, conversationNamed(u"unknown%1"_s.arg(i)), 1));
        QVERIFY(m_script->drain());
        QVERIFY(m_script->server.requests().size() < 50 + 300);
        QCOMPARE(m_script->client->count(), 2); // and the marker
    }
    void syncWithoutEnd_ends_data()
    {
        QTest::addColumn<bool>("isMoving");
        QTest::newRow("the same cursor again and again") << false;
        QTest::newRow("always another one") << true;
    }
    void syncWithoutEnd_ends()
    {
        QFETCH(bool, isMoving);
        ConversationOptions options;
        options.syncPages = 5;
        m_script = std::make_unique<ChatScript>(options);
        int calls = 0;
        m_script->store->setValue(u"sync-cursor"_s, u"c-0"_s);
        m_script->server.always("GET", syncPath, [&](const ScriptedRequest &) {
            ++calls;
            SyncResult page = syncOf(isMoving ? u"c-%1"_s.arg(calls) : u"c-0"_s, true);
            page.messages = {messageFrom(bo, talk, calls)};
            return ScriptedAnswer::data(toJson(page));
        });
        m_script->server.always("GET", routePath(Routes::conversation, {talk.toString()}),
                                ScriptedAnswer::error(404, "NOT_FOUND"));
        m_script->server.always("GET", listPath, listOf({talkWith(1)}, true)); // has always more of the same
        ConversationClient &client = makeClient();
        client.start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(calls > 0 && m_script->server.count(listPath) > 0);
        QTest::qWait(200);
        QVERIFY2(calls < 60, qPrintable(QString::number(calls)));
        QVERIFY2(m_script->server.count(listPath) < 60, qPrintable(QString::number(m_script->server.count(listPath))));
        QCOMPARE(client.count(), 1);
    }
    void fullList_takesNoMore()
    {
        ConversationList list;
        int kept = 0;
        for (int i = 0; i < Limits::conversations + 10; ++i) {
            ConversationEntry entry;
            entry.conversation.id = ConversationId::generate();
            kept += list.insert(std::move(entry)) ? 1 : 0;
        }
        QCOMPARE(kept, Limits::conversations);
    }

private:
    ConversationClient &makeClient()
    {
        m_script->makeClient();
        return *m_script->client;
    }
    void startWithTalk()
    {
        m_script->store->setValue(u"sync-cursor"_s, u"c-7"_s);
        m_script->store->conversations().save(talkWith(1));
        m_script->store->messages().save(messageFrom(bo, talk, 1));
        m_script->answerSyncs();
        makeClient().start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!m_script->client->isSyncing() && m_script->store->value(u"sync-cursor"_s) == u"c-1"_s);
    }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_conversationclient, TestConversationClient)
#include "tst_conversationclient.moc"
