// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"

namespace Tertulia::Server {

void DeliveryTracker::delivered(UserId user, ConversationId conversation, Sequence from, Sequence through)
{
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Range> &ranges = m_marks[Key{user, conversation}];
        if (!ranges.empty() && from <= ranges.back().through + 1 && from >= ranges.back().from)
            ranges.back().through = std::max(ranges.back().through, through);
        else
            ranges.push_back({from, through});
        if (std::exchange(m_isQueued, true))
            return;
    }
    write();
}

void DeliveryTracker::writeWaiting()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_marks.empty() || std::exchange(m_isQueued, true))
            return;
    }
    write();
}

void DeliveryTracker::write()
{
    m_executor.write<void>(
        [this](Transaction &tx) -> Result<void> {
            Marks marks;
            {
                const std::lock_guard lock(m_mutex);
                marks.swap(m_marks);
                m_isQueued = false;
            }
            for (auto &[key, ranges] : marks) {
                std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.from < b.from; });
                for (const Range &range : ranges)
                    m_messages.markDelivered(tx, key.user, key.conversation, range.from, range.through);
            }
            return {};
        },
        Completion<void>(nullptr, [this](const Result<void> &result) {
            if (result)
                return;
            // Never ran, perhaps: the next delivery or second tries again, and takes along what is collected.
            const std::lock_guard lock(m_mutex);
            m_isQueued = false;
        }));
}

} // namespace Tertulia::Server
