// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/conversationlist.h"

#include "client/limits.h"

#include <algorithm>
#include <limits>

namespace Tertulia::Client {

namespace {

bool isAbove(const ConversationEntry &entry, Timestamp time, const ConversationId &id)
{
    const Timestamp own = entry.sortTime();
    return own != time ? own > time : entry.conversation.id < id;
}

} // namespace

void ConversationList::reset(std::vector<ConversationEntry> entries)
{
    Q_EMIT aboutToReset();
    m_order.clear();
    m_entries.clear();
    m_unread = 0;
    m_order.reserve(entries.size());
    for (ConversationEntry &entry : entries) {
        auto &kept = m_entries[entry.conversation.id];
        if (kept)
            continue;
        kept = std::make_unique<ConversationEntry>(std::move(entry));
        m_order.push_back(kept.get());
        countUnread(*kept, 1);
    }
    std::sort(m_order.begin(), m_order.end(), [](const ConversationEntry *a, const ConversationEntry *b) {
        return isAbove(*a, b->sortTime(), b->conversation.id);
    });
    Q_EMIT wasReset();
    tellUnread();
}

bool ConversationList::insert(ConversationEntry entry)
{
    const ConversationId id = entry.conversation.id;
    if (m_entries.size() >= size_t(Limits::conversations) || m_entries.contains(id))
        return false;
    const int place = placeOf(entry.sortTime(), id);
    Q_EMIT aboutToBeInserted(place);
    auto &kept = m_entries[id];
    kept = std::make_unique<ConversationEntry>(std::move(entry));
    m_order.insert(m_order.begin() + place, kept.get());
    countUnread(*kept, 1);
    Q_EMIT inserted(place);
    tellUnread();
    return true;
}

void ConversationList::change(const ConversationId &id, const std::function<void(ConversationEntry &)> &edit)
{
    const auto found = m_entries.find(id);
    if (found == m_entries.end())
        return;
    ConversationEntry &entry = *found->second;
    const int from = placeOf(entry.sortTime(), id);
    ConversationEntry edited = entry;
    edit(edited);
    edited.conversation.id = id;
    // Where it will stand among the others, itself taken out.
    int to = placeOf(edited.sortTime(), id);
    if (to > from)
        --to;
    if (from != to)
        Q_EMIT aboutToBeMoved(from, to);
    countUnread(entry, -1);
    entry = std::move(edited);
    countUnread(entry, 1);
    if (from != to) {
        m_order.erase(m_order.begin() + from);
        m_order.insert(m_order.begin() + to, &entry);
        Q_EMIT moved(from, to);
    }
    Q_EMIT changed(to);
    tellUnread();
}

void ConversationList::remove(const ConversationId &id)
{
    const int index = indexOf(id);
    if (index < 0)
        return;
    Q_EMIT aboutToBeRemoved(index);
    countUnread(at(index), -1);
    m_order.erase(m_order.begin() + index);
    m_entries.erase(id);
    Q_EMIT removed(index);
    tellUnread();
}

const ConversationEntry *ConversationList::find(const ConversationId &id) const
{
    const auto found = m_entries.find(id);
    return found == m_entries.end() ? nullptr : found->second.get();
}

int ConversationList::placeOf(Timestamp time, const ConversationId &id) const
{
    const auto at = std::partition_point(m_order.begin(), m_order.end(),
                                         [&](const ConversationEntry *entry) { return isAbove(*entry, time, id); });
    return int(at - m_order.begin());
}

int ConversationList::indexOf(const ConversationId &id) const
{
    const ConversationEntry *const entry = find(id);
    return entry ? placeOf(entry->sortTime(), id) : -1;
}

void ConversationList::countUnread(const ConversationEntry &entry, int sign)
{
    if (!entry.conversation.isMuted)
        m_unread += sign * qint64(entry.conversation.unreadCount);
}

int ConversationList::unreadTotal() const
{
    return int(std::clamp<qint64>(m_unread, 0, std::numeric_limits<int>::max()));
}

void ConversationList::tellUnread()
{
    const int now = unreadTotal();
    if (std::exchange(m_toldUnread, now) != now)
        Q_EMIT unreadTotalChanged();
}

} // namespace Tertulia::Client
