// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <functional>
#include <memory>
#include <optional>

namespace Tertulia::Server {

/// What a server's own hubs know of who calls beyond Caller. The library only carries it. Immutable.
class Principal
{
public:
    Principal() = default;
    Principal(const Principal &) = delete;
    Principal &operator=(const Principal &) = delete;
    virtual ~Principal() = default;
};

/// Who makes a request to a hub.
struct Caller
{
    UserId user = {}; ///< null id where the hub is open to all
    SessionId session = {}; ///< the sign-in: what HubServer::disconnect ends, and what a fresher token must belong to
    std::optional<Timestamp> until = {}; ///< end of the token; none: it has none
    /// Only where each token is a session of its own (docs/decisions/0049): the token itself. Another one of the same
    /// user is a fresher one then, if Authenticate still says so.
    QByteArray token = {};
    std::shared_ptr<const Principal> principal = {}; ///< shared by the copies that go from thread to thread
};

/// Judges a bearer token: finds the caller, or says Unauthenticated (401), Forbidden (403), RateLimited or Unavailable
/// (503). Called on every request of a hub path, on network threads, several at a time: quick, thread-safe. A token
/// that has ended passes for as long as a connection may outlive it (HubSettings::tokenGrace and a heartbeat):
/// Caller::until tells, and what it is still good for is decided here.
using Authenticate = std::function<Result<Caller>(const QByteArray &token)>;

} // namespace Tertulia::Server
