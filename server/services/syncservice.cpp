// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/syncservice.h"

#include "services/views.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

/// Conversations of one page at most, whatever the number of messages.
constexpr int conversationsPerPage = 200;

/// Between two rounds: "base". Inside a round, which reports changes up to `upTo`: where the walk goes on.
struct Cursor
{
    ChangeNumber base = 0; ///< the caller has everything up to here
    ChangeNumber upTo = -1; ///< -1: a new round
    ConversationStore::ChangedEntry from;
    Sequence after = 0; ///< of the conversation at `from`: sent so far

    [[nodiscard]] QString toString() const
    {
        return u"%1-%2-%3-%4-%5"_s.arg(base).arg(upTo).arg(from.changed).arg(from.number).arg(after);
    }
};

std::optional<Cursor> parse(const QString &text)
{
    const QStringList parts = text.split(u'-');
    std::array<qint64, 5> values{};
    if (parts.size() != 1 && parts.size() != 5)
        return std::nullopt;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        bool isNumber = false;
        values[size_t(i)] = parts[i].toLongLong(&isNumber);
        if (!isNumber || values[size_t(i)] < 0)
            return std::nullopt;
    }
    if (parts.size() == 1)
        return Cursor{.base = values[0], .upTo = -1, .from = {}, .after = 0};
    return Cursor{
        .base = values[0], .upTo = values[1], .from = {.changed = values[2], .number = values[3]}, .after = values[4]};
}

Result<Cursor> cursorOf(const std::optional<QString> &since)
{
    if (!since || since->isEmpty())
        return Cursor{};
    if (const auto cursor = parse(*since))
        return *cursor;
    if (const auto time = fromIso8601(*since)) {
        const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(time->time_since_epoch()).count();
        return Cursor{.base = std::max<qint64>(0, micros), .upTo = -1, .from = {}, .after = 0};
    }
    return failure(Error::invalid(u"since"_s, u"since must be the cursor of an earlier answer or an ISO time."_s));
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

Result<SyncResult> SyncService::sync(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                     std::optional<qint64> take) const
{
    auto start = cursorOf(since);
    if (!start)
        return failure(start.error());
    if (take && *take < 1)
        return failure(Error::invalid(u"take"_s, u"take must be at least 1."_s));
    Cursor cursor = *start;
    if (cursor.upTo < 0) {
        cursor.upTo = std::max(cursor.base, tx.committedChange());
        cursor.from = {.changed = std::max<qint64>(1, cursor.base - changedLag), .number = 0};
    }
    Sequence budget = std::min<qint64>(take.value_or(m_settings.syncDefault), m_settings.syncLimit);
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
    page.cursor = page.hasMore ? cursor.toString() : QString::number(cursor.upTo);
    return page;
}

} // namespace Tertulia::Server
