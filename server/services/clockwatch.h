// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "store/conversationstore.h"
#include "store/executor.h"

#include <atomic>

namespace Tertulia::Server {

/// Notices that the machine's clock was set back, and dates at the present what it had dated in the future: else such a
/// conversation stays above all others, with a date that is not true, until that future has come. (Where somebody
/// writes it happens with the message, see MessageService.) Used on the main thread.
class ClockWatch
{
public:
    /// @param executor outlives this, and is stopped before this goes
    ClockWatch(const Clock &clock, Executor &executor);

    /// Each second or so. The first time it looks in any case: the server may have been down when the clock was set.
    void tick();

private:
    using Distance = std::chrono::nanoseconds;
    [[nodiscard]] Distance distance() const;
    void settle();
    void settleNext(ConversationNumber after);
    void end(const Error *why);

    const Clock &m_clock;
    Executor &m_executor;
    Distance m_distance; ///< of wall time from the steady clock; shrinks when the clock is set back
    std::atomic<bool> m_isDue = true;
    std::atomic<bool> m_isSettling = false;
    bool m_hasFailed = false; ///< of whoever settles
};

} // namespace Tertulia::Server
