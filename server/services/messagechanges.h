// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/actor.h"
#include "services/permissions.h"
#include "store/messagestore.h"

namespace Tertulia::Server {

/// The one way for every change of a message after it was sent, whatever it is (docs/how-to/add-a-feature.md): look for
/// it, ask Permissions, write what is other, and call changeMessage().

/// A message with its conversation, cards included, as somebody who may see it finds it.
struct FoundMessage
{
    ConversationRow conversation;
    Message message; ///< as it is stored; MessageView completes it
};

/// NotFound for what does not parse, does not exist, or is not the actor's to see.
[[nodiscard]] Result<FoundMessage> findMessage(ReadTransaction &tx, const Actor &actor, QStringView messageId);

/// What decisions about a person in a conversation are made from. @param conversation with cards
[[nodiscard]] Standing standingOf(const ConversationRow &conversation, UserId user);

/// What was written in this unit of work makes the message other than it was: it takes the next revision, sync knows of
/// it, and everybody hears of it. Returns it as it is now, complete.
Message changeMessage(Transaction &tx, FoundMessage &found, MessageChange what, UserId by);

/// Records that `message` came or changed, for all members who have not deleted it with their conversation.
void tellChanged(Transaction &tx, const ConversationRow &conversation, const Message &message, MessageChange what,
                 UserId by);

} // namespace Tertulia::Server
