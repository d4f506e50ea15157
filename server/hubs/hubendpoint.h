// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "hubs/httpconnection.h"
#include "hubs/hubsettings.h"
#include "net/httpmessage.h"

#include <functional>
#include <vector>

namespace Tertulia::Server {

/// Judges a bearer token: finds the caller, or says Unauthenticated (401), Forbidden (403), RateLimited or Unavailable
/// (503). Called on every request of a hub path, on network threads, several at a time: quick, thread-safe. A token
/// that has ended passes for as long as a connection may outlive it (HubSettings::tokenGrace and a heartbeat):
/// Caller::until tells, and what it is still good for is decided here.
using Authenticate = std::function<Result<Caller>(const QByteArray &token)>;

struct HubEndpointSettings
{
    QByteArray path; ///< "/hubs/chat": lower-case, no slash at the end
    std::vector<QByteArray> aliases; ///< further paths of the same endpoint
    quint8 transports = quint8(TransportKind::WebSockets) | quint8(TransportKind::ServerSentEvents)
        | quint8(TransportKind::LongPolling);
    bool allowStateful = true;
    bool authorized = true; ///< false: open to all, tokens are not looked at
    bool keepRequest = false; ///< HttpConnection::request(); costs memory for each connection
    std::vector<HeaderField> negotiateHeaders; ///< added to the answers to negotiate
};

/// A hub path: what may be done there and what kind of connections it has. Immutable once the server runs.
class HubEndpoint
{
public:
    using ConnectionFactory = std::function<std::shared_ptr<HttpConnection>(HttpConnection::Setup)>;

    HubEndpoint(HubEndpointSettings settings, ConnectionFactory factory)
        : m_settings(std::move(settings))
        , m_factory(std::move(factory))
    {
    }
    [[nodiscard]] const HubEndpointSettings &settings() const { return m_settings; }
    [[nodiscard]] bool supports(TransportKind kind) const { return (m_settings.transports & quint8(kind)) != 0; }
    [[nodiscard]] std::shared_ptr<HttpConnection> makeConnection(HttpConnection::Setup setup) const
    {
        return m_factory(std::move(setup));
    }

private:
    HubEndpointSettings m_settings;
    ConnectionFactory m_factory;
};

} // namespace Tertulia::Server
