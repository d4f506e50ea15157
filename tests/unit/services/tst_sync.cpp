// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replica.h"
#include "support/testmain.h"

#include <QtEndian>

using namespace Tertulia;
using namespace Tertulia::Test;

class SyncTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fromTheBeginning_givesEverything();
    void withoutNews_givesNothing();
    void newMessages_comeOnce();
    void statuses_ofKnownMessages_areReported();
    void deletedConversation_isReportedAndRevivedEmpty();
    void openedConversation_isReported();
    void pages_continueInsideAConversation();
    void walkThatStoodStill_bringsWhatHappenedMeanwhile();
    void changedMessages_comeHoweverOldTheyAre();
    void changedMessages_comeInPages_beforeTheNewOnes();
    void isoTime_worksAsCursor();
    void nonsense_isInvalid_data();
    void nonsense_isInvalid();
    void strangersMessages_areNeverSeen();
    void cursor_ofAnotherPersonOrServer_isInvalid();
    void cursor_ofTheStoreBeforeItWasRestored_isInvalid();
    void cursor_outOfRange_isInvalid_data();
    void cursor_outOfRange_isInvalid();
    void cursor_showsNoNumbers();
    void timeInTheFuture_isNow();
    void anyHistory_converges();
    void events_applied_equalTheStateFetched();
};

void SyncTest::fromTheBeginning_givesEverything()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    stage.sendMany(stage.cleo, stage.ben, 3);
    Replica replica;
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.received, 8);
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
}

void SyncTest::withoutNews_givesNothing()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    Replica replica;
    replica.catchUp(stage, stage.ben);
    const auto again = stage.sync(stage.ben, replica.cursor);
    QVERIFY(again->messages.empty() && again->conversations.empty() && again->statuses.empty());
    QVERIFY(again->deletedConversationIds.empty() && !again->hasMore);
    const auto nobody = stage.sync(stage.cleo);
    QVERIFY(nobody->messages.empty() && nobody->conversations.empty());
}

void SyncTest::newMessages_comeOnce()
{
    ChatStage stage;
    Replica replica;
    int total = 0;
    for (int round = 0; round < 20; ++round) {
        for (int i = 0; i <= round % 4; ++i, ++total) {
            QVERIFY(stage.trySend(round % 3 == 0 ? stage.cleo : stage.ada, ChatStage::text(stage.ben, u"x"_s)));
            stage.clock.advance(std::chrono::milliseconds(round % 2));
        }
        replica.catchUp(stage, stage.ben);
        QCOMPARE(replica.received, total);
    }
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
}

void SyncTest::statuses_ofKnownMessages_areReported()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 5);
    Replica replica;
    replica.catchUp(stage, stage.ada);
    QVERIFY(stage.deliver(stage.ben, sent[3].id));
    stage.clock.advance(5s);
    QVERIFY(stage.read(stage.ben, sent[1].id));
    const auto page = stage.sync(stage.ada, replica.cursor);
    QVERIFY(page->messages.empty());
    QCOMPARE(page->statuses.size(), size_t(4));
    QCOMPARE(int(page->statuses[0].status), int(MessageStatus::Read));
    QCOMPARE(page->statuses[0].userId, stage.ben.id);
    QCOMPARE(int(page->statuses[3].status), int(MessageStatus::Delivered));
    replica.apply(*page);
    QVERIFY(equalsTheServer(stage, stage.ada, replica));
}

void SyncTest::deletedConversation_isReportedAndRevivedEmpty()
{
    ChatStage stage;
    const Message old = stage.send(stage.ada, stage.ben, u"old"_s);
    Replica replica;
    replica.catchUp(stage, stage.ben);
    QVERIFY(stage.remove(stage.ben, old.conversationId));
    replica.catchUp(stage, stage.ben);
    QVERIFY(replica.conversations.empty() && replica.messages.empty());
    stage.send(stage.ada, stage.ben, u"new"_s);
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.messages.size(), size_t(1));
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
    // deleted and revived between two visits
    Replica other;
    stage.send(stage.ada, stage.ben, u"more"_s);
    other.catchUp(stage, stage.ben);
    QVERIFY(stage.remove(stage.ben, old.conversationId));
    stage.send(stage.ada, stage.ben, u"newest"_s);
    other.catchUp(stage, stage.ben);
    QCOMPARE(other.messages.size(), size_t(1));
    QVERIFY(equalsTheServer(stage, stage.ben, other));
}

