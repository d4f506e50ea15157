// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routerates.h"

namespace Tertulia::Server {

RouteRates::RouteRates(PersonLimits &limits, RateLimiter &sends)
{
    using When = Rate::When;
    at(RateClass::Lists) = {When::AtAdmission, &limits.lists};
    at(RateClass::History) = {When::AtAdmission, &limits.history};
    at(RateClass::Searches) = {When::AtAdmission, &limits.searches};
    at(RateClass::ConversationLists) = {When::ByHandler, &limits.lists, &limits.searches};
    at(RateClass::Openings) = {When::AtAdmission, &limits.openings};
    at(RateClass::Sends) = {When::ByHandler, &sends};
    at(RateClass::Changes) = {When::ByHandler, &limits.changes};
}

} // namespace Tertulia::Server
