// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messageservice.h"

#include "base/faults.h"
#include "services/messagechanges.h"
#include "services/permissions.h"
#include "services/views.h"
#include "store/datestore.h"
#include "text/plaintext.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

Error noConversation()
{
    return Error::notFound(u"There is no such conversation."_s);
}

Error noMessage()
{
    return Error::notFound(u"There is no such message."_s);
}

/// The text as it is stored; something of it must be seen.
Result<QString> checkContent(const QString &sent, int limit)
{
    const QString content = withoutControls(sent);
    if (isBlank(content))
        return failure(Error::invalid(u"content"_s, u"A message needs some text."_s));
    if (characterCount(content) > limit)
        return failure(Error::invalid(u"content"_s, u"A message has at most %1 characters."_s.arg(limit)));
    if (!content.isValidUtf16())
        return failure(Error::invalid(u"content"_s, u"The text is not valid Unicode."_s));
    return content;
}

} // namespace

struct MessageService::Draft
{
    std::optional<ConversationId> conversation;
    std::optional<UserId> recipient;
    std::optional<MessageId> replyTo;
    std::optional<QString> clientMessageId;
    QString content;

    /// It says what `message` said: the same text to the same people.
    [[nodiscard]] bool repeats(const Message &message, const ConversationRow &in) const
    {
        const MemberRow *other = in.other(message.senderId);
        return content == message.content && replyTo == message.replyToMessageId
            && (!conversation || *conversation == in.id) && (!recipient || isDirectWith(other, in));
    }

private:
    [[nodiscard]] bool isDirectWith(const MemberRow *other, const ConversationRow &in) const
    {
        return in.type == ConversationType::Direct && other && other->user() == *recipient;
    }
};

Result<QString> MessageService::contentOf(const SendMessageRequest &request) const
{
    Faults faults;
    auto content = checkContent(request.content, m_settings.contentLimit);
    faults.add(content);
    if (!request.recipientId && !request.conversationId)
        faults.add(Error::invalid(u"recipientId"_s, u"Say whom the message is for: recipientId or conversationId."_s));
    if (request.type.value_or(MessageType::Text) != MessageType::Text)
        faults.add(Error::invalid(u"type"_s, u"Only messages of type text can be sent this way."_s));
    if (const auto &key = request.clientMessageId;
        key && (key->isEmpty() || key->size() > m_settings.clientMessageIdLimit || !key->isValidUtf16())) {
        faults.add(
            Error::invalid(u"clientMessageId"_s,
                           u"The clientMessageId has 1 to %1 characters."_s.arg(m_settings.clientMessageIdLimit)));
    }
    if (auto good = faults.verdict(); !good)
        return failure(good.error());
    return content;
}

Result<MessageService::Draft> MessageService::check(const Actor &actor, const SendMessageRequest &request) const
{
    auto content = contentOf(request);
    if (!content)
        return failure(content.error());
    Draft draft;
    draft.clientMessageId = request.clientMessageId;
    draft.content = std::move(*content);
    if (request.conversationId) {
        draft.conversation = ConversationId::parse(*request.conversationId);
        if (!draft.conversation)
            return failure(noConversation());
    }
    if (request.recipientId) {
        draft.recipient = UserId::parse(*request.recipientId);
        if (!draft.recipient)
            return failure(Error::notFound(u"There is no such person."_s));
        if (auto allowed = Permissions::canContact(actor, *draft.recipient, false); !allowed)
            return failure(allowed.error());
    }
    if (request.replyToMessageId) {
        draft.replyTo = MessageId::parse(*request.replyToMessageId);
        if (!draft.replyTo)
            return failure(noMessage());
    }
    return draft;
}

