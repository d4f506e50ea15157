// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/marks.h"
#include "protocol/receipts.h"
#include "store/messagestore.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// Marks that move within this time of the step's beginning belong to the step: deliveredAt and readAt are that exact.
inline constexpr auto markStep = std::chrono::seconds(1);

/// How far the least advanced of the members has come, `except` left out: the recipients of what that person sends, or
/// the others for whoever looks at the conversation.
[[nodiscard]] RecipientMarks marksOf(const ConversationRow &conversation, UserId except);
/// How a message stands, from its recipients' marks.
[[nodiscard]] MessageStatus statusOf(const ConversationRow &conversation, UserId sender, Sequence sequence);

/// Completes stored messages of one conversation with what depends on its members: sender's card, recipient, status and
/// the times of it. Reads the receipts of the range once.
class MessageView
{
public:
    /// @param conversation with cards; must outlive the view
    MessageView(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last);
    void complete(Message &message) const;
    /// How far the message got, by its recipients: all are counted, of each kind the latest `limit` are named.
    [[nodiscard]] MessageReceipts receipts(const Message &message, int limit) const;

private:
    struct Steps
    {
        const MemberRow *member;
        std::vector<Mark> delivered, read;
    };

    ReadTransaction &m_tx;
    const ConversationRow &m_conversation;
    std::vector<Steps> m_steps;
};

/// The conversation as `viewer` sees it. Of whose presence the viewer may see, isOnline is true and lastSeenAt the
/// stored one; PresenceRegistry::fill makes the truth of it. Of the others nothing is said.
[[nodiscard]] Conversation viewOf(ReadTransaction &tx, const ConversationRow &conversation, UserId viewer);
/// The same of several, in their order.
[[nodiscard]] std::vector<Conversation> viewsOf(ReadTransaction &tx, const std::vector<ConversationRow> &conversations,
                                                UserId viewer);

/// A member's mark moves to `through`, and with Read the delivered mark follows. Records MessageStatusChanged of the
/// messages whose status that changes: in a group those for which no other recipient is behind, each for its sender
/// alone. With Read, ConversationChanged for the reader, too. Returns the messages of others that the mark moved over
/// (at most the newest 1,000), rising.
/// @param conversation changed accordingly; cards are needed for Read only
std::vector<MessageHead> moveMark(Transaction &tx, ConversationRow &conversation, UserId member, MessageStatus status,
                                  Sequence through, Timestamp now);

} // namespace Tertulia::Server
