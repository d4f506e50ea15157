// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"
#include "signalr/httpconnection.h"
#include "signalr/hubsettings.h"

#include <functional>
#include <vector>

namespace Tertulia::Server {

struct HubEndpointSettings
{
    QByteArray path; ///< "/hubs/game": lower-case, no slash at the end
    std::vector<QByteArray> aliases = {}; ///< further paths of the same endpoint
    quint8 transports = quint8(TransportKind::WebSockets) | quint8(TransportKind::ServerSentEvents)
        | quint8(TransportKind::LongPolling);
    bool allowStateful = true;
    bool authorized = true; ///< false: open to all, tokens are not looked at
    /// What is asked of a request beyond a good token; an error is answered as one of Authenticate's. Called as that
    /// is.
    std::function<Result<void>(const Caller &, const RequestHead &)> admits = {};
    bool keepRequest = false; ///< HttpConnection::request(); costs memory for each connection
    std::vector<HeaderField> negotiateHeaders = {}; ///< added to the answers to negotiate
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
