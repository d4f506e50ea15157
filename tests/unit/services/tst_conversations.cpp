// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"
#include "support/testmain.h"

#include "services/permissions.h"

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

QStringList titles(const Result<ConversationPage> &page, const Actor &who)
{
    QStringList names;
    for (const Conversation &conversation : page->conversations) {
        for (const Participant &participant : conversation.participants) {
            if (participant.id != who.id)
                names.append(participant.username);
        }
    }
    return names;
}

} // namespace

class ConversationsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void list_isNewestFirstWithLastMessageAndUnreadCount();
    void list_inABurst_keepsTheExactOrder();
    void list_saysOfEachWhatItSaysAlone();
    void list_pages();
    void list_searchesNamesAndFiltersByType();
    void open_isEmptyAndShowsInTheOpenersListOnly();
    void open_again_isTheSame();
    void open_selfUnknownOrDisabled_isRefused();
    void remove_hidesHistoryForTheCallerOnly();
    void remove_thenNewMessage_revivesItEmpty();
    void remove_isSaidToTheDeleterAlone();
    void remove_thenOpen_showsItEmpty();
    void remove_keepsUnreadCountsRight();
    void remove_again_isSilent();
    void stranger_findsNothing();
    void leave_ofDirectConversation_isInvalid();
    void membership_namesTheConversation();
    void permissions_table();
};

void ConversationsTest::list_isNewestFirstWithLastMessageAndUnreadCount()
{
    ChatStage stage;
    stage.send(stage.ben, stage.ada, u"from ben"_s);
    stage.send(stage.cleo, stage.ada, u"from cleo"_s);
    auto page = stage.list(stage.ada);
    QCOMPARE(titles(page, stage.ada), QStringList({u"cleo"_s, u"ben"_s}));
    QCOMPARE(page->conversations[0].lastMessage->content, u"from cleo"_s);
    QCOMPARE(page->conversations[0].unreadCount, 1);
    QCOMPARE(page->conversations[0].participants.size(), size_t(2));
    QCOMPARE(page->conversations[0].updatedAt, page->conversations[0].lastMessage->createdAt);
    const Message answer = stage.send(stage.ada, stage.ben, u"to ben"_s);
    page = stage.list(stage.ada);
    QCOMPARE(titles(page, stage.ada), QStringList({u"ben"_s, u"cleo"_s}));
    QCOMPARE(page->conversations[0].unreadCount, 1); // answering is not reading
    QVERIFY(stage.read(stage.ben, answer.id));
    QCOMPARE(int(stage.list(stage.ada)->conversations[0].lastMessage->status), int(MessageStatus::Read));
    QCOMPARE(stage.list(stage.ben)->conversations[0].unreadCount, 0);
}

void ConversationsTest::list_inABurst_keepsTheExactOrder()
{
    // The index may lag behind for busy conversations; the answer may not.
    ChatStage stage;
    std::vector<Actor> friends;
    for (int i = 0; i < 12; ++i)
        friends.push_back({.id = stage.database.addUser(u"f%1"_s.arg(i)), .session = {}, .role = Role::User});
    QStringList expected;
    for (int i = 0; i < 400; ++i) {
        const size_t who = size_t(i * i + i / 7) % friends.size();
        QVERIFY(stage.trySend(friends[who], ChatStage::text(stage.ada, u"x"_s)));
        stage.clock.advance(std::chrono::milliseconds(i % 50 == 0 ? 400 : i % 4));
        expected.removeAll(u"f%1"_s.arg(who));
        expected.prepend(u"f%1"_s.arg(who));
        if (i % 10 == 0) {
            QCOMPARE(titles(stage.list(stage.ada), stage.ada), expected);
            QCOMPARE(
                titles(stage.list(stage.ada, {.page = {.skip = 2, .take = 3}, .type = {}, .search = {}}), stage.ada),
                expected.mid(2, 3));
        }
    }
}

