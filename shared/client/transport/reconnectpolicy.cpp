// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/reconnectpolicy.h"

#include <algorithm>

namespace Tertulia::Client {

std::optional<std::chrono::milliseconds> ReconnectPolicy::delay(qsizetype attempt, double random) const
{
    const auto count = qsizetype(delays.size());
    if (count == 0 || attempt < 0 || (attempt >= count && !isEndless))
        return std::nullopt;
    const auto base = delays[size_t(std::min(attempt, count - 1))];
    const double factor = 1 + jitter * std::clamp(random, 0.0, 1.0);
    return std::chrono::milliseconds(qint64(double(base.count()) * factor));
}

} // namespace Tertulia::Client
