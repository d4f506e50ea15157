// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/deliverytracker.h"

#include "base/logging.h"
#include "services/views.h"
#include "store/transaction.h"

namespace Tertulia::Server {

DeliveryTracker::DeliveryTracker(Executor &executor, const MessageService &messages, const Clock &clock, Teller tell)
    : m_executor(executor)
    , m_messages(messages)
    , m_clock(clock)
    , m_tell(std::move(tell))
{
    m_executor.setCompanion([this] { return companion(); });
}

void DeliveryTracker::add(Marks &marks, const Key &key, Range range)
{
    std::vector<Range> &ranges = marks[key];
    if (!ranges.empty() && range.from <= ranges.back().through + 1 && range.from >= ranges.back().from)
        ranges.back().through = std::max(ranges.back().through, range.through);
    else
        ranges.push_back(range);
}

void DeliveryTracker::makeDue()
{
    m_ticks = 0;
    for (const auto &[key, ranges] : std::exchange(m_later, {})) {
        for (const Range &range : ranges)
            add(m_waiting, key, range);
    }
    m_isDue = !m_waiting.empty();
}

void DeliveryTracker::delivered(UserId user, ConversationId conversation, Sequence from, Sequence through, Haste haste,
                                const std::shared_ptr<const MessageChanged> &news)
{
    const Key key{user, conversation};
    const Range range{from, through, m_clock.now()};
    if (news && m_tell && tellNow(key, range, *news))
        return;
    {
        const std::lock_guard lock(m_mutex);
        add(haste == Haste::Later ? m_later : m_waiting, key, range);
        m_isDue = m_isDue || haste == Haste::Now;
    }
    if (haste == Haste::Now)
        wakeWhenDue();
}

/// False: only the store knows whether the mark goes on here.
bool DeliveryTracker::tellNow(const Key &key, Range range, const MessageChanged &news)
{
    const auto member = std::find_if(news.members.begin(), news.members.end(),
                                     [&key](const MemberState &one) { return one.card.id == key.user; });
    if (member == news.members.end() || news.conversationType != ConversationType::Direct)
        return false;
    const auto told = m_executor.told().find(key);
    if (range.from > std::max(member->received, told ? told->through : 0) + 1)
        return false;
    // As the mark will say it when it is written: its step goes on for a second.
    const Timestamp step = told ? told->at : member->deliveredAt;
    if (step <= range.at && range.at - step <= markStep)
        range.at = step;
    const auto raised = m_executor.told().raise(key, {.through = range.through, .at = range.at});
    if (raised != ToldMarks::Raised::Now)
        return raised == ToldMarks::Raised::Before; // another device of theirs had it first
    {
        const std::lock_guard lock(m_mutex);
        add(m_waiting, key, range);
    }
    MessageStatusChanged event{.conversation = key.conversation, .by = key.user, .messages = {}, .audience = {}};
    event.messages.push_back(
        {.id = news.message.id, .sequence = news.message.sequence, .at = std::max(news.message.createdAt, range.at)});
    for (const MemberState &one : news.members)
        event.audience.push_back(one.card.id);
    m_tell(event);
    return true;
}

void DeliveryTracker::tick()
{
    {
        const std::lock_guard lock(m_mutex);
        if (++m_ticks >= patience)
            makeDue();
    }
    m_executor.told().tick();
    wakeWhenDue();
}

void DeliveryTracker::finish()
{
    {
        const std::lock_guard lock(m_mutex);
        makeDue();
    }
    wakeWhenDue();
}

void DeliveryTracker::write(Transaction &tx, Marks &marks) const
{
    for (auto &[key, ranges] : marks) {
        std::sort(ranges.begin(), ranges.end(), [](const Range &a, const Range &b) { return a.from < b.from; });
        for (const Range &range : ranges)
            m_messages.markDelivered(tx, key.user, key.conversation, range.from, range.through, range.at);
    }
}

std::unique_ptr<StoreJob> DeliveryTracker::companion()
{
    std::shared_ptr<Marks> marks;
    {
        const std::lock_guard lock(m_mutex);
        if (m_waiting.empty())
            return nullptr;
        marks = std::make_shared<Marks>();
        if (m_waiting.size() <= marksPerUnit)
            marks->swap(m_waiting);
        while (marks->size() < marksPerUnit && !m_waiting.empty())
            marks->insert(m_waiting.extract(m_waiting.begin()));
        m_isDue = m_isDue && !m_waiting.empty();
    }
    return Executor::unit<void>(
        [this, marks](Transaction &tx) -> Result<void> {
            write(tx, *marks);
            return {};
        },
        Completion<void>(nullptr, [this, marks](const Result<void> &result) {
            written(result, *marks);
            if (result)
                wakeWhenDue();
        }));
}

void DeliveryTracker::wakeWhenDue()
{
    {
        const std::lock_guard lock(m_mutex);
        if (!m_isDue || m_waiting.empty())
            return;
    }
    m_executor.wakeCompanion();
}

void DeliveryTracker::written(const Result<void> &result, const Marks &marks)
{
    // Not kept by a full disk: with the next commit, delivery or second, and what came since.
    if (!result && result.error().code == ErrorCode::Unavailable) {
        const std::lock_guard lock(m_mutex);
        m_isDue = true;
        for (const auto &[key, ranges] : marks) {
            std::vector<Range> &waiting = m_waiting[key];
            waiting.insert(waiting.begin(), ranges.begin(), ranges.end());
        }
        return;
    }
    if (!result)
        qCWarning(logServices) << "delivery marks could not be written:" << result.error().message;
    for (const auto &[key, ranges] : marks) {
        const auto last = std::max_element(ranges.begin(), ranges.end(),
                                           [](const Range &a, const Range &b) { return a.through < b.through; });
        m_executor.told().settle(key, last->through);
    }
}

} // namespace Tertulia::Server
