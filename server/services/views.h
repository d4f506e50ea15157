// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/messagestore.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// How a message stands, from its recipients' marks: the least advanced of them counts.
[[nodiscard]] MessageStatus statusOf(const ConversationRow &conversation, UserId sender, Sequence sequence);

/// Completes stored messages of one conversation with what depends on its members: sender's card, recipient, status and
/// the times of it. Reads the receipts of the range once.
class MessageView
{
public:
    /// @param conversation with cards; must outlive the view
    MessageView(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last);
    void complete(Message &message) const;

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

/// A member's mark moves to `through`, and with Read the delivered mark follows. Records MessageStatusChanged and, for
/// Read, ConversationChanged. Returns the messages whose status changed (at most the newest `limit`), rising.
/// @param conversation changed accordingly; cards are needed for Read only
std::vector<MessageHead> moveMark(Transaction &tx, ConversationRow &conversation, UserId member, MessageStatus status,
                                  Sequence through, Timestamp now);

} // namespace Tertulia::Server
