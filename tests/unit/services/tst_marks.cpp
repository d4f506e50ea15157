// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"
#include "services/missedmessages.h"
#include "support/testmain.h"

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

int statusIn(ChatStage &stage, const Actor &who, const Message &message)
{
    return int(stage.message(who, message.id)->status);
}

constexpr int isSent = int(MessageStatus::Sent);
constexpr int isDelivered = int(MessageStatus::Delivered);
constexpr int isRead = int(MessageStatus::Read);

} // namespace

class MarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void delivered_changesStatusForBothAndTellsBoth();
    void delivered_again_isSilent();
    void delivered_byTheSender_meansNothing();
    void arrived_behindAGap_isNotDelivered();
    void arrived_behindOwnMessages_isDelivered();
    void missed_areTheOldest_andGoOnWhereTheyHaveArrived();
    void read_marksEverythingOlderAsReadAndDelivered();
    void read_withEmptyList_readsTheWholeConversation();
    void read_withList_reachesTheNewestOfThemInEachConversation();
    void read_foreignAndUnknownIds_doNotMatter();
    void read_ofStranger_isNotFound();
    void read_tooManyIds_isInvalid();
    void read_neverGoesBack();
    void read_tellsTheReadersOtherDevicesTheNewCount();
    void readConversation_withAndWithoutIds();
    void times_areKeptForEachStep();
    void times_inOneStep_areAtMostASecondOff();
    void times_agreeBetweenEventAndFetch();
    void hubDelivery_marksOverSeveralConversations();
    void unread_withOwnMessagesBetween_countsOnlyForeign();
    void longRead_namesTheNewest();
};

void MarksTest::delivered_changesStatusForBothAndTellsBoth()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
    QCOMPARE(statusIn(stage, stage.ada, message), isSent);
    stage.database.takeEvents();
    stage.clock.advance(3s);
    const auto marked = stage.deliver(stage.ben, message.id);
    QVERIFY(marked);
    QCOMPARE(marked->messageIds, std::vector{message.id});
    QCOMPARE(marked->deliveredAt, stage.clock.now());
    QCOMPARE(marked->unreadCount, 1);
    for (const Actor &who : {stage.ada, stage.ben}) {
        QCOMPARE(statusIn(stage, who, message), isDelivered);
        QCOMPARE(stage.message(who, message.id)->deliveredAt, std::optional(stage.clock.now()));
        QVERIFY(!stage.message(who, message.id)->readAt);
    }
    const auto events = stage.database.takeEventsOf<MessageStatusChanged>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(int(events[0].status), isDelivered);
    QCOMPARE(events[0].by, stage.ben.id);
    QCOMPARE(events[0].audience.size(), size_t(2));
    QCOMPARE(events[0].messages.size(), size_t(1));
    QCOMPARE(events[0].messages[0].id, message.id);
    QCOMPARE(events[0].messages[0].at, stage.clock.now());
}

void MarksTest::arrived_behindAGap_isNotDelivered()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 5);
    const auto arrives = [&](Sequence from, Sequence through) {
        QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
            stage.messages.markDelivered(tx, stage.ben.id, sent[0].conversationId, from, through, stage.clock.now());
            return {};
        }));
    };
    arrives(3, 5);
    for (const Message &message : sent)
        QCOMPARE(statusIn(stage, stage.ada, message), isSent);
    arrives(1, 2);
    QCOMPARE(statusIn(stage, stage.ada, sent[1]), isDelivered);
    QCOMPARE(statusIn(stage, stage.ada, sent[2]), isSent);
    arrives(2, 4);
    QCOMPARE(statusIn(stage, stage.ada, sent[3]), isDelivered);
    QCOMPARE(statusIn(stage, stage.ada, sent[4]), isSent);
}