// They are read together: one without a message, or with none that is shown, is no reason to take the next one's.
void ConversationsTest::list_saysOfEachWhatItSaysAlone()
{
    ChatStage stage;
    const Actor dora{.id = stage.database.addUser(u"dora"_s), .session = {}, .role = Role::User};
    const Actor emil{.id = stage.database.addUser(u"emil"_s), .session = {}, .role = Role::User};
    stage.send(stage.ben, stage.ada, u"from ben"_s);
    QVERIFY(stage.open(stage.ada, stage.cleo));
    const Message deleted = stage.send(dora, stage.ada, u"from dora"_s);
    QVERIFY(stage.remove(stage.ada, deleted.conversationId));
    QVERIFY(stage.open(stage.ada, dora));
    stage.send(stage.ada, emil, u"to emil"_s);
    const auto page = stage.list(stage.ada);
    QCOMPARE(page->conversations.size(), size_t(4));
    QHash<QString, QString> last;
    for (const Conversation &conversation : page->conversations) {
        QVERIFY(conversation == *stage.conversation(stage.ada, conversation.id));
        QCOMPARE(conversation.participants.size(), size_t(2));
        const auto &others = conversation.participants;
        const bool isAdaFirst = others[0].id == stage.ada.id;
        QCOMPARE(others[isAdaFirst ? 0 : 1].username, u"ada"_s);
        last.insert(others[isAdaFirst ? 1 : 0].username,
                    conversation.lastMessage ? conversation.lastMessage->content : u"none"_s);
    }
    QCOMPARE(
        last,
        (QHash<QString, QString>{
            {u"ben"_s, u"from ben"_s}, {u"cleo"_s, u"none"_s}, {u"dora"_s, u"none"_s}, {u"emil"_s, u"to emil"_s}}));
}

void ConversationsTest::list_pages()
{
    ChatStage stage;
    for (int i = 0; i < 130; ++i) {
        const Actor other{.id = stage.database.addUser(u"f%1"_s.arg(i)), .session = {}, .role = Role::User};
        stage.send(other, stage.ada, u"x"_s);
    }
    const auto first = stage.list(stage.ada);
    QCOMPARE(first->conversations.size(), size_t(50));
    QCOMPARE(first->pagination.total, std::optional(130));
    QVERIFY(first->pagination.hasMore);
    QStringList seen = titles(first, stage.ada);
    for (const int skip : {50, 100}) {
        const auto page = stage.list(stage.ada, {.page = {.skip = skip, .take = 50}, .type = {}, .search = {}});
        seen += titles(page, stage.ada);
        QCOMPARE(page->pagination.hasMore, skip == 50);
    }
    QCOMPARE(seen.size(), 130);
    QCOMPARE(seen.first(), u"f129"_s);
    QCOMPARE(seen.last(), u"f0"_s);
    QCOMPARE(stage.list(stage.ada, {.page = {.skip = 0, .take = 999}, .type = {}, .search = {}})->conversations.size(),
             size_t(100));
    QVERIFY(
        stage.list(stage.ada, {.page = {.skip = 130, .take = 50}, .type = {}, .search = {}})->conversations.empty());
    QVERIFY(stage.list(stage.ada, {.page = {.skip = 1 << 30, .take = 50}, .type = {}, .search = {}})
                ->conversations.empty());
}

void ConversationsTest::list_searchesNamesAndFiltersByType()
{
    ChatStage stage;
    stage.send(stage.ben, stage.ada, u"x"_s);
    stage.send(stage.cleo, stage.ada, u"y"_s);
    const auto search = [&](const QString &term) {
        return stage.list(stage.ada, {.page = {}, .type = {}, .search = term});
    };
    QCOMPARE(titles(search(u"BEN"_s), stage.ada), QStringList({u"ben"_s}));
    QCOMPARE(titles(search(u"b\u00e9n"_s), stage.ada), QStringList({u"ben"_s}));
    QCOMPARE(titles(search(u"ms "_s), stage.ada), QStringList({u"cleo"_s, u"ben"_s}));
    QCOMPARE(search(u"ms "_s)->pagination.total, std::optional(2));
    QVERIFY(search(u"ada"_s)->conversations.empty()); // one's own name finds nothing
    QVERIFY(search(u"%"_s)->conversations.empty());
    QCOMPARE(int(search(QString(201, u'x')).error().code), int(ErrorCode::Invalid));
    QVERIFY(stage.list(stage.ada, {.page = {}, .type = ConversationType::Group, .search = {}})->conversations.empty());
    QCOMPARE(stage.list(stage.ada, {.page = {}, .type = ConversationType::Direct, .search = {}})->conversations.size(),
             size_t(2));
}

