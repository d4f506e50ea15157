// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/views.h"

#include "services/presence.h"
#include "store/datestore.h"

#include <limits>
#include <map>

namespace Tertulia::Server {

namespace {

/// Messages named in one status event; older ones are read or delivered all the same.
constexpr Sequence namedMessages = 1'000;

std::vector<Mark> stepsOf(ReadTransaction &tx, const MemberRow &member, ReceiptKind kind, Sequence first, Sequence last)
{
    const Mark &mark = kind == ReceiptKind::Read ? member.read : member.delivered;
    std::vector<Mark> steps;
    if (mark.through >= first) {
        steps = MessageStore::receiptSteps(tx, member.key, kind, first, last);
        steps.push_back(mark);
    }
    if (kind == ReceiptKind::Delivered && member.told.through >= first)
        steps.push_back(member.told);
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
    if (!hasStep || now - mark.at > markStep || mark.at < earliest || credible(mark.at) != mark.at) {
        if (hasStep)
            MessageStore::addReceipt(tx, member.key, kind, mark);
        mark.at = std::max({now, credible(mark.at), earliest});
    }
    mark.through = through;
    mark.change = change;
    return kind == ReceiptKind::Read ? ConversationStore::saveRead(tx, member)
                                     : ConversationStore::saveDelivered(tx, member);
}

RecipientMarks marksOf(const MemberRow &member)
{
    return {.delivered = std::max({member.delivered.through, member.told.through, member.read.through}),
            .read = member.read.through};
}

/// How far the least advanced of some members has come, and the next of them, so that any one can be left out: a
/// message is not for its sender, whoever that is.
class LeastAdvanced
{
public:
    void add(UserId member, Sequence through)
    {
        if (through < m_through) {
            m_next = m_through;
            m_through = through;
            m_member = member;
        } else {
            m_next = std::min(m_next, through);
        }
    }
    [[nodiscard]] Sequence without(UserId member) const { return member == m_member ? m_next : m_through; }
    /// Whoever is left out, it is no further.
    [[nodiscard]] Sequence utmost() const { return m_next; }

private:
    UserId m_member;
    Sequence m_through = std::numeric_limits<Sequence>::max();
    Sequence m_next = std::numeric_limits<Sequence>::max();
};

/// The messages of others in (after, through], the newest of very many.
std::vector<MessageHead> headsFor(ReadTransaction &tx, const ConversationRow &conversation, UserId member,
                                  Sequence after, Sequence through)
{
    auto heads = MessageStore::heads(tx, conversation.number, std::max(after, through - namedMessages), through);
    std::erase_if(heads, [member](const MessageHead &head) { return head.sender == member; });
    return heads;
}

void tell(Transaction &tx, const ConversationRow &conversation, UserId by, MessageStatus status, Timestamp at,
          const std::vector<MessageHead> &heads, std::vector<UserId> audience, Sequence toldThrough = 0)
{
    MessageStatusChanged event{.conversation = conversation.id,
                               .status = status,
                               .by = by,
                               .messages = {},
                               .audience = std::move(audience),
                               .toldThrough = toldThrough};
    event.messages.reserve(heads.size());
    for (const MessageHead &head : heads)
        event.messages.push_back({.id = head.id, .sequence = head.sequence, .at = std::max(head.createdAt, at)});
    tx.record(std::move(event));
}

/// The member was the last of the recipients of some messages to come so far.
void tellOfGroup(Transaction &tx, const ConversationRow &conversation, const MemberRow &member, MessageStatus status,
                 Sequence before, const Mark &mark)
{
    if (!conversation.isSmall())
        return;
    LeastAdvanced others;
    for (const MemberRow &other : conversation.members) {
        const RecipientMarks marks = marksOf(other);
        if (other.user() != member.user())
            others.add(other.user(), status == MessageStatus::Read ? marks.read : marks.delivered);
    }
    const Sequence last = std::min(mark.through, others.utmost());
    if (last <= before)
        return; // the usual case: others are behind
    std::map<UserId, std::vector<MessageHead>> bySender;
    for (const MessageHead &head : headsFor(tx, conversation, member.user(), before, last)) {
        if (head.sequence <= others.without(head.sender) && conversation.member(head.sender))
            bySender[head.sender].push_back(head);
    }
    for (const auto &[sender, heads] : bySender)
        tell(tx, conversation, member.user(), status, mark.at, heads, {sender});
}

std::vector<MessageHead> recordStatus(Transaction &tx, const ConversationRow &conversation, const MemberRow &member,
                                      MessageStatus status, Sequence before, const Mark &mark)
{
    auto heads = headsFor(tx, conversation, member.user(), before, mark.through);
    if (heads.empty())
        return heads;
    if (conversation.type == ConversationType::Group) {
        tellOfGroup(tx, conversation, member, status, before, mark);
        return heads;
    }
    std::vector<UserId> both;
    both.reserve(conversation.members.size());
    for (const MemberRow &one : conversation.members)
        both.push_back(one.user());
    tell(tx, conversation, member.user(), status, mark.at, heads, std::move(both),
         status == MessageStatus::Delivered ? member.told.through : 0);
    return heads;
}

/// @param last the conversation's last message, which the viewer may have deleted with all before it
Conversation viewWith(ReadTransaction &tx, const ConversationRow &conversation, UserId viewer,
                      std::optional<LastMessage> last)
{
    Conversation view;
    view.id = conversation.id;
    view.type = conversation.type;
    view.revision = conversation.revision;
    view.updatedAt = conversation.updatedAt;
    view.participants.reserve(conversation.members.size());
    bool showsLast = false;
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
        view.readThrough = member.read.through;
        view.hiddenThrough = member.hiddenThrough;
        showsLast = conversation.lastSequence > member.hiddenThrough;
    }
    if (showsLast)
        view.lastMessage = std::move(last);
    const RecipientMarks others = marksOf(conversation, viewer);
    view.othersDelivered = others.delivered;
    view.othersRead = others.read;
    if (view.lastMessage)
        view.lastMessage->status = statusOf(conversation, view.lastMessage->senderId, view.lastMessage->sequence);
    return view;
}

/// The latest first, at most so many.
template <class Receipt> void keepLatest(std::vector<Receipt> &receipts, Timestamp Receipt::*at, int limit)
{
    std::stable_sort(receipts.begin(), receipts.end(),
                     [at](const Receipt &a, const Receipt &b) { return a.*at > b.*at; });
    if (receipts.size() > size_t(limit))
        receipts.resize(size_t(limit));
}

} // namespace

