// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/news.h"

#include <algorithm>

namespace Tertulia::Client {

bool News::hear(const Message &message, const ConversationEntry *entry)
{
    const bool isIncoming = message.senderId != m_self;
    if (!entry)
        return isIncoming;
    // Not judged by the list's newest message: the conversation may have been told before the message itself came.
    Sequence &heard = m_heard[message.conversationId];
    if (message.sequence <= heard)
        return false;
    heard = message.sequence;
    return isIncoming && message.sequence > entry->readThrough();
}

void News::markHeard(const ConversationId &id, Sequence upTo)
{
    Sequence &heard = m_heard[id];
    heard = std::max(heard, upTo);
}

} // namespace Tertulia::Client
