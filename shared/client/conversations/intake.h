// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chat.h"

namespace Tertulia::Client {

// Everything of the server passes here before it is believed, kept or shown: what is too long is cut
// (client/limits.h), what makes no sense is left out.

/// False: it has no place in a conversation and is to be ignored.
[[nodiscard]] bool admit(Message &message);
/// Cut; with the last message's text as the list shows it.
void admit(Conversation &conversation);
void admit(ConversationRef &deleted);
void admit(UserCard &card);
[[nodiscard]] bool admit(MessageStatusData &status);
/// The inadmissible ones go, and whatever is beyond Limits::answerEntries.
void admit(std::vector<Message> &messages);
void admit(std::vector<Conversation> &conversations);
void admit(std::vector<MessageStatusData> &statuses);
/// Of another conversation than asked for: none is kept.
void admit(MessagePage &page, const ConversationId &asked);

/// When the message was delivered and read, as a status says.
void takeTimes(Message &message, const MessageStatusData &status);

/// What the list knows of a message.
[[nodiscard]] LastMessage lastMessageOf(const Message &message);

} // namespace Tertulia::Client