void ConversationsTest::open_isEmptyAndShowsInTheOpenersListOnly()
{
    ChatStage stage;
    const auto opened = stage.open(stage.ada, stage.ben);
    QVERIFY(opened && opened->created);
    QVERIFY(!opened->conversation.lastMessage);
    QCOMPARE(stage.list(stage.ada)->pagination.total, std::optional(1));
    QCOMPARE(stage.list(stage.ben)->pagination.total, std::optional(0));
    QVERIFY(stage.list(stage.ben)->conversations.empty());
    QVERIFY(stage.history(stage.ada, opened->conversation.id)->messages.empty());
    QCOMPARE(stage.send(stage.ben, stage.ada, u"hi"_s).conversationId, opened->conversation.id);
    QCOMPARE(stage.list(stage.ben)->pagination.total, std::optional(1));
}

void ConversationsTest::open_again_isTheSame()
{
    ChatStage stage;
    const auto first = stage.open(stage.ada, stage.ben);
    stage.database.takeEvents();
    const auto again = stage.open(stage.ada, stage.ben);
    QVERIFY(!again->created);
    QCOMPARE(again->conversation.id, first->conversation.id);
    QVERIFY(stage.database.takeEvents().empty());
    const auto other = stage.open(stage.ben, stage.ada);
    QVERIFY(!other->created);
    QCOMPARE(other->conversation.id, first->conversation.id);
}

void ConversationsTest::open_selfUnknownOrDisabled_isRefused()
{
    ChatStage stage;
    QCOMPARE(int(stage.open(stage.ada, stage.ada).error().code), int(ErrorCode::Invalid));
    Actor nobody;
    nobody.id = UserId::generate();
    QCOMPARE(int(stage.open(stage.ada, nobody).error().code), int(ErrorCode::NotFound));
    const auto existing = stage.open(stage.ada, stage.cleo);
    stage.database.setDisabled(stage.ben.id, true);
    stage.database.setDisabled(stage.cleo.id, true);
    QCOMPARE(int(stage.open(stage.ada, stage.ben).error().code), int(ErrorCode::Forbidden));
    QCOMPARE(stage.open(stage.ada, stage.cleo)->conversation.id, existing->conversation.id); // the history stays open
}

