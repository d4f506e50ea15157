// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/scheduler.h"

#include <map>
#include <utility>

namespace Tertulia::Test {

/// Time that stands until a test moves it.
class FakeScheduler final : public Client::Scheduler
{
public:
    [[nodiscard]] std::chrono::steady_clock::time_point now() const override { return m_now; }

    TimerId start(std::chrono::milliseconds delay, Task task) override
    {
        const TimerId id = ++m_lastId;
        m_timers.emplace(std::pair(m_now + delay, id), std::move(task));
        return id;
    }
    void cancel(TimerId id) override
    {
        std::erase_if(m_timers, [id](const auto &timer) { return timer.first.second == id; });
    }

    /// Runs what falls due on the way, in its order.
    void advance(std::chrono::milliseconds time)
    {
        const auto until = m_now + time;
        while (!m_timers.empty() && m_timers.begin()->first.first <= until) {
            auto timer = m_timers.extract(m_timers.begin());
            m_now = std::max(m_now, timer.key().first);
            timer.mapped()();
        }
        m_now = until;
    }
    [[nodiscard]] size_t waitingCount() const { return m_timers.size(); }
    /// How long until the next falls due; nothing waits: 0.
    [[nodiscard]] std::chrono::milliseconds untilNext() const
    {
        return m_timers.empty()
            ? std::chrono::milliseconds(0)
            : std::chrono::duration_cast<std::chrono::milliseconds>(m_timers.begin()->first.first - m_now);
    }

private:
    std::map<std::pair<std::chrono::steady_clock::time_point, TimerId>, Task> m_timers;
    std::chrono::steady_clock::time_point m_now{std::chrono::hours(1)};
    TimerId m_lastId = 0;
};

} // namespace Tertulia::Test
