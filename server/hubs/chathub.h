// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/eventfanout.h"
#include "hubs/hubmethods.h"
#include "hubs/hubservices.h"
#include "protocol/chat.h"

namespace Tertulia::Server {

/// /hubs/chat (contract.md 5.2 and 5.3): thin over the services that REST uses too. A conversation that a connection
/// has joined is a group of that name.
class ChatHub final : public Hub
{
public:
    ChatHub(const HubServices &services, EventFanout &fanout)
        : m_services(services)
        , m_fanout(fanout)
    {
    }

    [[nodiscard]] static HubMethods<ChatHub> methods();

    /// Presence begins, and messages that were missed are on their way.
    void onConnected(HubConnectionContext &caller, HubReply<void> reply) override;
    void onDisconnected(HubConnectionContext &caller) override;

private:
    void joinConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply);
    Result<JoinResult> leaveConversation(HubConnectionContext &caller, QString conversationId);
    void sendMessage(HubConnectionContext &caller, SendMessageRequest request, HubReply<Message> reply);
    void sendTypingIndicator(HubConnectionContext &caller, QString conversationId, bool isTyping, HubReply<void> reply);
    void markAsRead(HubConnectionContext &caller, QString conversationId, std::optional<QStringList> messageIds,
                    HubReply<MarkReadResult> reply);
    void markAsDelivered(HubConnectionContext &caller, QStringList messageIds, HubReply<void> reply);
    void ping() { }

    void sendMissed(HubConnectionContext &caller);

    const HubServices &m_services;
    EventFanout &m_fanout;
};

} // namespace Tertulia::Server
