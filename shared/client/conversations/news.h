// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"

#include <unordered_map>
#include <utility>

namespace Tertulia::Client {

/// What of that which arrives is news, for notifications: each message once, however often and in whatever order it is
/// told, and of a catching up the newest of each conversation only.
class News
{
public:
    explicit News(const UserId &self)
        : m_self(self)
    {
    }

    /// True: somebody else's, new to this client, and not read elsewhere; once for each message.
    /// @param entry of its conversation; null: not known yet
    [[nodiscard]] bool hear(const Message &message, const ConversationEntry *entry);
    /// Up to here nothing is news any more.
    void markHeard(const ConversationId &id, Sequence upTo);
    void forget(const ConversationId &id) { m_heard.erase(id); }

    /// Heard while catching up: to be told when that has ended, unless a newer one comes.
    void keep(const Message &message) { m_kept[message.conversationId] = message; }
    [[nodiscard]] std::unordered_map<ConversationId, Message> takeKept() { return std::exchange(m_kept, {}); }

private:
    UserId m_self;
    std::unordered_map<ConversationId, Sequence> m_heard; ///< the newest message that came, or was there at first
    std::unordered_map<ConversationId, Message> m_kept;
};

} // namespace Tertulia::Client
