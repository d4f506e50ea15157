// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/actor.h"
#include "signalr/hubconnectioncontext.h"

namespace Tertulia::Server {

// Who calls the chat's hubs, between the library's Caller and the services' Actor.

/// What the Authenticate of a server with ChatHubs answers. @param until from when the token is refused; none: never
[[nodiscard]] Caller chatCaller(const Actor &actor, std::optional<Timestamp> until, const QByteArray &token);
/// @param connection one whose Caller chatCaller() made, as those of the chat's hubs are
[[nodiscard]] const Actor &actorOf(const HubConnectionContext &connection);
/// HubEndpointSettings::admits: who somebody is the token says, and a `userId` in the query that contradicts it is
/// refused (contract.md 13.24).
[[nodiscard]] Result<void> isNamedRightly(const Caller &caller, const RequestHead &head);

} // namespace Tertulia::Server