void MarksTest::arrived_behindOwnMessages_isDelivered()
{
    ChatStage stage;
    stage.send(stage.ben, stage.ada, u"are you there?"_s);
    stage.send(stage.ben, stage.ada, u"hello?"_s);
    const Message answer = stage.send(stage.ada, stage.ben, u"yes"_s);
    QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
        stage.messages.markDelivered(tx, stage.ben.id, answer.conversationId, answer.sequence, answer.sequence,
                                     stage.clock.now());
        return {};
    }));
    QCOMPARE(statusIn(stage, stage.ada, answer), isDelivered);
}

void MarksTest::missed_areTheOldest_andGoOnWhereTheyHaveArrived()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 3);
    stage.send(stage.ben, stage.ada, u"own"_s);
    const auto more = stage.sendMany(stage.ada, stage.ben, 3);
    const auto missed = [&] {
        QStringList texts;
        const auto found = stage.database.read(
            [&](ReadTransaction &tx) -> Result<std::vector<Message>> { return missedMessages(tx, stage.ben.id, 4); });
        for (const Message &message : *found)
            texts.append(QString::number(message.sequence));
        return texts.join(u' ');
    };
    QCOMPARE(missed(), u"1 2 3 5"_s);
    QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
        stage.messages.markDelivered(tx, stage.ben.id, sent[0].conversationId, 1, 5, stage.clock.now());
        return {};
    }));
    QCOMPARE(missed(), u"6 7"_s);
    QCOMPARE(statusIn(stage, stage.ada, more[0]), isDelivered);
    QCOMPARE(statusIn(stage, stage.ada, more[1]), isSent);
}

void MarksTest::delivered_again_isSilent()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
    QVERIFY(stage.deliver(stage.ben, message.id));
    stage.database.takeEvents();
    const auto again = stage.deliver(stage.ben, message.id);
    QVERIFY(again && again->messageIds.empty());
    QVERIFY(stage.read(stage.ben, message.id));
    stage.database.takeEvents();
    QVERIFY(stage.deliver(stage.ben, message.id));
    QCOMPARE(statusIn(stage, stage.ada, message), isRead);
    QVERIFY(stage.database.takeEvents().empty());
}

void MarksTest::delivered_byTheSender_meansNothing()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
    stage.database.takeEvents();
    QVERIFY(stage.deliver(stage.ada, message.id));
    QVERIFY(stage.read(stage.ada, message.id));
    QCOMPARE(statusIn(stage, stage.ben, message), isSent);
    QVERIFY(stage.database.takeEventsOf<MessageStatusChanged>().empty());
}

void MarksTest::read_marksEverythingOlderAsReadAndDelivered()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 5);
    const auto marked = stage.read(stage.ben, sent[2].id);
    QVERIFY(marked);
    QCOMPARE(marked->messageIds, std::vector({sent[0].id, sent[1].id, sent[2].id}));
    QCOMPARE(marked->unreadCount, 2);
    for (size_t i = 0; i < 5; ++i)
        QCOMPARE(statusIn(stage, stage.ada, sent[i]), i <= 2 ? isRead : isSent);
    QVERIFY(stage.message(stage.ada, sent[0].id)->deliveredAt);
    QCOMPARE(stage.list(stage.ben)->conversations[0].unreadCount, 2);
    QCOMPARE(stage.unread(stage.ben).total, 2);
}

void MarksTest::read_withEmptyList_readsTheWholeConversation()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 5);
    const auto marked = stage.read(stage.ben, sent[0].id, QStringList());
    QCOMPARE(marked->messageIds.size(), size_t(5));
    QCOMPARE(marked->unreadCount, 0);
    QCOMPARE(statusIn(stage, stage.ada, sent[4]), isRead);
}

