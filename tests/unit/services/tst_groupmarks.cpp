// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Marks of more than two: the least advanced of the recipients counts.
#include "chatstage.h"
#include "protocol/codec.h"
#include "support/testmain.h"

#include <map>
#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Of three, as their messages go.
struct GroupStage : ChatStage
{
    ConversationId group = database.addGroup({ada.id, ben.id, cleo.id});

    QString statusOf(const Message &sent)
    {
        const auto name = enumName(message(ada, sent.id)->status);
        return QString::fromLatin1(name.data(), qsizetype(name.size()));
    }
    /// "delivered ben>ada 3 4": whose doing it was, whom it is told, of which messages.
    QStringList told()
    {
        QStringList lines;
        for (const MessageStatusChanged &event : database.takeEventsOf<MessageStatusChanged>()) {
            const auto name = enumName(event.status);
            QString line = QString::fromLatin1(name.data(), qsizetype(name.size())) + u' ' + nameOf(event.by) + u'>';
            for (const UserId &user : event.audience)
                line += nameOf(user);
            for (const MessageMark &mark : event.messages)
                line += u' ' + QString::number(mark.sequence);
            lines.append(line);
        }
        return lines;
    }
    QString nameOf(UserId user) const { return user == ada.id ? u"ada"_s : user == ben.id ? u"ben"_s : u"cleo"_s; }
    QList<Sequence> marksSeenBy(const Actor &who)
    {
        const auto seen = conversation(who, group);
        return {seen->readThrough, seen->othersDelivered, seen->othersRead};
    }
};

} // namespace

class GroupMarksTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void firstReader_doesNotMakeItRead_theLastDoes();
    void eachSender_hearsOfTheirOwn();
    void randomHistories_tellWhatChanged();
    void conversation_saysHowFarOneself_andTheOthers();
    void movedMark_bringsTheConversationWithSync();
    void receipts_nameWhoReadIt_theLatestFirst();
    void receipts_areCut_notTheirCounts();
    void receipts_areForThoseWhoMaySeeTheMessage();
};

void GroupMarksTest::firstReader_doesNotMakeItRead_theLastDoes()
{
    GroupStage stage;
    const Message hello = stage.sendTo(stage.group, stage.ada, u"hello"_s);
    stage.database.takeEvents();
    const auto marked = stage.read(stage.ben, hello.id);
    QCOMPARE(marked->messageIds, std::vector{hello.id}); // ben's answer is about ben
    QCOMPARE(marked->unreadCount, 0);
    QCOMPARE(stage.told(), QStringList());
    QCOMPARE(stage.statusOf(hello), u"sent"_s);
    QVERIFY(!stage.message(stage.ada, hello.id)->readAt);
    QVERIFY(stage.deliver(stage.cleo, hello.id));
    QCOMPARE(stage.told(), QStringList{u"delivered cleo>ada 1"_s});
    QCOMPARE(stage.statusOf(hello), u"delivered"_s);
    stage.clock.advance(5s);
    QVERIFY(stage.read(stage.cleo, hello.id));
    QCOMPARE(stage.told(), QStringList{u"read cleo>ada 1"_s});
    QCOMPARE(stage.statusOf(hello), u"read"_s);
    QCOMPARE(stage.message(stage.ada, hello.id)->readAt, std::optional(stage.clock.now()));
    QVERIFY(stage.read(stage.ben, hello.id) && stage.read(stage.cleo, hello.id));
    QCOMPARE(stage.told(), QStringList()); // once
}

void GroupMarksTest::eachSender_hearsOfTheirOwn()
{
    GroupStage stage;
    const Message first = stage.sendTo(stage.group, stage.ada, u"1"_s);
    QVERIFY(stage.read(stage.ben, first.id));
    const Message second = stage.sendTo(stage.group, stage.ben, u"2"_s);
    const Message third = stage.sendTo(stage.group, stage.ada, u"3"_s);
    stage.database.takeEvents();
    // Of the first ben has read, too; the second is ben's, and ada has not read it; the third ben has not got.
    QVERIFY(stage.read(stage.cleo, third.id));
    QCOMPARE(stage.told(), (QStringList{u"delivered cleo>ada 1"_s, u"read cleo>ada 1"_s}));
    QVERIFY(stage.read(stage.ada, second.id));
    QCOMPARE(stage.told(), (QStringList{u"delivered ada>ben 2"_s, u"read ada>ben 2"_s}));
}

void GroupMarksTest::randomHistories_tellWhatChanged()
{
    GroupStage stage;
    const std::array<Actor, 3> people{stage.ada, stage.ben, stage.cleo};
    std::mt19937 random(1);
    std::vector<Message> sent{stage.sendTo(stage.group, stage.ada, u"1"_s)};
    const auto statuses = [&] {
        std::vector<MessageStatus> all;
        for (const Message &message : sent)
            all.push_back(stage.message(stage.ada, message.id)->status);
        return all;
    };
    for (int step = 0; step < 300; ++step) {
        const Actor &who = people[random() % people.size()];
        const Message &about = sent[sent.size() - 1 - random() % std::min<size_t>(sent.size(), 6)];
        const auto before = statuses();
        stage.database.takeEvents();
        if (random() % 3 == 0) {
            sent.push_back(stage.sendTo(stage.group, who, u"x"_s));
            QCOMPARE(stage.told(), QStringList());
            continue;
        }
        QVERIFY(random() % 2 ? stage.read(who, about.id).has_value() : stage.deliver(who, about.id).has_value());
        std::map<MessageId, MessageStatus> told;
        for (const auto &event : stage.database.takeEventsOf<MessageStatusChanged>()) {
            for (const MessageMark &mark : event.messages) {
                told[mark.id] = event.status;
                QCOMPARE(event.audience, std::vector{sent[size_t(mark.sequence) - 1].senderId});
            }
        }
        const auto after = statuses();
        for (size_t i = 0; i < after.size(); ++i) {
            const auto news = told.find(sent[i].id);
            QCOMPARE(news != told.end(), before[i] != after[i]);
            QVERIFY(news == told.end() || news->second == after[i]);
        }
    }
}