void SyncTest::openedConversation_isReported()
{
    ChatStage stage;
    Replica replica;
    replica.catchUp(stage, stage.ada);
    QVERIFY(stage.open(stage.ada, stage.ben));
    replica.catchUp(stage, stage.ada);
    QCOMPARE(replica.conversations.size(), size_t(1));
    QVERIFY(equalsTheServer(stage, stage.ada, replica));
    QVERIFY(stage.sync(stage.ben)->conversations.empty());
}

void SyncTest::pages_continueInsideAConversation()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 25);
    stage.sendMany(stage.cleo, stage.ben, 13);
    Replica replica;
    QCOMPARE(replica.catchUp(stage, stage.ben, 10), 4);
    QCOMPARE(replica.received, 38);
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
    // messages that come while one reads the pages are not lost
    Replica slow;
    while (true) {
        const auto page = stage.sync(stage.ben, slow.cursor, 7);
        slow.apply(*page);
        if (!page->hasMore)
            break;
        if (slow.received < 30)
            stage.send(stage.ada, stage.ben, u"meanwhile"_s);
    }
    slow.catchUp(stage, stage.ben, 7);
    QVERIFY(equalsTheServer(stage, stage.ben, slow));
}

/// Its client was cut off after a page, and hears of nothing until it is connected again and goes on.
void SyncTest::walkThatStoodStill_bringsWhatHappenedMeanwhile()
{
    ChatStage stage;
    const Message first = stage.send(stage.ada, stage.ben, u"first"_s);
    stage.sendMany(stage.ada, stage.ben, 3);
    Replica ben;
    const auto page = stage.sync(stage.ben, {}, 2);
    QVERIFY(page->hasMore);
    ben.apply(*page);
    std::ignore = stage.react(stage.ada, first.id, u"!"_s);
    stage.send(stage.cleo, stage.ben, u"meanwhile"_s);
    ben.catchUp(stage, stage.ben, 100);
    QVERIFY(equalsTheServer(stage, stage.ben, ben));
}

void SyncTest::changedMessages_comeHoweverOldTheyAre()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 300);
    Replica replica;
    replica.catchUp(stage, stage.ben);
    stage.clock.advance(1h);
    QVERIFY(stage.react(stage.ada, sent[3].id, u"+"_s));
    replica.received = 0;
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.received, 1);
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
    // Once is enough, and an own change is one for the other devices.
    replica.received = 0;
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.received, 0);
    QVERIFY(stage.react(stage.ben, sent[3].id, u"-"_s));
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.received, 1);
    // Of a conversation that was deleted nothing comes back.
    QVERIFY(stage.remove(stage.ben, sent[3].conversationId));
    QVERIFY(stage.react(stage.ada, sent[3].id, u"!"_s));
    stage.send(stage.ada, stage.ben, u"new"_s);
    replica.received = 0;
    replica.catchUp(stage, stage.ben);
    QCOMPARE(replica.received, 1);
    QVERIFY(equalsTheServer(stage, stage.ben, replica));
}

void SyncTest::changedMessages_comeInPages_beforeTheNewOnes()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 50);
    Replica replica;
    replica.catchUp(stage, stage.ben);
    // Many of one moment, as one unit of work might change them.
    stage.database.change = stage.database.database().nextChange();
    for (int i = 0; i < 23; ++i)
        QVERIFY(stage.react(stage.ben, sent[size_t(i) * 2].id, u"+"_s));
    stage.database.change.reset();
    stage.sendMany(stage.ada, stage.ben, 12);
    for (const qint64 take : {1, 7, 23, 35}) {
        Replica one = replica;
        one.received = 0;
        one.catchUp(stage, stage.ben, take);
        QCOMPARE(one.received, 35);
        QVERIFY(equalsTheServer(stage, stage.ben, one));
    }
    const auto first = stage.sync(stage.ben, replica.cursor, 30);
    QVERIFY(first && first->hasMore);
    QCOMPARE(first->messages.front().sequence, 1);
    QCOMPARE(first->messages[22].sequence, 45);
    QCOMPARE(first->messages[23].sequence, 51);
}

