// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/conversationservice.h"
#include "services/messageservice.h"
#include "services/syncservice.h"
#include "support/testdatabase.h"

#include <QTest>

namespace Tertulia::Test {

using namespace Server;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// Ada, Ben and Cleo with accounts, and what they can do, one unit of work each.
struct ChatStage
{
    FakeClock clock;
    TestDatabase database{clock};
    ChatSettings settings;
    MessageService messages{clock, settings};
    ConversationService conversations{clock, settings};
    QByteArray cursorKey = QByteArray(32, 'c');
    SyncService syncs{settings, cursorKey};
    Actor ada{.id = database.addUser(u"ada"_s), .session = {}, .role = Role::User};
    Actor ben{.id = database.addUser(u"ben"_s), .session = {}, .role = Role::User};
    Actor cleo{.id = database.addUser(u"cleo"_s), .session = {}, .role = Role::User};

    static SendMessageRequest text(const Actor &to, const QString &content, std::optional<QString> key = {})
    {
        SendMessageRequest request;
        request.recipientId = to.id.toString();
        request.content = content;
        request.clientMessageId = std::move(key);
        return request;
    }
    Result<SentMessage> trySend(const Actor &from, const SendMessageRequest &request)
    {
        return database.write([&](Transaction &tx) { return messages.send(tx, from, request); });
    }
    /// Sends, ten milliseconds later than the last thing.
    Message send(const Actor &from, const Actor &to, const QString &content)
    {
        clock.advance(10ms);
        const auto sent = trySend(from, text(to, content));
        if (!sent)
            qFatal("not sent: %s", qUtf8Printable(sent.error().message));
        return sent->message;
    }
    Message sendTo(ConversationId conversation, const Actor &from, const QString &content)
    {
        clock.advance(10ms);
        SendMessageRequest request;
        request.conversationId = conversation.toString();
        request.content = content;
        const auto sent = trySend(from, request);
        if (!sent)
            qFatal("not sent: %s", qUtf8Printable(sent.error().message));
        return sent->message;
    }
    std::vector<Message> sendMany(const Actor &from, const Actor &to, int count)
    {
        std::vector<Message> sent;
        for (int i = 1; i <= count; ++i)
            sent.push_back(send(from, to, u"message %1"_s.arg(i)));
        return sent;
    }
    Result<MessagePage> history(const Actor &who, ConversationId conversation, PageRequest page = {},
                                std::optional<HistoryBound> before = {}, std::optional<HistoryBound> after = {})
    {
        const HistoryQuery query{
            .conversationId = conversation.toString(), .page = page, .before = before, .after = after};
        return database.read([&](ReadTransaction &tx) { return messages.history(tx, who, query); });
    }
    Result<Message> message(const Actor &who, MessageId id)
    {
        return database.read([&](ReadTransaction &tx) { return messages.message(tx, who, id.toString()); });
    }
    Result<MessageReceipts> receipts(const Actor &who, MessageId id)
    {
        return database.read([&](ReadTransaction &tx) { return messages.receipts(tx, who, id.toString()); });
    }
    Result<MarkReadResult> read(const Actor &who, MessageId id, std::optional<QStringList> ids = {})
    {
        return database.write([&](Transaction &tx) { return messages.markRead(tx, who, id.toString(), ids); });
    }
    Result<MarkDeliveredResult> deliver(const Actor &who, MessageId id, std::optional<QStringList> ids = {})
    {
        return database.write([&](Transaction &tx) { return messages.markDelivered(tx, who, id.toString(), ids); });
    }
    Result<Message> react(const Actor &who, MessageId id, const std::optional<QString> &reaction)
    {
        return database.write([&](Transaction &tx) { return messages.react(tx, who, id.toString(), reaction); });
    }
    Result<ConversationPage> list(const Actor &who, const ConversationQuery &query = {})
    {
        return database.read([&](ReadTransaction &tx) { return conversations.list(tx, who, query); });
    }
    Result<Conversation> conversation(const Actor &who, ConversationId id)
    {
        return database.read([&](ReadTransaction &tx) { return conversations.conversation(tx, who, id.toString()); });
    }
    Result<OpenedConversation> open(const Actor &who, const Actor &with)
    {
        return database.write([&](Transaction &tx) { return conversations.openDirect(tx, who, with.id.toString()); });
    }
    Result<ConversationRef> remove(const Actor &who, ConversationId id)
    {
        return database.write([&](Transaction &tx) { return conversations.remove(tx, who, id.toString()); });
    }
    Result<SyncResult> sync(const Actor &who, const std::optional<QString> &since = {}, std::optional<qint64> take = {})
    {
        return database.read([&](ReadTransaction &tx) { return syncs.sync(tx, who, since, take); });
    }
    UnreadCount unread(const Actor &who)
    {
        return *database.read([&](ReadTransaction &tx) { return messages.unreadCount(tx, who); });
    }
};

/// What an event about a message says of its conversation: nothing of the others' marks.
inline Conversation withoutOthersMarks(Conversation conversation)
{
    conversation.othersDelivered = conversation.othersRead = 0;
    return conversation;
}

inline QStringList contents(const std::vector<Message> &messages)
{
    QStringList texts;
    for (const Message &message : messages)
        texts.append(message.content);
    return texts;
}

} // namespace Tertulia::Test
