// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

// Payloads of hub events (contract.md 5.2 to 5.4). ReceiveMessage and MessageEdited carry a Message,
// ConversationUpdated a Conversation, ConversationDeleted a ConversationRef (chat.h), OnlineUsers a list of user ids.

namespace Tertulia {

struct MessageStatusData
{
    MessageId messageId;
    ConversationId conversationId;
    MessageStatus status = MessageStatus::Sent;
    Timestamp timestamp; ///< when the status was reached
    UserId userId; ///< whose doing it is: sender (sent), recipient (delivered, read)
    std::optional<Timestamp> deliveredAt, readAt;
    Sequence sequence = 0; ///< of the message; 0: not said

    static constexpr auto fields()
    {
        return std::tuple{required("messageId", &MessageStatusData::messageId),
                          required("conversationId", &MessageStatusData::conversationId),
                          optional("sequence", &MessageStatusData::sequence),
                          required("status", &MessageStatusData::status),
                          required("timestamp", &MessageStatusData::timestamp),
                          required("userId", &MessageStatusData::userId),
                          omitEmpty("deliveredAt", &MessageStatusData::deliveredAt),
                          omitEmpty("readAt", &MessageStatusData::readAt)};
    }
    friend bool operator==(const MessageStatusData &, const MessageStatusData &) = default;
};

/// MessageStatusUpdated: the documented envelope {type, data} (contract.md 13.8 and 13.9).
struct MessageStatusUpdated
{
    QString type; ///< message.sent, message.delivered, message.read
    MessageStatusData data;

    static constexpr auto fields()
    {
        return std::tuple{required("type", &MessageStatusUpdated::type), required("data", &MessageStatusUpdated::data)};
    }
    friend bool operator==(const MessageStatusUpdated &, const MessageStatusUpdated &) = default;
};

/// The envelope with the type that the status asks for; deliveredAt or readAt is set from timestamp where it is empty.
[[nodiscard]] MessageStatusUpdated statusEvent(MessageStatusData data);

/// MessageReaction: somebody reacts to a message, otherwise than before, or no more (contract.md 5.2 and 5.3).
struct MessageReaction
{
    MessageId messageId;
    ConversationId conversationId;
    UserId userId;
    std::optional<QString> reaction; ///< null: no more
    std::optional<Message> message; ///< as it is now, for those who keep messages

    static constexpr auto fields()
    {
        return std::tuple{
            required("messageId", &MessageReaction::messageId),
            required("conversationId", &MessageReaction::conversationId), required("userId", &MessageReaction::userId),
            optional("reaction", &MessageReaction::reaction), omitEmpty("message", &MessageReaction::message)};
    }
    friend bool operator==(const MessageReaction &, const MessageReaction &) = default;
};

struct TypingIndicator
{
    ConversationId conversationId;
    UserId userId;
    bool isTyping = true;

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &TypingIndicator::conversationId),
                          required("userId", &TypingIndicator::userId),
                          required("isTyping", &TypingIndicator::isTyping)};
    }
    friend bool operator==(const TypingIndicator &, const TypingIndicator &) = default;
};

/// What SetStatus takes.
enum class PresenceStatus : quint8 { Online, Away, Busy, Invisible };
template <> struct EnumNames<PresenceStatus>
{
    static constexpr std::string_view names[] = {"online", "away", "busy", "invisible"};
};

/// One row of GetOnlineUsers.
struct Presence
{
    UserId userId;
    bool isOnline = false;
    std::optional<Timestamp> lastSeenAt;
    std::optional<PresenceStatus> status;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &Presence::userId), required("isOnline", &Presence::isOnline),
                          optional("lastSeenAt", &Presence::lastSeenAt), omitEmpty("status", &Presence::status)};
    }
    friend bool operator==(const Presence &, const Presence &) = default;
};

struct UserOnline
{
    UserId userId;
    Timestamp at;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &UserOnline::userId), required("at", &UserOnline::at)};
    }
    friend bool operator==(const UserOnline &, const UserOnline &) = default;
};

struct UserOffline
{
    UserId userId;
    Timestamp lastSeenAt;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &UserOffline::userId), required("lastSeenAt", &UserOffline::lastSeenAt)};
    }
    friend bool operator==(const UserOffline &, const UserOffline &) = default;
};

struct StatusChanged
{
    UserId userId;
    PresenceStatus status = PresenceStatus::Online;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &StatusChanged::userId), required("status", &StatusChanged::status)};
    }
    friend bool operator==(const StatusChanged &, const StatusChanged &) = default;
};

} // namespace Tertulia
