// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/sendbatch.h"

#include "base/loop.h"

#include <QtGlobal>

#include <chrono>
#include <memory>

namespace Tertulia::Server {

/// A thread with a Qt event loop and one epoll set behind one QSocketNotifier (transport.md 4.3: one notifier per
/// connection would make each wake-up cost grow with the number of connections).
///
/// A *turn* is one batch of socket events, posted tasks and timers, then the end-of-turn hooks, then the flush of what
/// was gathered for the sockets. Objects that are closed during a turn are destroyed at its end.
class NetworkThread final : public Loop
{
public:
    using TimerId = quint64;

    /// @param batch by which the output of many sockets goes out together; null: each sends by itself
    explicit NetworkThread(int index, std::unique_ptr<SendBatch> batch = nullptr);
    ~NetworkThread() override; ///< stops and joins

    void start();
    /// Ends the loop and joins. Tasks that have not run are destroyed unrun, on this thread. Not from the thread
    /// itself.
    void stop();
    [[nodiscard]] int index() const;

    /// Thread-safe; tasks posted together are run in one wake-up. Before start() they wait for it.
    void post(Task task) override;
    [[nodiscard]] bool isCurrent() const override;

    /// Monotonic milliseconds, read once a turn. On this thread only.
    [[nodiscard]] qint64 nowMs() const;

    /// Coarse one-shot timer (resolution about 50 ms: a wheel, no QTimer per connection). On this thread only.
    TimerId startTimer(std::chrono::milliseconds after, Task task);
    void stopTimer(TimerId id); ///< unknown and fired ids are ignored

    /// Runs before the loop sleeps again, once: to flush what this turn has gathered. On this thread only.
    void atEndOfTurn(Task task);
    /// What this turn has gathered for the sockets so far goes out now: before work that takes long. From a posted task
    /// only, for connections may end with it.
    void flush();

    struct Private;
    [[nodiscard]] Private &internals() { return *d; } ///< for the net folder only

private:
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Server
