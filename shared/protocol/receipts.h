// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"

namespace Tertulia {

/// One recipient whom a message has reached, or who has read it.
struct DeliveredTo
{
    UserId userId;
    Timestamp deliveredAt;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &DeliveredTo::userId), required("deliveredAt", &DeliveredTo::deliveredAt)};
    }
    friend bool operator==(const DeliveredTo &, const DeliveredTo &) = default;
};

struct ReadBy
{
    UserId userId;
    Timestamp readAt;

    static constexpr auto fields()
    {
        return std::tuple{required("userId", &ReadBy::userId), required("readAt", &ReadBy::readAt)};
    }
    friend bool operator==(const ReadBy &, const ReadBy &) = default;
};

/// MessageReceipts: how many of a large group a message has reached, for its sender's connections.
struct MessageReceiptCounts
{
    ConversationId conversationId;
    MessageId messageId;
    Sequence sequence = 0;
    int memberCount = 0, deliveredCount = 0, readCount = 0; ///< as in MessageReceipts

    static constexpr auto fields()
    {
        return std::tuple{required("conversationId", &MessageReceiptCounts::conversationId),
                          required("messageId", &MessageReceiptCounts::messageId),
                          required("sequence", &MessageReceiptCounts::sequence),
                          required("memberCount", &MessageReceiptCounts::memberCount),
                          required("deliveredCount", &MessageReceiptCounts::deliveredCount),
                          required("readCount", &MessageReceiptCounts::readCount)};
    }
    friend bool operator==(const MessageReceiptCounts &, const MessageReceiptCounts &) = default;
};

/// The data of GET messages/{id}/receipts: how far a message got, by its recipients (contract.md 4.1 readBy, 13.32).
struct MessageReceipts
{
    MessageId messageId;
    int memberCount = 0; ///< whom the message is for: the members without its sender
    int deliveredCount = 0; ///< of these; who has read it has got it
    int readCount = 0;
    std::vector<DeliveredTo> deliveredTo; ///< the latest first; at most so many as the server lists
    std::vector<ReadBy> readBy; ///< in the same way

    static constexpr auto fields()
    {
        return std::tuple{required("messageId", &MessageReceipts::messageId),
                          required("memberCount", &MessageReceipts::memberCount),
                          required("deliveredCount", &MessageReceipts::deliveredCount),
                          required("readCount", &MessageReceipts::readCount),
                          required("deliveredTo", &MessageReceipts::deliveredTo),
                          required("readBy", &MessageReceipts::readBy)};
    }
    friend bool operator==(const MessageReceipts &, const MessageReceipts &) = default;
};

} // namespace Tertulia
