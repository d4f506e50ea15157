// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/messageroutes.h"

#include "base/faults.h"
#include "http/queries.h"
#include "protocol/chat.h"
#include "protocol/names.h"
#include "store/transaction.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// POST messages. 201 for a new message, 200 for a repeat of one that was sent before.
void send(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    const QString key = QString::fromUtf8(request.head().header("idempotency-key"));
    const auto rules = [&](SendMessageRequest sent) {
        Faults faults;
        if (!key.isEmpty() && sent.clientMessageId.value_or(key) != key) {
            faults.add(
                Error::invalid(u"clientMessageId"_s, u"clientMessageId contradicts the header Idempotency-Key."_s));
        } else if (!key.isEmpty()) {
            sent.clientMessageId = key; // the header is another place for it
        }
        faults.add(parts.messages.contentOf(sent));
        return faults.verdict();
    };
    Result<SendMessageRequest> body = request.json<SendMessageRequest>(rules);
    if (!body)
        return reply.fail(body.error());
    // The service has them, too; here what breaks them costs no turn of the writer and nothing of the rate.
    if (const auto good = rules(*body); !good)
        return reply.fail(good.error());
    if (!key.isEmpty())
        body->clientMessageId = key;
    if (const Result<void> allowed = request.charge(); !allowed)
        return reply.fail(allowed.error());
    parts.executor.write<SentMessage>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, body = std::move(*body)](Transaction &tx) {
            return messages.send(tx, actor, body);
        },
        request.forgiving(deferredReply<SentMessage>(
            std::move(reply), [&typing = parts.typingLimiter](Reply &out, const SentMessage &sent) {
                typing.forget(sent.message.senderId, sent.message.conversationId);
                out.ok(sent.message, sent.created ? ResponseStatus::Created : ResponseStatus::Ok);
            })));
}

/// GET messages.
void history(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    auto conversation = conversationQuery(request);
    const auto page = pageQuery(request);
    const auto before = boundQuery(request, u"before"_s), after = boundQuery(request, u"after"_s);
    Faults faults;
    faults.add(conversation);
    faults.add(page);
    faults.add(before);
    faults.add(after);
    if (const auto good = faults.verdict(); !good)
        return reply.fail(good.error());
    HistoryQuery query{std::move(*conversation), *page, *before, *after};
    parts.executor.read<MessagePage>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, query = std::move(query)](ReadTransaction &tx) {
            return messages.history(tx, actor, query);
        },
        deferredReply<MessagePage>(std::move(reply),
                                   [](Reply &out, const MessagePage &found) { out.okPage(found, found.pagination); }));
}

void message(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<Message>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, id = request.id()](ReadTransaction &tx) {
            return messages.message(tx, actor, id);
        },
        deferredReply<Message>(std::move(reply)));
}

void receipts(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<MessageReceipts>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, id = request.id()](ReadTransaction &tx) {
            return messages.receipts(tx, actor, id);
        },
        deferredReply<MessageReceipts>(std::move(reply)));
}

/// POST messages/{id}/read and …/delivered.
template <class Marked,
          Result<Marked> (MessageService::*marking)(Transaction &, const Actor &, QStringView,
                                                    const std::optional<QStringList> &) const>
void mark(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    Result<MarkMessagesRequest> body = request.optionalJson<MarkMessagesRequest>();
    if (!body)
        return reply.fail(body.error());
    parts.executor.write<Marked>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, id = request.id(),
         ids = std::move(body->messageIds)](Transaction &tx) { return (messages.*marking)(tx, actor, id, ids); },
        deferredReply<Marked>(std::move(reply)));
}

/// POST and DELETE messages/{id}/reactions: all reactions, as they are then.
void setReaction(const ChatParts &parts, const RestRequest &request, std::optional<QString> reaction, Reply reply)
{
    if (const Result<void> allowed = request.charge(); !allowed)
        return reply.fail(allowed.error());
    parts.executor.write<Message>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, id = request.id(),
         reaction = std::move(reaction)](Transaction &tx) { return messages.react(tx, actor, id, reaction); },
        deferredReply<Message>(std::move(reply),
                               [](Reply &out, const Message &message) { out.ok(message.reactions); }));
}

void react(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    const auto rules = [](const ReactRequest &wanted) { return MessageService::checkReaction(wanted.reaction); };
    Result<ReactRequest> body = request.json<ReactRequest>(rules);
    if (!body)
        return reply.fail(body.error());
    if (const auto good = rules(*body); !good) // what breaks them costs nothing of the rate
        return reply.fail(good.error());
    setReaction(parts, request, std::move(body->reaction), std::move(reply));
}

void unreact(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    setReaction(parts, request, std::nullopt, std::move(reply));
}

void unreadCount(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<UnreadCount>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor](ReadTransaction &tx) {
            return messages.unreadCount(tx, actor);
        },
        deferredReply<UnreadCount>(std::move(reply)));
}

void sync(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<SyncResult>(
        {request.actor.id},
        [&service = parts.sync, actor = request.actor, since = request.query("since"),
         count = request.queryNumber("take"_L1)](ReadTransaction &tx) { return service.sync(tx, actor, since, count); },
        deferredReply<SyncResult>(std::move(reply), [&presence = parts.presence](Reply &out, SyncResult &page) {
            for (Conversation &conversation : page.conversations)
                presence.fill(conversation);
            out.ok(page);
        }));
}

} // namespace

void addMessageRoutes(RouteTable &table, const ChatParts &parts)
{
    const auto with = [&parts](auto function) {
        return
            [&parts, function](const RestRequest &request, Reply reply) { function(parts, request, std::move(reply)); };
    };
    table.add({
        {Method::Get, Routes::messages, Access::User, RouteBody::None, RateClass::History, with(history)},
        {Method::Post, Routes::messages, Access::User, RouteBody::Large, RateClass::Sends, with(send)},
        {Method::Get, Routes::message, Access::User, RouteBody::None, RateClass::History, with(message)},
        {Method::Get, Routes::messageReceipts, Access::User, RouteBody::None, RateClass::History, with(receipts)},
        {Method::Post, Routes::messageRead, Access::User, RouteBody::Large, RateClass::None,
         with(mark<MarkReadResult, &MessageService::markRead>)},
        {Method::Post, Routes::messageDelivered, Access::User, RouteBody::Large, RateClass::None,
         with(mark<MarkDeliveredResult, &MessageService::markDelivered>)},
        {Method::Post, Routes::messageReactions, Access::User, RouteBody::Small, RateClass::Changes, with(react)},
        {Method::Delete, Routes::messageReactions, Access::User, RouteBody::None, RateClass::Changes, with(unreact)},
        {Method::Get, Routes::unreadCount, Access::User, RouteBody::None, RateClass::Lists, with(unreadCount)},
        {Method::Get, Routes::sync, Access::User, RouteBody::None, RateClass::History, with(sync)},
    });
}

} // namespace Tertulia::Server
