// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/timelinerows.h"

#include "client/cache/messagecache.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>

namespace Tertulia::Client {

TimelineRows::TimelineRows(const UserCard &self, QObject *parent)
    : QObject(parent)
    , m_self(self)
{
}

int TimelineRows::indexOfRow(quint64 rowId) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(),
                                 [rowId](const TimelineEntry &entry) { return entry.rowId == rowId; });
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

int TimelineRows::placeOf(Sequence sequence) const
{
    const auto at =
        std::partition_point(m_rows.begin() + m_pendingCount, m_rows.end(),
                             [sequence](const TimelineEntry &entry) { return entry.message.sequence > sequence; });
    return int(at - m_rows.begin());
}

int TimelineRows::indexOfSequence(Sequence sequence) const
{
    const int place = placeOf(sequence);
    return place < count() ? place : -1;
}

int TimelineRows::indexOfMessage(const MessageId &id) const
{
    if (!m_ids.contains(id))
        return -1;
    const auto at = std::find_if(m_rows.begin() + m_pendingCount, m_rows.end(),
                                 [&id](const TimelineEntry &entry) { return entry.message.id == id; });
    return at == m_rows.end() ? -1 : int(at - m_rows.begin());
}

int TimelineRows::indexOfPending(const QString &clientMessageId) const
{
    const auto end = m_rows.begin() + m_pendingCount;
    const auto at = std::find_if(m_rows.begin(), end, [&clientMessageId](const TimelineEntry &entry) {
        return entry.message.clientMessageId == clientMessageId;
    });
    return at == end ? -1 : int(at - m_rows.begin());
}

const Message *TimelineRows::newest() const
{
    return messageCount() > 0 ? &at(m_pendingCount).message : nullptr;
}

const Message *TimelineRows::oldest() const
{
    return messageCount() > 0 ? &m_rows.back().message : nullptr;
}

TimelineEntry TimelineRows::entryOf(Message message)
{
    TimelineEntry entry{
        .rowId = ++m_lastRowId, .message = std::move(message), .position = 0, .failure = {}, .pendingReaction = {}};
    if (const auto waiting = m_reactions.find(entry.message.id); waiting != m_reactions.end())
        entry.pendingReaction = waiting->second;
    return entry;
}

TimelineEntry TimelineRows::entryOf(const Command &pending)
{
    TimelineEntry entry{
        .rowId = ++m_lastRowId, .message = {}, .position = pending.position, .failure = {}, .pendingReaction = {}};
    entry.message.clientMessageId = pending.clientMessageId;
    entry.message.conversationId = pending.conversation;
    entry.message.senderId = m_self.id;
    entry.message.sender.id = m_self.id;
    entry.message.content = pending.content;
    entry.message.createdAt = pending.createdAt;
    const bool isFailed = pending.state == Command::State::Failed;
    entry.message.status = isFailed ? MessageStatus::Failed : MessageStatus::Sending;
    if (isFailed)
        entry.failure = pending.failure;
    return entry;
}

bool TimelineRows::add(std::vector<Message> messages)
{
    std::stable_sort(messages.begin(), messages.end(),
                     [](const Message &a, const Message &b) { return a.sequence > b.sequence; });
    bool isAnyNew = false;
    std::unordered_set<MessageId> seen;
    std::vector<TimelineEntry> block; // new ones that stand together
    int place = 0;
    const auto flush = [&] {
        if (!block.empty())
            insert(std::exchange(block, {}), place);
    };
    for (Message &message : messages) {
        if (!seen.insert(message.id).second || (!block.empty() && block.back().message.sequence == message.sequence))
            continue; // twice in one answer
        if (m_ids.contains(message.id) || indexOfPending(message.clientMessageId.value_or(QString())) >= 0
            || (placeOf(message.sequence) < count()
                && at(placeOf(message.sequence)).message.sequence == message.sequence)) {
            flush();
            const bool isNew = promote(message);
            isAnyNew = isAnyNew || isNew;
            if (isNew || merge(message))
                continue;
        }
        const int own = placeOf(message.sequence);
        if (own != place)
            flush();
        place = own;
        isAnyNew = true;
        block.push_back(entryOf(std::move(message)));
    }
    flush();
    return isAnyNew;
}

