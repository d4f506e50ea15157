// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/conversation.h"

namespace Tertulia::Test {

/// People, messages and conversations as a server would say them, for tests of the client.
[[nodiscard]] inline UserCard person(const QString &name)
{
    return {.id = UserId(Uuid::fromName("test", name.toUtf8())),
            .fullName = QStringLiteral("Ms ") + name,
            .username = name,
            .avatar = {}};
}

[[nodiscard]] inline ConversationId conversationNamed(const QString &name)
{
    return ConversationId(Uuid::fromName("conversation", name.toUtf8()));
}

constexpr Timestamp testTime{std::chrono::milliseconds(1'769'860'800'000)};

[[nodiscard]] inline Message messageFrom(const UserCard &sender, const ConversationId &conversation, Sequence sequence,
                                         const QString &content = QStringLiteral("Hello."))
{
    Message message;
    message.id = MessageId(Uuid::fromName(conversation.uuid().toBytes(), QByteArray::number(sequence)));
    message.conversationId = conversation;
    message.sequence = sequence;
    message.senderId = sender.id;
    message.sender = sender;
    message.content = content;
    message.createdAt = testTime + std::chrono::seconds(sequence % (1LL << 32)); // tests have absurd ones
    return message;
}

[[nodiscard]] inline Participant participant(const UserCard &card)
{
    return {.id = card.id,
            .fullName = card.fullName,
            .username = card.username,
            .avatar = card.avatar,
            .role = MemberRole::Member,
            .isOnline = false,
            .lastSeenAt = {}};
}

[[nodiscard]] inline LastMessage lastOf(const Message &message)
{
    return {.id = message.id,
            .content = message.content,
            .senderId = message.senderId,
            .createdAt = message.createdAt,
            .type = message.type,
            .status = message.status,
            .sequence = message.sequence,
            .isDeleted = message.isDeleted};
}

[[nodiscard]] inline Conversation conversationOf(const ConversationId &id, const std::vector<UserCard> &people,
                                                 const Message &last, int unread = 0)
{
    Conversation conversation;
    conversation.id = id;
    for (const UserCard &card : people)
        conversation.participants.push_back(participant(card));
    conversation.lastMessage = lastOf(last);
    conversation.unreadCount = unread;
    conversation.updatedAt = last.createdAt;
    return conversation;
}

/// As the client has it: who people are, the directory knows.
[[nodiscard]] inline Message withoutName(Message message)
{
    message.sender = {.id = message.senderId, .fullName = {}, .username = {}, .avatar = {}};
    return message;
}

[[nodiscard]] inline Conversation withoutNames(Conversation conversation)
{
    for (Participant &one : conversation.participants)
        one.fullName = one.username = QString();
    return conversation;
}

} // namespace Tertulia::Test
