// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"
#include "support/testmain.h"

#include <map>

using namespace Tertulia;
using namespace Tertulia::Test;

class MessagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void send_toPerson_createsTheConversationAndBothSeeTheMessage();
    void send_again_usesTheSameConversationInBothDirections();
    void send_recordsOneEventWithUnreadCountsForAllMembers();
    void send_sameClientMessageId_givesTheFirstMessageAgain();
    void send_sameClientMessageIdAfterAYear_stillGivesTheFirstMessage();
    void send_sameClientMessageIdForSomethingElse_isAConflict_data();
    void send_sameClientMessageIdForSomethingElse_isAConflict();
    void send_sameClientMessageIdOfAnotherSender_isAnotherMessage();
    void send_repeatAfterRecipientWasDisabled_stillGivesTheFirstMessage();
    void send_badRequest_isRefused_data();
    void send_badRequest_isRefused();
    void send_fiveThousandCharacters_isAllowed();
    void send_controlCharacters_areTakenOut();
    void send_fiveThousandCharactersBesideControls_isAllowed();
    void send_toStrangerConversation_isNotFound();
    void send_recipientAndConversationThatAgree_isSent();
    void send_recipientAndConversationThatDiffer_isInvalid();
    void send_toDisabledPerson_isForbidden();
    void send_reply_pointsToAMessageOfTheConversation();
    void send_inTheSameMillisecond_keepsTimesRising();
    void history_pages_data();
    void history_pages();
    void history_after_walksForwardToTheEnd();
    void history_unknownBound_isNotFound();
    void history_ofStranger_isNotFound();
    void message_ofStranger_isNotFound();
    void unreadCount_countsOnlyWhatOthersWrote();
};

void MessagesTest::send_toPerson_createsTheConversationAndBothSeeTheMessage()
{
    ChatStage stage;
    const auto sent = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"Hello Ben"_s, u"k1"_s));
    QVERIFY(sent);
    QVERIFY(sent->created);
    const Message &message = sent->message;
    QCOMPARE(message.content, u"Hello Ben"_s);
    QCOMPARE(message.sequence, 1);
    QCOMPARE(message.senderId, stage.ada.id);
    QCOMPARE(message.sender.fullName, u"Ms ada"_s);
    QCOMPARE(message.recipientId, std::optional(stage.ben.id));
    QCOMPARE(message.clientMessageId, std::optional(u"k1"_s));
    QCOMPARE(message.createdAt, stage.clock.now());
    QVERIFY(message.status == MessageStatus::Sent);
    for (const Actor &who : {stage.ada, stage.ben}) {
        const auto page = stage.history(who, message.conversationId);
        QVERIFY(page);
        QCOMPARE(page->messages.size(), size_t(1));
        QVERIFY(page->messages[0] == message);
        QVERIFY(*stage.message(who, message.id) == message);
        QCOMPARE(stage.list(who)->conversations.size(), size_t(1));
    }
}

void MessagesTest::send_again_usesTheSameConversationInBothDirections()
{
    ChatStage stage;
    const Message one = stage.send(stage.ada, stage.ben, u"one"_s);
    const Message two = stage.send(stage.ben, stage.ada, u"two"_s);
    QCOMPARE(two.conversationId, one.conversationId);
    QCOMPARE(two.sequence, 2);
    QVERIFY(stage.send(stage.ada, stage.cleo, u"three"_s).conversationId != one.conversationId);
}

void MessagesTest::send_recordsOneEventWithUnreadCountsForAllMembers()
{
    ChatStage stage;
    stage.send(stage.ada, stage.ben, u"one"_s);
    stage.database.takeEvents();
    const Message two = stage.send(stage.ada, stage.ben, u"two"_s);
    const auto events = stage.database.takeEventsOf<MessageChanged>();
    QCOMPARE(events.size(), size_t(1));
    QVERIFY(events[0].message == two);
    QCOMPARE(events[0].members.size(), size_t(2));
    for (const Actor &who : {stage.ada, stage.ben}) {
        // what a client makes of the event is what it would fetch
        QVERIFY(events[0].conversationFor(who.id) == withoutOthersMarks(*stage.conversation(who, two.conversationId)));
    }
    QCOMPARE(events[0].conversationFor(stage.ben.id).unreadCount, 2);
    QCOMPARE(events[0].conversationFor(stage.ada.id).unreadCount, 0);
}

