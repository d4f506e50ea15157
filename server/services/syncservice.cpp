// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/syncservice.h"

#include "base/faults.h"
#include "services/views.h"
#include "store/databasecopy.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// Conversations of one page at most, whatever the number of messages.
constexpr int conversationsPerPage = 200;

/// What a client kept of another server, of another person or of an earlier version. The reason tells it to read its
/// list anew (docs/protocol/rest.md).
Error unknownCursor()
{
    Error error = Error::invalid(
        u"since"_s, u"since must be the cursor of an earlier answer to this account, or an ISO time. Begin anew."_s);
    error.reason = u"UNKNOWN_CURSOR"_s;
    return error;
}

bool hasChanged(const ConversationRow &conversation, const MemberRow &own, ChangeNumber base)
{
    return conversation.lastChange > base || conversation.touched > base || own.hiddenChange > base || own.listed > base
        || std::any_of(conversation.members.begin(), conversation.members.end(), [base](const MemberRow &member) {
               return member.read.change > base || member.delivered.change > base;
           });
}

/// How messages stand whose marks moved after `base`, for those that existed then: for clients that know of no marks.
void addStatuses(ReadTransaction &tx, const ConversationRow &conversation, UserId viewer, Sequence first,
                 Sequence known, ChangeNumber base, int limit, std::vector<MessageStatusData> &statuses)
{
    Sequence low = known;
    for (const MemberRow &member : conversation.members) {
        if (member.delivered.change > base)
            low = std::min(low, MessageStore::receiptAt(tx, member.key, ReceiptKind::Delivered, base));
        if (member.read.change > base)
            low = std::min(low, MessageStore::receiptAt(tx, member.key, ReceiptKind::Read, base));
    }
    first = std::max({first, low + 1, known - limit + 1});
    if (first > known)
        return;
    const MessageView view(tx, conversation, first, known);
    for (Message &message : MessageStore::range(tx, conversation, first, known)) {
        view.complete(message);
        if (message.status == MessageStatus::Sent)
            continue;
        // One of its recipients: of somebody else's message the viewer.
        const MemberRow *const other = conversation.other(viewer);
        const UserId by = message.senderId == viewer && other ? other->user() : viewer;
        statuses.push_back(
            {.messageId = message.id,
             .conversationId = conversation.id,
             .status = message.status,
             .timestamp = (message.readAt ? message.readAt : message.deliveredAt).value_or(message.createdAt),
             .userId = by,
             .deliveredAt = message.deliveredAt,
             .readAt = message.readAt,
             .sequence = message.sequence});
    }
}

/// Those that were there at the cursor's base and have changed since, from where the cursor is.
std::vector<MessageStore::Touched> changedMessages(ReadTransaction &tx, const ConversationRow &conversation,
                                                   const SyncCursor &cursor, Sequence known, Sequence limit)
{
    if (cursor.sent > 0 || known == 0)
        return {}; // they come first
    const auto from = cursor.touched.at > 0
        ? cursor.touched
        : MessageStore::Touched{.at = cursor.base, .sequence = std::numeric_limits<quint32>::max()};
    return MessageStore::touchedSince(tx, conversation.number, from, known, int(limit));
}

void addMessages(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last,
                 std::vector<Message> &messages)
{
    const MessageView view(tx, conversation, first, last);
    for (Message &message : MessageStore::range(tx, conversation, first, last)) {
        view.complete(message);
        messages.push_back(std::move(message));
    }
}

/// One page in the making.
struct Walk
{
    SyncCursor cursor;
    Sequence budget = 0; ///< messages that it still takes
    int statuses = 0; ///< at most, of one conversation
    SyncResult page;
};

