// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/timerwheel.h"

#include <algorithm>
#include <bit>

namespace Tertulia::Server {

void WheelTimer::unlink()
{
    if (!m_next)
        return;
    m_previous->m_next = m_next;
    m_next->m_previous = m_previous;
    m_next = m_previous = nullptr;
}

TimerWheel::TimerWheel(qint64 nowMs)
    : m_tick(nowMs / tickMs)
{
    for (Head &head : m_slots)
        head.m_next = head.m_previous = &head;
}

TimerWheel::~TimerWheel()
{
    for (Head &head : m_slots) {
        while (head.m_next != &head)
            head.m_next->unlink();
        head.m_next = head.m_previous = nullptr;
    }
}

void TimerWheel::insertBefore(WheelTimer &head, WheelTimer &timer)
{
    timer.m_next = &head;
    timer.m_previous = head.m_previous;
    head.m_previous->m_next = &timer;
    head.m_previous = &timer;
}

void TimerWheel::link(WheelTimer &timer, qint64 earliestTick)
{
    // Rounded up: a deadline inside a tick fires at the tick's end. Beyond one round the timer waits in the last
    // slot of this round and is moved on from there.
    const qint64 wanted = timer.m_due / tickMs + 1;
    timer.m_slotTick = std::clamp(wanted, earliestTick, m_tick + static_cast<qint64>(slotCount) - 1);
    const size_t slot = slotOf(timer.m_slotTick);
    m_occupied[slot / 64] |= quint64{1} << (slot % 64);
    insertBefore(m_slots[slot], timer);
}

void TimerWheel::arm(WheelTimer &timer, qint64 dueMs)
{
    timer.m_due = dueMs;
    if (timer.m_next) {
        if (dueMs == WheelTimer::never || dueMs / tickMs + 1 >= timer.m_slotTick)
            return; // its slot comes up first and moves it on, or drops it
        timer.unlink();
    } else if (dueMs == WheelTimer::never) {
        return;
    }
    link(timer, m_tick + 1);
}

void TimerWheel::disarm(WheelTimer &timer)
{
    timer.m_due = WheelTimer::never;
    timer.unlink();
}

void TimerWheel::advance(qint64 nowMs)
{
    const qint64 nowTick = nowMs / tickMs;
    // After a long sleep one round visits every slot.
    m_tick = std::max(m_tick, nowTick - static_cast<qint64>(slotCount));
    while (m_tick < nowTick) {
        ++m_tick;
        const size_t index = slotOf(m_tick);
        m_occupied[index / 64] &= ~(quint64{1} << (index % 64));
        Head &slot = m_slots[index];
        if (slot.m_next == &slot)
            continue;
        // Taken out as a whole: what onTimeout arms lands in later slots; what it destroys unlinks itself.
        Head due;
        due.m_next = slot.m_next;
        due.m_previous = slot.m_previous;
        due.m_next->m_previous = &due;
        due.m_previous->m_next = &due;
        slot.m_next = slot.m_previous = &slot;
        while (due.m_next != &due) {
            WheelTimer &timer = *due.m_next;
            timer.unlink();
            if (timer.m_due == WheelTimer::never)
                continue;
            if (timer.m_due > nowMs) {
                link(timer, m_tick + 1);
                continue;
            }
            timer.m_due = WheelTimer::never;
            timer.onTimeout();
        }
        due.m_next = due.m_previous = nullptr;
    }
}

qint64 TimerWheel::nextWakeMs() const
{
    const qint64 first = m_tick + 1;
    qint64 offset = 0;
    while (offset < static_cast<qint64>(slotCount)) {
        const size_t slot = slotOf(first + offset);
        const quint64 word = m_occupied[slot / 64] >> (slot % 64);
        if (word != 0)
            return (first + offset + std::countr_zero(word)) * tickMs;
        offset += static_cast<qint64>(64 - slot % 64);
    }
    return WheelTimer::never;
}

} // namespace Tertulia::Server