void ConversationsTest::remove_hidesHistoryForTheCallerOnly()
{
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 3);
    const ConversationId id = sent[0].conversationId;
    stage.database.takeEvents();
    QVERIFY(stage.remove(stage.ben, id));
    const auto events = stage.database.takeEvents();
    QCOMPARE(events.size(), size_t(1));
    QCOMPARE(std::get<ConversationDeleted>(events[0]).user, stage.ben.id);
    QVERIFY(stage.list(stage.ben)->conversations.empty());
    QCOMPARE(stage.list(stage.ben)->pagination.total, std::optional(0));
    QVERIFY(stage.history(stage.ben, id)->messages.empty());
    QCOMPARE(int(stage.message(stage.ben, sent[1].id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(stage.unread(stage.ben).total, 0);
    QCOMPARE(stage.history(stage.ada, id)->messages.size(), size_t(3));
    QVERIFY(stage.message(stage.ada, sent[1].id));
    QCOMPARE(int(stage.message(stage.ada, sent[1].id)->status), int(MessageStatus::Sent)); // deleting is not reading
}

void ConversationsTest::remove_thenNewMessage_revivesItEmpty()
{
    ChatStage stage;
    const auto old = stage.sendMany(stage.ada, stage.ben, 3);
    const ConversationId id = old[0].conversationId;
    QVERIFY(stage.remove(stage.ben, id));
    const Message fresh = stage.send(stage.ada, stage.ben, u"are you there?"_s);
    QCOMPARE(fresh.conversationId, id);
    QCOMPARE(contents(stage.history(stage.ben, id)->messages), QStringList({u"are you there?"_s}));
    QCOMPARE(stage.history(stage.ben, id)->pagination.total, std::optional(1));
    QCOMPARE(stage.list(stage.ben)->conversations[0].unreadCount, 1);
    QCOMPARE(stage.history(stage.ada, id)->messages.size(), size_t(4));
    // the bounds of a page do not lead behind the curtain
    QVERIFY(stage.history(stage.ben, id, {}, fresh.id)->messages.empty());
}

/// How far the conversation is hidden, so that a client drops what comes late.
void ConversationsTest::remove_isSaidToTheDeleterAlone()
{
    ChatStage stage;
    const ConversationId id = stage.sendMany(stage.ada, stage.ben, 3)[0].conversationId;
    QCOMPARE(stage.conversation(stage.ben, id)->hiddenThrough, 0);
    const QString cursor = stage.sync(stage.ben)->cursor, adasCursor = stage.sync(stage.ada)->cursor;
    stage.database.takeEvents();
    QCOMPARE(stage.remove(stage.ben, id)->hiddenThrough, 3);
    QCOMPARE(stage.remove(stage.ben, id)->hiddenThrough, 3); // as before
    QCOMPARE(stage.database.takeEventsOf<ConversationDeleted>().front().hiddenThrough, 3);
    const Message fresh = stage.send(stage.ada, stage.ben, u"are you there?"_s);
    const auto told = stage.database.takeEventsOf<MessageChanged>().front();
    QVERIFY(stage.read(stage.ben, fresh.id));
    const auto read = stage.database.takeEventsOf<ConversationChanged>().front();
    for (const Sequence hidden :
         {stage.conversation(stage.ben, id)->hiddenThrough, stage.list(stage.ben)->conversations[0].hiddenThrough,
          stage.sync(stage.ben, cursor)->conversations[0].hiddenThrough,
          told.conversationFor(stage.ben.id).hiddenThrough, read.conversation.hiddenThrough,
          stage.open(stage.ben, stage.ada)->conversation.hiddenThrough})
        QCOMPARE(hidden, 3);
    for (const Sequence hidden :
         {stage.conversation(stage.ada, id)->hiddenThrough, stage.list(stage.ada)->conversations[0].hiddenThrough,
          stage.sync(stage.ada, adasCursor)->conversations[0].hiddenThrough,
          told.conversationFor(stage.ada.id).hiddenThrough,
          stage.open(stage.ada, stage.ben)->conversation.hiddenThrough})
        QCOMPARE(hidden, 0);
}

void ConversationsTest::remove_thenOpen_showsItEmpty()
{
    ChatStage stage;
    const Message old = stage.send(stage.ada, stage.ben, u"old"_s);
    QVERIFY(stage.remove(stage.ada, old.conversationId));
    const auto opened = stage.open(stage.ada, stage.ben);
    QVERIFY(!opened->created);
    QVERIFY(!opened->conversation.lastMessage);
    QCOMPARE(stage.list(stage.ada)->pagination.total, std::optional(1));
    QVERIFY(!stage.list(stage.ada)->conversations[0].lastMessage);
}

void ConversationsTest::remove_keepsUnreadCountsRight()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 3);
    const Message own = stage.send(stage.ben, stage.ada, u"own"_s);
    QVERIFY(stage.remove(stage.ben, own.conversationId));
    stage.send(stage.ada, stage.ben, u"one"_s);
    stage.send(stage.ben, stage.ada, u"mine"_s);
    const Message two = stage.send(stage.ada, stage.ben, u"two"_s);
    QCOMPARE(stage.unread(stage.ben).total, 2);
    QVERIFY(stage.read(stage.ben, two.id));
    QCOMPARE(stage.unread(stage.ben).total, 0);
    QCOMPARE(stage.unread(stage.ada).total, 2);
}