void MessagesTest::send_sameClientMessageId_givesTheFirstMessageAgain()
{
    ChatStage stage;
    const auto first = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    stage.database.takeEvents();
    stage.clock.advance(1h);
    const auto again = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    QVERIFY(first && again);
    QVERIFY(!again->created);
    QVERIFY(again->message == first->message);
    QVERIFY(stage.database.takeEvents().empty());
    QCOMPARE(stage.history(stage.ben, first->message.conversationId)->pagination.total, std::optional(1));
    QCOMPARE(stage.send(stage.ada, stage.ben, u"next"_s).sequence, 2);
}

void MessagesTest::send_sameClientMessageIdAfterAYear_stillGivesTheFirstMessage()
{
    // a laptop that was closed right after it had sent: docs/decisions/0035
    ChatStage stage;
    const auto first = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    stage.clock.advance(365 * 24h);
    const auto again = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    QVERIFY(again && !again->created);
    QCOMPARE(again->message.id, first->message.id);
    // the same said in another way
    auto request = ChatStage::text(stage.ben, u"once"_s, u"k"_s);
    request.conversationId = first->message.conversationId.toString();
    QVERIFY(!stage.trySend(stage.ada, request)->created);
    request.recipientId.reset();
    QVERIFY(!stage.trySend(stage.ada, request)->created);
    // the sender has hidden the conversation since
    QVERIFY(stage.remove(stage.ada, first->message.conversationId));
    QCOMPARE(stage.trySend(stage.ada, request)->message.id, first->message.id);
}

void MessagesTest::send_sameClientMessageIdForSomethingElse_isAConflict_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("recipient");
    QTest::addColumn<QString>("conversation");
    QTest::addColumn<bool>("isReply");
    QTest::newRow("another text") << u"twice"_s << u"ben"_s << QString() << false;
    QTest::newRow("another text, by conversation") << u"twice"_s << QString() << u"ben"_s << false;
    QTest::newRow("a new person") << u"once"_s << u"dora"_s << QString() << false;
    QTest::newRow("a known person") << u"once"_s << u"cleo"_s << QString() << false;
    QTest::newRow("another conversation") << u"once"_s << QString() << u"cleo"_s << false;
    QTest::newRow("no conversation") << u"once"_s << QString() << u"none"_s << false;
    QTest::newRow("a reply") << u"once"_s << u"ben"_s << QString() << true;
}

void MessagesTest::send_sameClientMessageIdForSomethingElse_isAConflict()
{
    QFETCH(QString, content);
    QFETCH(QString, recipient);
    QFETCH(QString, conversation);
    QFETCH(bool, isReply);
    ChatStage stage;
    const Actor dora{.id = stage.database.addUser(u"dora"_s), .session = {}, .role = Role::User};
    const ConversationId withCleo = stage.send(stage.ada, stage.cleo, u"before"_s).conversationId;
    const Message before = stage.send(stage.ada, stage.ben, u"before"_s);
    QVERIFY(stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s)));
    stage.database.takeEvents();
    const std::map<QString, UserId> people{{u"ben"_s, stage.ben.id}, {u"cleo"_s, stage.cleo.id}, {u"dora"_s, dora.id}};
    const std::map<QString, ConversationId> conversations{
        {u"ben"_s, before.conversationId}, {u"cleo"_s, withCleo}, {u"none"_s, ConversationId::generate()}};
    SendMessageRequest request;
    request.content = content;
    request.clientMessageId = u"k"_s;
    if (!recipient.isEmpty())
        request.recipientId = people.at(recipient).toString();
    if (!conversation.isEmpty())
        request.conversationId = conversations.at(conversation).toString();
    if (isReply)
        request.replyToMessageId = before.id.toString();
    const auto sent = stage.trySend(stage.ada, request);
    QVERIFY(!sent);
    QCOMPARE(sent.error().code, ErrorCode::Conflict);
    QCOMPARE(sent.error().field, u"clientMessageId"_s);
    QVERIFY(!stage.database.database().isBatchLost()); // nobody else's work is undone
    QVERIFY(stage.database.takeEvents().empty());
    QCOMPARE(stage.list(stage.ada)->pagination.total, std::optional(2));
    QCOMPARE(stage.list(dora)->pagination.total, std::optional(0));
    QVERIFY(!stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s))->created);
}

void MessagesTest::send_sameClientMessageIdOfAnotherSender_isAnotherMessage()
{
    ChatStage stage;
    const auto one = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"a"_s, u"k"_s));
    const auto two = stage.trySend(stage.ben, ChatStage::text(stage.ada, u"b"_s, u"k"_s));
    QVERIFY(one->created && two->created);
    QVERIFY(one->message.id != two->message.id);
}