bool TimelineRows::promote(const Message &message)
{
    if (message.senderId != m_self.id || !message.clientMessageId)
        return false;
    const int from = indexOfPending(*message.clientMessageId);
    if (from < 0)
        return false;
    if (m_ids.contains(message.id)) { // it came without its client message id before
        remove(from, from);
        return false;
    }
    // The oldest pending row becomes the newest message without moving, the usual case.
    const int to = placeOf(message.sequence) - 1;
    if (to + 1 < count() && at(to + 1).message.sequence == message.sequence) {
        remove(from, from);
        return false;
    }
    if (from != to)
        Q_EMIT rowAboutToBeMoved(from, to);
    TimelineEntry entry{
        .rowId = at(from).rowId, .message = message, .position = 0, .failure = {}, .pendingReaction = {}};
    m_rows.erase(row(from));
    m_rows.insert(row(to), std::move(entry));
    --m_pendingCount;
    m_ids.insert(message.id);
    if (from != to)
        Q_EMIT rowMoved(from, to);
    Q_EMIT rowsChanged(to, to);
    return true;
}

bool TimelineRows::merge(const Message &message)
{
    const int place = placeOf(message.sequence);
    const bool isTaken = place < count() && at(place).message.sequence == message.sequence;
    if (isTaken && at(place).message.id == message.id) {
        if (mergeMessage(m_rows[size_t(place)].message, message))
            Q_EMIT rowsChanged(place, place);
        return true;
    }
    // The server takes back what it said: the same place for another message, or another place for the same.
    if (isTaken)
        remove(place, place);
    if (const int elsewhere = indexOfMessage(message.id); elsewhere >= 0)
        remove(elsewhere, elsewhere);
    return false;
}

MessageStatus TimelineRows::statusOf(const TimelineEntry &entry) const
{
    return entry.isPending() ? entry.message.status : statusAt(entry.message.sequence, m_others);
}

void TimelineRows::update(const Message &message)
{
    if (m_ids.contains(message.id))
        merge(message);
}

void TimelineRows::setMarks(const RecipientMarks &others)
{
    const RecipientMarks before = std::exchange(m_others, others);
    if (before == others)
        return;
    const Sequence low = std::min(std::min(before.delivered, others.delivered), std::min(before.read, others.read));
    const Sequence high = std::max(std::max(before.delivered, others.delivered), std::max(before.read, others.read));
    const auto isChanged = [&](const TimelineEntry &entry) {
        const Message &message = entry.message;
        return message.senderId == m_self.id
            && statusAt(message.sequence, before) != statusAt(message.sequence, others);
    };
    int first = -1;
    for (int i = placeOf(high); i < count() && at(i).message.sequence > low; ++i) {
        // Runs of them, so that a mark that moves over a page tells once of each.
        if (isChanged(at(i)) && first < 0)
            first = i;
        if (first >= 0 && (i + 1 == count() || !isChanged(at(i + 1)))) {
            Q_EMIT rowsChanged(first, i);
            first = -1;
        }
    }
}

void TimelineRows::setPending(const Command &pending)
{
    TimelineEntry entry = entryOf(pending);
    const int known = indexOfPending(pending.clientMessageId);
    const auto placeFor = [this](qint64 position) {
        const auto at = std::partition_point(m_rows.begin(), m_rows.begin() + m_pendingCount,
                                             [position](const TimelineEntry &row) { return row.position > position; });
        return int(at - m_rows.begin());
    };
    if (known < 0) {
        const int place = placeFor(pending.position);
        Q_EMIT rowsAboutToBeInserted(place, place);
        m_rows.insert(row(place), std::move(entry));
        ++m_pendingCount;
        Q_EMIT rowsInserted(place, place);
        return;
    }
    entry.rowId = at(known).rowId;
    const int to = at(known).position == pending.position ? known : placeFor(pending.position);
    if (to != known) // tried again: it queues behind what was written since, so it goes up
        move(known, to);
    m_rows[size_t(to)] = std::move(entry);
    Q_EMIT rowsChanged(to, to);
}

