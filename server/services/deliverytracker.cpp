// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"

#include "base/logging.h"
#include "store/transaction.h"

namespace Tertulia::Server {

void DeliveryTracker::add(Marks &marks, const Key &key, Range range)
{
    std::vector<Range> &ranges = marks[key];
    if (!ranges.empty() && range.from <= ranges.back().through + 1 && range.from >= ranges.back().from)
        ranges.back().through = std::max(ranges.back().through, range.through);
    else
        ranges.push_back(range);
}

void DeliveryTracker::takeLater()
{
    m_ticks = 0;
    for (const auto &[key, ranges] : std::exchange(m_later, {})) {
        for (const Range &range : ranges)
            add(m_waiting, key, range);
    }
}

void DeliveryTracker::delivered(UserId user, ConversationId conversation, Sequence from, Sequence through, Haste haste)
{
    {
        const std::lock_guard lock(m_mutex);
        add(haste == Haste::Later ? m_later : m_waiting, {user, conversation}, {from, through});
    }
    if (haste == Haste::Now)
        writeWaiting();
}

void DeliveryTracker::tick()
{
    {
        const std::lock_guard lock(m_mutex);
        if (++m_ticks >= patience)
            takeLater();
    }
    writeWaiting();
}

void DeliveryTracker::finish()
{
    Marks last;
    {
        const std::lock_guard lock(m_mutex);
        takeLater();
        last = std::exchange(m_waiting, {});
    }
    if (last.empty())
        return;
    m_executor.write<void>(
        [this, last = std::move(last)](Transaction &tx) mutable -> Result<void> {
            write(tx, last);
            return {};
        },
        Completion<void>());
}

void DeliveryTracker::write(Transaction &tx, Marks &marks) const
{
    for (auto &[key, ranges] : marks) {
        std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.from < b.from; });
        for (const Range &range : ranges)
            m_messages.markDelivered(tx, key.user, key.conversation, range.from, range.through);
    }
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
                if (m_waiting.size() <= marksPerUnit)
                    m_writing.swap(m_waiting);
                while (m_writing.size() < marksPerUnit && !m_waiting.empty())
                    m_writing.insert(m_waiting.extract(m_waiting.begin()));
            }
            write(tx, m_writing); // which belongs to the unit until it has ended
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
