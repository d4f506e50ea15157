// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/syncservice.h"

#include "base/faults.h"
#include "services/views.h"

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
    return conversation.lastChange > base || own.hiddenChange > base || own.listed > base
        || std::any_of(conversation.members.begin(), conversation.members.end(), [base](const MemberRow &member) {
               return member.read.change > base || member.delivered.change > base;
           });
}

/// How messages stand whose marks moved after `base`, for those that existed then.
void addStatuses(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence known,
                 ChangeNumber base, int limit, std::vector<MessageStatusData> &statuses)
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
        const MemberRow *by = conversation.other(message.senderId);
        statuses.push_back(
            {.messageId = message.id,
             .conversationId = conversation.id,
             .status = message.status,
             .timestamp = (message.readAt ? message.readAt : message.deliveredAt).value_or(message.createdAt),
             .userId = by ? by->user() : UserId(),
             .deliveredAt = message.deliveredAt,
             .readAt = message.readAt});
    }
}

} // namespace

Result<SyncCursor> SyncService::cursorOf(ReadTransaction &tx, const Actor &actor,
                                         const std::optional<QString> &since) const
{
    if (!since || since->isEmpty())
        return SyncCursor{};
    const ChangeNumber present = tx.committedChange();
    if (const auto time = fromIso8601(*since)) {
        // A client whose clock is ahead has everything up to now; what comes next is news to it.
        const qint64 micros = std::chrono::duration_cast<std::chrono::microseconds>(time->time_since_epoch()).count();
        return SyncCursor{.base = std::clamp<qint64>(micros, 0, present), .upTo = -1, .from = {}, .after = 0};
    }
    const auto cursor = SyncCursor::open(m_sealer, actor.id, *since);
    // What it says is ours, but a database that was restored from a backup may not have come so far.
    const bool isKnown = cursor && cursor->base >= 0 && cursor->base <= present && cursor->upTo <= present
        && cursor->from.changed <= present;
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
    SyncCursor cursor = *start;
    Sequence budget = std::min<qint64>(take->value_or(m_settings.syncDefault), m_settings.syncLimit);
    SyncResult page;
    const auto entries = ConversationStore::changedSince(tx, actor.id, cursor.from, conversationsPerPage + 1);
    for (size_t i = 0; i < entries.size(); ++i) {
        const auto &entry = entries[i];
        const bool isResumed =
            entry.changed == cursor.from.changed && entry.number == cursor.from.number && cursor.after > 0;
        const Sequence sent = isResumed ? cursor.after : 0;
        cursor.from = entry;
        cursor.after = sent;
        if (i == size_t(conversationsPerPage) || budget == 0) {
            page.hasMore = true;
            break;
        }
        const auto conversation = ConversationStore::find(tx, entry.number);
        const MemberRow *own = conversation ? conversation->member(actor.id) : nullptr;
        if (!own || !hasChanged(*conversation, *own, cursor.base))
            continue;
        if (own->hiddenChange > cursor.base && sent == 0)
            page.deletedConversationIds.push_back(conversation->id);
        if (own->listed == 0)
            continue;
        page.conversations.push_back(viewOf(tx, *conversation, actor.id));
        const Sequence known = MessageStore::lastUpTo(tx, *conversation, cursor.base);
        const Sequence present = MessageStore::lastUpTo(tx, *conversation, cursor.upTo);
        if (sent == 0)
            addStatuses(tx, *conversation, own->hiddenThrough + 1, known, cursor.base, m_settings.syncLimit,
                        page.statuses);
        const Sequence first = std::max({known, own->hiddenThrough, sent}) + 1;
        const Sequence last = std::min(present, first + budget - 1);
        if (first <= last) {
            const MessageView view(tx, *conversation, first, last);
            for (Message &message : MessageStore::range(tx, *conversation, first, last)) {
                view.complete(message);
                page.messages.push_back(std::move(message));
            }
            budget -= last - first + 1;
        }
        if (last < present && first <= present) {
            cursor.after = last;
            page.hasMore = true;
            break;
        }
    }
    const SyncCursor next = page.hasMore ? cursor : SyncCursor{.base = cursor.upTo, .upTo = -1, .from = {}, .after = 0};
    page.cursor = next.seal(m_sealer, actor.id);
    return page;
}

} // namespace Tertulia::Server