void TimelineRows::removePending(const QString &clientMessageId)
{
    if (const int at = indexOfPending(clientMessageId); at >= 0)
        remove(at, at);
}

void TimelineRows::setPendingReaction(const MessageId &id, const std::optional<QString> &reaction)
{
    if (reaction)
        m_reactions[id] = *reaction;
    else
        m_reactions.erase(id);
    const int place = indexOfMessage(id);
    if (place < 0 || at(place).pendingReaction == reaction)
        return;
    m_rows[size_t(place)].pendingReaction = reaction;
    Q_EMIT rowsChanged(place, place);
}

void TimelineRows::removeMessage(const MessageId &id)
{
    if (const int at = indexOfMessage(id); at >= 0)
        remove(at, at);
}

void TimelineRows::removeThrough(Sequence sequence)
{
    if (const int first = placeOf(sequence); first < count())
        remove(first, count() - 1);
}

void TimelineRows::removeAllPending()
{
    if (m_pendingCount > 0)
        remove(0, m_pendingCount - 1);
}

void TimelineRows::keepNewest(int kept)
{
    if (messageCount() > kept)
        remove(m_pendingCount + kept, count() - 1);
}

void TimelineRows::keepOldest(int kept)
{
    if (messageCount() > kept)
        remove(m_pendingCount, count() - kept - 1);
}

void TimelineRows::reset(std::vector<Message> messages, const std::vector<Command> &pending)
{
    std::unordered_map<MessageId, quint64> ids;
    for (const TimelineEntry &entry : m_rows) {
        if (!entry.isPending())
            ids.emplace(entry.message.id, entry.rowId);
    }
    Q_EMIT aboutToReset();
    {
        const QSignalBlocker quiet(this);
        const auto known = std::exchange(m_rows, {});
        const int knownPending = std::exchange(m_pendingCount, 0);
        m_ids.clear();
        for (const Command &one : pending) {
            setPending(one);
            for (int i = 0; i < knownPending; ++i) {
                if (known[size_t(i)].message.clientMessageId == one.clientMessageId)
                    m_rows.front().rowId = known[size_t(i)].rowId;
            }
        }
        add(std::move(messages));
        for (TimelineEntry &entry : m_rows) {
            const auto at = entry.isPending() ? ids.end() : ids.find(entry.message.id);
            if (at != ids.end())
                entry.rowId = at->second;
        }
    }
    Q_EMIT wasReset();
}

void TimelineRows::insert(std::vector<TimelineEntry> entries, int at)
{
    const int last = at + int(entries.size()) - 1;
    Q_EMIT rowsAboutToBeInserted(at, last);
    for (const TimelineEntry &entry : entries)
        m_ids.insert(entry.message.id);
    m_rows.insert(row(at), std::make_move_iterator(entries.begin()), std::make_move_iterator(entries.end()));
    Q_EMIT rowsInserted(at, last);
}

void TimelineRows::remove(int first, int last)
{
    Q_EMIT rowsAboutToBeRemoved(first, last);
    for (int i = first; i <= last; ++i)
        m_ids.erase(at(i).message.id);
    m_pendingCount -= std::max(0, std::min(m_pendingCount, last + 1) - first);
    m_rows.erase(row(first), row(last + 1));
    Q_EMIT rowsRemoved(first, last);
}

void TimelineRows::move(int from, int to)
{
    Q_EMIT rowAboutToBeMoved(from, to);
    TimelineEntry entry = std::move(m_rows[size_t(from)]);
    m_rows.erase(row(from));
    m_rows.insert(row(to), std::move(entry));
    Q_EMIT rowMoved(from, to);
}

} // namespace Tertulia::Client