void MarksTest::read_withList_reachesTheNewestOfThemInEachConversation()
{
    ChatStage stage;
    const auto fromAda = stage.sendMany(stage.ada, stage.ben, 4);
    const auto fromCleo = stage.sendMany(stage.cleo, stage.ben, 3);
    const auto marked =
        stage.read(stage.ben, fromAda[0].id, QStringList{fromAda[2].id.toString(), fromCleo[1].id.toString()});
    QCOMPARE(marked->conversationId, fromAda[0].conversationId);
    // the answer names what really changed: what is older too, and what was named elsewhere
    QCOMPARE(marked->messageIds,
             std::vector({fromAda[0].id, fromAda[1].id, fromAda[2].id, fromCleo[0].id, fromCleo[1].id}));
    QCOMPARE(marked->unreadCount, 1);
    QCOMPARE(statusIn(stage, stage.ada, fromAda[2]), isRead);
    QCOMPARE(statusIn(stage, stage.ada, fromAda[3]), isSent);
    QCOMPARE(statusIn(stage, stage.cleo, fromCleo[1]), isRead);
    QCOMPARE(statusIn(stage, stage.cleo, fromCleo[2]), isSent);
    const auto again =
        stage.read(stage.ben, fromAda[0].id, QStringList{fromAda[2].id.toString(), fromCleo[2].id.toString()});
    QCOMPARE(again->messageIds, std::vector{fromCleo[2].id});
}

void MarksTest::read_foreignAndUnknownIds_doNotMatter()
{
    ChatStage stage;
    const Message mine = stage.send(stage.ada, stage.ben, u"a"_s);
    const Message foreign = stage.send(stage.ada, stage.cleo, u"b"_s);
    QVERIFY(stage.read(stage.ben, mine.id,
                       QStringList{foreign.id.toString(), MessageId::generate().toString(), u"nonsense"_s}));
    QCOMPARE(statusIn(stage, stage.ada, mine), isRead);
    QCOMPARE(statusIn(stage, stage.ada, foreign), isSent);
}

void MarksTest::read_ofStranger_isNotFound()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"a"_s);
    QCOMPARE(int(stage.read(stage.cleo, message.id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.deliver(stage.cleo, message.id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.read(stage.ben, MessageId::generate()).error().code), int(ErrorCode::NotFound));
    const auto all = stage.database.write([&](Transaction &tx) {
        return stage.messages.markConversationRead(tx, stage.cleo, message.conversationId.toString());
    });
    QCOMPARE(int(all.error().code), int(ErrorCode::NotFound));
    const auto hub = stage.database.write([&](Transaction &tx) {
        return stage.messages.markDelivered(tx, stage.cleo, QStringList{message.id.toString()});
    });
    QVERIFY(hub); // ignored, and nothing learnt
    QCOMPARE(statusIn(stage, stage.ada, message), isSent);
}

void MarksTest::read_tooManyIds_isInvalid()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"a"_s);
    QStringList ids;
    for (int i = 0; i <= stage.settings.idListLimit; ++i)
        ids.append(MessageId::generate().toString());
    QCOMPARE(int(stage.read(stage.ben, message.id, ids).error().code), int(ErrorCode::Invalid));
}

void MarksTest::read_neverGoesBack()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 3);
    QVERIFY(stage.read(stage.ben, sent[2].id));
    const auto back = stage.read(stage.ben, sent[0].id);
    QVERIFY(back && back->messageIds.empty());
    QCOMPARE(statusIn(stage, stage.ada, sent[2]), isRead);
}

void MarksTest::read_tellsTheReadersOtherDevicesTheNewCount()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 3);
    stage.database.takeEvents();
    QVERIFY(stage.read(stage.ben, sent[1].id));
    const auto events = stage.database.takeEventsOf<ConversationChanged>();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(events[0].user, stage.ben.id);
    QVERIFY(events[0].conversation == *stage.conversation(stage.ben, sent[0].conversationId));
    QCOMPARE(events[0].conversation.unreadCount, 1);
}

