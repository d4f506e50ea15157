// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/task.h"

namespace Tertulia {

/// A thread that runs posted tasks in order: the only door from one thread to another.
/// Implemented by the server's network threads and by QtLoop (any thread with a Qt event loop).
class Loop
{
public:
    Loop() = default;
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;
    virtual ~Loop() = default;

    /// Thread-safe. The task runs later on the loop's thread, never inside this call. After the loop has ended the
    /// task is destroyed unrun, possibly inside this call.
    virtual void post(Task task) = 0;
    [[nodiscard]] virtual bool isCurrent() const = 0;
};

} // namespace Tertulia
