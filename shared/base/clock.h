// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>
#include <QString>

#include <chrono>
#include <optional>

namespace Tertulia {

/// A point in UTC, in milliseconds; what the contract's times are.
using Timestamp = std::chrono::sys_time<std::chrono::milliseconds>;

/// ISO 8601 with milliseconds and `Z`: 2026-01-31T12:00:00.000Z.
[[nodiscard]] QByteArray toIso8601(Timestamp time);
/// Accepts what ISO 8601 calls an extended date-time, with `Z` or an offset; without either it is read as UTC.
[[nodiscard]] std::optional<Timestamp> fromIso8601(QStringView text);

/// Where time comes from; tests bring their own (tests/support/fakeclock.h). Thread-safe.
class Clock
{
public:
    Clock() = default;
    Clock(const Clock &) = delete;
    Clock &operator=(const Clock &) = delete;
    virtual ~Clock() = default;
    /// Wall time: for what is stored and sent.
    [[nodiscard]] virtual Timestamp now() const = 0;
    /// Never goes back: for deadlines, rates and intervals.
    [[nodiscard]] virtual std::chrono::steady_clock::time_point steadyNow() const = 0;
};

class SystemClock final : public Clock
{
public:
    [[nodiscard]] Timestamp now() const override;
    [[nodiscard]] std::chrono::steady_clock::time_point steadyNow() const override;
};

} // namespace Tertulia
