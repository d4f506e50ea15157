// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/hubservices.h"
#include "model/domainevents.h"
#include "protocol/events.h"
#include "protocol/receipts.h"
#include "signalr/hublifetimemanager.h"

namespace Tertulia::Server {

class HubServer;

/// Brings what was committed to the connections of the people it is for (contract.md 5.2 and 5.3). Each event is
/// encoded at most once for each protocol; all events of a commit go with one post to each network thread that has any
/// of their people.
///
/// Who gets what:
/// - ReceiveMessage and the other changes of messages (messageevents.h): every connection of every member that has
///   not left the conversation, the sender's own included (clients know theirs by clientMessageId); a new message is
///   delivered when a recipient's connection is known to have got it, which is asked less often in large groups.
/// - MessageStatusUpdated message.sent: the sender's connections; delivered and read: those of both members, in a group
///   the sender's.
/// - ConversationUpdated: members' connections that have not joined the conversation, after a message; the person whom
///   a change is for, after others.
/// - ConversationDeleted: the person's own connections, which leave the conversation in the same turn.
/// - MessageReceipts: the sender's connections, of a large group, every few seconds.
/// - TypingIndicator: connections that have joined, but for the typing person's.
class EventFanout
{
public:
    EventFanout(HubServer &server, HubLifetimeManager &clients, const HubServices &services);

    /// Executor::EventSink: on the store's writer thread, after each commit.
    void publish(const std::vector<DomainEvent> &events);
    /// Any thread.
    void relayTyping(const TypingIndicator &notice);
    void tellReceipts(UserId sender, const MessageReceiptCounts &counts);

private:
    /// An event made ready for the shards; shared by them.
    class Delivery
    {
    public:
        Delivery() = default;
        Delivery(const Delivery &) = delete;
        Delivery &operator=(const Delivery &) = delete;
        virtual ~Delivery() = default;
        virtual void deliver(HubShard &shard) const = 0;
        /// Where somebody is whom it is for.
        [[nodiscard]] virtual ThreadMask threads(const HubLifetimeManager &clients) const = 0;
    };
    class MessageDelivery;
    class StatusDelivery;
    class ConversationDelivery;
    class RemovalDelivery;
    using Deliveries = std::vector<std::unique_ptr<const Delivery>>;

    void prepare(const DomainEvent &event, Deliveries &deliveries);

    HubServer &m_server;
    HubLifetimeManager &m_clients;
    const HubServices &m_services;
};

} // namespace Tertulia::Server
