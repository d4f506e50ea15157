// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubreply.h"

namespace Tertulia::Server {

class HubConnectionContext;

/// What a hub keeps of one of its connections (ASP.NET Core: Context.Items). It goes with the connection.
class HubItems
{
public:
    HubItems() = default;
    HubItems(const HubItems &) = delete;
    HubItems &operator=(const HubItems &) = delete;
    virtual ~HubItems() = default;
};

/// Base of the hub classes. One object for each network thread serves all connections of the hub there: what
/// it keeps of a connection are its HubItems, or it forgets it in onDisconnected.
class Hub
{
public:
    Hub() = default;
    Hub(const Hub &) = delete;
    Hub &operator=(const Hub &) = delete;
    virtual ~Hub() = default;

    /// After the handshake was answered; messages of the client wait until the reply. An error ends the connection,
    /// and the client is not asked to come back.
    virtual void onConnected(HubConnectionContext &caller, HubReply<void> reply)
    {
        Q_UNUSED(caller)
        reply.finish({});
    }
    /// The client has got everything up to a place that HubConnectionContext::probe gave.
    virtual void onArrived(HubConnectionContext &caller, quint64 place)
    {
        Q_UNUSED(caller)
        Q_UNUSED(place)
    }
    /// Once for each connection whose onConnected was called. Nothing can be sent to it any more.
    virtual void onDisconnected(HubConnectionContext &caller) { Q_UNUSED(caller) }
};

} // namespace Tertulia::Server
