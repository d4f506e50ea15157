// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"
#include "net/netaddress.h"

namespace Tertulia::Server {

/// Where a request comes from, behind all trusted proxies.
struct RequestOrigin
{
    /// What a proxy leaves undone; an operator has to hear of it.
    enum class Trouble : quint8 {
        None,
        NoAddress, ///< a trusted proxy says nothing usable about its client: all its clients are one
        Unnamed, ///< it came through a proxy on this machine, or under a public name, and no such proxy is trusted
    };

    NetAddress peer;
    bool isProxied = false; ///< by a trusted proxy
    bool secure = false;
    bool local = false;
    Trouble trouble = Trouble::None;
};

/// Decides it. A request is local when its socket is, no trusted proxy is there, and nothing about it looks passed on:
/// a proxy that is not named in server.trusted_proxies, or that forwards no address, would make the whole internet
/// local. What gives such a proxy away: a field that only proxies write, HTTP/1.0 (nginx's default towards a server), a
/// Host that is no name of this machine for itself (HAProxy and Apache hand on the public one). The last also keeps out
/// web pages whose own name was pointed at 127.0.0.1.
[[nodiscard]] RequestOrigin originOf(const RequestHead &head, const NetAddress &socketPeer, bool tls,
                                     const TrustedProxies &proxies);

} // namespace Tertulia::Server
