// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/hubstage.h"
#include "unit/net/netclient.h"

#include <QJsonDocument>
#include <QJsonObject>

// What tests say to a HubStage, in the usual forms.
namespace Tertulia::Test {

inline QByteArray hubRequest(const QByteArray &method, const QByteArray &target, const QByteArray &token,
                             const QByteArray &fields = {}, const QByteArray &body = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: hub.example\r\nAuthorization: Bearer " + token
        + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + fields + "\r\n" + body;
}

inline QByteArray socketRequest(const QByteArray &id, const QByteArray &token)
{
    return hubRequest("GET", "/hub?id=" + id, token,
                      "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
}

struct Negotiated
{
    QByteArray token; ///< what stands as `id` in URLs
    ConnectionId id;
};

inline Negotiated negotiate(const HubStage &stage, const QByteArray &token, bool stateful = false)
{
    NetClient client(stage.port());
    client.send(hubRequest(
        "POST", QByteArray("/hub/negotiate?negotiateVersion=1") + (stateful ? "&useStatefulReconnect=true" : ""),
        token));
    const QJsonObject answer = QJsonDocument::fromJson(client.answer().body).object();
    return {answer.value(QLatin1StringView("connectionToken")).toString().toLatin1(),
            parseConnectionText<ConnectionId>(answer.value(QLatin1StringView("connectionId")).toString().toLatin1())
                .value_or(ConnectionId())};
}

/// The status of the answer; 101 leaves the client a WebSocket.
inline int openSocket(NetClient &client, const QByteArray &id, const QByteArray &token)
{
    client.send(socketRequest(id, token));
    return client.answer().status;
}

inline QByteArray handshake(int version = 1)
{
    return R"({"protocol":"json","version":)" + QByteArray::number(version) + "}\x1e";
}

inline QByteArray call(const QByteArray &id, const QByteArray &method, const QByteArray &argument)
{
    return R"({"type":1,"invocationId":")" + id + R"(","target":")" + method + R"(","arguments":[")" + argument
        + "\"]}\x1e";
}

inline void say(NetClient &client, const QByteArray &records)
{
    client.send(clientFrame(0x81, records));
}

} // namespace Tertulia::Test
