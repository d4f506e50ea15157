// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chathub.h"

#include "hubs/hubconnectioncontext.h"
#include "hubs/hubthread.h"
#include "protocol/names.h"
#include "services/missedmessages.h"

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
    table.add(Tertulia::HubMethods::ping.data(), &ChatHub::ping);
    return table;
}

void ChatHub::onConnected(HubConnectionContext &caller, HubReply<void> reply)
{
    m_services.presence.connected(caller.actor().id);
    reply.finish({});
    sendMissed(caller);
}

void ChatHub::onDisconnected(HubConnectionContext &caller)
{
    m_services.presence.disconnected(caller.actor().id);
}

void ChatHub::sendMissed(HubConnectionContext &caller)
{
    const UserId user = caller.actor().id;
    m_services.executor.read<std::vector<Message>>(
        [user, limit = m_services.offlineMessages](ReadTransaction &tx) -> Result<std::vector<Message>> {
            return missedMessages(tx, user, limit);
        },
        Completion<std::vector<Message>>(
            &caller.thread().loop(), [this, user, to = weak(caller)](const Result<std::vector<Message>> &missed) {
                const auto connection = to.lock();
                if (!connection || !missed || missed->empty())
                    return;
                const SendResult sent = connection->sendEvent(HubEvents::offlineMessages, *missed);
                if (sent != SendResult::Sent && sent != SendResult::Queued)
                    return;
                for (const Message &message : *missed)
                    m_services.deliveries.delivered(user, message.conversationId, message.sequence);
            }));
}

void ChatHub::joinConversation(HubConnectionContext &caller, QString conversationId, HubReply<JoinResult> reply)
{
    if (const auto id = ConversationId::parse(conversationId); id && !caller.mayJoin(id->uuid())) {
        reply.finish(failure(Error::conflict(QStringLiteral("This connection has joined too many conversations."))));
        return;
    }
    m_services.executor.read<Membership>(
        [this, actor = caller.actor(), id = std::move(conversationId)](ReadTransaction &tx) {
            return m_services.conversations.membership(tx, actor, id);
        },
        std::move(reply).completionFrom<Membership>([to = weak(caller)](const Membership &membership) {
            if (const auto connection = to.lock())
                connection->join(membership.conversation.uuid());
            return JoinResult{membership.conversation, true};
        }));
}

Result<JoinResult> ChatHub::leaveConversation(HubConnectionContext &caller, QString conversationId)
{
    const auto id = ConversationId::parse(conversationId);
    if (!id)
        return failure(Error::notFound(QStringLiteral("There is no such conversation.")));
    if (caller.isIn(id->uuid())) {
        caller.leave(id->uuid());
        // Whoever leaves does not go on typing there.
        if (m_services.typingLimiter.allow(caller.actor().id, *id, false))
            m_fanout.relayTyping({*id, caller.actor().id, false});
    }
    return JoinResult{*id, false};
}

void ChatHub::sendMessage(HubConnectionContext &caller, SendMessageRequest request, HubReply<Message> reply)
{
    if (const auto allowed = m_services.sendLimiter.take(caller.actor().id); !allowed) {
        reply.finish(failure(allowed.error()));
        return;
    }
    m_services.executor.write<SentMessage>(
        [this, actor = caller.actor(), request = std::move(request)](Transaction &tx) {
            return m_services.messages.send(tx, actor, request);
        },
        std::move(reply).completionFrom<SentMessage>([this](SentMessage sent) {
            m_services.typingLimiter.forget(sent.message.senderId, sent.message.conversationId);
            return std::move(sent.message);
        }));
}

void ChatHub::sendTypingIndicator(HubConnectionContext &caller, QString conversationId, bool isTyping,
                                  HubReply<void> reply)
{
    const auto relay = [this, user = caller.actor().id, isTyping](ConversationId conversation) {
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
        [this, actor = caller.actor(), text = std::move(conversationId)](ReadTransaction &tx) {
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
        [this, actor = caller.actor(), id = std::move(conversationId), ids = std::move(messageIds)](Transaction &tx) {
            return m_services.messages.markConversationRead(tx, actor, id, ids);
        },
        std::move(reply).completion());
}

void ChatHub::markAsDelivered(HubConnectionContext &caller, QStringList messageIds, HubReply<void> reply)
{
    m_services.executor.write<void>([this, actor = caller.actor(), ids = std::move(messageIds)](
                                        Transaction &tx) { return m_services.messages.markDelivered(tx, actor, ids); },
                                    std::move(reply).completion());
}

} // namespace Tertulia::Server
