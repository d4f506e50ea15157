// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/routetable.h"
#include "services/accountflow.h"
#include "services/accountservice.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// What the routes of /api/Authentication work with; outlives them.
struct AccountParts
{
    Executor &executor;
    const AccountService &accounts;
    AccountFlow &flow;
    std::chrono::milliseconds refreshLifetime = std::chrono::hours(24 * 14); ///< of the cookie
    std::chrono::milliseconds deviceLifetime = std::chrono::hours(24 * 365); ///< of the cookie
    bool refreshTokenInBody = true; ///< besides the cookie; the device token, too
    std::vector<QString> corsOrigins = {}; ///< whose pages may use the cookie, besides our own
};

/// /api/Authentication and /api/friends/search (contract.md section 3).
void addAccountRoutes(RouteTable &table, const AccountParts &parts);

} // namespace Tertulia::Server
