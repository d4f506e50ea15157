// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/views.h"

#include "services/presence.h"
#include "store/datestore.h"

namespace Tertulia::Server {

namespace {

/// Marks that move within this time of the step's beginning belong to the step: deliveredAt and readAt are that exact.
constexpr auto stepLength = std::chrono::seconds(1);
/// Messages named in one status event; older ones are read or delivered all the same.
constexpr Sequence namedMessages = 1'000;

std::vector<Mark> stepsOf(ReadTransaction &tx, const MemberRow &member, ReceiptKind kind, Sequence first, Sequence last)
{
    const Mark &mark = kind == ReceiptKind::Read ? member.read : member.delivered;
    if (mark.through < first)
        return {};
    auto steps = MessageStore::receiptSteps(tx, member.key, kind, first, last);
    steps.push_back(mark);
    return steps;
}

std::optional<Timestamp> timeIn(const std::vector<Mark> &steps, Sequence sequence)
{
    const auto step = std::lower_bound(steps.begin(), steps.end(), sequence,
                                       [](const Mark &mark, Sequence wanted) { return mark.through < wanted; });
    return step == steps.end() ? std::nullopt : std::optional(step->at);
}

/// The latest of all, empty as soon as one is missing.
void combine(std::optional<Timestamp> &all, std::optional<Timestamp> one, bool isFirst)
{
    if (isFirst)
        all = one;
    else if (all && one)
        all = std::max(*all, *one);
    else
        all.reset();
}

bool advanceMark(Transaction &tx, MemberRow &member, ReceiptKind kind, Sequence through, Timestamp now,
                 ChangeNumber change)
{
    Mark &mark = kind == ReceiptKind::Read ? member.read : member.delivered;
    if (through <= mark.through)
        return false;
    // Of a clock that was set right since: holds nothing.
    const auto credible = [now](Timestamp date) { return DateStore::isAhead(date, now) ? Timestamp() : date; };
    // Nothing is read before it was delivered.
    const Timestamp earliest = kind == ReceiptKind::Read ? credible(member.delivered.at) : Timestamp();
    const bool hasStep = mark.at > Timestamp();
    if (!hasStep || now - mark.at > stepLength || mark.at < earliest || credible(mark.at) != mark.at) {
        if (hasStep)
            MessageStore::addReceipt(tx, member.key, kind, mark);
        mark.at = std::max({now, credible(mark.at), earliest});
    }
    mark.through = through;
    mark.change = change;
    return kind == ReceiptKind::Read ? ConversationStore::saveRead(tx, member)
                                     : ConversationStore::saveDelivered(tx, member);
}

std::vector<MessageHead> recordStatus(Transaction &tx, const ConversationRow &conversation, const MemberRow &member,
                                      MessageStatus status, Sequence before, const Mark &mark)
{
    auto heads =
        MessageStore::heads(tx, conversation.number, std::max(before, mark.through - namedMessages), mark.through);
    std::erase_if(heads, [&member](const MessageHead &head) { return head.sender == member.user(); });
    if (heads.empty())
        return heads;
    MessageStatusChanged event;
    event.conversation = conversation.id;
    event.status = status;
    event.by = member.user();
    event.messages.reserve(heads.size());
    for (const MessageHead &head : heads)
        event.messages.push_back({.id = head.id, .sequence = head.sequence, .at = std::max(head.createdAt, mark.at)});
    event.audience.reserve(conversation.members.size());
    for (const MemberRow &other : conversation.members)
        event.audience.push_back(other.user());
    tx.record(std::move(event));
    return heads;
}

} // namespace

MessageStatus statusOf(const ConversationRow &conversation, UserId sender, Sequence sequence)
{
    bool hasRecipient = false;
    bool isRead = true;
    for (const MemberRow &member : conversation.members) {
        if (member.user() == sender)
            continue;
        hasRecipient = true;
        isRead = isRead && member.read.through >= sequence;
        if (member.delivered.through < sequence && member.read.through < sequence)
            return MessageStatus::Sent;
    }
    if (!hasRecipient)
        return MessageStatus::Sent;
    return isRead ? MessageStatus::Read : MessageStatus::Delivered;
}

MessageView::MessageView(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last)
    : m_tx(tx)
    , m_conversation(conversation)
{
    m_steps.reserve(conversation.members.size());
    for (const MemberRow &member : conversation.members) {
        m_steps.push_back({.member = &member,
                           .delivered = stepsOf(tx, member, ReceiptKind::Delivered, first, last),
                           .read = stepsOf(tx, member, ReceiptKind::Read, first, last)});
    }
}

void MessageView::complete(Message &message) const
{
    message.conversationId = m_conversation.id;
    message.status = statusOf(m_conversation, message.senderId, message.sequence);
    bool isFirst = true;
    bool isSenderHere = false;
    for (const Steps &steps : m_steps) {
        if (steps.member->user() == message.senderId) {
            isSenderHere = true;
            message.sender = steps.member->card;
            continue;
        }
        if (m_conversation.type == ConversationType::Direct)
            message.recipientId = steps.member->user();
        combine(message.deliveredAt, timeIn(steps.delivered, message.sequence), isFirst);
        combine(message.readAt, timeIn(steps.read, message.sequence), isFirst);
        isFirst = false;
    }
    if (!isSenderHere) {
        if (auto person = ConversationStore::person(m_tx, message.senderId))
            message.sender = std::move(person->card);
    }
    if (message.deliveredAt)
        message.deliveredAt = std::max(*message.deliveredAt, message.createdAt);
    if (message.readAt)
        message.readAt =
            std::max({*message.readAt, message.createdAt, message.deliveredAt.value_or(message.createdAt)});
}

Conversation viewOf(ReadTransaction &tx, const ConversationRow &conversation, UserId viewer)
{
    Conversation view;
    view.id = conversation.id;
    view.type = conversation.type;
    view.revision = conversation.revision;
    view.updatedAt = conversation.updatedAt;
    view.participants.reserve(conversation.members.size());
    for (const MemberRow &member : conversation.members) {
        const bool isShown = PresenceRules::maySee(tx, viewer, member.user(), conversation);
        view.participants.push_back({.id = member.card.id,
                                     .fullName = member.card.fullName,
                                     .username = member.card.username,
                                     .avatar = member.card.avatar,
                                     .role = member.role,
                                     .isOnline = isShown,
                                     .lastSeenAt = isShown ? member.lastSeenAt : std::nullopt});
        if (member.user() != viewer)
            continue;
        view.unreadCount = member.unread(conversation.lastSequence);
        if (conversation.lastSequence > member.hiddenThrough)
            view.lastMessage = MessageStore::last(tx, conversation);
    }
    if (view.lastMessage)
        view.lastMessage->status = statusOf(conversation, view.lastMessage->senderId, view.lastMessage->sequence);
    return view;
}

std::vector<MessageHead> moveMark(Transaction &tx, ConversationRow &conversation, UserId user, MessageStatus status,
                                  Sequence through, Timestamp now)
{
    MemberRow &member = *conversation.member(user);
    through = std::min(through, conversation.lastSequence);
    const Sequence deliveredBefore = member.delivered.through;
    const Sequence readBefore = member.read.through;
    const bool isReading = status == MessageStatus::Read;
    if (through <= (isReading ? readBefore : deliveredBefore))
        return {};
    tx.promiseSuccess();
    const ChangeNumber change = tx.nextChange();
    const bool isDelivered = advanceMark(tx, member, ReceiptKind::Delivered, through, now, change);
    const bool isRead = isReading && advanceMark(tx, member, ReceiptKind::Read, through, now, change);
    if (isRead && (member.ownUnread > 0 || std::max(through, member.hiddenThrough) < conversation.lastSequence))
        ConversationStore::recountOwn(tx, member);
    for (MemberRow &other : conversation.members)
        ConversationStore::touch(tx, other, change);
    std::vector<MessageHead> heads;
    if (isDelivered)
        heads = recordStatus(tx, conversation, member, MessageStatus::Delivered, deliveredBefore, member.delivered);
    if (isRead) {
        heads = recordStatus(tx, conversation, member, MessageStatus::Read, readBefore, member.read);
        if (conversation.isListed(member))
            tx.record(ConversationChanged{.user = user, .conversation = viewOf(tx, conversation, user)});
    }
    return heads;
}

} // namespace Tertulia::Server