/// The first message with this clientMessageId, if there is one; Conflict when it said something else.
std::optional<Result<SentMessage>> MessageService::repeated(ReadTransaction &tx, const Actor &actor, const Draft &draft)
{
    if (!draft.clientMessageId)
        return std::nullopt;
    auto stored = MessageStore::findByClientId(tx, actor.id, *draft.clientMessageId);
    if (!stored)
        return std::nullopt;
    const auto conversation = ConversationStore::findView(tx, actor.id, stored->conversation);
    if (!conversation)
        return std::nullopt;
    if (!draft.repeats(stored->message, *conversation)) {
        Error error =
            Error::conflict(u"This clientMessageId belongs to a message with another text or for somebody else."_s);
        error.field = u"clientMessageId"_s;
        return failure(error);
    }
    const Sequence sequence = stored->message.sequence;
    MessageView(tx, *conversation, sequence, sequence).complete(stored->message);
    return Result<SentMessage>(SentMessage{.message = std::move(stored->message), .created = false});
}

/// The conversation a draft is for; made when it is the first message to that person.
Result<ConversationRow> MessageService::target(Transaction &tx, const Actor &actor, const Draft &draft) const
{
    auto conversation = draft.conversation ? ConversationStore::findFor(tx, actor.id, *draft.conversation)
                                           : ConversationStore::findDirect(tx, actor.id, *draft.recipient);
    if (conversation) {
        if (auto allowed = Permissions::canPost(standingOf(*conversation, actor.id)); !allowed)
            return failure(allowed.error());
        const MemberRow *other = conversation->other(actor.id);
        if (draft.recipient
            && (conversation->type != ConversationType::Direct || !other || other->user() != *draft.recipient)) {
            return failure(
                Error::invalid(u"recipientId"_s, u"recipientId and conversationId name different conversations."_s));
        }
        return *std::move(conversation);
    }
    if (draft.conversation)
        return failure(noConversation());
    const auto recipient = ConversationStore::person(tx, *draft.recipient);
    const auto sender = ConversationStore::person(tx, actor.id);
    if (!recipient || !sender)
        return failure(Error::notFound(u"There is no such person."_s));
    if (auto allowed = Permissions::canContact(actor, *draft.recipient, recipient->isDisabled); !allowed)
        return failure(allowed.error());
    if (draft.clientMessageId && MessageStore::findByClientId(tx, actor.id, *draft.clientMessageId))
        return failure(Error::conflict({})); // repeated() has the words; no conversation is made for it
    return ConversationStore::createDirect(tx, *sender, *recipient, m_clock.now()).conversation;
}

Result<SentMessage> MessageService::send(Transaction &tx, const Actor &actor, const SendMessageRequest &request) const
{
    const auto draft = check(actor, request);
    if (!draft)
        return failure(draft.error());
    // Most sends are no repeats, and the unique index tells when the row goes in: only a refusal asks whether it was
    // one.
    const auto refuse = [&](const Error &error) -> Result<SentMessage> {
        if (auto first = repeated(tx, actor, *draft))
            return *std::move(first);
        return failure(error);
    };
    auto conversation = target(tx, actor, *draft);
    if (!conversation)
        return refuse(conversation.error());
    if (draft->replyTo) {
        const auto place = MessageStore::place(tx, *draft->replyTo);
        if (!place || place->conversation != conversation->number
            || place->sequence <= conversation->member(actor.id)->hiddenThrough)
            return refuse(noMessage());
    }
    return store(tx, actor, *draft, *conversation);
}

Result<SentMessage> MessageService::store(Transaction &tx, const Actor &actor, const Draft &draft,
                                          ConversationRow &conversation) const
{
    MemberRow &sender = *conversation.member(actor.id);
    Message message;
    message.id = MessageId::generate();
    message.clientMessageId = draft.clientMessageId;
    message.conversationId = conversation.id;
    message.senderId = actor.id;
    message.sender = sender.card;
    if (conversation.type == ConversationType::Direct)
        message.recipientId = conversation.other(actor.id)->user();
    message.content = draft.content;
    message.createdAt = m_clock.now();
    if (DateStore::isAhead(conversation.updatedAt, message.createdAt))
        DateStore::settle(tx, conversation, message.createdAt);
    message.replyToMessageId = draft.replyTo;
    const ChangeNumber change = tx.nextChange();
    tx.promiseSuccess(); // a repeated key is seen by the first write, which then has written nothing
    if (!MessageStore::append(tx, conversation, message, change)) {
        if (auto first = repeated(tx, actor, draft))
            return *std::move(first);
        return failure(Error::internal(u"A message was refused by the store."_s));
    }
    ConversationStore::countOwn(tx, sender, message.sequence);
    for (MemberRow &member : conversation.members)
        ConversationStore::list(tx, member, change);
    tellChanged(tx, conversation, message, MessageChange::Sent, actor.id);
    return SentMessage{.message = std::move(message), .created = true};
}

