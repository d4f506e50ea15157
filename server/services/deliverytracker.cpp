// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"

namespace Tertulia::Server {

void DeliveryTracker::delivered(UserId user, ConversationId conversation, Sequence through)
{
    {
        const std::lock_guard lock(m_mutex);
        Sequence &mark = m_marks[Key{user, conversation}];
        mark = std::max(mark, through);
        if (std::exchange(m_isQueued, true))
            return;
    }
    m_executor.write<void>(
        [this](Transaction &tx) -> Result<void> {
            Marks marks;
            {
                const std::lock_guard lock(m_mutex);
                marks.swap(m_marks);
                m_isQueued = false;
            }
            for (const auto &[key, reached] : marks)
                m_messages.markDelivered(tx, key.user, key.conversation, reached);
            return {};
        },
        Completion<void>(nullptr, [this](const Result<void> &result) {
            if (result)
                return;
            // Never ran, perhaps: the next delivery tries again, and takes along what is collected.
            const std::lock_guard lock(m_mutex);
            m_isQueued = false;
        }));
}

} // namespace Tertulia::Server