void MessagesTest::send_repeatAfterRecipientWasDisabled_stillGivesTheFirstMessage()
{
    ChatStage stage;
    const auto first = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    stage.database.setDisabled(stage.ben.id, true);
    const auto again = stage.trySend(stage.ada, ChatStage::text(stage.ben, u"once"_s, u"k"_s));
    QVERIFY(again && !again->created);
    QCOMPARE(again->message.id, first->message.id);
}

void MessagesTest::send_badRequest_isRefused_data()
{
    QTest::addColumn<QString>("content");
    QTest::addColumn<QString>("recipient");
    QTest::addColumn<QString>("key");
    QTest::addColumn<int>("type");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("field");
    const int invalid = int(ErrorCode::Invalid);
    const int notFound = int(ErrorCode::NotFound);
    const int text = int(MessageType::Text);
    const QString ben = u"ben"_s;
    QTest::newRow("empty") << u""_s << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("blank") << u" \n\t "_s << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("too long") << QString(5001, u'x') << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("controls alone") << u"\u0007\u001b"_s << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("invisible") << u"\u200b\u2060 \ufeff\u3164"_s << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("half a pair") << QString(u"a"_s + QChar(0xd800)) << ben << u"k"_s << text << invalid << u"content"_s;
    QTest::newRow("image") << u"a"_s << ben << u"k"_s << int(MessageType::Image) << invalid << u"type"_s;
    QTest::newRow("empty key") << u"a"_s << ben << u""_s << text << invalid << u"clientMessageId"_s;
    QTest::newRow("long key") << u"a"_s << ben << QString(129, u'k') << text << invalid << u"clientMessageId"_s;
    QTest::newRow("self") << u"a"_s << u"ada"_s << u"k"_s << text << invalid << u"recipientId"_s;
    QTest::newRow("nobody") << u"a"_s << u""_s << u"k"_s << text << invalid << u"recipientId"_s;
    QTest::newRow("unknown person") << u"a"_s << UserId::generate().toString() << u"k"_s << text << notFound << u""_s;
    QTest::newRow("no id") << u"a"_s << u"user-2"_s << u"k"_s << text << notFound << u""_s;
}

void MessagesTest::send_badRequest_isRefused()
{
    QFETCH(QString, content);
    QFETCH(QString, recipient);
    QFETCH(QString, key);
    QFETCH(int, type);
    QFETCH(int, code);
    QFETCH(QString, field);
    ChatStage stage;
    SendMessageRequest request;
    if (recipient == u"ben")
        recipient = stage.ben.id.toString();
    else if (recipient == u"ada")
        recipient = stage.ada.id.toString();
    if (!recipient.isEmpty())
        request.recipientId = recipient;
    request.content = content;
    request.clientMessageId = key;
    request.type = MessageType(type);
    const auto sent = stage.trySend(stage.ada, request);
    QVERIFY(!sent);
    QCOMPARE(int(sent.error().code), code);
    QCOMPARE(sent.error().field, field);
    QVERIFY(stage.database.takeEvents().empty());
    QCOMPARE(stage.list(stage.ada)->pagination.total, std::optional(0));
}

void MessagesTest::send_fiveThousandCharacters_isAllowed()
{
    ChatStage stage;
    const QString smile = QString::fromUcs4(U"\U0001F600");
    const QString text = smile.repeated(5000);
    QCOMPARE(stage.send(stage.ada, stage.ben, text).content, text);
    QVERIFY(!stage.trySend(stage.ada, ChatStage::text(stage.ben, smile.repeated(5001))));
}

void MessagesTest::send_controlCharacters_areTakenOut()
{
    ChatStage stage;
    const QString pasted = u"line\vafter a soft break \u001b[31mred\u001b[0m\r\n\tend\f"_s + QChar(0);
    const auto sent = stage.trySend(stage.ada, ChatStage::text(stage.ben, pasted, u"k"_s));
    QVERIFY(sent);
    QCOMPARE(sent->message.content, u"line\nafter a soft break [31mred[0m\n\tend\n"_s);
    QCOMPARE(stage.message(stage.ben, sent->message.id)->content, sent->message.content); // stored as answered
    // The repeat of a client that keeps what was pasted is a repeat.
    const auto again = stage.trySend(stage.ada, ChatStage::text(stage.ben, pasted, u"k"_s));
    QVERIFY(again && !again->created);
}

void MessagesTest::send_fiveThousandCharactersBesideControls_isAllowed()
{
    ChatStage stage;
    const QString text(5000, u'x');
    QCOMPARE(stage.send(stage.ada, stage.ben, text + u"\u0007\u0007"_s).content, text);
}