void ConversationsTest::remove_again_isSilent()
{
    ChatStage stage;
    const Message old = stage.send(stage.ada, stage.ben, u"old"_s);
    QVERIFY(stage.remove(stage.ada, old.conversationId));
    stage.database.takeEvents();
    QVERIFY(stage.remove(stage.ada, old.conversationId));
    QVERIFY(stage.database.takeEvents().empty());
    QCOMPARE(stage.list(stage.ada)->pagination.total, std::optional(0));
}

void ConversationsTest::stranger_findsNothing()
{
    ChatStage stage;
    const ConversationId id = stage.send(stage.ada, stage.ben, u"x"_s).conversationId;
    QCOMPARE(int(stage.conversation(stage.cleo, id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.remove(stage.cleo, id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.conversation(stage.ada, ConversationId::generate()).error().code), int(ErrorCode::NotFound));
    const auto membership = stage.database.read(
        [&](ReadTransaction &tx) { return stage.conversations.membership(tx, stage.cleo, id.toString()); });
    QCOMPARE(int(membership.error().code), int(ErrorCode::NotFound));
}

void ConversationsTest::leave_ofDirectConversation_isInvalid()
{
    ChatStage stage;
    const ConversationId id = stage.send(stage.ada, stage.ben, u"x"_s).conversationId;
    const auto leave = [&](const Actor &who) {
        return stage.database.write([&](Transaction &tx) { return stage.conversations.leave(tx, who, id.toString()); });
    };
    QCOMPARE(int(leave(stage.ada).error().code), int(ErrorCode::Invalid));
    QCOMPARE(int(leave(stage.cleo).error().code), int(ErrorCode::NotFound));
}

void ConversationsTest::membership_namesTheConversation()
{
    ChatStage stage;
    const ConversationId id = stage.send(stage.ada, stage.ben, u"x"_s).conversationId;
    const auto membership = stage.database.read(
        [&](ReadTransaction &tx) { return stage.conversations.membership(tx, stage.ben, id.toString()); });
    QCOMPARE(membership->conversation, id);
    QCOMPARE(membership->type, ConversationType::Direct);
}

void ConversationsTest::permissions_table()
{
    const Standing stranger;
    const Standing member{.isMember = true, .type = ConversationType::Direct};
    const Standing widowed{.isMember = true, .type = ConversationType::Direct, .role = {}, .isOtherDisabled = true};
    const Standing inGroup{.isMember = true, .type = ConversationType::Group};
    using Rule = Result<void> (*)(const Standing &);
    const auto codeOf = [](Rule rule, const Standing &standing) {
        const auto result = rule(standing);
        return result ? -1 : int(result.error().code);
    };
    const int ok = -1;
    const int notFound = int(ErrorCode::NotFound);
    QCOMPARE(codeOf(Permissions::canSee, stranger), notFound);
    QCOMPARE(codeOf(Permissions::canPost, stranger), notFound);
    QCOMPARE(codeOf(Permissions::canLeave, stranger), notFound);
    QCOMPARE(codeOf(Permissions::canSee, member), ok);
    QCOMPARE(codeOf(Permissions::canPost, member), ok);
    QCOMPARE(codeOf(Permissions::canLeave, member), int(ErrorCode::Invalid));
    QCOMPARE(codeOf(Permissions::canSee, widowed), ok);
    QCOMPARE(codeOf(Permissions::canPost, widowed), int(ErrorCode::Forbidden));
    QCOMPARE(codeOf(Permissions::canPost, inGroup), ok);
    QCOMPARE(codeOf(Permissions::canLeave, inGroup), ok);
}

TERTULIA_TEST(tst_conversations, ConversationsTest)
#include "tst_conversations.moc"
