// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/conversationroutes.h"

#include "base/faults.h"
#include "http/queries.h"
#include "protocol/chat.h"
#include "protocol/names.h"
#include "store/transaction.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

Result<ConversationQuery> listQuery(const ConversationService &conversations, const RestRequest &request)
{
    ConversationQuery query;
    Faults faults;
    const Result<PageRequest> page = pageQuery(request);
    faults.add(page);
    query.page = page.value_or(PageRequest());
    const Result<bool> archived = request.queryFlag("includeArchived"_L1, false);
    faults.add(archived);
    query.includeArchived = archived.value_or(false);
    query.search = request.query("search").value_or(QString());
    faults.add(conversations.checkSearch(query.search));
    if (const QString type = request.query("type").value_or(QString()).toLower(); !type.isEmpty()) {
        if (type == "direct"_L1)
            query.type = ConversationType::Direct;
        else if (type == "group"_L1)
            query.type = ConversationType::Group;
        else
            faults.add(Error::invalid(u"type"_s, u"type must be direct or group."_s));
    }
    if (const auto good = faults.verdict(); !good)
        return failure(good.error());
    return query;
}

/// GET conversations: the bare list in data, its pagination beside it (contract.md 13.3).
void list(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    Result<ConversationQuery> query = listQuery(parts.conversations, request);
    if (!query)
        return reply.fail(query.error());
    const bool isCostly = query->isFiltered(); // looks at the whole list
    using Cost = RestRequest::Cost;
    if (const Result<void> allowed = request.charge(isCostly ? Cost::High : Cost::Usual); !allowed)
        return reply.fail(allowed.error());
    parts.executor.read<ConversationPage>(
        {request.actor.id, isCostly ? Lane::Bulk : Lane::Interactive},
        [&conversations = parts.conversations, actor = request.actor, query = std::move(*query)](ReadTransaction &tx) {
            return conversations.list(tx, actor, query);
        },
        deferredReply<ConversationPage>(std::move(reply),
                                        [&presence = parts.presence](Reply &out, ConversationPage &page) {
                                            for (Conversation &conversation : page.conversations)
                                                presence.fill(conversation);
                                            out.okPage(page.conversations, page.pagination);
                                        }));
}

void conversation(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    parts.executor.read<Conversation>(
        {request.actor.id},
        [&conversations = parts.conversations, actor = request.actor, id = request.id()](ReadTransaction &tx) {
            return conversations.conversation(tx, actor, id);
        },
        deferredReply<Conversation>(std::move(reply), [&presence = parts.presence](Reply &out, Conversation &found) {
            presence.fill(found);
            out.ok(found);
        }));
}

/// POST conversations: 201 when it was made, 200 when it was there.
void open(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    Result<OpenConversationRequest> body = request.json<OpenConversationRequest>();
    if (!body)
        return reply.fail(body.error());
    parts.executor.write<OpenedConversation>(
        {request.actor.id},
        [&conversations = parts.conversations, actor = request.actor, recipient = std::move(body->recipientId)](
            Transaction &tx) { return conversations.openDirect(tx, actor, recipient); },
        deferredReply<OpenedConversation>(
            std::move(reply), [&presence = parts.presence](Reply &out, OpenedConversation &opened) {
                presence.fill(opened.conversation);
                out.ok(opened.conversation, opened.created ? ResponseStatus::Created : ResponseStatus::Ok);
            }));
}

void markRead(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    Result<MarkMessagesRequest> body = request.optionalJson<MarkMessagesRequest>();
    if (!body)
        return reply.fail(body.error());
    parts.executor.write<MarkReadResult>(
        {request.actor.id},
        [&messages = parts.messages, actor = request.actor, id = request.id(), ids = std::move(body->messageIds)](
            Transaction &tx) { return messages.markConversationRead(tx, actor, id, ids); },
        deferredReply<MarkReadResult>(std::move(reply)));
}

/// POST typing: for clients without a hub connection.
void typing(const ChatParts &parts, const RestRequest &request, Reply reply)
{
    const Result<TypingRequest> body = request.optionalJson<TypingRequest>();
    if (!body)
        return reply.fail(body.error());
    parts.executor.read<Membership>(
        {request.actor.id},
        [&conversations = parts.conversations, actor = request.actor, id = request.id()](ReadTransaction &tx) {
            return conversations.membership(tx, actor, id);
        },
        deferredReply<Membership>(
            std::move(reply),
            [&parts, user = request.actor.id, isTyping = body->isTyping](Reply &out, const Membership &found) {
                if (parts.typingLimiter.allow(user, found.conversation, isTyping))
                    parts.relayTyping({found.conversation, user, isTyping});
                out.ok(ConversationRef{found.conversation});
            }));
}

using Ending = Result<ConversationRef> (ConversationService::*)(Transaction &, const Actor &, QStringView) const;

/// DELETE conversations/{id} and POST …/leave.
void end(const ChatParts &parts, Ending ending, const RestRequest &request, Reply reply)
{
    parts.executor.write<ConversationRef>(
        {request.actor.id},
        [&conversations = parts.conversations, ending, actor = request.actor, id = request.id()](Transaction &tx) {
            return (conversations.*ending)(tx, actor, id);
        },
        deferredReply<ConversationRef>(std::move(reply),
                                       [](Reply &out, const ConversationRef &deleted) { out.ok(deleted); }));
}

} // namespace

void addConversationRoutes(RouteTable &table, const ChatParts &parts)
{
    const auto with = [&parts](auto function) {
        return
            [&parts, function](const RestRequest &request, Reply reply) { function(parts, request, std::move(reply)); };
    };
    const auto ending = [&parts](Ending which) {
        return
            [&parts, which](const RestRequest &request, Reply reply) { end(parts, which, request, std::move(reply)); };
    };
    table.add({
        {Method::Get, Routes::conversations, Access::User, RouteBody::None, RateClass::ConversationLists, with(list)},
        {Method::Post, Routes::conversations, Access::User, RouteBody::Small, RateClass::Openings, with(open)},
        {Method::Get, Routes::conversation, Access::User, RouteBody::None, RateClass::Lists, with(conversation)},
        {Method::Delete, Routes::conversation, Access::User, RouteBody::None, RateClass::None,
         ending(&ConversationService::remove)},
        {Method::Post, Routes::conversationRead, Access::User, RouteBody::Large, RateClass::None, with(markRead)},
        {Method::Post, Routes::conversationTyping, Access::User, RouteBody::Small, RateClass::None, with(typing)},
        {Method::Post, Routes::conversationLeave, Access::User, RouteBody::Small, RateClass::None,
         ending(&ConversationService::leave)},
    });
}

} // namespace Tertulia::Server
