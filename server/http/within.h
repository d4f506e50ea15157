// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/routetable.h"
#include "services/ratelimiter.h"

namespace Tertulia::Server {

/// The handler of a route, for callers within a rate; others get 429 and when to come back. Behind Access::User.
[[nodiscard]] inline RestHandler within(RateLimiter &limiter, RestHandler handler)
{
    return [&limiter, handler = std::move(handler)](const RestRequest &request, Reply reply) {
        if (const Result<void> allowed = limiter.take(request.actor.id); allowed)
            handler(request, std::move(reply));
        else
            reply.fail(allowed.error());
    };
}

} // namespace Tertulia::Server
