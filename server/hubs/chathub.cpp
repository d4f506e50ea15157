// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chathub.h"

#include "hubs/chatcaller.h"
#include "protocol/names.h"
#include "services/missedmessages.h"
#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {

std::weak_ptr<HubConnectionContext> weak(HubConnectionContext &connection)
{
    return std::static_pointer_cast<HubConnectionContext>(connection.shared_from_this());
}

} // namespace

HubMethods<ChatHub> ChatHub::methods()
{
    HubMethods<ChatHub> table;
    table.add(Tertulia::HubMethods::joinConversation.data(), &ChatHub::joinConversation);
    table.add(Tertulia::HubMethods::leaveConversation.data(), &ChatHub::leaveConversation);
    table.add(Tertulia::HubMethods::sendMessage.data(), &ChatHub::sendMessage);
    table.add(Tertulia::HubMethods::sendTypingIndicator.data(), &ChatHub::sendTypingIndicator);
    table.add(Tertulia::HubMethods::markAsRead.data(), &ChatHub::markAsRead);
    table.add(Tertulia::HubMethods::markAsDelivered.data(), &ChatHub::markAsDelivered);
    table.add(Tertulia::HubMethods::reactToMessage.data(), &ChatHub::reactToMessage);
    table.add(Tertulia::HubMethods::ping.data(), &ChatHub::ping);
    return table;
}

void ChatHub::onConnected(HubConnectionContext &caller, HubReply<void> reply)
{
    m_services.presence.connected(caller.user());
    reply.finish({});
    sendMissed(caller, false);
}

void ChatHub::onDisconnected(HubConnectionContext &caller)
{
    m_services.presence.disconnected(caller.user());
}

void ChatHub::onArrived(HubConnectionContext &caller, quint64 place)
{
    ChatReceiver *const receiver = ChatReceiver::find(caller);
    const auto note = [this, &caller](const ConversationId &conversation, Sequence from, Sequence through,
                                      DeliveryTracker::Haste haste, const std::shared_ptr<const MessageChanged> &news) {
        m_services.deliveries.delivered(caller.user(), conversation, from, through, haste, news);
    };
    if (receiver && receiver->arrived(place, note))
        sendMissed(caller, true);
}

void ChatHub::sendMissed(HubConnectionContext &caller, bool isMore)
{
    const UserId user = caller.user();
    const auto find = [user, limit = m_services.offlineMessages](ReadTransaction &tx) -> Result<std::vector<Message>> {
        return missedMessages(tx, user, limit);
    };
    Completion<std::vector<Message>> send(&caller.thread().loop(),
                                          [this, to = weak(caller)](const Result<std::vector<Message>> &missed) {
                                              const auto connection = to.lock();
                                              if (!connection)
                                                  return;
                                              if (!missed)
                                                  m_missedLater.later(*connection, missed.error());
                                              else if (!missed->empty())
                                                  sendMissed(*connection, *missed);
                                          });
    if (isMore) // nobody's, as the unit that notes what has arrived: so it comes behind that one
        m_services.executor.write<std::vector<Message>>(find, std::move(send));
    else
        m_services.executor.read<std::vector<Message>>({user, Lane::Bulk}, find, std::move(send));
}

void ChatHub::sendMissed(HubConnectionContext &connection, const std::vector<Message> &missed)
{
    const SendResult sent = connection.sendEvent(HubEvents::offlineMessages, missed);
    if (sent != SendResult::Sent && sent != SendResult::Queued)
        return;
    const quint64 place = connection.probe();
    ChatReceiver &receiver = ChatReceiver::of(connection);
    for (size_t first = 0; first < missed.size();) {
        // Those of one conversation come together, with nothing but the person's own between them.
        size_t last = first;
        while (last + 1 < missed.size() && missed[last + 1].conversationId == missed[first].conversationId)
            ++last;
        receiver.sent(missed[first].conversationId, missed[first].sequence, missed[last].sequence, place);
        first = last + 1;
    }
    if (missed.size() >= size_t(m_services.offlineMessages))
        receiver.expectMore(place);
}

void ChatHub::joinConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply)
{
    if (const auto id = ConversationId::parse(conversationId); id && !caller.mayJoin(id->uuid())) {
        reply.finish(failure(Error::conflict(QStringLiteral("This connection has joined too many conversations."))));
        return;
    }
    m_services.executor.read<Membership>(
        {caller.user()},
        [this, actor = actorOf(caller), id = std::move(conversationId)](ReadTransaction &tx) {
            return m_services.conversations.membership(tx, actor, id);
        },
        std::move(reply).completionFrom<Membership>([to = weak(caller)](const Membership &membership) {
            if (const auto connection = to.lock()) {
                connection->join(membership.conversation.uuid());
                if (ChatReceiver *const receiver = ChatReceiver::find(*connection))
                    receiver->join(membership.conversation);
            }
            return JoinResult{membership.conversation, true};
        }));
}

