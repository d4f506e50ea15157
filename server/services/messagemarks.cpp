// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messageservice.h"
#include "services/views.h"
#include "store/transaction.h"

#include <map>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// The message's conversation, if the actor may see the message.
std::optional<ConversationRow> conversationOf(ReadTransaction &tx, const Actor &actor, const MessageStore::Place &place)
{
    auto conversation = ConversationStore::findView(tx, actor.id, place.conversation);
    const MemberRow *member = conversation ? conversation->member(actor.id) : nullptr;
    if (!member || place.sequence <= member->hiddenThrough)
        return std::nullopt;
    return conversation;
}

Result<void> checkCount(qsizetype count, int limit)
{
    if (count > limit)
        return failure(Error::invalid(u"messageIds"_s, u"At most %1 messages in one request."_s.arg(limit)));
    return {};
}

/// How far `ids` reach in each conversation; unknown ids do not matter.
std::map<ConversationNumber, Sequence> reachOf(ReadTransaction &tx, const QStringList &ids)
{
    std::map<ConversationNumber, Sequence> reach;
    for (const QString &text : ids) {
        const auto id = MessageId::parse(text);
        const auto place = id ? MessageStore::place(tx, *id) : std::nullopt;
        if (place)
            reach[place->conversation] = std::max(reach[place->conversation], place->sequence);
    }
    return reach;
}

/// What moving a mark came to.
struct Moved
{
    ConversationId conversation;
    std::vector<MessageId> messages;
    Timestamp at;
    int unreadCount = 0;

    [[nodiscard]] MarkReadResult read() const { return {conversation, messages, at, unreadCount}; }
    [[nodiscard]] MarkDeliveredResult delivered() const { return {conversation, messages, at, unreadCount}; }
};

Moved move(Transaction &tx, ConversationRow &conversation, UserId user, MessageStatus status, Sequence through,
           Timestamp now)
{
    const auto heads = moveMark(tx, conversation, user, status, through, now);
    const MemberRow &member = *conversation.member(user);
    const Mark &mark = status == MessageStatus::Read ? member.read : member.delivered;
    Moved moved{.conversation = conversation.id,
                .messages = {},
                .at = mark.at > Timestamp() ? mark.at : now,
                .unreadCount = member.unread(conversation.lastSequence)};
    moved.messages.reserve(heads.size());
    for (const MessageHead &head : heads)
        moved.messages.push_back(head.id);
    return moved;
}

/// Both kinds of mark, by the id in the path and the list in the body.
Result<Moved> markByMessage(Transaction &tx, const Actor &actor, QStringView messageId,
                            const std::optional<QStringList> &ids, MessageStatus status, Timestamp now)
{
    const auto id = MessageId::parse(messageId);
    const auto place = id ? MessageStore::place(tx, *id) : std::nullopt;
    auto conversation = place ? conversationOf(tx, actor, *place) : std::nullopt;
    if (!conversation)
        return failure(Error::notFound(u"There is no such message."_s));
    Sequence through = place->sequence;
    std::vector<MessageHead> elsewhere;
    if (ids && ids->isEmpty()) {
        through = conversation->lastSequence;
    } else if (ids) {
        for (const auto &[number, reached] : reachOf(tx, *ids)) {
            if (number == conversation->number) {
                through = std::max(through, reached);
            } else if (auto other = conversationOf(tx, actor, {.conversation = number, .sequence = reached})) {
                const auto heads = moveMark(tx, *other, actor.id, status, reached, now);
                elsewhere.insert(elsewhere.end(), heads.begin(), heads.end());
            }
        }
    }
    Moved moved = move(tx, *conversation, actor.id, status, through, now);
    moved.messages.reserve(moved.messages.size() + elsewhere.size());
    for (const MessageHead &head : elsewhere)
        moved.messages.push_back(head.id);
    return moved;
}

} // namespace

Result<MarkReadResult> MessageService::markRead(Transaction &tx, const Actor &actor, QStringView messageId,
                                                const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    return markByMessage(tx, actor, messageId, ids, MessageStatus::Read, m_clock.now()).map(&Moved::read);
}

Result<MarkDeliveredResult> MessageService::markDelivered(Transaction &tx, const Actor &actor, QStringView messageId,
                                                          const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    return markByMessage(tx, actor, messageId, ids, MessageStatus::Delivered, m_clock.now()).map(&Moved::delivered);
}

Result<MarkReadResult> MessageService::markConversationRead(Transaction &tx, const Actor &actor,
                                                            QStringView conversationId,
                                                            const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    const auto id = ConversationId::parse(conversationId);
    auto conversation = id ? ConversationStore::findView(tx, actor.id, *id) : std::nullopt;
    if (!conversation || !conversation->member(actor.id))
        return failure(Error::notFound(u"There is no such conversation."_s));
    Sequence through = conversation->lastSequence;
    if (ids && !ids->isEmpty()) {
        const auto reach = reachOf(tx, *ids);
        const auto here = reach.find(conversation->number);
        through = here == reach.end() ? 0 : here->second;
    }
    return move(tx, *conversation, actor.id, MessageStatus::Read, through, m_clock.now()).read();
}

Result<void> MessageService::markDelivered(Transaction &tx, const Actor &actor, const QStringList &messageIds) const
{
    if (auto allowed = checkCount(messageIds.size(), m_settings.idListLimit); !allowed)
        return allowed;
    for (const auto &[number, reached] : reachOf(tx, messageIds)) {
        if (auto conversation = ConversationStore::findMarks(tx, actor.id, number);
            conversation && conversation->member(actor.id))
            moveMark(tx, *conversation, actor.id, MessageStatus::Delivered, reached, m_clock.now());
    }
    return {};
}

void MessageService::markDelivered(Transaction &tx, UserId user, ConversationId conversationId, Sequence from,
                                   Sequence through, Timestamp at) const
{
    auto conversation = ConversationStore::findMarks(tx, user, conversationId);
    const MemberRow *const member = conversation ? conversation->member(user) : nullptr;
    if (!member)
        return;
    const Sequence line = std::max({member->delivered.through, member->read.through, member->hiddenThrough});
    if (from > line + 1) {
        const auto own = MessageStore::countOf(tx, conversation->number, user, line)
            - MessageStore::countOf(tx, conversation->number, user, from - 1);
        if (own < from - 1 - line)
            return;
    }
    moveMark(tx, *conversation, user, MessageStatus::Delivered, through, at);
}

} // namespace Tertulia::Server
