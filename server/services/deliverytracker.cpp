// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"

#include "base/logging.h"
#include "store/transaction.h"

namespace Tertulia::Server {

void DeliveryTracker::delivered(UserId user, ConversationId conversation, Sequence from, Sequence through)
{
    {
        const std::lock_guard lock(m_mutex);
        std::vector<Range> &ranges = m_waiting[Key{user, conversation}];
        if (!ranges.empty() && from <= ranges.back().through + 1 && from >= ranges.back().from)
            ranges.back().through = std::max(ranges.back().through, through);
        else
            ranges.push_back({from, through});
    }
    writeWaiting();
}

void DeliveryTracker::writeWaiting()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_isWriting || m_waiting.empty())
            return;
        m_isWriting = true;
    }
    m_executor.write<void>(
        [this](Transaction &tx) -> Result<void> {
            {
                const std::lock_guard lock(m_mutex);
                m_writing.swap(m_waiting);
            }
            // m_writing belongs to the unit until it has ended.
            for (auto &[key, ranges] : m_writing) {
                std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.from < b.from; });
                for (const Range &range : ranges)
                    m_messages.markDelivered(tx, key.user, key.conversation, range.from, range.through);
            }
            return {};
        },
        Completion<void>(nullptr, [this](const Result<void> &result) { written(result); }));
}

void DeliveryTracker::written(const Result<void> &result)
{
    {
        const std::lock_guard lock(m_mutex);
        // Refused by a full queue, or not kept by a full disk: with the next delivery or second, and what came since.
        if (!result && result.error().code == ErrorCode::Unavailable) {
            for (const auto &[key, ranges] : m_writing) {
                std::vector<Range> &waiting = m_waiting[key];
                waiting.insert(waiting.begin(), ranges.begin(), ranges.end());
            }
        }
        if (!result && result.error().code != ErrorCode::Unavailable)
            qCWarning(logServices) << "delivery marks could not be written:" << result.error().message;
        m_writing.clear();
        m_isWriting = false;
    }
    if (result)
        writeWaiting();
}

} // namespace Tertulia::Server
