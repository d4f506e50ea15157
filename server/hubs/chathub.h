// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/busyretry.h"
#include "hubs/chatreceiver.h"
#include "hubs/eventfanout.h"
#include "hubs/hubservices.h"
#include "protocol/chat.h"
#include "signalr/hubmethods.h"

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
    /// What has arrived is delivered, and more of what was missed follows.
    void onArrived(HubConnectionContext &caller, quint64 place) override;

private:
    void joinConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply);
    void leaveConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply);
    void sendMessage(HubConnectionContext &caller, SendMessageRequest request, HubReply<Message> reply);
    void sendTypingIndicator(HubConnectionContext &caller, QString conversationId, bool isTyping, HubReply<void> reply);
    void markAsRead(HubConnectionContext &caller, QString conversationId, std::optional<QStringList> messageIds,
                    HubReply<MarkReadResult> reply);
    void markAsDelivered(HubConnectionContext &caller, QStringList messageIds, HubReply<void> reply);
    void reactToMessage(HubConnectionContext &caller, QString messageId, std::optional<QString> reaction,
                        HubReply<Message> reply);
    void ping() { }

    /// After connecting, and again each time when as much as fits into one event has arrived.
    void sendMissed(HubConnectionContext &caller, bool isMore);
    void sendMissed(HubConnectionContext &connection, const std::vector<Message> &missed);

    const HubServices &m_services;
    EventFanout &m_fanout;
    BusyRetry m_missedLater{[this](HubConnectionContext &caller) { sendMissed(caller, true); }};
};

} // namespace Tertulia::Server
