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
    const Sequence received = std::max({member->delivered.through, member->read.through, member->hiddenThrough});
    const Sequence first = std::max(received + 1, conversation.lastSequence - limit + 1);
    if (first > conversation.lastSequence)
        return;
    const MessageView view(tx, conversation, first, conversation.lastSequence);
    for (Message &message : MessageStore::range(tx, conversation, first, conversation.lastSequence)) {
        if (message.senderId == user)
            continue;
        view.complete(message);
        missed.push_back(std::move(message));
    }
}

} // namespace

std::vector<Message> missedMessages(ReadTransaction &tx, UserId user, int limit)
{
    std::vector<Message> missed;
    for (const ConversationNumber number : ConversationStore::undelivered(tx, user, limit)) {
        const int left = limit - int(missed.size());
        if (left <= 0)
            break;
        if (const auto conversation = ConversationStore::find(tx, number))
            collect(tx, *conversation, user, left, missed);
    }
    return missed;
}

} // namespace Tertulia::Server
