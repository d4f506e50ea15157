// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/executor.h"

#include <atomic>

namespace Tertulia::Server {

/// Makes the words that people are found by anew when a version folds names otherwise than the one that wrote them
/// (docs/decisions/0038). Not a step of the schema: with a million people it takes a minute, and the server would not
/// answer meanwhile. It goes through everybody in small units of work that nobody waits for; until it is through, some
/// are found as before. Who is killed in the middle of it begins anew, and writes only what is not written yet.
class SearchIndex
{
public:
    /// @param executor outlives this, and is stopped before this goes
    explicit SearchIndex(Executor &executor)
        : m_executor(executor)
    {
    }

    /// Begins, unless it is at it or there is nothing to do. Again and again, so that a full disk is not the end of it.
    void complete();

private:
    void next(UserId after);

    Executor &m_executor;
    std::atomic<bool> m_isRunning = false;
};

} // namespace Tertulia::Server
