// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/missedmessages.h"

#include "services/views.h"

namespace Tertulia::Server {

namespace {

/// Appends what the person has not received of one conversation, but for their own messages.
void collect(ReadTransaction &tx, const ConversationRow &conversation, UserId user, int limit,
             std::vector<Message> &missed)
{
    const MemberRow *const member = conversation.member(user);
    if (!member)
        return;
    // Oldest first: the mark of delivery is a line, which what comes later continues.
    for (Sequence first = member->received() + 1; first <= conversation.lastSequence && int(missed.size()) < limit;) {
        const Sequence last = std::min(conversation.lastSequence, first + limit - Sequence(missed.size()) - 1);
        const MessageView view(tx, conversation, first, last);
        for (Message &message : MessageStore::range(tx, conversation, first, last)) {
            if (message.senderId == user)
                continue;
            view.complete(message);
            missed.push_back(std::move(message));
        }
        first = last + 1;
    }
}

} // namespace

std::vector<Message> missedMessages(ReadTransaction &tx, UserId user, int limit)
{
    std::vector<Message> missed;
    for (const ConversationNumber number : ConversationStore::undelivered(tx, user, limit)) {
        if (int(missed.size()) >= limit)
            break;
        if (const auto conversation = ConversationStore::findView(tx, user, number))
            collect(tx, *conversation, user, limit, missed);
    }
    return missed;
}

} // namespace Tertulia::Server