void MarksTest::readConversation_withAndWithoutIds()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 4);
    const QString conversation = sent[0].conversationId.toString();
    const auto some = stage.database.write([&](Transaction &tx) {
        return stage.messages.markConversationRead(tx, stage.ben, conversation, QStringList{sent[1].id.toString()});
    });
    QCOMPARE(some->unreadCount, 2);
    const auto none = stage.database.write([&](Transaction &tx) {
        return stage.messages.markConversationRead(tx, stage.ben, conversation, QStringList{u"unknown"_s});
    });
    QCOMPARE(none->unreadCount, 2);
    const auto all = stage.database.write(
        [&](Transaction &tx) { return stage.messages.markConversationRead(tx, stage.ben, conversation); });
    QCOMPARE(all->unreadCount, 0);
    QCOMPARE(all->messageIds.size(), size_t(2));
}

void MarksTest::times_areKeptForEachStep()
{
    ChatStage stage;
    std::vector<Message> sent;
    std::vector<Timestamp> deliveredAt;
    std::vector<Timestamp> readAt;
    for (int i = 0; i < 4; ++i) {
        stage.clock.advance(1min);
        sent.push_back(stage.send(stage.ada, stage.ben, u"m"_s));
        stage.clock.advance(5s);
        QVERIFY(stage.deliver(stage.ben, sent.back().id));
        deliveredAt.push_back(stage.clock.now());
        stage.clock.advance(5s);
        QVERIFY(stage.read(stage.ben, sent.back().id));
        readAt.push_back(stage.clock.now());
    }
    const auto page = stage.history(stage.ada, sent[0].conversationId);
    for (size_t i = 0; i < sent.size(); ++i) {
        QCOMPARE(page->messages[i].deliveredAt, std::optional(deliveredAt[i]));
        QCOMPARE(page->messages[i].readAt, std::optional(readAt[i]));
    }
    // a page in the middle finds its steps too
    const auto middle = stage.history(stage.ada, sent[0].conversationId, {.skip = 2, .take = 1});
    QCOMPARE(middle->messages[0].readAt, std::optional(readAt[1]));
}

void MarksTest::times_inOneStep_areAtMostASecondOff()
{
    ChatStage stage;
    for (int i = 0; i < 300; ++i) {
        const Message message = stage.send(stage.ada, stage.ben, u"m"_s);
        stage.clock.advance(10ms);
        QVERIFY(stage.deliver(stage.ben, message.id));
        const auto shown = *stage.message(stage.ada, message.id)->deliveredAt;
        QVERIFY(shown >= message.createdAt);
        QVERIFY(stage.clock.now() - shown <= 1s);
    }
    const auto steps = stage.database.read([&](ReadTransaction &tx) -> Result<int> {
        Rows rows = tx.query("SELECT count(*) FROM receipts");
        return rows.next() ? rows.number(0) : -1;
    });
    QVERIFY2(*steps <= 6, qPrintable(QString::number(*steps))); // six seconds: not a row for each message
}

void MarksTest::times_agreeBetweenEventAndFetch()
{
    ChatStage stage;
    const std::array<std::chrono::milliseconds, 7> pauses{5ms, 300ms, 900ms, 20ms, 4s, 1ms, 700ms};
    std::vector<Message> sent;
    std::unordered_map<MessageId, std::pair<Timestamp, Timestamp>> told;
    const auto listen = [&] {
        for (const auto &event : stage.database.takeEventsOf<MessageStatusChanged>()) {
            for (const MessageMark &mark : event.messages) {
                auto &times = told[mark.id];
                (event.status == MessageStatus::Read ? times.second : times.first) = mark.at;
            }
        }
    };
    for (int round = 0; round < 30; ++round) {
        sent.push_back(stage.send(stage.ada, stage.ben, u"m"_s));
        stage.clock.advance(pauses[size_t(round) % pauses.size()]);
        if (round % 3 != 0)
            QVERIFY(stage.deliver(stage.ben, sent.back().id));
        stage.clock.advance(pauses[size_t(round + 2) % pauses.size()]);
        if (round % 2 == 0)
            QVERIFY(stage.read(stage.ben, sent[size_t(round) / 2].id));
        listen();
    }
    QVERIFY(stage.read(stage.ben, sent.back().id));
    listen();
    for (const Message &message : sent) {
        const Message now = *stage.message(stage.ada, message.id);
        QCOMPARE(now.deliveredAt, std::optional(told[message.id].first));
        QCOMPARE(now.readAt, std::optional(told[message.id].second));
        QVERIFY(now.createdAt <= *now.deliveredAt && *now.deliveredAt <= *now.readAt);
    }
}

