// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"

#include <atomic>

namespace Tertulia::Test {

/// A clock that stands until a test moves it. Thread-safe.
class FakeClock final : public Clock
{
public:
    /// Begins on 2026-01-31 at 12:00.
    FakeClock() = default;
    [[nodiscard]] Timestamp now() const override { return m_start + std::chrono::milliseconds(m_passed + m_shift); }
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override
    {
        return std::chrono::steady_clock::time_point(std::chrono::hours(1) + std::chrono::milliseconds(m_passed));
    }
    void advance(std::chrono::milliseconds time) { m_passed += time.count(); }
    /// Sets the wall clock forward or back; the steady clock does not notice.
    void shift(std::chrono::milliseconds time) { m_shift += time.count(); }

private:
    static constexpr Timestamp m_start{std::chrono::milliseconds(1'769'860'800'000)};
    std::atomic<qint64> m_passed{0};
    std::atomic<qint64> m_shift{0};
};

} // namespace Tertulia::Test
