// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/conversationservice.h"
#include "services/deliverytracker.h"
#include "services/messageservice.h"
#include "services/personlimits.h"
#include "services/presence.h"
#include "services/typinglimiter.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// What the chat hubs work with. The parts outlive the hubs and are safe on any thread.
struct HubServices
{
    const Clock &clock;
    Executor &executor;
    const MessageService &messages;
    const ConversationService &conversations;
    PresenceRegistry &presence; ///< its listener is set by ChatHubs; expire() is called by the application
    RateLimiter &sendLimiter; ///< shared with REST
    PersonLimits &limits; ///< shared with REST
    TypingLimiter &typingLimiter; ///< shared with REST
    DeliveryTracker &deliveries;
    int offlineMessages = 200; ///< at most so many missed messages are sent after connecting
};

} // namespace Tertulia::Server