void MessagesTest::send_toStrangerConversation_isNotFound()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"private"_s);
    for (const QString &id : {message.conversationId.toString(), ConversationId::generate().toString(), u"conv-1"_s}) {
        SendMessageRequest request;
        request.conversationId = id;
        request.content = u"let me in"_s;
        const auto sent = stage.trySend(stage.cleo, request);
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().code), int(ErrorCode::NotFound));
    }
}

void MessagesTest::send_recipientAndConversationThatAgree_isSent()
{
    ChatStage stage;
    const Message first = stage.send(stage.ada, stage.ben, u"one"_s);
    auto request = ChatStage::text(stage.ben, u"two"_s);
    request.conversationId = first.conversationId.toString();
    QCOMPARE(stage.trySend(stage.ada, request)->message.conversationId, first.conversationId);
}

void MessagesTest::send_recipientAndConversationThatDiffer_isInvalid()
{
    ChatStage stage;
    const Message first = stage.send(stage.ada, stage.ben, u"one"_s);
    auto request = ChatStage::text(stage.cleo, u"two"_s);
    request.conversationId = first.conversationId.toString();
    const auto sent = stage.trySend(stage.ada, request);
    QVERIFY(!sent);
    QCOMPARE(int(sent.error().code), int(ErrorCode::Invalid));
}

void MessagesTest::send_toDisabledPerson_isForbidden()
{
    ChatStage stage;
    stage.send(stage.ada, stage.ben, u"one"_s);
    stage.database.setDisabled(stage.ben.id, true);
    stage.database.setDisabled(stage.cleo.id, true);
    for (const Actor &to : {stage.ben, stage.cleo}) {
        const auto sent = stage.trySend(stage.ada, ChatStage::text(to, u"two"_s));
        QVERIFY(!sent);
        QCOMPARE(int(sent.error().code), int(ErrorCode::Forbidden));
    }
}

void MessagesTest::send_reply_pointsToAMessageOfTheConversation()
{
    ChatStage stage;
    const Message here = stage.send(stage.ada, stage.ben, u"question"_s);
    const Message elsewhere = stage.send(stage.ada, stage.cleo, u"other"_s);
    auto request = ChatStage::text(stage.ada, u"answer"_s);
    request.replyToMessageId = here.id.toString();
    const auto sent = stage.trySend(stage.ben, request);
    QVERIFY(sent);
    QCOMPARE(stage.message(stage.ada, sent->message.id)->replyToMessageId, std::optional(here.id));
    request.replyToMessageId = elsewhere.id.toString();
    QCOMPARE(int(stage.trySend(stage.ben, request).error().code), int(ErrorCode::NotFound));
}

void MessagesTest::send_inTheSameMillisecond_keepsTimesRising()
{
    ChatStage stage;
    std::vector<Message> sent;
    for (int i = 0; i < 3; ++i)
        sent.push_back(stage.trySend(stage.ada, ChatStage::text(stage.ben, u"now"_s))->message);
    QVERIFY(sent[0].createdAt < sent[1].createdAt);
    QVERIFY(sent[1].createdAt < sent[2].createdAt);
}

void MessagesTest::history_pages_data()
{
    QTest::addColumn<int>("skip");
    QTest::addColumn<int>("take");
    QTest::addColumn<int>("before"); // index of the message, 0: none
    QTest::addColumn<int>("after");
    QTest::addColumn<int>("first"); // expected, 0: nothing
    QTest::addColumn<int>("last");
    QTest::addColumn<int>("total");
    QTest::addColumn<bool>("hasMore");
    const auto row = [](const char *name) -> QTestData & { return QTest::newRow(name); };
    row("newest") << 0 << 50 << 0 << 0 << 71 << 120 << 120 << true;
    row("skip and take") << 10 << 10 << 0 << 0 << 101 << 110 << 120 << true;
    row("oldest") << 100 << 20 << 0 << 0 << 1 << 20 << 120 << false;
    row("part of a page") << 100 << 50 << 0 << 0 << 1 << 20 << 120 << false;
    row("behind the end") << 120 << 20 << 0 << 0 << 0 << 0 << 120 << false;
    row("far behind") << std::numeric_limits<int>::max() << 100 << 0 << 0 << 0 << 0 << 120 << false;
    row("cut to 100") << 0 << 5000 << 0 << 0 << 21 << 120 << 120 << true;
    row("before") << 0 << 10 << 51 << 0 << 41 << 50 << 50 << true;
    row("after") << 0 << 10 << 0 << 115 << 116 << 120 << 5 << false;
    row("between") << 0 << 50 << 31 << 20 << 21 << 30 << 10 << false;
    row("before the first") << 0 << 50 << 1 << 0 << 0 << 0 << 0 << false;
    row("crossed") << 0 << 50 << 10 << 20 << 0 << 0 << 0 << false;
}

