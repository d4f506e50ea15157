// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/conversation.h"
#include "protocol/events.h"
#include "protocol/paging.h"

// Requests and results of /api/Chat for direct conversations (contract.md 4.2); Message, Conversation and
// SendMessageRequest have headers of their own. Ids in requests are kept as text: one that does not parse is NotFound.

namespace Tertulia {

/// POST messages/{id}/read and …/delivered. Absent list: the message of the path and everything older; empty list: all
/// unread of its conversation; else these and the one of the path (contract.md 13.10).
struct MarkMessagesRequest
{
    std::optional<QStringList> messageIds;

    static constexpr auto fields() { return std::tuple{omitEmpty("messageIds", &MarkMessagesRequest::messageIds)}; }
    friend bool operator==(const MarkMessagesRequest &, const MarkMessagesRequest &) = default;
};

struct MarkReadResult
{
    ConversationId conversationId;
    std::vector<MessageId> messageIds; ///< those that changed
    Timestamp readAt;
    int unreadCount = 0; ///< what remains in the conversation

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &MarkReadResult::conversationId),
                          required("messageIds", &MarkReadResult::messageIds),
                          required("readAt", &MarkReadResult::readAt),
                          required("unreadCount", &MarkReadResult::unreadCount)};
    }
    friend bool operator==(const MarkReadResult &, const MarkReadResult &) = default;
};

struct MarkDeliveredResult
{
    ConversationId conversationId;
    std::vector<MessageId> messageIds; ///< those that changed
    Timestamp deliveredAt;
    int unreadCount = 0;

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &MarkDeliveredResult::conversationId),
                          required("messageIds", &MarkDeliveredResult::messageIds),
                          required("deliveredAt", &MarkDeliveredResult::deliveredAt),
                          required("unreadCount", &MarkDeliveredResult::unreadCount)};
    }
    friend bool operator==(const MarkDeliveredResult &, const MarkDeliveredResult &) = default;
};

/// POST messages/{id}/reactions.
struct ReactRequest
{
    QString reaction; ///< at most 32 bytes of UTF-8 (contract.md section 12)

    static constexpr auto fields() { return std::tuple{required("reaction", &ReactRequest::reaction)}; }
    friend bool operator==(const ReactRequest &, const ReactRequest &) = default;
};

/// GET unread-count.
struct UnreadCount
{
    int total = 0; ///< messages
    int conversations = 0; ///< conversations with at least one of them

    static constexpr auto fields()
    {
        return std::tuple{required("total", &UnreadCount::total),
                          required("conversations", &UnreadCount::conversations)};
    }
    friend bool operator==(const UnreadCount &, const UnreadCount &) = default;
};

/// The data of GET messages: oldest to newest, page 1 is the newest block.
struct MessagePage
{
    ConversationId conversationId;
    std::vector<Message> messages;
    Pagination pagination; ///< REST repeats it beside data (contract.md 13.3)

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &MessagePage::conversationId),
                          required("messages", &MessagePage::messages),
                          required("pagination", &MessagePage::pagination)};
    }
    friend bool operator==(const MessagePage &, const MessagePage &) = default;
};

/// The data of GET sync: what happened since the cursor.
struct SyncResult
{
    std::vector<Message> messages; ///< new and changed, oldest first
    std::vector<MessageStatusData> statuses;
    std::vector<Conversation> conversations; ///< new and changed
    std::vector<MessageId> deletedMessageIds;
    std::vector<ConversationId> deletedConversationIds;
    QString cursor; ///< opaque; the next call's `since`
    bool hasMore = false;

    static constexpr auto fields()
    {
        return std::tuple{required("messages", &SyncResult::messages),
                          optional("statuses", &SyncResult::statuses),
                          optional("conversations", &SyncResult::conversations),
                          optional("deletedMessageIds", &SyncResult::deletedMessageIds),
                          optional("deletedConversationIds", &SyncResult::deletedConversationIds),
                          required("cursor", &SyncResult::cursor),
                          required("hasMore", &SyncResult::hasMore)};
    }
    friend bool operator==(const SyncResult &, const SyncResult &) = default;
};

/// The answer of DELETE and leave, and the payload of ConversationDeleted.
struct ConversationRef
{
    ConversationId conversationId;
    Sequence hiddenThrough = 0; ///< of a deletion: as in the Conversation. 0, and not written: nothing is said

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &ConversationRef::conversationId),
                          omitEmpty("hiddenThrough", &ConversationRef::hiddenThrough)};
    }
    friend bool operator==(const ConversationRef &, const ConversationRef &) = default;
};

/// POST conversations: opens a direct conversation without sending.
struct OpenConversationRequest
{
    QString recipientId;

    static constexpr auto fields()
    {
        return std::tuple{required("recipientId", &OpenConversationRequest::recipientId)};
    }
    friend bool operator==(const OpenConversationRequest &, const OpenConversationRequest &) = default;
};

/// POST conversations/{id}/typing.
struct TypingRequest
{
    bool isTyping = true;

    static constexpr auto fields() { return std::tuple{required("isTyping", &TypingRequest::isTyping)}; }
    friend bool operator==(const TypingRequest &, const TypingRequest &) = default;
};

/// What JoinConversation and LeaveConversation return.
struct JoinResult
{
    ConversationId conversationId;
    bool joined = true;

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &JoinResult::conversationId),
                          required("joined", &JoinResult::joined)};
    }
    friend bool operator==(const JoinResult &, const JoinResult &) = default;
};

} // namespace Tertulia
