// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/chathub.h"
#include "hubs/presencehub.h"
#include "signalr/hubdispatcher.h"

namespace Tertulia::Server {

/// The application's hubs, built and wired: /hubs/chat, /hubs/chat-online and /hubs/onlineusers. Made before the front
/// door starts; outlives it. `publish` is the executor's event sink.
class ChatHubs
{
public:
    ChatHubs(HubServer &server, HubServices services);
    ChatHubs(const ChatHubs &) = delete;
    ChatHubs &operator=(const ChatHubs &) = delete;
    ~ChatHubs();

    void publish(const std::vector<DomainEvent> &events);
    /// Each second: who has left, and what the store refused before.
    void tick();
    /// Any thread; for REST.
    void relayTyping(const TypingIndicator &notice) { m_fanout.relayTyping(notice); }
    /// Any thread.
    void tellReceipts(UserId sender, const MessageReceiptCounts &counts) { m_fanout.tellReceipts(sender, counts); }

private:
    HubServices m_services;
    HubDispatcher m_chat;
    HubDispatcher m_online;
    EventFanout m_fanout;
    PresenceFeed m_feed;
};

} // namespace Tertulia::Server
