// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubendpoint.h"

namespace Tertulia::Server {

/// What a client asks for in the query of its negotiation (signalr.md 2).
struct NegotiateRequest
{
    int version = 0;
    bool stateful = false;
};

/// Reads the query. The error's message is the text for the client, to be answered with status 200.
[[nodiscard]] Result<NegotiateRequest> readNegotiateRequest(const RequestHead &head, int minimumVersion);

[[nodiscard]] QByteArray negotiateAnswer(const HubEndpointSettings &endpoint, const NegotiateRequest &request,
                                         const ConnectionId &id, const ConnectionToken &token, bool stateful);

} // namespace Tertulia::Server
