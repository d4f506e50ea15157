// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "unit/net/netclient.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace Tertulia::Test {

// What people ask through a proxy that the server trusts.

/// A hung test must end; a disk that others use, too, was seen to take more than half a minute for a commit.
inline constexpr int patienceMs = 120'000;
inline const QByteArray hogsNetwork = "198.51.100.7";

/// An address for each number, each in a network of its own.
inline QByteArray network(int number)
{
    return "10." + QByteArray::number(number >> 16 & 255) + '.' + QByteArray::number(number >> 8 & 255) + '.'
        + QByteArray::number(number & 255);
}

/// @param token none where it is empty; @param from the address that the proxy tells; @param fields more of the head
inline QByteArray request(const QByteArray &method, const QByteArray &target, const QByteArray &token,
                          const QByteArray &from, const QByteArray &body = {}, const QByteArray &fields = {})
{
    return method + ' ' + target + " HTTP/1.1\r\nHost: chat.example\r\nX-Forwarded-For: " + from + "\r\n"
        + (token.isEmpty() ? QByteArray() : "Authorization: Bearer " + token + "\r\n")
        + "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n" + fields
        + "\r\n" + body;
}

inline const QByteArray upgradeFields = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                                        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";

/// A hub connection over a WebSocket that has shaken hands.
inline bool joins(NetClient &client, const QByteArray &hub, const QByteArray &token, const QByteArray &from)
{
    client.send(request("GET", hub, token, from, {}, upgradeFields));
    if (client.answer(false).status != 101)
        return false;
    client.send(clientFrame(0x81, "{\"protocol\":\"json\",\"version\":1}\x1e"));
    return !client.readUntil("{}\x1e").isEmpty();
}

inline QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// One of the hog's hands: goes on asking on one connection.
class Hand
{
public:
    Hand(quint16 port, QByteArray token)
        : m_port(port)
        , m_token(std::move(token))
        , m_client(port)
    {
    }
    /// The status; 0: no answer. Where the connection has ended there is another one for the next time.
    [[nodiscard]] int ask(const QByteArray &method, const QByteArray &target, const QByteArray &body = {},
                          const QByteArray &from = hogsNetwork)
    {
        m_client.send(request(method, target, m_token, from, body));
        std::ignore = m_client.receive(patienceMs);
        const auto answer = m_client.answer();
        if (answer.status == 0 || answer.head.toLower().contains("connection: close"))
            m_client = NetClient(m_port);
        return answer.status;
    }
    [[nodiscard]] NetClient &client() { return m_client; }
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    bool isOnHub = false; ///< what it asks is asked there

private:
    quint16 m_port;
    QByteArray m_token;
    NetClient m_client;
};

} // namespace Tertulia::Test
