// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationlist.h"
#include "protocol/chat.h"

#include <unordered_map>

namespace Tertulia::Client {

class LocalStore;

/// What this person has deleted with its conversation, here or on another device, stays away, by whatever way it comes
/// and however late. It is a mark of the conversation (Conversation::hiddenThrough): the highest that was ever said
/// counts, and what is up to it goes from the list, the store and, as they listen to the list, the timelines.
/// MessageCache::save() takes in nothing of it.
class Deletions
{
public:
    Deletions(LocalStore &store, ConversationList &list)
        : m_store(store)
        , m_list(list)
    {
    }

    /// A conversation was deleted. False: it is back already, with what was written since, or nobody says how far it is
    /// hidden (0), and it may be.
    [[nodiscard]] bool take(const ConversationRef &deleted);
    /// What the server says of a conversation. True: with what may be shown of it. False: it was said before a deletion
    /// that is known, of a conversation that is gone.
    [[nodiscard]] bool admit(Conversation &conversation);
    /// The server counts anew. The marks themselves are Marks' to forget.
    void forget() { m_gone.clear(); }

private:
    /// True: the list has the conversation, and it is hidden that far at least.
    bool raise(const ConversationId &id, Sequence through);

    LocalStore &m_store;
    ConversationList &m_list;
    /// How far the conversations were hidden that went. Not in the store: what was said before does not outlive us.
    std::unordered_map<ConversationId, Sequence> m_gone;
};

} // namespace Tertulia::Client