void ChatHub::leaveConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply)
{
    const auto id = ConversationId::parse(conversationId);
    if (!id) {
        reply.finish(failure(Error::notFound(QStringLiteral("There is no such conversation."))));
        return;
    }
    const ChatReceiver *const receiver = ChatReceiver::find(caller);
    const bool hasLeft = receiver && receiver->hasLeft(*id);
    if (receiver && receiver->leftCount() >= size_t(caller.settings().maxGroups) && !hasLeft) {
        reply.finish(failure(Error::conflict(QStringLiteral("This connection has left too many conversations."))));
        return;
    }
    const bool isIn = caller.isIn(id->uuid());
    if (isIn) {
        caller.leave(id->uuid());
        ChatReceiver::of(caller).leave(*id);
        // Whoever leaves does not go on typing there.
        if (m_services.typingLimiter.allow(caller.user(), *id, false))
            m_fanout.relayTyping({*id, caller.user(), false});
    }
    if (isIn || hasLeft) {
        reply.finish(JoinResult{*id, false});
        return;
    }
    // Never joined: only what is the person's own is kept in mind, else anybody could fill our memory with ids.
    m_services.executor.read<Membership>(
        [this, actor = actorOf(caller), text = std::move(conversationId)](ReadTransaction &tx) {
            return m_services.conversations.membership(tx, actor, text);
        },
        Completion<Membership>(
            &caller.thread().loop(),
            [id = *id, to = weak(caller), reply = std::move(reply)](const Result<Membership> &membership) mutable {
                if (const auto connection = membership ? to.lock() : nullptr; connection && connection->isOpen())
                    ChatReceiver::of(*connection).leave(id);
                reply.finish(JoinResult{id, false});
            }));
}

void ChatHub::sendMessage(HubConnectionContext &caller, SendMessageRequest request, HubReply<Message> reply)
{
    if (const auto allowed = m_services.sendLimiter.take(caller.user()); !allowed) {
        reply.finish(failure(allowed.error()));
        return;
    }
    m_services.executor.write<SentMessage>(
        {caller.user()},
        [this, actor = actorOf(caller), request = std::move(request)](Transaction &tx) {
            return m_services.messages.send(tx, actor, request);
        },
        forgiving(m_services.sendLimiter, caller.user(),
                  std::move(reply).completionFrom<SentMessage>([this](SentMessage sent) {
                      m_services.typingLimiter.forget(sent.message.senderId, sent.message.conversationId);
                      return std::move(sent.message);
                  })));
}

void ChatHub::sendTypingIndicator(HubConnectionContext &caller, QString conversationId, bool isTyping,
                                  HubReply<void> reply)
{
    const auto relay = [this, user = caller.user(), isTyping](ConversationId conversation) {
        if (m_services.typingLimiter.allow(user, conversation, isTyping))
            m_fanout.relayTyping({conversation, user, isTyping});
    };
    const auto id = ConversationId::parse(conversationId);
    if (id && caller.isIn(id->uuid())) {
        relay(*id); // joining was permitted: no need to ask the store at every key
        reply.finish({});
        return;
    }
    m_services.executor.read<Membership>(
        {caller.user()},
        [this, actor = actorOf(caller), text = std::move(conversationId)](ReadTransaction &tx) {
            return m_services.conversations.membership(tx, actor, text);
        },
        Completion<Membership>(&caller.thread().loop(),
                               [relay, reply = std::move(reply)](const Result<Membership> &membership) mutable {
                                   if (membership)
                                       relay(membership->conversation);
                                   reply.finish(membership ? Result<void>() : failure(membership.error()));
                               }));
}

void ChatHub::markAsRead(HubConnectionContext &caller, QString conversationId, std::optional<QStringList> messageIds,
                         HubReply<MarkReadResult> reply)
{
    m_services.executor.write<MarkReadResult>(
        {caller.user()},
        [this, actor = actorOf(caller), id = std::move(conversationId), ids = std::move(messageIds)](Transaction &tx) {
            return m_services.messages.markConversationRead(tx, actor, id, ids);
        },
        std::move(reply).completion());
}

void ChatHub::markAsDelivered(HubConnectionContext &caller, QStringList messageIds, HubReply<void> reply)
{
    m_services.executor.write<void>(
        {caller.user()},
        [this, actor = actorOf(caller), ids = std::move(messageIds)](Transaction &tx) {
            return m_services.messages.markDelivered(tx, actor, ids);
        },
        std::move(reply).completion());
}

void ChatHub::reactToMessage(HubConnectionContext &caller, QString messageId, std::optional<QString> reaction,
                             HubReply<Message> reply)
{
    if (const auto allowed = m_services.limits.changes.take(caller.user()); !allowed) {
        reply.finish(failure(allowed.error()));
        return;
    }
    m_services.executor.write<Message>(
        {caller.user()},
        [this, actor = actorOf(caller), id = std::move(messageId), reaction = std::move(reaction)](Transaction &tx) {
            return m_services.messages.react(tx, actor, id, reaction);
        },
        std::move(reply).completion());
}

} // namespace Tertulia::Server
