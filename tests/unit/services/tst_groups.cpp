// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Groups of any size: a message writes one conversation and its sender, reads nobody else, and all the same it is in
// everybody's list, count, sync and event.

#include "chatstage.h"
#include "support/testmain.h"

#include <sqlite3.h>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct ChoirStage : ChatStage
{
    [[nodiscard]] std::array<const Actor *, 3> all() const { return {&ada, &ben, &cleo}; }
    /// Ada, Ben and Cleo, and others up to `size`.
    ConversationId addGroup(int size, const QString &name = u"Choir"_s)
    {
        std::vector<UserId> people{ada.id, ben.id, cleo.id};
        while (int(people.size()) < size)
            people.push_back(database.addUser(u"singer%1"_s.arg(++singers)));
        clock.advance(10ms);
        return database.addGroup(people, name);
    }
    Result<SentMessage> trySay(const Actor &who, ConversationId group, const QString &content)
    {
        clock.advance(10ms);
        SendMessageRequest request;
        request.conversationId = group.toString();
        request.content = content;
        return trySend(who, request);
    }
    Message say(const Actor &who, ConversationId group, const QString &content)
    {
        const auto sent = trySay(who, group, content);
        if (!sent)
            qFatal("not sent: %s", qUtf8Printable(sent.error().message));
        return sent->message;
    }
    MessageChanged lastChange()
    {
        auto events = database.takeEventsOf<MessageChanged>();
        return std::move(events.back());
    }
    QStringList listOf(const Actor &who)
    {
        QStringList names;
        const auto page = list(who);
        for (const Conversation &one : page->conversations)
            names.append(one.lastMessage ? one.lastMessage->content : u"(nothing)"_s);
        return names;
    }
    int unreadIn(const Actor &who, ConversationId group) { return conversation(who, group)->unreadCount; }

    int singers = 0;
};

/// Steps of SQLite's machine: what a piece of work costs, on any computer.
template <class Work> int stepsOf(TestDatabase &database, Work work)
{
    int steps = 0;
    sqlite3_progress_handler(
        database.database().handle(), 1, [](void *count) { return ++*static_cast<int *>(count), 0; }, &steps);
    work();
    sqlite3_progress_handler(database.database().handle(), 0, nullptr, nullptr);
    return steps;
}

} // namespace

class GroupsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void message_isInEverybodysListAndCount()
    {
        ChoirStage stage;
        stage.send(stage.cleo, stage.ben, u"before"_s);
        const ConversationId group = stage.addGroup(5);
        QCOMPARE(stage.listOf(stage.ben), QStringList({u"(nothing)"_s, u"before"_s}));
        stage.say(stage.ada, group, u"one"_s);
        stage.say(stage.ben, group, u"two"_s);
        stage.send(stage.cleo, stage.ben, u"after"_s);
        QCOMPARE(stage.listOf(stage.ben), QStringList({u"after"_s, u"two"_s}));
        QCOMPARE(stage.list(stage.ben)->pagination.total, 2);
        QCOMPARE(stage.unreadIn(stage.ada, group), 1);
        QCOMPARE(stage.unreadIn(stage.ben, group), 1);
        QCOMPARE(stage.unreadIn(stage.cleo, group), 2);
        QCOMPARE(stage.unread(stage.cleo).total, 2);
        ConversationQuery query;
        query.search = u"hoi"_s;
        QCOMPARE(stage.list(stage.ben, query)->conversations.front().id, group);
        query.search = u"cleo"_s;
        QVERIFY(stage.list(stage.ben, query)->conversations.front().id != group);
    }
    void event_tellsAllFromOneRoster_data()
    {
        QTest::addColumn<int>("size");
        QTest::newRow("small") << 4;
        QTest::newRow("large") << smallGroup * 3;
    }
    void event_tellsAllFromOneRoster()
    {
        QFETCH(const int, size);
        ChoirStage stage;
        const ConversationId group = stage.addGroup(size);
        stage.say(stage.ada, group, u"one"_s);
        const auto first = stage.lastChange().roster;
        stage.say(stage.ben, group, u"two"_s);
        const MessageChanged event = stage.lastChange();
        QVERIFY(event.roster && event.roster == first); // no copy
        QCOMPARE(event.roster->size(), size_t(size));
        QVERIFY(event.members.empty());
        for (const Actor *who : stage.all()) {
            const Conversation told = event.conversationFor(who->id);
            Conversation whole = *stage.conversation(*who, group);
            QVERIFY(told.participants.empty());
            QCOMPARE(whole.participants.size(), size_t(size));
            whole.participants.clear();
            QVERIFY(told == withoutOthersMarks(whole));
        }
        QVERIFY(!event.roster->find(UserId::generate()));
    }
    /// What is told of unread messages follows the marks without a look at the store.
    void roster_followsTheMarks()
    {
        ChoirStage stage;
        const ConversationId group = stage.addGroup(4);
        const Message first = stage.say(stage.ada, group, u"one"_s);
        stage.say(stage.ben, group, u"two"_s);
        QVERIFY(stage.read(stage.cleo, first.id));
        QVERIFY(stage.remove(stage.ben, group));
        stage.say(stage.ada, group, u"three"_s);
        const auto roster = stage.lastChange().roster;
        QCOMPARE(roster->find(stage.ada.id)->unread(3)->count, 1); // Ben's
        QCOMPARE(roster->find(stage.ben.id)->unread(3)->count, 1);
        QCOMPARE(roster->find(stage.cleo.id)->unread(3)->count, 2);
        QCOMPARE(roster->find(stage.cleo.id)->unread(3)->readThrough, 1);
        for (const Actor *who : stage.all())
            QCOMPARE(roster->find(who->id)->unread(3)->count, stage.unreadIn(*who, group));
    }
    /// Two of one person's that are written together: the first is told when the second is counted.
    void roster_saysNoCountThatIsAhead()
    {
        ChoirStage stage;
        const ConversationId group = stage.addGroup(3);
        stage.say(stage.ben, group, u"one"_s);
        stage.say(stage.ada, group, u"two"_s);
        stage.say(stage.ada, group, u"three"_s);
        const auto roster = stage.lastChange().roster;
        QVERIFY(!roster->find(stage.ada.id)->unread(2));
        QCOMPARE(roster->find(stage.ada.id)->unread(3)->count, 1);
        QCOMPARE(roster->find(stage.cleo.id)->unread(2)->count, 2);
    }
    void roster_ofAnotherMembership_isNotTaken()
    {
        ChoirStage stage;
        const ConversationId group = stage.addGroup(3);
        stage.say(stage.ada, group, u"one"_s);
        const UserId dora = stage.database.addUser(u"dora"_s);
        const auto join = [&](Transaction &tx) {
            const auto row = ConversationStore::find(tx, group);
            tx.execute("INSERT INTO conversation_members (key, user_id, role, joined_at, listed, changed)"
                       " VALUES (?, ?, 0, 0, -1, -1)",
                       row->number * 65'536 + 3, dora);
            tx.execute("UPDATE conversations SET membership = ?, member_count = 4 WHERE number = ?", tx.nextChange(),
                       row->number);
        };
        // In the very unit that changes it, too; and what is undone is not remembered.
        SendMessageRequest request;
        request.conversationId = group.toString();
        request.content = u"two"_s;
        std::ignore = stage.database.write([&](Transaction &tx) -> Result<void> {
            join(tx);
            std::ignore = stage.messages.send(tx, stage.ada, request);
            return failure(Error::conflict(u"no"_s));
        });
        std::ignore = stage.database.takeEvents();
        stage.say(stage.ada, group, u"two"_s);
        QCOMPARE(stage.lastChange().roster->size(), size_t(3));
        QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
            join(tx);
            return {};
        }));
        stage.say(stage.ada, group, u"three"_s);
        QVERIFY(stage.lastChange().roster->find(dora));
    }
    void message_costsTheSameInAnyGroup()
    {
        ChoirStage stage;
        const ConversationId small = stage.addGroup(3), large = stage.addGroup(1'500);
        stage.say(stage.ada, small, u"first"_s);
        stage.say(stage.ada, large, u"first"_s); // now its members are known by heart
        const auto writes = [&](ConversationId group) {
            const qint64 before = stage.database.database().totalChanges();
            stage.say(stage.ada, group, u"one"_s);
            return stage.database.database().totalChanges() - before;
        };
        QCOMPARE(writes(large), writes(small));
        const auto cost = [&](ConversationId group) {
            return stepsOf(stage.database, [&] { stage.say(stage.ada, group, u"two"_s); });
        };
        const int inSmall = cost(small), inLarge = cost(large);
        QVERIFY2(inSmall > 50, "nothing was counted");
        QVERIFY2(inLarge <= inSmall + inSmall / 10, qPrintable(u"%1 for %2"_s.arg(inLarge).arg(inSmall)));
    }
    void deliveredMark_costsTheSameInAnyLargeGroup()
    {
        ChoirStage stage;
        const ConversationId one = stage.addGroup(smallGroup + 1), other = stage.addGroup(1'500);
        const auto cost = [&](ConversationId group) {
            stage.say(stage.ada, group, u"one"_s);
            return stepsOf(stage.database, [&] {
                QVERIFY(stage.database.write([&](Transaction &tx) -> Result<void> {
                    stage.messages.markDelivered(tx, stage.ben.id, group, 1, 1, stage.clock.now());
                    return {};
                }));
            });
        };
        const int inOne = cost(one), inOther = cost(other);
        QVERIFY2(inOther <= inOne + inOne / 10, qPrintable(u"%1 for %2"_s.arg(inOther).arg(inOne)));
    }
    /// Whoever reads in a large group, or reacts, is told what that changed, and nobody else is read or told of marks.
    void marksAndReactions_costTheSameInAnyLargeGroup()
    {
        ChoirStage stage;
        const ConversationId one = stage.addGroup(smallGroup + 1), other = stage.addGroup(1'500);
        std::vector<DomainEvent> told;
        const auto costs = [&](ConversationId group) {
            const Message first = stage.say(stage.ada, group, u"one"_s);
            stage.say(stage.cleo, group, u"two"_s);
            std::ignore = stage.database.takeEvents();
            std::array<int, 3> steps{};
            steps[0] = stepsOf(stage.database, [&] { std::ignore = stage.read(stage.ben, first.id); });
            for (DomainEvent &event : stage.database.takeEvents())
                told.push_back(std::move(event));
            steps[1] = stepsOf(stage.database, [&] { std::ignore = stage.react(stage.ben, first.id, u"👍"_s); });
            steps[2] = stepsOf(stage.database, [&] { std::ignore = stage.history(stage.ben, group); });
            return steps;
        };
        const auto inOne = costs(one), inOther = costs(other);
        QCOMPARE(told.size(), size_t(4)); // of each group: that marks moved, and what the reader sees
        for (size_t i = 0; i < told.size(); i += 2) {
            QVERIFY(std::holds_alternative<MarksMoved>(told[i]));
            const auto &seen = std::get<ConversationChanged>(told[i + 1]);
            QVERIFY(seen.user == stage.ben.id && seen.conversation.participants.empty());
            QCOMPARE(seen.conversation.unreadCount, 1);
        }
        for (size_t i = 0; i < inOne.size(); ++i) {
            QVERIFY2(inOther[i] <= inOne[i] + inOne[i] / 10,
                     qPrintable(u"%1: %2 for %3"_s.arg(i).arg(inOther[i]).arg(inOne[i])));
        }
    }
    void deleted_isBackWithTheNextMessage_andHearsNothingOfWhatWas()
    {
        ChoirStage stage;
        const ConversationId group = stage.addGroup(4);
        const Message old = stage.say(stage.ada, group, u"one"_s);
        QVERIFY(stage.remove(stage.ben, group));
        QVERIFY(stage.listOf(stage.ben).isEmpty());
        QCOMPARE(stage.list(stage.ben)->pagination.total, 0);
        QVERIFY(stage.react(stage.cleo, old.id, u"👍"_s));
        const auto roster = stage.lastChange().roster;
        QCOMPARE(Sequence(roster->find(stage.ben.id)->hiddenThrough), old.sequence);
        QCOMPARE(Sequence(roster->find(stage.ada.id)->hiddenThrough), Sequence(0));
        stage.say(stage.ada, group, u"two"_s);
        const auto told = stage.lastChange();
        QCOMPARE(told.conversationFor(stage.ben.id).hiddenThrough, old.sequence);
        QCOMPARE(told.conversationFor(stage.ada.id).hiddenThrough, 0);
        QCOMPARE(stage.conversation(stage.ben, group)->hiddenThrough, old.sequence);
        QCOMPARE(stage.conversation(stage.ada, group)->hiddenThrough, 0);
        QCOMPARE(stage.listOf(stage.ben), QStringList(u"two"_s));
        QCOMPARE(contents(stage.history(stage.ben, group)->messages), QStringList(u"two"_s));
    }
    void sync_bringsWhatHappenedInGroups_pageByPage()
    {
        ChoirStage stage;
        const ConversationId choir = stage.addGroup(3), board = stage.addGroup(smallGroup * 2, u"Board"_s);
        const Message old = stage.say(stage.ada, choir, u"old"_s);
        stage.send(stage.ada, stage.ben, u"to you"_s);
        QString cursor = stage.sync(stage.ben)->cursor;
        QVERIFY(stage.sync(stage.ben, cursor)->conversations.empty());
        stage.say(stage.cleo, board, u"b1"_s);
        stage.say(stage.cleo, board, u"b2"_s);
        stage.send(stage.ada, stage.ben, u"again"_s);
        QVERIFY(stage.react(stage.cleo, old.id, u"👍"_s));
        QStringList got;
        int pages = 0;
        for (bool hasMore = true; hasMore && pages < 20; ++pages) {
            const auto page = stage.sync(stage.ben, cursor, 1);
            QVERIFY(page);
            got += contents(page->messages);
            cursor = page->cursor;
            hasMore = page->hasMore;
        }
        got.sort();
        QCOMPARE(got, QStringList({u"again"_s, u"b1"_s, u"b2"_s, u"old"_s}));
        QVERIFY(pages > 3);
        QVERIFY(stage.sync(stage.ben, cursor)->conversations.empty());
        QVERIFY(stage.read(stage.ben, old.id)); // on another device
        QCOMPARE(stage.sync(stage.ben, cursor)->conversations.size(), size_t(1));
        QVERIFY(stage.remove(stage.ben, board));
        QCOMPARE(stage.sync(stage.ben, cursor)->deletedConversationIds, std::vector<ConversationId>{board});
    }
    void stranger_findsNoGroup()
    {
        ChoirStage stage;
        const ConversationId group = stage.addGroup(3);
        const Actor dora{.id = stage.database.addUser(u"dora"_s), .session = {}, .role = Role::User};
        const Message message = stage.say(stage.ada, group, u"one"_s);
        QCOMPARE(int(stage.trySay(dora, group, u"hello"_s).error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(stage.read(dora, message.id).error().code), int(ErrorCode::NotFound));
        QCOMPARE(int(stage.react(dora, message.id, u"👍"_s).error().code), int(ErrorCode::NotFound));
        const auto membership = stage.database.read(
            [&](ReadTransaction &tx) { return stage.conversations.membership(tx, dora, group.toString()); });
        QCOMPARE(int(membership.error().code), int(ErrorCode::NotFound));
    }
};

TERTULIA_TEST(tst_groups, GroupsTest)
#include "tst_groups.moc"
