// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

#include <QtGlobal>

#include <chrono>

namespace Tertulia::Client {

/// Where all waiting of the client comes from, so that tests need not wait (tests/support/fakescheduler.h). Belongs to
/// one thread.
class Scheduler
{
public:
    using TimerId = quint64; ///< 0 is none

    Scheduler() = default;
    Q_DISABLE_COPY_MOVE(Scheduler)
    virtual ~Scheduler() = default;

    /// Never goes back.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point now() const = 0;
    /// Runs the task once, after the delay, never inside this call.
    virtual TimerId start(std::chrono::milliseconds delay, Task task) = 0;
    virtual void cancel(TimerId id) = 0;

    /// Qt's timers of this thread.
    [[nodiscard]] static Scheduler &system();
};

/// One alarm that can be set again; cancelled when destroyed.
class Alarm
{
public:
    explicit Alarm(Scheduler &scheduler)
        : m_scheduler(scheduler)
    {
    }
    Q_DISABLE_COPY_MOVE(Alarm)
    ~Alarm() { stop(); }

    /// Replaces what was set. The task may destroy this object.
    void start(std::chrono::milliseconds delay, Task task);
    void stop();
    [[nodiscard]] bool isActive() const { return m_id != 0; }

private:
    Scheduler &m_scheduler;
    Scheduler::TimerId m_id = 0;
};

} // namespace Tertulia::Client