void SyncTest::isoTime_worksAsCursor()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    stage.clock.advance(1min);
    const QString since = QString::fromLatin1(toIso8601(stage.clock.now()));
    stage.clock.advance(1min);
    stage.sendMany(stage.ada, stage.ben, 2);
    QCOMPARE(stage.sync(stage.ben, since)->messages.size(), size_t(2));
}

void SyncTest::nonsense_isInvalid_data()
{
    QTest::addColumn<QString>("since");
    for (const char *text : {"yesterday", "-5", "99999999999999999999", "AAAA", " ", "2026-13-01T00:00:00Z"})
        QTest::newRow(text) << QString::fromLatin1(text);
    // cursors as earlier versions gave them
    for (const char *text : {"0", "1700000000000000", "1-2-3-4-5", "0-9000000000000000-1-1-0"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("long") << QString(10'000, u'A');
}

void SyncTest::nonsense_isInvalid()
{
    QFETCH(QString, since);
    ChatStage stage;
    const auto page = stage.sync(stage.ada, since);
    QVERIFY(!page);
    QCOMPARE(page.error().code, ErrorCode::Invalid);
    QCOMPARE(page.error().field, u"since"_s);
    QCOMPARE(page.error().reason, u"UNKNOWN_CURSOR"_s);
    QCOMPARE(stage.sync(stage.ada, {}, 0).error().field, u"take"_s);
}

void SyncTest::strangersMessages_areNeverSeen()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    // even with a cursor that points into a foreign conversation, which only the server could make
    const SyncCursor cursor{.base = 0,
                            .upTo = stage.database.database().lastChange(),
                            .from = {.changed = 1, .number = 1},
                            .touched = {},
                            .sent = 1};
    const auto page = stage.sync(stage.cleo, cursor.seal(Sealer(stage.cursorKey), stage.cleo.id, 0));
    QVERIFY(page && page->messages.empty() && page->conversations.empty());
}

void SyncTest::cursor_ofAnotherPersonOrServer_isInvalid()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    for (const std::optional<qint64> take : {std::optional<qint64>(), std::optional<qint64>(2)}) {
        const QString cursor = stage.sync(stage.ben, {}, take)->cursor;
        QVERIFY(stage.sync(stage.ben, cursor));
        QCOMPARE(stage.sync(stage.ada, cursor).error().reason, u"UNKNOWN_CURSOR"_s);
        const SyncCursor opened = *SyncCursor::open(Sealer(stage.cursorKey), stage.ben.id, 0, cursor);
        const QString foreign = opened.seal(Sealer(QByteArray(32, 'x')), stage.ben.id, 0);
        QCOMPARE(stage.sync(stage.ben, foreign).error().reason, u"UNKNOWN_CURSOR"_s);
    }
}

void SyncTest::cursor_ofTheStoreBeforeItWasRestored_isInvalid()
{
    // The numbers may have been used again since: it would look as if nothing were missing.
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    const QString before = stage.sync(stage.ben)->cursor;
    QVERIFY(stage.database.write([](Transaction &tx) -> Result<void> {
        tx.execute("UPDATE store_state SET value = 7 WHERE name = 'epoch'");
        return {};
    }));
    stage.sendMany(stage.ada, stage.ben, 5);
    QCOMPARE(stage.sync(stage.ben, before).error().reason, u"UNKNOWN_CURSOR"_s);
    const auto since = stage.sync(stage.ben);
    QCOMPARE(since->messages.size(), size_t(10));
    QVERIFY(stage.sync(stage.ben, since->cursor));
}

void SyncTest::cursor_outOfRange_isInvalid_data()
{
    QTest::addColumn<int>("place");
    QTest::addColumn<qint64>("beyond"); // the present change
    for (const int place : {0, 1}) {
        QTest::addRow("value %d just beyond", place) << place << qint64(1);
        QTest::addRow("value %d far beyond", place) << place << (qint64(1) << 40);
    }
    QTest::newRow("negative") << 0 << std::numeric_limits<qint64>::min() / 2;
}

void SyncTest::cursor_outOfRange_isInvalid()
{
    // after a restore from a backup: sealed by this server, but of changes that are no more
    QFETCH(int, place);
    QFETCH(qint64, beyond);
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    const ChangeNumber present = stage.database.database().lastChange();
    SyncCursor cursor = SyncCursor::after(present);
    cursor.upTo = present;
    cursor.from = {.changed = present, .number = 1};
    QVERIFY(stage.sync(stage.ben, cursor.seal(Sealer(stage.cursorKey), stage.ben.id, 0)));
    (place == 0 ? cursor.base : cursor.upTo) = present + beyond;
    const auto page = stage.sync(stage.ben, cursor.seal(Sealer(stage.cursorKey), stage.ben.id, 0));
    QVERIFY(!page);
    QCOMPARE(page.error().reason, u"UNKNOWN_CURSOR"_s);
}

void SyncTest::cursor_showsNoNumbers()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 5);
    const ChangeNumber present = stage.database.database().lastChange();
    const QString end = stage.sync(stage.ben)->cursor;
    const QString middle = stage.sync(stage.ben, {}, 2)->cursor;
    QCOMPARE(end.size(), middle.size());
    for (const QString &cursor : {end, middle}) {
        QVERIFY(!cursor.contains(QString::number(present).first(8)));
        const QByteArray bytes = QByteArray::fromBase64(cursor.toLatin1(), QByteArray::Base64UrlEncoding);
        QByteArray number(8, Qt::Uninitialized);
        qToLittleEndian<qint64>(present, number.data());
        QVERIFY(!bytes.contains(number.first(4)));
        std::reverse(number.begin(), number.end());
        QVERIFY(!bytes.contains(number.last(4)));
    }
    // nothing new: the same cursor again, so that a client sees that it stands still
    QCOMPARE(stage.sync(stage.ben, end)->cursor, end);
}

