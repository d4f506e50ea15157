// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <vector>

namespace Tertulia {

enum class MessageType : quint8 { Text, Image, Video, File, Audio, Call, System };
template <> struct EnumNames<MessageType>
{
    static constexpr std::string_view names[] = {"text", "image", "video", "file", "audio", "call", "system"};
};

/// Lower-case on the wire, read without regard to case; the server stores Sent, Delivered and Read only
/// (contract.md 4.1 and 13.7).
enum class MessageStatus : quint8 { Sending, Sent, Delivered, Read, Failed };
template <> struct EnumNames<MessageStatus>
{
    static constexpr std::string_view names[] = {"sending", "sent", "delivered", "read", "failed"};
};

struct MediaInfo
{
    QString url;
    std::optional<QString> thumbnail;
    qint64 size = 0; ///< bytes
    QString mimeType;
    std::optional<QString> fileName;
    std::optional<int> width, height;
    std::optional<double> durationSeconds;

    static constexpr auto fields()
    {
        return std::tuple{required("url", &MediaInfo::url),
                          optional("thumbnail", &MediaInfo::thumbnail),
                          optional("size", &MediaInfo::size),
                          optional("mimeType", &MediaInfo::mimeType),
                          omitEmpty("fileName", &MediaInfo::fileName),
                          omitEmpty("width", &MediaInfo::width),
                          omitEmpty("height", &MediaInfo::height),
                          omitEmpty("durationSeconds", &MediaInfo::durationSeconds)};
    }
    friend bool operator==(const MediaInfo &, const MediaInfo &) = default;
};

struct Reaction
{
    UserId userId;
    QString reaction;
    Timestamp createdAt;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &Reaction::userId), required("reaction", &Reaction::reaction),
                          optional("createdAt", &Reaction::createdAt)};
    }
    friend bool operator==(const Reaction &, const Reaction &) = default;
};

/// A message as everybody sees it (contract.md 4.1). Ids are emitted under both documented names.
struct Message
{
    MessageId id;
    std::optional<QString> clientMessageId;
    ConversationId conversationId;
    Sequence sequence = 0;
    Revision revision = 0; ///< of the conversation when the message changed last
    UserId senderId;
    UserCard sender;
    std::optional<UserId> recipientId; ///< direct conversations only
    QString content;
    MessageType type = MessageType::Text;
    std::optional<MediaInfo> media;
    MessageStatus status = MessageStatus::Sent;
    Timestamp createdAt;
    std::optional<Timestamp> deliveredAt, readAt, editedAt;
    bool isEdited = false, isDeleted = false;
    std::optional<MessageId> replyToMessageId;
    std::vector<Reaction> reactions;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &Message::id),
                          alias("messageId", &Message::id),
                          optional("clientMessageId", &Message::clientMessageId),
                          required("conversationId", &Message::conversationId),
                          alias("chatId", &Message::conversationId),
                          optional("sequence", &Message::sequence),
                          optional("revision", &Message::revision),
                          required("senderId", &Message::senderId),
                          required("sender", &Message::sender),
                          optional("recipientId", &Message::recipientId),
                          required("content", &Message::content),
                          required("type", &Message::type),
                          optional("media", &Message::media),
                          required("status", &Message::status),
                          required("createdAt", &Message::createdAt),
                          optional("deliveredAt", &Message::deliveredAt),
                          optional("readAt", &Message::readAt),
                          optional("editedAt", &Message::editedAt),
                          optional("isEdited", &Message::isEdited),
                          optional("isDeleted", &Message::isDeleted),
                          optional("replyToMessageId", &Message::replyToMessageId),
                          optional("reactions", &Message::reactions)};
    }
    friend bool operator==(const Message &, const Message &) = default;
};

/// POST /api/Chat/messages and the hub's SendMessage: exactly one of recipientId and conversationId is needed, both
/// are allowed when they agree (contract.md 13.18).
struct SendMessageRequest
{
    std::optional<QString> recipientId; ///< kept as text: an id that does not parse is NotFound, not Invalid
    std::optional<QString> conversationId;
    QString content;
    std::optional<MessageType> type;
    std::optional<QString> clientMessageId;
    std::optional<QString> replyToMessageId;

    static constexpr auto fields()
    {
        return std::tuple{optional("recipientId", &SendMessageRequest::recipientId),
                          optional("conversationId", &SendMessageRequest::conversationId),
                          alias("chatId", &SendMessageRequest::conversationId),
                          required("content", &SendMessageRequest::content),
                          optional("type", &SendMessageRequest::type),
                          optional("clientMessageId", &SendMessageRequest::clientMessageId),
                          optional("replyToMessageId", &SendMessageRequest::replyToMessageId)};
    }
};

} // namespace Tertulia
