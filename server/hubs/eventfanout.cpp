// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/eventfanout.h"

#include "hubs/chatreceiver.h"
#include "hubs/messageevents.h"
#include "protocol/chat.h"
#include "protocol/names.h"
#include "signalr/hubserver.h"

#include <map>

namespace Tertulia::Server {

namespace {

template <class Payload> SharedHubMessage eventOf(QLatin1StringView name, Payload payload)
{
    return SerializedHubMessage::make(QByteArray::fromRawData(name.data(), name.size()), std::move(payload));
}

} // namespace

class EventFanout::MessageDelivery final : public Delivery
{
public:
    MessageDelivery(const MessageChanged &event, const HubServices &services)
        : m_event(std::make_shared<MessageChanged>(event))
        , m_services(services)
        , m_haste(event.roster && !event.roster->isSmall() ? DeliveryTracker::Haste::Later
                                                           : DeliveryTracker::Haste::Now)
        , m_changed(messageEvent(m_event))
        , m_sent(!event.isNew() ? SharedHubMessage()
                                : eventOf(HubEvents::messageStatusUpdated,
                                          statusEvent({.messageId = event.message.id,
                                                       .conversationId = event.message.conversationId,
                                                       .status = MessageStatus::Sent,
                                                       .timestamp = event.message.createdAt,
                                                       .userId = event.message.senderId,
                                                       .deliveredAt = {},
                                                       .readAt = {},
                                                       .sequence = event.message.sequence})))
    {
    }

    void deliver(HubShard &shard) const override
    {
        Updates updates;
        for (const MemberState &member : m_event->members) {
            if (const HubShard::List *const connections = shard.ofUser(member.card.id))
                deliverTo(shard, member.card.id, *connections, member.unread, updates);
        }
        if (!m_event->roster)
            return;
        if (!m_event->roster->isSmall())
            shard.thread().loop().flush(); // answers first, the sender's among them
        deliverToGroup(shard, *m_event->roster, updates);
    }

    [[nodiscard]] ThreadMask threads(const HubLifetimeManager &clients) const override
    {
        if (m_event->roster)
            return everyThread;
        ThreadMask threads = 0;
        for (const MemberState &member : m_event->members)
            threads |= clients.threadsOf(member.card.id);
        return threads;
    }

private:
    /// ConversationUpdated by what is unread: all else in it is the same for everybody.
    using Updates = std::map<Unread, SharedHubMessage>;

    /// Whichever are fewer are walked through: the members, or those who are connected here.
    void deliverToGroup(HubShard &shard, const Roster &roster, Updates &updates) const
    {
        const auto deliver = [&](const Roster::Entry *entry, const HubShard::List *connections) {
            if (entry && connections && m_event->message.sequence > entry->hiddenThrough)
                deliverTo(shard, entry->user, *connections, entry->unread(m_event->message.sequence), updates);
        };
        if (shard.users().size() < roster.size()) {
            for (const auto &[user, connections] : shard.users())
                deliver(roster.find(user), &connections);
        } else {
            for (const Roster::Entry &entry : roster)
                deliver(&entry, shard.ofUser(entry.user));
        }
    }
    void deliverTo(HubShard &shard, const UserId &user, const HubShard::List &connections,
                   const std::optional<Unread> &unread, Updates &updates) const
    {
        // One proof is enough, and some devices of a person give it: of dozens the others are asked with less haste.
        constexpr int askedAtOnce = 4;
        int taken = 0;
        for (HubConnectionContext *const connection : connections)
            taken += deliverTo(*connection, taken < askedAtOnce ? m_haste : DeliveryTracker::Haste::Later) ? 1 : 0;
        if (!m_event->isNew())
            return;
        if (user == m_event->message.senderId)
            shard.send(&connections, *m_sent);
        if (unread)
            updateList(connections, *unread, updates);
    }
    /// @return whether it is on its way
    bool deliverTo(HubConnectionContext &connection, DeliveryTracker::Haste haste) const
    {
        const Message &message = m_event->message;
        ChatReceiver *const receiver = ChatReceiver::find(connection);
        if (m_event->isNew() && receiver && receiver->hasLeft(message.conversationId))
            return false; // it hears of the last message; what happens to one that it has, nothing else would tell
        const SendResult result = connection.send(*m_changed);
        if (!m_event->isNew() || (result != SendResult::Sent && result != SendResult::Queued))
            return false;
        if (connection.user() == message.senderId) {
            if (receiver)
                receiver->sentOwn(message.conversationId, message.sequence);
            return true;
        }
        const quint64 place = haste == DeliveryTracker::Haste::Now ? connection.probe() : connection.probeSoon();
        ChatReceiver::of(connection)
            .sent(message.conversationId, message.sequence, message.sequence, place, haste,
                  m_event->roster ? nullptr : m_event); // of a group the store knows whether the mark goes on
        return true;
    }
    /// For lists and badges of those who are not looking at the conversation.
    void updateList(const HubShard::List &connections, const Unread &unread, Updates &updates) const
    {
        for (HubConnectionContext *const connection : connections) {
            if (connection->isIn(m_event->message.conversationId.uuid()))
                continue;
            SharedHubMessage &update = updates[unread];
            if (!update) {
                Conversation conversation = m_event->conversationWith(unread);
                m_services.presence.fill(conversation);
                update = eventOf(HubEvents::conversationUpdated, std::move(conversation));
            }
            connection->send(*update);
        }
    }

