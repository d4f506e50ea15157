// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

namespace Tertulia::Server {

/// Who makes a request: the caller as the Authenticator found them. Not the account (that is a user).
struct Actor
{
    UserId id;
    SessionId session;
    Role role = Role::User;
};

} // namespace Tertulia::Server
