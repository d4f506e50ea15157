// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/messageservice.h"
#include "services/views.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// The message's conversation, if the actor may see the message.
std::optional<ConversationRow> conversationOf(ReadTransaction &tx, const Actor &actor, const MessageStore::Place &place)
{
    auto conversation = ConversationStore::find(tx, place.conversation);
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
std::unordered_map<ConversationNumber, Sequence> reachOf(ReadTransaction &tx, const QStringList &ids)
{
    std::unordered_map<ConversationNumber, Sequence> reach;
    for (const QString &text : ids) {
        const auto id = MessageId::parse(text);
        const auto place = id ? MessageStore::place(tx, *id) : std::nullopt;
        if (place)
            reach[place->conversation] = std::max(reach[place->conversation], place->sequence);
    }
    return reach;
}

MarkResult resultOf(const ConversationRow &conversation, UserId user, MessageStatus status,
                    const std::vector<MessageHead> &heads, Timestamp now)
{
    const MemberRow &member = *conversation.member(user);
    MarkResult result{.conversationId = conversation.id,
                      .messageIds = {},
                      .readAt = {},
                      .deliveredAt = {},
                      .unreadCount = member.unread(conversation.lastSequence)};
    for (const MessageHead &head : heads)
        result.messageIds.push_back(head.id);
    const Mark &mark = status == MessageStatus::Read ? member.read : member.delivered;
    (status == MessageStatus::Read ? result.readAt : result.deliveredAt) = mark.at > Timestamp() ? mark.at : now;
    return result;
}

/// Both kinds of mark, by the id in the path and the list in the body.
Result<MarkResult> markByMessage(Transaction &tx, const Actor &actor, QStringView messageId,
                                 const std::optional<QStringList> &ids, MessageStatus status, Timestamp now)
{
    const auto id = MessageId::parse(messageId);
    const auto place = id ? MessageStore::place(tx, *id) : std::nullopt;
    auto conversation = place ? conversationOf(tx, actor, *place) : std::nullopt;
    if (!conversation)
        return failure(Error::notFound(u"There is no such message."_s));
    Sequence through = place->sequence;
    if (ids && ids->isEmpty()) {
        through = conversation->lastSequence;
    } else if (ids) {
        for (const auto &[number, reached] : reachOf(tx, *ids)) {
            if (number == conversation->number) {
                through = std::max(through, reached);
            } else if (auto other = ConversationStore::find(tx, number); other && other->member(actor.id)) {
                moveMark(tx, *other, actor.id, status, reached, now);
            }
        }
    }
    const auto heads = moveMark(tx, *conversation, actor.id, status, through, now);
    return resultOf(*conversation, actor.id, status, heads, now);
}

} // namespace

Result<MarkResult> MessageService::markRead(Transaction &tx, const Actor &actor, QStringView messageId,
                                            const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    return markByMessage(tx, actor, messageId, ids, MessageStatus::Read, m_clock.now());
}

Result<MarkResult> MessageService::markDelivered(Transaction &tx, const Actor &actor, QStringView messageId,
                                                 const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    return markByMessage(tx, actor, messageId, ids, MessageStatus::Delivered, m_clock.now());
}

Result<MarkResult> MessageService::markConversationRead(Transaction &tx, const Actor &actor, QStringView conversationId,
                                                        const std::optional<QStringList> &ids) const
{
    if (auto allowed = checkCount(ids ? ids->size() : 0, m_settings.idListLimit); !allowed)
        return failure(allowed.error());
    const auto id = ConversationId::parse(conversationId);
    auto conversation = id ? ConversationStore::find(tx, *id) : std::nullopt;
    if (!conversation || !conversation->member(actor.id))
        return failure(Error::notFound(u"There is no such conversation."_s));
    Sequence through = conversation->lastSequence;
    if (ids && !ids->isEmpty()) {
        const auto reach = reachOf(tx, *ids);
        const auto here = reach.find(conversation->number);
        through = here == reach.end() ? 0 : here->second;
    }
    const Timestamp now = m_clock.now();
    const auto heads = moveMark(tx, *conversation, actor.id, MessageStatus::Read, through, now);
    return resultOf(*conversation, actor.id, MessageStatus::Read, heads, now);
}

Result<void> MessageService::markDelivered(Transaction &tx, const Actor &actor, const QStringList &messageIds) const
{
    if (auto allowed = checkCount(messageIds.size(), m_settings.idListLimit); !allowed)
        return allowed;
    for (const auto &[number, reached] : reachOf(tx, messageIds)) {
        if (auto conversation = ConversationStore::findMarks(tx, number);
            conversation && conversation->member(actor.id))
            moveMark(tx, *conversation, actor.id, MessageStatus::Delivered, reached, m_clock.now());
    }
    return {};
}

void MessageService::markDelivered(Transaction &tx, UserId user, ConversationId conversationId, Sequence through) const
{
    if (auto conversation = ConversationStore::findMarks(tx, conversationId);
        conversation && conversation->member(user))
        moveMark(tx, *conversation, user, MessageStatus::Delivered, through, m_clock.now());
}

} // namespace Tertulia::Server
