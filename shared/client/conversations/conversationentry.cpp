// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/conversationentry.h"

#include <algorithm>

namespace Tertulia::Client {

const Participant *ConversationEntry::other(const UserId &self) const
{
    if (conversation.type != ConversationType::Direct)
        return nullptr;
    const auto &people = conversation.participants;
    const auto found =
        std::find_if(people.begin(), people.end(), [&self](const Participant &one) { return one.id != self; });
    return found == people.end() ? nullptr : &*found;
}

const Participant *ConversationEntry::participant(const UserId &user) const
{
    const auto &people = conversation.participants;
    const auto found =
        std::find_if(people.begin(), people.end(), [&user](const Participant &one) { return one.id == user; });
    return found == people.end() ? nullptr : &*found;
}

} // namespace Tertulia::Client
