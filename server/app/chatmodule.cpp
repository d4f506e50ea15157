// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/chatmodule.h"

#include "http/conversationroutes.h"
#include "http/messageroutes.h"

namespace Tertulia::Server {

using namespace std::chrono_literals;

namespace {

std::vector<RateRule> sendRules(const ChatSettings &settings)
{
    return {{settings.sendsPer10Seconds, 10s}, {settings.sendsPerMinute, 60s}};
}

} // namespace

ChatModule::ChatModule(const Config &config, const QByteArray &cursorKey, const Clock &clock, Executor &executor,
                       CallerOf callerOf)
    : m_messages(clock, config.chat)
    , m_conversations(clock, config.chat)
    , m_sync(config.chat, cursorKey)
    , m_presence(clock, config.chat.offlineDelay)
    , m_sendLimiter(clock, sendRules(config.chat))
    , m_limits(clock, config.chat)
    , m_typingLimiter(clock, config.chat.typingInterval, config.chat.typingConversations)
    , m_deliveries(executor, m_messages, clock, [this](const MessageStatusChanged &event) { publish({event}); })
    , m_server(config.hubs, clock, std::move(callerOf))
    , m_hubs(m_server,
             {clock, executor, m_messages, m_conversations, m_presence, m_sendLimiter, m_limits, m_typingLimiter,
              m_deliveries, config.chat.offlineMessages})
    , m_receipts(executor,
                 [this](UserId sender, const MessageReceiptCounts &counts) { m_hubs.tellReceipts(sender, counts); })
    , m_parts{executor,
              m_messages,
              m_conversations,
              m_sync,
              m_presence,
              m_typingLimiter,
              [this](const TypingIndicator &notice) { m_hubs.relayTyping(notice); }}
{
}

void ChatModule::publish(const std::vector<DomainEvent> &events)
{
    m_hubs.publish(events);
    m_receipts.committed(events);
}

void ChatModule::tick()
{
    m_hubs.tick();
    m_receipts.tick();
}

void ChatModule::addRoutes(RouteTable &table)
{
    addMessageRoutes(table, m_parts);
    addConversationRoutes(table, m_parts);
}

} // namespace Tertulia::Server