RecipientMarks marksOf(const ConversationRow &conversation, UserId except)
{
    if (!conversation.isSmall())
        return {}; // 5,000 marks make no status that anybody would look at; receipts count them
    std::optional<RecipientMarks> least;
    for (const MemberRow &member : conversation.members) {
        if (member.user() == except)
            continue;
        const RecipientMarks marks = marksOf(member);
        least = least ? RecipientMarks{.delivered = std::min(least->delivered, marks.delivered),
                                       .read = std::min(least->read, marks.read)}
                      : marks;
    }
    return least.value_or(RecipientMarks());
}

MessageStatus statusOf(const ConversationRow &conversation, UserId sender, Sequence sequence)
{
    return statusAt(sequence, marksOf(conversation, sender));
}

MessageView::MessageView(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last)
    : m_tx(tx)
    , m_conversation(conversation)
{
    if (!conversation.isWhole())
        return;
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

MessageReceipts MessageView::receipts(const Message &message, int limit) const
{
    MessageReceipts all;
    all.messageId = message.id;
    for (const Steps &steps : m_steps) {
        const UserId user = steps.member->user();
        if (user == message.senderId)
            continue;
        ++all.memberCount;
        const auto read = timeIn(steps.read, message.sequence);
        const auto delivered = timeIn(steps.delivered, message.sequence);
        if (!delivered && !read)
            continue;
        all.deliveredTo.push_back(
            {.userId = user, .deliveredAt = std::max(message.createdAt, *(delivered ? delivered : read))});
        if (read)
            all.readBy.push_back({.userId = user, .readAt = std::max(*read, all.deliveredTo.back().deliveredAt)});
    }
    all.deliveredCount = int(all.deliveredTo.size());
    all.readCount = int(all.readBy.size());
    keepLatest(all.deliveredTo, &DeliveredTo::deliveredAt, limit);
    keepLatest(all.readBy, &ReadBy::readAt, limit);
    return all;
}

Conversation viewOf(ReadTransaction &tx, const ConversationRow &conversation, UserId viewer)
{
    return viewWith(tx, conversation, viewer, MessageStore::last(tx, conversation));
}

std::vector<Conversation> viewsOf(ReadTransaction &tx, const std::vector<ConversationRow> &conversations, UserId viewer)
{
    std::vector<Conversation> views;
    views.reserve(conversations.size());
    auto last = MessageStore::last(tx, conversations);
    for (size_t i = 0; i < conversations.size(); ++i)
        views.push_back(viewWith(tx, conversations[i], viewer, std::move(last[i])));
    return views;
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
    if (conversation.isSmall())
        ConversationStore::touch(tx, conversation, change);
    else
        tx.record(MarksMoved{conversation.id});
    std::vector<MessageHead> heads;
    if (isDelivered)
        heads = recordStatus(tx, conversation, member, MessageStatus::Delivered, deliveredBefore, member.delivered);
    if (isRead) {
        heads = recordStatus(tx, conversation, member, MessageStatus::Read, readBefore, member.read);
        if (conversation.isListed(member)) {
            Conversation seen = viewOf(tx, conversation, user);
            if (!conversation.isWhole())
                seen.participants.clear(); // not said
            tx.record(ConversationChanged{.user = user, .conversation = std::move(seen)});
        }
    }
    return heads;
}

} // namespace Tertulia::Server
