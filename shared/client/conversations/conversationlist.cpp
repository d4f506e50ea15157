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
    m_direct.clear();
    m_unread = 0;
    m_order.reserve(entries.size());
    for (ConversationEntry &entry : entries) {
        auto &kept = m_entries[entry.conversation.id];
        if (kept)
            continue;
        kept = std::make_unique<ConversationEntry>(std::move(entry));
        m_order.push_back(kept.get());
        enter(*kept);
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
    enter(*kept);
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
    leave(entry);
    entry = std::move(edited);
    enter(entry);
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
    leave(at(index));
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

ConversationId ConversationList::directWith(const UserId &user) const
{
    const auto found = m_direct.find(user);
    return found == m_direct.end() ? ConversationId() : found->second;
}

void ConversationList::enter(const ConversationEntry &entry)
{
    if (!entry.conversation.isMuted)
        m_unread += entry.unread();
    if (const Participant *const other = entry.other(m_self))
        m_direct.emplace(other->id, entry.conversation.id);
}

void ConversationList::leave(const ConversationEntry &entry)
{
    if (!entry.conversation.isMuted)
        m_unread -= entry.unread();
    const Participant *const other = entry.other(m_self);
    if (!other)
        return;
    const auto [first, last] = m_direct.equal_range(other->id);
    const auto own = std::find_if(first, last, [&](const auto &one) { return one.second == entry.conversation.id; });
    if (own != last)
        m_direct.erase(own);
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