Result<MessagePage> MessageService::history(ReadTransaction &tx, const Actor &actor, const HistoryQuery &query) const
{
    const PageRequest page{.skip = std::max(0, query.page.skip),
                           .take = std::clamp(query.page.take, 1, m_settings.pageLimit)};
    const auto id = ConversationId::parse(query.conversationId);
    const auto conversation = id ? ConversationStore::findView(tx, actor.id, *id) : std::nullopt;
    const MemberRow *member = conversation ? conversation->member(actor.id) : nullptr;
    if (!member)
        return failure(noConversation());

    // The block is sequences (low, high]: sequences have no gaps, so pages are arithmetic.
    Sequence low = member->hiddenThrough;
    Sequence high = conversation->lastSequence;
    if (query.before) {
        const auto bound = boundary(tx, *conversation, *query.before);
        if (!bound)
            return failure(bound.error());
        high = std::min(high, bound->below);
    }
    if (query.after) {
        const auto bound = boundary(tx, *conversation, *query.after);
        if (!bound)
            return failure(bound.error());
        low = std::max(low, bound->through);
    }
    const qint64 total = std::max<qint64>(0, high - low);
    MessagePage result{.conversationId = conversation->id,
                       .messages = {},
                       .pagination = page.answer(page.skip < total - page.take, int(total))};
    if (page.skip >= total)
        return result;
    const Sequence last = high - page.skip;
    const Sequence first = std::max(low + 1, last - page.take + 1);
    result.messages = MessageStore::range(tx, *conversation, first, last);
    const MessageView view(tx, *conversation, first, last);
    for (Message &message : result.messages)
        view.complete(message);
    return result;
}

Result<MessageService::Boundary> MessageService::boundary(ReadTransaction &tx, const ConversationRow &conversation,
                                                          const HistoryBound &bound)
{
    if (const auto *const id = std::get_if<MessageId>(&bound)) {
        const auto place = MessageStore::place(tx, *id);
        if (!place || place->conversation != conversation.number)
            return failure(noMessage());
        return Boundary{.below = place->sequence - 1, .through = place->sequence};
    }
    const Timestamp time = std::get<Timestamp>(bound);
    return Boundary{.below = MessageStore::lastBefore(tx, conversation, time),
                    .through = MessageStore::lastBefore(tx, conversation, time + std::chrono::milliseconds(1))};
}

Result<Message> MessageService::message(ReadTransaction &tx, const Actor &actor, QStringView messageId) const
{
    auto found = findMessage(tx, actor, messageId);
    if (!found)
        return failure(found.error());
    const Sequence sequence = found->message.sequence;
    MessageView(tx, found->conversation, sequence, sequence).complete(found->message);
    return std::move(found->message);
}

Result<MessageReceipts> MessageService::receipts(ReadTransaction &tx, const Actor &actor, QStringView messageId) const
{
    const auto found = findMessage(tx, actor, messageId);
    if (!found)
        return failure(found.error());
    const auto whole = ConversationStore::find(tx, found->conversation.number); // who asks, waits for all of them
    if (!whole)
        return failure(noMessage());
    const Sequence sequence = found->message.sequence;
    return MessageView(tx, *whole, sequence, sequence).receipts(found->message, m_settings.receiptsLimit);
}

Result<UnreadCount> MessageService::unreadCount(ReadTransaction &tx, const Actor &actor) const
{
    UnreadCount count;
    for (const int unread : ConversationStore::unreadOf(tx, actor.id)) {
        count.total += unread;
        ++count.conversations;
    }
    return count;
}

} // namespace Tertulia::Server
