// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How far the others have come, told by messages, statuses, conversations, pages and syncs, in any order.
#include "chatscript.h"
#include "client/conversations/marks.h"
#include "client/transport/scheduler.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <functional>
#include <numeric>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId talk = conversationNamed(u"talk"_s);

Message standing(const UserCard &sender, Sequence sequence, MessageStatus status)
{
    Message message = messageFrom(sender, talk, sequence);
    message.status = status;
    return message;
}

/// As the server tells it: `by` received or read the message.
MessageStatusData told(const Message &message, MessageStatus status, const UserCard &by)
{
    return {.messageId = message.id,
            .conversationId = talk,
            .status = status,
            .timestamp = testTime + std::chrono::hours(message.sequence),
            .userId = by.id,
            .deliveredAt = {},
            .readAt = {},
            .sequence = message.sequence};
}

Conversation talkOf(const Message &last)
{
    return conversationOf(talk, {ana, bo}, last, 1);
}

} // namespace

class TestOthersMarks : public QObject
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

    void marks_areTheSame_inWhateverOrderTheyAreTold_andHoweverOften()
    {
        Conversation seen = talkOf(standing(ana, 9, MessageStatus::Sent));
        seen.othersDelivered = 6;
        seen.othersRead = 2;
        seen.readThrough = 4;
        const std::vector<std::function<void(Marks &)>> accounts{
            [](Marks &marks) {
                marks.take({standing(ana, 7, MessageStatus::Delivered), standing(bo, 6, {})});
            },
            [](Marks &marks) { marks.take(told(messageFrom(ana, talk, 5), MessageStatus::Read, bo), {}); },
            [](Marks &marks) { marks.take(told(messageFrom(ana, talk, 3), MessageStatus::Delivered, bo), {}); },
            [](Marks &marks) { marks.take({standing(bo, 8, MessageStatus::Read)}); },
            [](Marks &marks) { marks.take(told(messageFrom(ana, talk, 9), MessageStatus::Sent, ana), {}); },
            [&seen](Marks &marks) { marks.take(seen); },
        };
        std::vector<size_t> order(accounts.size());
        std::iota(order.begin(), order.end(), 0U);
        ConversationList list(ana.id);
        m_script->store->conversations().save(talkOf(messageFrom(ana, talk, 9)));
        QVERIFY(list.insert(*m_script->store->conversations().find(talk)));
        Marks marks(ClientParts{*m_script->store, *m_script->directory, *m_script->api, *m_script->hub, m_script->clock,
                                ana, nullptr},
                    Scheduler::system(), list, std::chrono::milliseconds(0));
        do {
            for (const size_t i : order) {
                accounts[i](marks);
                accounts[order.front()](marks);
            }
            for (const ConversationEntry &entry : {*list.find(talk), *m_script->store->conversations().find(talk)}) {
                QCOMPARE(entry.others().delivered, 7);
                QCOMPARE(entry.others().read, 5);
                QCOMPARE(entry.readThrough(), 8);
                QCOMPARE(entry.lastStatus(), MessageStatus::Sent);
            }
            marks.forget();
        } while (std::next_permutation(order.begin(), order.end()));
    }
    void statusOfAContractsServer_isUnderstoodByItsMessage()
    {
        startWith(3);
        MessageStatusData data = told(messageFrom(ana, talk, 2), MessageStatus::Read, bo);
        data.sequence = 0;
        data.userId = {}; // says not even who
        m_script->inject(HubEvents::messageStatusUpdated, statusEvent(data));
        data.messageId = MessageId::generate(); // of a message that nobody knows here
        m_script->inject(HubEvents::messageStatusUpdated, statusEvent(data));
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->others().read, 2);
    }
    void events_reachTimelineListAndStore()
    {
        startWith(3); // ana's are even
        ConversationClient &client = *m_script->client;
        Timeline *const timeline = client.open(talk);
        m_script->inject(HubEvents::receiveMessage, standing(ana, 4, MessageStatus::Sent));
        QVERIFY(m_script->drain());
        QCOMPARE(client.find(talk)->lastStatus(), MessageStatus::Sent);
        const MessageStatusData read = told(messageFrom(ana, talk, 4), MessageStatus::Read, bo);
        m_script->inject(HubEvents::messageStatusUpdated, statusEvent(read));
        QVERIFY(m_script->drain());
        QCOMPARE(client.find(talk)->lastStatus(), MessageStatus::Read);
        QCOMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Read);
        QCOMPARE(timeline->statusOf(timeline->at(2)), MessageStatus::Read); // older ones with it
        QCOMPARE(timeline->at(0).message.readAt, std::optional(read.timestamp));
        QCOMPARE(m_script->store->messages().at(talk, 4)->readAt, std::optional(read.timestamp));
        m_script->inject(HubEvents::receiveMessage, standing(ana, 4, MessageStatus::Sent)); // late
        QVERIFY(m_script->drain());
        QCOMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Read);
        QCOMPARE(timeline->at(0).message.readAt, std::optional(read.timestamp));
        m_script->makeClient(); // a restart
        QCOMPARE(m_script->client->find(talk)->lastStatus(), MessageStatus::Read);
        Timeline *const again = m_script->client->open(talk);
        QCOMPARE(again->statusOf(again->at(0)), MessageStatus::Read);
    }
    void pageOfHistory_tellsToo()
    {
        m_script->server.always("GET", QString(Routes::messages), [](const ScriptedRequest &) {
            MessagePage page;
            page.conversationId = talk;
            for (Sequence sequence = 1; sequence <= 4; ++sequence)
                page.messages.push_back(standing(sequence % 2 ? bo : ana, sequence, MessageStatus::Read));
            page.messages.back().status = MessageStatus::Delivered;
            return ScriptedAnswer::json(200, successJson(page, page.pagination));
        });
        startWith(0, 4);
        Timeline *const timeline = m_script->client->open(talk);
        QTRY_COMPARE(timeline->count(), 4);
        QCOMPARE(timeline->statusOf(timeline->at(0)), MessageStatus::Delivered);
        QCOMPARE(timeline->statusOf(timeline->at(2)), MessageStatus::Read);
        QCOMPARE(m_script->client->find(talk)->others(), (RecipientMarks{.delivered = 4, .read = 2}));
        QCOMPARE(m_script->client->find(talk)->readThrough(), 3);
    }
    void sync_bringsMarks_andTimes()
    {
        SyncResult page;
        page.cursor = u"c-2"_s;
        page.conversations = {talkOf(messageFrom(bo, talk, 3))};
        page.conversations.front().othersRead = 2;
        page.statuses = {told(messageFrom(ana, talk, 2), MessageStatus::Read, bo)};
        m_script->server.expect("GET", QString(Routes::sync), ScriptedAnswer::data(toJson(page)));
        startWith(3);
        QCOMPARE(m_script->client->find(talk)->others(), (RecipientMarks{.delivered = 2, .read = 2}));
        QCOMPARE(m_script->store->messages().at(talk, 2)->readAt, std::optional(page.statuses.front().timestamp));
    }
    void readElsewhere_isToldByTheConversation()
    {
        startWith(3);
        QSignalSpy moved(m_script->client.get(), &ConversationClient::readThroughChanged);
        Conversation seen = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 3), 1);
        seen.readThrough = 1;
        m_script->inject(HubEvents::conversationUpdated, seen);
        QVERIFY(m_script->drain());
        QCOMPARE(m_script->client->find(talk)->readThrough(), 1);
        const auto ofTalk = std::count_if(moved.begin(), moved.end(), [](const QList<QVariant> &one) {
            return one.front().value<ConversationId>() == talk;
        });
        QCOMPARE(ofTalk, 1);
        QVERIFY(m_script->store->conversations().unsentReadMarks().empty());
        QCOMPARE(m_script->client->open(talk)->firstUnread(), 3);
    }
    void readInPart_leavesNoMoreThanThereIs()
    {
        m_script->store->conversations().save(talkOf(messageFrom(bo, talk, 9)));
        startWith(0, 9);
        Conversation unread = conversationOf(talk, {ana, bo}, messageFrom(bo, talk, 9), 9);
        m_script->inject(HubEvents::conversationUpdated, unread);
        QVERIFY(m_script->drain());
        m_script->store->messages().save(messageFrom(bo, talk, 7));
        m_script->client->markRead(talk, 7); // of what it has but in part
        QCOMPARE(m_script->client->find(talk)->unread(), 2);
    }
    void marksOfARestoredServer_areBelieved()
    {
        m_script->server.expect("GET", QString(Routes::sync), ScriptedAnswer::error(400, "UNKNOWN_CURSOR"));
        Conversation restored = conversationOf(talk, {ana, bo}, messageFrom(ana, talk, 2), 1);
        restored.othersDelivered = 1;
        restored.revision = 2;
        m_script->server.expect("GET", QString(Routes::conversations), listOf({restored}));
        m_script->store->conversations().save(talkOf(messageFrom(ana, talk, 9)));
        m_script->store->conversations().raiseMarks(talk, 9, {.delivered = 9, .read = 9});
        startWith(0, 9);
        QTRY_COMPARE(m_script->client->find(talk)->lastSequence(), 2);
        QCOMPARE(m_script->client->find(talk)->others(), (RecipientMarks{.delivered = 1, .read = 0}));
        QCOMPARE(m_script->client->find(talk)->readThrough(), 0);
        QCOMPARE(m_script->store->conversations().find(talk)->others(), (RecipientMarks{.delivered = 1, .read = 0}));
    }

private:
    /// Bo's and ana's by turns are kept, ana's the even ones; the list knows of `last`.
    void startWith(Sequence kept, Sequence last = 0)
    {
        last = std::max(last, kept);
        m_script->store->setValue(u"sync-cursor"_s, u"c-1"_s);
        m_script->store->conversations().save(talkOf(messageFrom(last % 2 ? bo : ana, talk, last)));
        for (Sequence sequence = 1; sequence <= kept; ++sequence)
            m_script->store->messages().save(messageFrom(sequence % 2 ? bo : ana, talk, sequence));
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(!m_script->client->isSyncing());
    }

    std::unique_ptr<ChatScript> m_script;
};

TERTULIA_TEST(tst_othersmarks, TestOthersMarks)
#include "tst_othersmarks.moc"
