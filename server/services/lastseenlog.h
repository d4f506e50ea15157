// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/executor.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Writes down when people were seen last, for after a restart. Collects those who left and writes them together: when
/// the network fails for thousands at once, their leaving must not push out what others send. What the store refuses is
/// kept for the next save(). Thread-safe; the executor must be stopped before this object goes.
class LastSeenLog
{
public:
    explicit LastSeenLog(Executor &executor)
        : m_executor(executor)
    {
    }

    void note(UserId user, Timestamp at);
    /// Each second. One unit of work at a time, for at most a thousand people, so that the writer is not held up.
    void save();

private:
    using Times = std::unordered_map<UserId, Timestamp>;
    void saved(bool isGood);

    Executor &m_executor;
    std::mutex m_mutex;
    Times m_waiting;
    Times m_saving; ///< in the unit of work that is on its way
    bool m_isSaving = false;
};

} // namespace Tertulia::Server
