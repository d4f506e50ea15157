// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/websocket.h"
#include "protocol/hubprotocol.h"

namespace Tertulia::Server {

/// A record of the hub protocol as a WebSocket frame, which is how records travel inside the server: text for JSON,
/// binary for MessagePack (also the handshake's answer, though that is always JSON).
[[nodiscard]] inline QByteArray toFrame(const HubProtocol &protocol, QByteArrayView record)
{
    return WebSocket::encodeFrame(protocol.isBinary() ? WebSocket::Opcode::Binary : WebSocket::Opcode::Text, record);
}

/// Made once for all connections.
[[nodiscard]] inline const QByteArray &pingFrame(const HubProtocol &protocol)
{
    static const QByteArray json = toFrame(jsonHubProtocol(), jsonHubProtocol().writePing());
    static const QByteArray messagePack = toFrame(messagePackHubProtocol(), messagePackHubProtocol().writePing());
    return protocol.isBinary() ? messagePack : json;
}

[[nodiscard]] inline const HubProtocol &protocolOf(WireFormat format)
{
    return format == WireFormat::Json ? jsonHubProtocol() : messagePackHubProtocol();
}

} // namespace Tertulia::Server
