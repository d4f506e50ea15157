// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>
#include <optional>
#include <vector>

namespace Tertulia::Client {

/// How long to wait before each attempt to connect again.
struct ReconnectPolicy
{
    std::vector<std::chrono::milliseconds> delays{std::chrono::seconds(0), std::chrono::seconds(2),
                                                  std::chrono::seconds(10), std::chrono::seconds(30)};
    bool isEndless = true; ///< the last delay is repeated; otherwise the connection is given up after it
    /// Part of each delay by which it is lengthened at random, so that a server that comes back does not meet all its
    /// clients in one second.
    double jitter = 0.3;

    /// Never connects again by itself.
    [[nodiscard]] static ReconnectPolicy none() { return {{}, false, 0}; }
    /// Before attempt 0, 1, 2 …; nothing = give up. `random` is from 0 up to 1.
    [[nodiscard]] std::optional<std::chrono::milliseconds> delay(qsizetype attempt, double random) const;
};

} // namespace Tertulia::Client
