// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/timeline/seenmessages.h"

#include "client/conversations/timeline.h"

#include <algorithm>

namespace Tertulia::ViewModels {

SeenMessages::SeenMessages(const Client::Timeline &timeline, const UserId &self, Sequence readThrough)
    : m_timeline(timeline)
    , m_self(self)
    , m_through(readThrough)
    , m_passed(readThrough)
{
}

bool SeenMessages::see(const RowsInSight &rows)
{
    // pending messages have no sequence; the first that has one is the latest in sight
    int row = rows.newest;
    while (row <= rows.oldest && m_timeline.at(row).isPending())
        ++row;
    if (row > rows.oldest)
        return false;
    const Sequence latest = sequenceAt(row);
    m_passed = std::max(m_passed, latest);
    const Sequence unread = next();
    return (unread == 0 || sequenceAt(rows.oldest) <= unread) && seeThrough(latest);
}

bool SeenMessages::seeThrough(Sequence sequence)
{
    m_passed = std::max(m_passed, sequence);
    if (sequence <= m_through)
        return false;
    m_through = sequence;
    return true;
}

void SeenMessages::pass()
{
    m_passed = std::max(m_passed, m_timeline.lastSequence());
}

Sequence SeenMessages::next() const
{
    const int rows = m_timeline.count();
    int row = rowsAfter(m_through);
    if (row == rows && rows > 0 && m_timeline.hasOlder() && sequenceAt(rows - 1) > m_through + 1)
        return m_through + 1; // the window begins above it
    while (--row >= 0) {
        if (isOfOthers(row))
            return sequenceAt(row);
    }
    const Sequence known = std::max(newest(), m_through);
    return known < m_timeline.lastSequence() ? known + 1 : 0;
}

int SeenMessages::count() const
{
    static constexpr Sequence mostCounted = 100'000;
    const int rows = m_timeline.count();
    const int first = rowsAfter(m_through);
    Sequence count = 0;
    if (first == rows && rows > 0 && m_timeline.hasOlder())
        count += std::max<Sequence>(0, sequenceAt(rows - 1) - m_through - 1);
    for (int row = first - 1; row >= 0; --row)
        count += isOfOthers(row) ? 1 : 0;
    // beyond the window nobody knows whose they are
    count += std::max<Sequence>(0, m_timeline.lastSequence() - std::max(newest(), m_through));
    return int(std::min(count, mostCounted));
}

int SeenMessages::arrivedRow() const
{
    for (int row = rowsAfter(m_passed) - 1; row >= 0; --row) {
        if (isOfOthers(row))
            return row;
    }
    return -1;
}

bool SeenMessages::isOfOthers(int row) const
{
    const auto &entry = m_timeline.at(row);
    return !entry.isPending() && entry.message.senderId != m_self;
}

int SeenMessages::rowsAfter(Sequence sequence) const
{
    const int row = m_timeline.indexOfSequence(sequence);
    return row < 0 ? m_timeline.count() : row;
}

Sequence SeenMessages::sequenceAt(int row) const
{
    return m_timeline.at(row).message.sequence;
}

Sequence SeenMessages::newest() const
{
    for (int row = 0; row < m_timeline.count(); ++row) {
        if (!m_timeline.at(row).isPending())
            return sequenceAt(row);
    }
    return 0;
}

} // namespace Tertulia::ViewModels