void MessagesTest::history_pages()
{
    QFETCH(int, skip);
    QFETCH(int, take);
    QFETCH(int, before);
    QFETCH(int, after);
    QFETCH(int, first);
    QFETCH(int, last);
    QFETCH(int, total);
    QFETCH(bool, hasMore);
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 120);
    const auto at = [&](int index) { return sent[size_t(index) - 1]; };
    // by id and by time
    for (const bool isById : {true, false}) {
        const auto bound = [&](int index) -> std::optional<HistoryBound> {
            if (index == 0)
                return std::nullopt;
            return isById ? HistoryBound(at(index).id) : HistoryBound(at(index).createdAt);
        };
        const auto found =
            stage.history(stage.ben, at(1).conversationId, {.skip = skip, .take = take}, bound(before), bound(after));
        QVERIFY(found);
        QCOMPARE(found->pagination.total, std::optional(total));
        QCOMPARE(found->pagination.hasMore, hasMore);
        QCOMPARE(int(found->messages.size()), first == 0 ? 0 : last - first + 1);
        for (size_t i = 0; i < found->messages.size(); ++i)
            QVERIFY(found->messages[i] == at(first + int(i)));
    }
}

void MessagesTest::history_after_walksForwardToTheEnd()
{
    // As docs/protocol/rest.md says: what came after the last known message, newest block first; what is missing
    // between the two is before the first of the answer.
    ChatStage stage;
    const auto sent = stage.sendMany(stage.ada, stage.ben, 47);
    QStringList known;
    MessageId last = sent[4].id;
    for (int visit = 0; visit < 2; ++visit) {
        std::optional<HistoryBound> before;
        std::vector<Message> came;
        for (bool hasMore = true; hasMore;) {
            const auto page = stage.history(stage.ben, sent[0].conversationId, {.skip = 0, .take = 10}, before, last);
            QVERIFY(page && !page->messages.empty());
            came.insert(came.begin(), page->messages.begin(), page->messages.end());
            before = came.front().id;
            hasMore = page->pagination.hasMore;
            if (visit == 0)
                stage.send(stage.ada, stage.ben, u"meanwhile"_s); // comes with the next visit
        }
        known += contents(came);
        last = came.back().id;
    }
    QStringList expected = contents({sent.begin() + 5, sent.end()});
    expected += QStringList(u"meanwhile"_s).fill(u"meanwhile"_s, 5);
    QCOMPARE(known, expected);
}

void MessagesTest::history_unknownBound_isNotFound()
{
    ChatStage stage;
    const ConversationId id = stage.send(stage.ada, stage.ben, u"one"_s).conversationId;
    QCOMPARE(int(stage.history(stage.ada, id, {}, MessageId::generate()).error().code), int(ErrorCode::NotFound));
}

void MessagesTest::history_ofStranger_isNotFound()
{
    ChatStage stage;
    const ConversationId id = stage.send(stage.ada, stage.ben, u"one"_s).conversationId;
    QCOMPARE(int(stage.history(stage.cleo, id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.history(stage.ada, ConversationId::generate()).error().code), int(ErrorCode::NotFound));
}

void MessagesTest::message_ofStranger_isNotFound()
{
    ChatStage stage;
    const Message message = stage.send(stage.ada, stage.ben, u"one"_s);
    QCOMPARE(int(stage.message(stage.cleo, message.id).error().code), int(ErrorCode::NotFound));
    QCOMPARE(int(stage.message(stage.ada, MessageId::generate()).error().code), int(ErrorCode::NotFound));
}

void MessagesTest::unreadCount_countsOnlyWhatOthersWrote()
{
    ChatStage stage;
    stage.sendMany(stage.ada, stage.ben, 3);
    stage.send(stage.ben, stage.ada, u"answer before reading"_s);
    stage.send(stage.ada, stage.ben, u"more"_s);
    stage.send(stage.cleo, stage.ben, u"hi"_s);
    QCOMPARE(stage.unread(stage.ben).total, 5);
    QCOMPARE(stage.unread(stage.ben).conversations, 2);
    QCOMPARE(stage.unread(stage.ada).total, 1);
    QCOMPARE(stage.unread(stage.cleo).total, 0);
}

TERTULIA_TEST(tst_messages, MessagesTest)
#include "tst_messages.moc"
