// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/ratelimiter.h"

#include <vector>

namespace Tertulia::Server {

/// How often one network (an IPv4 address, an IPv6 /64) may try (contract.md section 12); loopback is not counted.
struct AddressLimits
{
    RateRule loginShort{10, std::chrono::minutes(15)};
    RateRule loginLong{30, std::chrono::hours(1)};
    RateRule registrationShort{3, std::chrono::minutes(15)};
    RateRule registrationLong{10, std::chrono::hours(1)};
};

} // namespace Tertulia::Server