void GroupMarksTest::conversation_saysHowFarOneself_andTheOthers()
{
    GroupStage stage;
    for (int i = 0; i < 5; ++i)
        stage.sendTo(stage.group, stage.ada, u"x"_s);
    const auto page = stage.history(stage.ada, stage.group);
    QVERIFY(stage.read(stage.ben, page->messages[3].id));
    QVERIFY(stage.deliver(stage.cleo, page->messages[2].id));
    QVERIFY(stage.read(stage.cleo, page->messages[0].id));
    QCOMPARE(stage.marksSeenBy(stage.ada), (QList<Sequence>{5, 3, 1}));
    QCOMPARE(stage.marksSeenBy(stage.ben), (QList<Sequence>{4, 3, 1}));
    QCOMPARE(stage.marksSeenBy(stage.cleo), (QList<Sequence>{1, 4, 4}));
}

void GroupMarksTest::movedMark_bringsTheConversationWithSync()
{
    GroupStage stage;
    const Message hello = stage.sendTo(stage.group, stage.ada, u"hello"_s);
    const QString cursor = stage.sync(stage.ada)->cursor;
    stage.clock.advance(5s);
    QVERIFY(stage.read(stage.ben, hello.id));
    QVERIFY(stage.read(stage.cleo, hello.id));
    const auto page = stage.sync(stage.ada, cursor);
    QCOMPARE(page->conversations.size(), size_t(1));
    QCOMPARE(page->conversations[0].othersRead, 1);
    QCOMPARE(page->statuses.size(), size_t(1));
    QCOMPARE(int(page->statuses[0].status), int(MessageStatus::Read));
    QCOMPARE(page->statuses[0].sequence, 1);
    QVERIFY(page->statuses[0].userId != stage.ada.id);
    const auto theirs = stage.sync(stage.ben);
    QCOMPARE(theirs->conversations[0].readThrough, 1);
}

void GroupMarksTest::receipts_nameWhoReadIt_theLatestFirst()
{
    GroupStage stage;
    const Message hello = stage.sendTo(stage.group, stage.ada, u"hello"_s);
    const auto none = stage.receipts(stage.ben, hello.id);
    QCOMPARE(none->memberCount, 2);
    QCOMPARE(none->deliveredCount + none->readCount, 0);
    stage.clock.advance(5s);
    const Timestamp benRead = stage.clock.now();
    QVERIFY(stage.read(stage.ben, hello.id));
    stage.clock.advance(5s);
    const Timestamp cleoGot = stage.clock.now();
    QVERIFY(stage.deliver(stage.cleo, hello.id));
    const auto some = stage.receipts(stage.ada, hello.id);
    QCOMPARE(some->messageId, hello.id);
    QCOMPARE(some->deliveredTo, (std::vector<DeliveredTo>{{stage.cleo.id, cleoGot}, {stage.ben.id, benRead}}));
    QCOMPARE(some->readBy, (std::vector<ReadBy>{{stage.ben.id, benRead}}));
    // What comes later does not change when this one was read.
    stage.clock.advance(5s);
    const Timestamp cleoRead = stage.clock.now();
    QVERIFY(stage.read(stage.cleo, hello.id));
    stage.clock.advance(1h);
    QVERIFY(stage.read(stage.ben, stage.sendTo(stage.group, stage.ada, u"more"_s).id));
    QCOMPARE(stage.receipts(stage.ada, hello.id)->readBy,
             (std::vector<ReadBy>{{stage.cleo.id, cleoRead}, {stage.ben.id, benRead}}));
}

void GroupMarksTest::receipts_areCut_notTheirCounts()
{
    GroupStage stage;
    ChatSettings narrow;
    narrow.receiptsLimit = 1;
    const MessageService service(stage.clock, narrow);
    const Message hello = stage.sendTo(stage.group, stage.ada, u"hello"_s);
    QVERIFY(stage.read(stage.ben, hello.id));
    stage.clock.advance(5s);
    QVERIFY(stage.read(stage.cleo, hello.id));
    const auto cut =
        stage.database.read([&](ReadTransaction &tx) { return service.receipts(tx, stage.ada, hello.id.toString()); });
    QCOMPARE(cut->readCount, 2);
    QCOMPARE(cut->deliveredCount, 2);
    QCOMPARE(cut->readBy.size(), size_t(1));
    QCOMPARE(cut->readBy[0].userId, stage.cleo.id);
    QCOMPARE(cut->deliveredTo.size(), size_t(1));
}

void GroupMarksTest::receipts_areForThoseWhoMaySeeTheMessage()
{
    ChatStage stage;
    const Message between = stage.send(stage.ada, stage.ben, u"hi"_s);
    QVERIFY(stage.read(stage.ben, between.id));
    QCOMPARE(stage.receipts(stage.ada, between.id)->readCount, 1);
    QCOMPARE(int(stage.receipts(stage.cleo, between.id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.receipts(stage.ada, MessageId::generate()).error().code), int(ErrorCode::NotFound));
    QVERIFY(stage.remove(stage.ada, between.conversationId));
    QCOMPARE(int(stage.receipts(stage.ada, between.id).error().code), int(ErrorCode::NotFound));
}

TERTULIA_TEST(tst_groupmarks, GroupMarksTest)
#include "tst_groupmarks.moc"