void MarksTest::hubDelivery_marksOverSeveralConversations()
{
    ChatStage stage;
    const auto fromAda = stage.sendMany(stage.ada, stage.ben, 2);
    const auto fromCleo = stage.sendMany(stage.cleo, stage.ben, 2);
    const auto done = stage.database.write([&](Transaction &tx) {
        return stage.messages.markDelivered(tx, stage.ben,
                                            QStringList{fromAda[1].id.toString(), fromCleo[0].id.toString()});
    });
    QVERIFY(done);
    QCOMPARE(statusIn(stage, stage.ada, fromAda[1]), isDelivered);
    QCOMPARE(statusIn(stage, stage.cleo, fromCleo[0]), isDelivered);
    QCOMPARE(statusIn(stage, stage.cleo, fromCleo[1]), isSent);
    std::ignore = stage.database.write([&](Transaction &tx) -> Result<void> {
        stage.messages.markDelivered(tx, stage.ben.id, fromCleo[0].conversationId, 1, 1'000,
                                     stage.clock.now()); // more than there is
        stage.messages.markDelivered(tx, stage.ada.id, fromCleo[0].conversationId, 1, 2,
                                     stage.clock.now()); // not a member
        return {};
    });
    QCOMPARE(statusIn(stage, stage.cleo, fromCleo[1]), isDelivered);
    const Message later = stage.send(stage.cleo, stage.ben, u"later"_s);
    QCOMPARE(statusIn(stage, stage.cleo, later), isSent);
}

void MarksTest::unread_withOwnMessagesBetween_countsOnlyForeign()
{
    ChatStage stage;
    // ada and ben take turns in all patterns; the count must be what a plain recount gives
    std::vector<Message> all;
    Sequence readThrough = 0;
    for (int i = 0; i < 60; ++i) {
        const bool isAda = (i * 7) % 5 < 2;
        all.push_back(isAda ? stage.send(stage.ada, stage.ben, u"a"_s) : stage.send(stage.ben, stage.ada, u"b"_s));
        if (i % 9 == 4) {
            const Message &at = all[size_t(i) - size_t(i % 3)];
            QVERIFY(stage.read(stage.ben, at.id));
            readThrough = std::max(readThrough, at.sequence);
        }
        const auto foreign = std::count_if(all.begin(), all.end(), [&](const Message &message) {
            return message.senderId == stage.ada.id && message.sequence > readThrough;
        });
        QCOMPARE(stage.unread(stage.ben).total, int(foreign));
        QCOMPARE(stage.list(stage.ben)->conversations[0].unreadCount, int(foreign));
    }
}

void MarksTest::longRead_namesTheNewest()
{
    ChatStage stage;
    constexpr int named = 1'000;
    const auto sent = stage.sendMany(stage.ada, stage.ben, named + 5);
    stage.database.takeEvents();
    const auto marked = stage.read(stage.ben, sent.back().id);
    QVERIFY(marked);
    QCOMPARE(marked->messageIds.size(), size_t(named));
    QCOMPARE(marked->messageIds.back(), sent.back().id);
    QCOMPARE(statusIn(stage, stage.ada, sent.front()), isRead); // all the same
    for (const MessageStatusChanged &event : stage.database.takeEventsOf<MessageStatusChanged>())
        QCOMPARE(event.messages.size(), size_t(named));
}

TERTULIA_TEST(tst_marks, MarksTest)
#include "tst_marks.moc"
