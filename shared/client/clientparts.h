// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "protocol/user.h"

namespace Tertulia::Client {

class ApiClient;
class Directory;
class HubConnection;
class LocalStore;
class Scheduler;

/// What the clients of one account work with. All of it outlives them and lives on their thread. Neither the server's
/// calls nor the hub need to be reachable, ever: without them a client shows and changes what the store holds.
struct ClientParts
{
    LocalStore &store;
    Directory &directory;
    ApiClient &api;
    HubConnection &chatHub;
    const Clock &clock;
    UserCard self; ///< whose account it is
    Scheduler *scheduler = nullptr; ///< null: real time
};

} // namespace Tertulia::Client
