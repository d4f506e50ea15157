// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/scheduler.h"

#include <QTimer>

#include <memory>
#include <unordered_map>
#include <utility>

namespace Tertulia::Client {

namespace {

class SystemScheduler final : public Scheduler
{
public:
    std::chrono::steady_clock::time_point now() const override { return std::chrono::steady_clock::now(); }

    TimerId start(std::chrono::milliseconds delay, Task task) override
    {
        const TimerId id = ++m_lastId;
        auto timer = std::make_unique<QTimer>();
        timer->setSingleShot(true);
        timer->setInterval(delay);
        // shared: Qt's slots must be copyable, a Task is not
        QObject::connect(timer.get(), &QTimer::timeout, timer.get(),
                         [this, id, shared = std::make_shared<Task>(std::move(task))] {
                             // Outlives the slot, which goes with its timer.
                             const auto kept = shared; // NOLINT(performance-unnecessary-copy-initialization)
                             cancel(id);
                             (*kept)();
                         });
        timer->start();
        m_timers.emplace(id, std::move(timer));
        return id;
    }

    void cancel(TimerId id) override
    {
        const auto found = m_timers.find(id);
        if (found == m_timers.end())
            return;
        // A timer whose slot is running cannot be deleted at once.
        found->second->stop();
        found->second.release()->deleteLater();
        m_timers.erase(found);
    }

private:
    std::unordered_map<TimerId, std::unique_ptr<QTimer>> m_timers;
    TimerId m_lastId = 0;
};

} // namespace

Scheduler &Scheduler::system()
{
    static thread_local SystemScheduler scheduler;
    return scheduler;
}

void Alarm::start(std::chrono::milliseconds delay, Task task)
{
    stop();
    // The id is forgotten first: the task may set the alarm again, or end this object.
    m_id = m_scheduler.start(delay, [this, task = std::move(task)]() mutable {
        m_id = 0;
        task();
    });
}

void Alarm::stop()
{
    if (const auto id = std::exchange(m_id, 0))
        m_scheduler.cancel(id);
}

} // namespace Tertulia::Client
