// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/conversation.h"
#include "services/actor.h"
#include "services/chatsettings.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// How a message stands now: the `data` of the contract's status envelope (contract.md 5.3).
struct StatusEntry
{
    MessageId messageId;
    ConversationId conversationId;
    MessageStatus status = MessageStatus::Sent;
    Timestamp timestamp; ///< of the status
    UserId userId; ///< who received or read it
    std::optional<Timestamp> deliveredAt, readAt;

    static constexpr auto fields()
    {
        return std::tuple{
            required("messageId", &StatusEntry::messageId), required("conversationId", &StatusEntry::conversationId),
            required("status", &StatusEntry::status),       required("timestamp", &StatusEntry::timestamp),
            required("userId", &StatusEntry::userId),       omitEmpty("deliveredAt", &StatusEntry::deliveredAt),
            omitEmpty("readAt", &StatusEntry::readAt)};
    }
    friend bool operator==(const StatusEntry &, const StatusEntry &) = default;
};

struct SyncPage
{
    std::vector<Message> messages; ///< rising by sequence within each conversation
    std::vector<StatusEntry> statuses; ///< of messages the caller already had
    std::vector<Conversation> conversations; ///< as they are now; presence is not filled in
    std::vector<MessageId> deletedMessageIds; ///< empty until messages can be deleted
    std::vector<ConversationId> deletedConversationIds;
    QString cursor; ///< for the next call; opaque
    bool hasMore = false;

    static constexpr auto fields()
    {
        return std::tuple{required("messages", &SyncPage::messages),
                          required("statuses", &SyncPage::statuses),
                          required("conversations", &SyncPage::conversations),
                          required("deletedMessageIds", &SyncPage::deletedMessageIds),
                          required("deletedConversationIds", &SyncPage::deletedConversationIds),
                          required("cursor", &SyncPage::cursor),
                          required("hasMore", &SyncPage::hasMore)};
    }
};

/// GET /api/Chat/sync: what changed for a person since a cursor. Every change is in some page at least once; after the
/// last page (`hasMore` false) the caller's state equals the server's at that moment.
class SyncService
{
public:
    explicit SyncService(ChatSettings settings)
        : m_settings(settings)
    {
    }

    /// @param since a cursor of an earlier page or an ISO time; absent: from the beginning. Anything else: Invalid
    [[nodiscard]] Result<SyncPage> sync(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                        std::optional<qint64> take) const;

private:
    ChatSettings m_settings;
};

} // namespace Tertulia::Server
