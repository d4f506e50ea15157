// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <array>
#include <limits>

namespace Tertulia::Server {

class TimerWheel;

/// One deadline in a TimerWheel; a base class, so that a connection's deadline costs no allocation.
class WheelTimer
{
public:
    static constexpr qint64 never = std::numeric_limits<qint64>::max();

    WheelTimer() = default;
    WheelTimer(const WheelTimer &) = delete;
    WheelTimer &operator=(const WheelTimer &) = delete;

protected:
    virtual ~WheelTimer() { unlink(); }
    /// The deadline has passed; the timer is no longer in the wheel. May arm it again or destroy any timer.
    virtual void onTimeout() = 0;

private:
    friend class TimerWheel;
    void unlink();

    WheelTimer *m_previous = nullptr;
    WheelTimer *m_next = nullptr;
    qint64 m_due = never; ///< milliseconds of the wheel's time
    qint64 m_slotTick = 0; ///< where it is linked; at or before m_due
};

/// Many coarse deadlines in one structure: arming a later deadline costs one store (the timer is moved when its old
/// slot comes up), an earlier one a relink. Time is any monotonic count of milliseconds. One thread.
class TimerWheel
{
public:
    static constexpr qint64 tickMs = 50;

    explicit TimerWheel(qint64 nowMs);
    ~TimerWheel();
    TimerWheel(const TimerWheel &) = delete;
    TimerWheel &operator=(const TimerWheel &) = delete;

    /// Sets, moves or (WheelTimer::never) clears the deadline. It fires at most one tick late, never early.
    void arm(WheelTimer &timer, qint64 dueMs);
    void disarm(WheelTimer &timer);
    /// Fires everything due.
    void advance(qint64 nowMs);
    /// When advance() should be called next; never = nothing is armed.
    [[nodiscard]] qint64 nextWakeMs() const;

private:
    static constexpr size_t slotCount = 512; // power of two; 25.6 s a round
    struct Head final : WheelTimer
    {
        void onTimeout() override { }
    };
    void link(WheelTimer &timer, qint64 earliestTick);
    static void insertBefore(WheelTimer &head, WheelTimer &timer);
    [[nodiscard]] static size_t slotOf(qint64 tick) { return static_cast<size_t>(tick) & (slotCount - 1); }

    std::array<Head, slotCount> m_slots;
    std::array<quint64, slotCount / 64> m_occupied{}; ///< one bit a slot; may be set for a slot emptied since
    qint64 m_tick; ///< all slots up to this one have been visited
};

} // namespace Tertulia::Server
