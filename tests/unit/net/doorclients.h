// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "doorfixture.h"
#include "netclient.h"

// What the tests' clients say to a DoorFixture, in the usual forms.
namespace Tertulia::Test {

inline QByteArray upgradeRequest(const QByteArray &fields = {}, const QByteArray &path = "/ws")
{
    return "GET " + path
        + " HTTP/1.1\r\nHost: door.example\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
        + fields + "\r\n";
}

inline NetClient openWebSocket(const DoorFixture &fixture)
{
    NetClient client(fixture.port());
    client.send(upgradeRequest());
    client.readUntil("\r\n\r\n");
    return client;
}

inline QByteArray get(const QByteArray &path, const QByteArray &fields = {})
{
    return "GET " + path + " HTTP/1.1\r\nHost: door.example\r\n" + fields + "\r\n";
}

inline QByteArray post(const QByteArray &path, const QByteArray &body)
{
    return "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

/// The close code of a server's close frame; 0 when the bytes are none.
inline int closeCode(const QByteArray &frame)
{
    if (frame.size() < 4 || frame[0] != static_cast<char>(0x88))
        return 0;
    return static_cast<quint8>(frame[2]) * 256 + static_cast<quint8>(frame[3]);
}

} // namespace Tertulia::Test
