// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "protocol/user.h"

#include <optional>

namespace Tertulia::Server {

/// Who makes a request: the caller as the Authenticator found them. Not the account (that is a user).
struct Actor
{
    UserId id;
    SessionId session;
    Role role = Role::User;
    /// Set for people of the foreign provider: when the token expires whose session this is.
    std::optional<Timestamp> foreignUntil = {};
};

} // namespace Tertulia::Server
