// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/personlimits.h"

namespace Tertulia::Server {

/// What the requests of a route are counted as.
enum class RateClass : quint8 {
    None, ///< nothing: cheap, or rare
    Lists, ///< what shows a few rows
    History, ///< messages, sync
    Searches, ///< what looks at all there is of a kind
    ConversationLists, ///< Lists, and Searches when it filters
    Openings, ///< of conversations
    Sends, ///< of messages
    Changes, ///< of messages that were sent
    SignIns, ///< with a password
    PasswordChanges, ///< which try the old one
    Registrations, ///< of accounts
};

/// How a class is counted.
struct Rate
{
    enum class When : quint8 {
        Never, ///< not at this edge: not at all, or by a service
        AtAdmission, ///< as soon as it is known who asks, before a body is read
        ByHandler, ///< RestRequest::charge(): what breaks the rules of what is sent costs nothing
    };
    When when = When::Never;
    RateLimiter *usual = nullptr; ///< null exactly for Never
    RateLimiter *costly = nullptr; ///< of a request that its handler finds costly
};

/// Whom each class counts and which limiter does it, for all routes. Here each counts the person. The last three are
/// AccountFlow's: it counts the network, for a sign-in the account whose device is known, which shows only when the
/// account has been read, and for a change of password the session. Thread-safe; the limiters outlive it.
class RouteRates
{
public:
    RouteRates() = default; ///< nothing is counted
    RouteRates(PersonLimits &limits, RateLimiter &sends);

    [[nodiscard]] const Rate &of(RateClass rate) const { return m_rates[size_t(rate)]; }

private:
    [[nodiscard]] Rate &at(RateClass rate) { return m_rates[size_t(rate)]; }

    std::array<Rate, size_t(RateClass::Registrations) + 1> m_rates;
};

} // namespace Tertulia::Server