void SyncTest::timeInTheFuture_isNow()
{
    // a client whose clock is an hour ahead
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 3);
    const QString ahead = QString::fromLatin1(toIso8601(stage.clock.now() + 1h));
    const auto first = stage.sync(stage.ben, ahead);
    QVERIFY(first && first->messages.empty());
    stage.send(stage.ada, stage.ben, u"news"_s);
    QCOMPARE(contents(stage.sync(stage.ben, first->cursor)->messages), QStringList{u"news"_s});
    const auto far = stage.sync(stage.ben, u"9999-12-31T23:59:59.999Z"_s);
    QVERIFY(far && far->messages.empty());
    stage.send(stage.ada, stage.ben, u"more news"_s);
    QCOMPARE(contents(stage.sync(stage.ben, far->cursor)->messages), QStringList{u"more news"_s});
}

void SyncTest::anyHistory_converges()
{
    // A long random play; each of three people looks in now and then, with small pages, and ends with the server's
    // state.
    ChatStage stage;
    const std::array<Actor, 3> people{stage.ada, stage.ben, stage.cleo};
    std::array<Replica, 3> replicas;
    std::vector<Message> sent;
    quint32 seed = 12'345;
    const auto random = [&](quint32 below) {
        seed = seed * 1'664'525U + 1'013'904'223U;
        return (seed >> 8) % below;
    };
    for (int step = 0; step < 1'500; ++step) {
        const size_t who = random(3);
        const Actor &actor = people[who];
        const Actor &other = people[(who + 1 + random(2)) % 3];
        switch (random(10)) {
        case 0:
            if (!sent.empty())
                std::ignore = stage.read(actor, sent[random(quint32(sent.size()))].id);
            break;
        case 1:
        case 2:
            if (!sent.empty())
                std::ignore = stage.deliver(actor, sent[random(quint32(sent.size()))].id);
            break;
        case 3:
            if (random(6) == 0 && !sent.empty())
                std::ignore = stage.remove(actor, sent[random(quint32(sent.size()))].conversationId);
            break;
        case 4:
            std::ignore = stage.open(actor, other);
            break;
        case 6:
            if (!sent.empty())
                std::ignore = stage.react(actor, sent[random(quint32(sent.size()))].id,
                                          random(3) == 0 ? std::nullopt : std::optional(QString::number(random(3))));
            break;
        case 5: {
            replicas[who].catchUp(stage, actor, 1 + random(20));
            QVERIFY2(equalsTheServer(stage, actor, replicas[who]), qPrintable(u"after step %1"_s.arg(step)));
            break;
        }
        default:
            sent.push_back(stage.trySend(actor, ChatStage::text(other, u"step %1"_s.arg(step)))->message);
        }
        stage.clock.advance(std::chrono::milliseconds(random(4) == 0 ? random(3'000) : random(3)));
    }
    for (size_t i = 0; i < people.size(); ++i) {
        replicas[i].catchUp(stage, people[i]);
        QVERIFY(equalsTheServer(stage, people[i], replicas[i]));
    }
}

void SyncTest::events_applied_equalTheStateFetched()
{
    // What a client makes of the domain events alone is what it would fetch.
    ChatStage stage;
    const std::array<Actor, 2> people{stage.ada, stage.ben};
    std::array<Replica, 2> replicas;
    const auto hear = [&] {
        for (const DomainEvent &event : stage.database.takeEvents()) {
            for (size_t i = 0; i < people.size(); ++i) {
                Replica &replica = replicas[i];
                if (const auto *changed = std::get_if<MessageChanged>(&event)) {
                    const Message &message = changed->message;
                    Conversation &conversation = replica.conversations[message.conversationId];
                    replica.take(message);
                    if (changed->isNew())
                        conversation = changed->conversationFor(people[i].id);
                    conversation.revision = std::max(conversation.revision, message.revision);
                } else if (const auto *status = std::get_if<MessageStatusChanged>(&event)) {
                    for (const MessageMark &mark : status->messages) {
                        const auto found = replica.messages.find({status->conversation, mark.sequence});
                        if (found == replica.messages.end())
                            continue;
                        Message &message = found->second;
                        message.status = std::max(message.status, status->status);
                        (status->status == MessageStatus::Read ? message.readAt : message.deliveredAt) = mark.at;
                        auto &last = replica.conversations[status->conversation].lastMessage;
                        if (last && last->id == mark.id)
                            last->status = message.status;
                    }
                } else if (const auto *seen = std::get_if<ConversationChanged>(&event)) {
                    if (seen->user == people[i].id)
                        replica.conversations[seen->conversation.id] = seen->conversation;
                } else if (const auto *deleted = std::get_if<ConversationDeleted>(&event)) {
                    if (deleted->user == people[i].id) {
                        replica.conversations.erase(deleted->conversation);
                        std::erase_if(replica.messages,
                                      [&](const auto &entry) { return entry.first.first == deleted->conversation; });
                    }
                }
            }
        }
    };
    std::vector<Message> sent;
    for (int step = 0; step < 400; ++step) {
        const Actor &actor = people[size_t(step * 5 / 3) % 2];
        const Actor &other = people[size_t(step * 5 / 3 + 1) % 2];
        if (step % 5 == 3)
            std::ignore = stage.deliver(actor, sent[sent.size() - 1 - size_t(step) % 3].id);
        else if (step % 7 == 5)
            std::ignore = stage.read(actor, sent[sent.size() - 1 - size_t(step) % 4].id);
        else if (step % 97 == 96)
            QVERIFY(stage.remove(actor, sent[0].conversationId));
        else if (step % 13 == 7)
            std::ignore = stage.react(actor, sent[sent.size() - 1 - size_t(step) % 3].id, QString::number(step % 4));
        else
            sent.push_back(stage.trySend(actor, ChatStage::text(other, u"step %1"_s.arg(step)))->message);
        stage.clock.advance(std::chrono::milliseconds(step % 11 * 100));
        hear();
        for (size_t i = 0; i < people.size(); ++i)
            QVERIFY2(equalsTheServer(stage, people[i], replicas[i], false), qPrintable(u"step %1"_s.arg(step)));
    }
}

TERTULIA_TEST(tst_sync, SyncTest)
#include "tst_sync.moc"
