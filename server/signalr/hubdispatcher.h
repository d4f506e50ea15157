// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hublifetimemanager.h"
#include "signalr/hubmethods.h"
#include "signalr/hubserver.h"

namespace Tertulia::Server {

/// A hub: its method table, its connections, and one hub object for each network thread. Finds the method of an
/// invocation, binds and starts it, and answers what cannot be started (signalr.md 7 and 8). Knows no rule of any hub.
class HubDispatcher
{
public:
    using HubFactory = std::function<std::unique_ptr<Hub>(HubThread &)>;

    /// Before the server's first router. @param makeHub is called for each network thread
    template <class H>
    HubDispatcher(HubServer &server, HubMethods<H> methods, HubFactory makeHub)
        : HubDispatcher(server, methods.take(), std::move(makeHub))
    {
    }
    HubDispatcher(HubServer &server, std::vector<std::unique_ptr<HubMethod>> methods, HubFactory makeHub);
    HubDispatcher(const HubDispatcher &) = delete;
    HubDispatcher &operator=(const HubDispatcher &) = delete;
    ~HubDispatcher();

    /// Serves this hub at a path; a hub may have several.
    void serveAt(HubEndpointSettings settings);

    [[nodiscard]] const HubSettings &settings() const { return m_server.settings(); }
    [[nodiscard]] HubLifetimeManager &clients() { return m_lifetime; }

    // --- for the connections

    /// False: no slot is free, ask again later; nothing was done.
    [[nodiscard]] bool invoke(HubConnectionContext &caller, const InvocationMessage &message);
    [[nodiscard]] bool invoke(HubConnectionContext &caller, const StreamInvocationMessage &message);
    void connected(HubConnectionContext &caller);
    void disconnected(HubConnectionContext &caller);

private:
    /// An invocation of either kind.
    struct Call
    {
        const QByteArray &id;
        const QByteArray &target;
        const SharedValue &arguments;
        const std::vector<QByteArray> &streamIds;
        bool asStream;
    };
    [[nodiscard]] bool invoke(HubConnectionContext &caller, const Call &call);
    [[nodiscard]] const HubMethod *find(QByteArrayView name) const;
    [[nodiscard]] bool mayStart(HubConnectionContext &caller, const Call &call, const HubMethod &method) const;

    HubServer &m_server;
    HubLifetimeManager m_lifetime;
    std::vector<std::unique_ptr<HubMethod>> m_methods;
};

} // namespace Tertulia::Server
