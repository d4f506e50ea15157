// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/deletions.h"

#include "client/cache/localstore.h"

#include <algorithm>

namespace Tertulia::Client {

namespace {

/// What is deleted is neither the last message nor unread.
void hide(Conversation &conversation)
{
    const Sequence last = conversation.lastMessage ? conversation.lastMessage->sequence : 0;
    if (last <= conversation.hiddenThrough)
        conversation.lastMessage.reset();
    const Sequence behind = std::max<Sequence>(0, last - conversation.hiddenThrough);
    conversation.unreadCount = int(std::min<Sequence>(conversation.unreadCount, behind));
}

} // namespace

bool Deletions::take(const ConversationRef &deleted)
{
    const Sequence through = deleted.hiddenThrough;
    const ConversationEntry *const entry = m_list.find(deleted.conversationId);
    const bool isBack = entry && entry->lastSequence() > through;
    if (through == 0)
        return !isBack;
    Sequence &gone = m_gone[deleted.conversationId];
    gone = std::max(gone, through);
    if (isBack)
        raise(deleted.conversationId, through);
    return !isBack;
}

bool Deletions::admit(Conversation &conversation)
{
    if (raise(conversation.id, conversation.hiddenThrough)) {
        conversation.hiddenThrough = m_list.find(conversation.id)->hiddenThrough();
    } else if (const auto gone = m_gone.find(conversation.id); gone != m_gone.end()) {
        if (conversation.hiddenThrough < gone->second)
            return false;
    }
    if (conversation.hiddenThrough > 0)
        hide(conversation);
    return true;
}

bool Deletions::raise(const ConversationId &id, Sequence through)
{
    const ConversationEntry *const entry = m_list.find(id);
    if (!entry)
        return false;
    if (entry->hiddenThrough() >= through)
        return true;
    Conversation hidden = entry->conversation;
    hidden.hiddenThrough = through;
    hide(hidden);
    m_store.conversations().save(hidden); // first: timelines look there
    m_list.change(id, [&hidden](ConversationEntry &changed) { changed.conversation = std::move(hidden); });
    return true;
}

} // namespace Tertulia::Client