/// Takes in what has changed of one conversation, from where the cursor is in it. False: the page is full.
bool takeConversation(ReadTransaction &tx, UserId user, ConversationNumber number, bool isResumed, Walk &walk)
{
    SyncCursor &cursor = walk.cursor;
    SyncResult &page = walk.page;
    const auto conversation = ConversationStore::find(tx, number);
    const MemberRow *own = conversation ? conversation->member(user) : nullptr;
    if (!own)
        return true;
    const Sequence known = MessageStore::lastUpTo(tx, *conversation, cursor.base);
    const auto changed = changedMessages(tx, *conversation, cursor, known, walk.budget);
    if (changed.empty() && !hasChanged(*conversation, *own, cursor.base))
        return true;
    if (own->hiddenChange > cursor.base && !isResumed)
        page.deletedConversationIds.push_back(conversation->id);
    if (!conversation->isListed(*own))
        return true;
    page.conversations.push_back(viewOf(tx, *conversation, user));
    if (!isResumed)
        addStatuses(tx, *conversation, user, own->hiddenThrough + 1, known, cursor.base, walk.statuses, page.statuses);
    for (const MessageStore::Touched &one : changed) {
        if (one.sequence > own->hiddenThrough)
            addMessages(tx, *conversation, one.sequence, one.sequence, page.messages);
        cursor.touched = one;
    }
    walk.budget -= Sequence(changed.size());
    if (walk.budget == 0 && !changed.empty())
        return false; // perhaps there are more: the next page looks
    const Sequence present = MessageStore::lastUpTo(tx, *conversation, cursor.upTo);
    const Sequence first = std::max({known, own->hiddenThrough, cursor.sent}) + 1;
    const Sequence last = std::min(present, first + walk.budget - 1);
    if (first <= last) {
        addMessages(tx, *conversation, first, last, page.messages);
        walk.budget -= last - first + 1;
    }
    if (last >= present || first > present)
        return true;
    cursor.sent = last;
    return false;
}

} // namespace

Result<SyncCursor> SyncService::cursorOf(ReadTransaction &tx, const Actor &actor,
                                         const std::optional<QString> &since) const
{
    if (!since || since->isEmpty())
        return SyncCursor::after(0);
    const ChangeNumber present = tx.committedChange();
    if (const auto time = fromIso8601(*since)) {
        // A client whose clock is ahead has everything up to now; what comes next is news to it.
        const qint64 micros = std::chrono::duration_cast<std::chrono::microseconds>(time->time_since_epoch()).count();
        return SyncCursor::after(std::clamp<qint64>(micros, 0, present));
    }
    const auto cursor = SyncCursor::open(m_sealer, actor.id, epochOf(tx), *since);
    // What it says is ours, but a database that was put back in another way than from a backup may not have come so
    // far.
    const bool isKnown = cursor && cursor->base >= 0 && cursor->base <= present && cursor->upTo <= present;
    return isKnown ? Result<SyncCursor>(*cursor) : failure(unknownCursor());
}

Result<SyncCursor> SyncService::begin(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                      const Result<std::optional<qint64>> &take) const
{
    const auto start = cursorOf(tx, actor, since);
    Faults faults;
    faults.add(start);
    faults.add(take);
    if (take && *take && **take < 1)
        faults.add(Error::invalid(u"take"_s, u"take must be at least 1."_s));
    if (auto good = faults.verdict(); !good)
        return failure(good.error());
    SyncCursor cursor = *start;
    if (cursor.upTo < 0) {
        cursor.upTo = tx.committedChange();
        cursor.from = {.changed = std::max<qint64>(1, cursor.base - changedLag), .number = 0};
    }
    return cursor;
}

Result<SyncResult> SyncService::sync(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                     const Result<std::optional<qint64>> &take) const
{
    const auto start = begin(tx, actor, since, take);
    if (!start)
        return failure(start.error());
    Walk walk{.cursor = *start,
              .budget = std::min<qint64>(take->value_or(m_settings.syncDefault), m_settings.syncLimit),
              .statuses = m_settings.syncLimit,
              .page = {}};
    SyncCursor &cursor = walk.cursor;
    SyncResult &page = walk.page;
    const auto entries =
        ConversationStore::changedSince(tx, actor.id, cursor.from, cursor.base, conversationsPerPage + 1);
    for (size_t i = 0; i < entries.size(); ++i) {
        const auto &entry = entries[i];
        const bool isResumed = entry.changed == cursor.from.changed && entry.number == cursor.from.number
            && (cursor.sent > 0 || cursor.touched.at > 0);
        cursor.from = entry;
        if (!isResumed) {
            cursor.touched = {};
            cursor.sent = 0;
        }
        if (i == size_t(conversationsPerPage) || walk.budget == 0) {
            page.hasMore = true;
            break;
        }
        if (!takeConversation(tx, actor.id, entry.number, isResumed, walk)) {
            page.hasMore = true;
            break;
        }
    }
    const SyncCursor next = page.hasMore ? cursor : SyncCursor::after(cursor.upTo);
    // A walk of several pages may have stood still while its client heard nothing: what happened since it began
    // follows.
    page.hasMore = page.hasMore || cursor.upTo < tx.committedChange();
    page.cursor = next.seal(m_sealer, actor.id, epochOf(tx));
    return std::move(walk.page);
}

} // namespace Tertulia::Server
