// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/events.h"
#include "services/conversationservice.h"
#include "services/messageservice.h"
#include "services/presence.h"
#include "services/syncservice.h"
#include "services/typinglimiter.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// What the routes of /api/Chat work with. The parts outlive the routes and are safe on any thread.
struct ChatParts
{
    Executor &executor;
    const MessageService &messages;
    const ConversationService &conversations;
    const SyncService &sync;
    const PresenceRegistry &presence;
    TypingLimiter &typingLimiter; ///< shared with the hub
    /// Shows a typing notice to those who look at the conversation; any thread.
    std::function<void(const TypingIndicator &notice)> relayTyping;
};

} // namespace Tertulia::Server
