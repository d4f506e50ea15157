// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"
#include "http/chatparts.h"
#include "http/routerates.h"
#include "http/routetable.h"
#include "hubs/chathubs.h"
#include "services/receiptcounter.h"
#include "services/syncservice.h"
#include "signalr/hubserver.h"

namespace Tertulia::Server {

/// Conversations, messages and presence: their rules, the hubs that speak of them and what REST needs for them.
class ChatModule
{
public:
    using CallerOf = std::function<Result<Caller>(const QByteArray &token)>;

    ChatModule(const Config &config, const QByteArray &cursorKey, const Clock &clock, Executor &executor,
               CallerOf callerOf);

    /// Executor::EventSink.
    void publish(const std::vector<DomainEvent> &events);
    void addRoutes(RouteTable &table);
    [[nodiscard]] RouteRates rates() { return {m_limits, m_sendLimiter}; }
    [[nodiscard]] std::unique_ptr<HubRouter> makeRouter(NetworkThread &thread) { return m_server.makeRouter(thread); }

    void tick(); ///< each second
    /// Before the executor stops: what has been collected is written.
    void finish() { m_deliveries.finish(); }

    [[nodiscard]] const MessageService &messages() const { return m_messages; }
    [[nodiscard]] qsizetype connectionCount() const { return m_server.connectionCount(); }
    [[nodiscard]] size_t onlineCount() const { return m_presence.onlineCount(); }

private:
    const MessageService m_messages;
    const ConversationService m_conversations;
    const SyncService m_sync;
    PresenceRegistry m_presence;
    RateLimiter m_sendLimiter;
    PersonLimits m_limits;
    TypingLimiter m_typingLimiter;
    DeliveryTracker m_deliveries;
    HubServer m_server;
    ChatHubs m_hubs;
    ReceiptCounter m_receipts;
    const ChatParts m_parts;
};

} // namespace Tertulia::Server