    std::shared_ptr<const MessageChanged> m_event; // also in the message's encoder
    const HubServices &m_services;
    DeliveryTracker::Haste m_haste;
    SharedHubMessage m_changed;
    SharedHubMessage m_sent; ///< of a new one
};

class EventFanout::StatusDelivery final : public Delivery
{
public:
    explicit StatusDelivery(const MessageStatusChanged &event)
        : m_audience(event.audience)
    {
        // Whoever received a message knows that it has arrived; their many devices would hear it with each message.
        if (event.status == MessageStatus::Delivered)
            std::erase(m_audience, event.by);
        for (const MessageMark &mark : event.messages) {
            if (mark.sequence <= event.toldThrough)
                continue;
            MessageStatusData data;
            data.messageId = mark.id;
            data.conversationId = event.conversation;
            data.status = event.status;
            data.timestamp = mark.at;
            data.userId = event.by;
            data.sequence = mark.sequence;
            m_messages.push_back(eventOf(HubEvents::messageStatusUpdated, statusEvent(data)));
        }
    }

    void deliver(HubShard &shard) const override
    {
        for (const UserId &user : m_audience) {
            const HubShard::List *const connections = shard.ofUser(user);
            for (size_t i = 0; connections && i < m_messages.size(); ++i)
                shard.send(connections, *m_messages[i]);
        }
    }

    [[nodiscard]] ThreadMask threads(const HubLifetimeManager &clients) const override
    {
        ThreadMask threads = 0;
        for (size_t i = 0; !m_messages.empty() && i < m_audience.size(); ++i)
            threads |= clients.threadsOf(m_audience[i]);
        return threads;
    }

private:
    std::vector<UserId> m_audience;
    std::vector<SharedHubMessage> m_messages;
};

class EventFanout::ConversationDelivery final : public Delivery
{
public:
    ConversationDelivery(const ConversationChanged &event, const PresenceRegistry &presence)
        : m_user(event.user)
    {
        Conversation conversation = event.conversation;
        presence.fill(conversation);
        m_message = eventOf(HubEvents::conversationUpdated, std::move(conversation));
    }

    void deliver(HubShard &shard) const override { shard.send(shard.ofUser(m_user), *m_message); }
    [[nodiscard]] ThreadMask threads(const HubLifetimeManager &clients) const override
    {
        return clients.threadsOf(m_user);
    }

private:
    UserId m_user;
    SharedHubMessage m_message;
};

class EventFanout::RemovalDelivery final : public Delivery
{
public:
    explicit RemovalDelivery(const ConversationDeleted &event)
        : m_user(event.user)
        , m_group(event.conversation.uuid())
        , m_message(eventOf(HubEvents::conversationDeleted, ConversationRef{event.conversation, event.hiddenThrough}))
    {
    }

    void deliver(HubShard &shard) const override
    {
        const HubShard::List *const connections = shard.ofUser(m_user);
        if (!connections)
            return;
        shard.send(connections, *m_message);
        for (HubConnectionContext *const connection : *connections)
            connection->leave(m_group);
    }
    [[nodiscard]] ThreadMask threads(const HubLifetimeManager &clients) const override
    {
        return clients.threadsOf(m_user);
    }

private:
    UserId m_user;
    HubGroup m_group;
    SharedHubMessage m_message;
};

EventFanout::EventFanout(HubServer &server, HubLifetimeManager &clients, const HubServices &services)
    : m_server(server)
    , m_clients(clients)
    , m_services(services)
{
}

void EventFanout::prepare(const DomainEvent &event, Deliveries &deliveries)
{
    if (const auto *const changed = std::get_if<MessageChanged>(&event)) {
        deliveries.push_back(std::make_unique<MessageDelivery>(*changed, m_services));
    } else if (const auto *const status = std::get_if<MessageStatusChanged>(&event)) {
        deliveries.push_back(std::make_unique<StatusDelivery>(*status));
    } else if (const auto *const seen = std::get_if<ConversationChanged>(&event)) {
        deliveries.push_back(std::make_unique<ConversationDelivery>(*seen, m_services.presence));
    } else if (const auto *const deleted = std::get_if<ConversationDeleted>(&event)) {
        deliveries.push_back(std::make_unique<RemovalDelivery>(*deleted));
    } else if (const auto *const ended = std::get_if<SessionEnded>(&event)) {
        m_server.disconnect(ended->user, ended->session.isNull() ? std::nullopt : std::optional(ended->session));
    }
}

void EventFanout::publish(const std::vector<DomainEvent> &events)
{
    auto deliveries = std::make_shared<Deliveries>(); // one list, read by all these network threads
    for (const DomainEvent &event : events)
        prepare(event, *deliveries);
    ThreadMask threads = 0;
    for (const auto &delivery : *deliveries)
        threads |= delivery->threads(m_clients);
    m_clients.onShards(threads, [deliveries](HubShard &shard) {
        for (const auto &delivery : *deliveries)
            delivery->deliver(shard);
    });
}

void EventFanout::tellReceipts(UserId sender, const MessageReceiptCounts &counts)
{
    m_clients.sendToUser(sender, eventOf(HubEvents::messageReceipts, counts));
}

void EventFanout::relayTyping(const TypingIndicator &notice)
{
    const SharedHubMessage message = eventOf(HubEvents::typingIndicator, notice);
    m_clients.onEveryShard([message, notice](HubShard &shard) {
        const HubShard::List *const joined = shard.ofGroup(notice.conversationId.uuid());
        for (size_t i = 0; joined && i < joined->size(); ++i) {
            if ((*joined)[i]->user() != notice.userId)
                (*joined)[i]->send(*message);
        }
    });
}

} // namespace Tertulia::Server
