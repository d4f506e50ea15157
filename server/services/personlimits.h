// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/chatsettings.h"
#include "services/ratelimiter.h"

namespace Tertulia::Server {

/// How often one person may ask, by the kind of request; one object serves REST and hubs. The edges ask before they
/// start a unit of work. Sending has a limiter of its own.
struct PersonLimits
{
    PersonLimits(const Clock &clock, const ChatSettings &settings)
        : searches(clock, {{settings.searchesPer10Seconds, std::chrono::seconds(10)}})
        , lists(clock, {{settings.listsPer10Seconds, std::chrono::seconds(10)}})
        , history(clock, {{settings.historyPer10Seconds, std::chrono::seconds(10)}})
        , changes(clock, {{settings.changesPer10Seconds, std::chrono::seconds(10)}})
        , openings(clock,
                   {{settings.opensPerMinute, std::chrono::minutes(1)}, {settings.opensPerDay, std::chrono::hours(24)}})
    {
    }

    RateLimiter searches; ///< people, and one's conversations by name or kind: costly
    RateLimiter lists; ///< conversations, unread count, presence of many
    RateLimiter history; ///< messages, sync
    RateLimiter changes; ///< of messages that were sent: reactions
    RateLimiter openings; ///< of conversations; each may leave a row behind
};

} // namespace Tertulia::Server
