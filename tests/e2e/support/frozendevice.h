// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTcpSocket>
#include <QTest>
#include <QUrl>

namespace Tertulia::Test {

/// A client on /hubs/chat that has shaken hands and then does nothing: what is sent to it is taken by the kernel, and
/// nobody reads it or answers a ping. Goes without a word.
class FrozenDevice
{
public:
    ~FrozenDevice() { m_socket.abort(); }

    [[nodiscard]] bool connects(const QUrl &server, const QString &token)
    {
        m_socket.connectToHost(server.host(), quint16(server.port()));
        m_socket.write("GET /hubs/chat?access_token=" + token.toUtf8()
                       + " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                         "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        if (!isSent("\r\n\r\n"))
            return false;
        says(R"({"protocol":"json","version":1})");
        return isSent("{}\x1e");
    }
    /// The server has sent it; it lies there unread.
    [[nodiscard]] bool isSent(const QByteArray &text)
    {
        constexpr int patienceMs = 10'000;
        return QTest::qWaitFor([&] { return m_socket.peek(m_socket.bytesAvailable()).contains(text); }, patienceMs);
    }
    /// One record, which is shorter than 126 bytes.
    void says(QByteArray record)
    {
        record += '\x1e';
        // RFC 6455 5.2: final, text, with a mask of zeros.
        m_socket.write(QByteArray("\x81", 1) + char(0x80 | record.size()) + QByteArray(4, '\0') + record);
    }

private:
    QTcpSocket m_socket;
};

} // namespace Tertulia::Test
