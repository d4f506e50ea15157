// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayList>
#include <QObject>
#include <QPointer>
#include <QTcpSocket>
#include <QWebSocket>

#include <memory>

namespace Tertulia::Test {

/// The server's end of one WebSocket.
class ScriptedSocket final : public QObject
{
    Q_OBJECT

public:
    /// Takes the WebSocket; `wire` is the TCP socket below it.
    ScriptedSocket(QWebSocket *socket, QTcpSocket *wire);
    ~ScriptedSocket() override;

    [[nodiscard]] QUrl requestUrl() const { return m_socket->requestUrl(); }
    [[nodiscard]] QByteArray requestHeader(const QByteArray &name) const { return m_socket->request().rawHeader(name); }
    [[nodiscard]] bool isOpen() const { return m_socket->state() == QAbstractSocket::ConnectedState; }

    void injectText(const QString &text) { m_socket->sendTextMessage(text); }
    void injectBinary(const QByteArray &bytes) { m_socket->sendBinaryMessage(bytes); }
    /// Past the WebSocket framing: garbage, halves of frames.
    void injectRaw(const QByteArray &bytes);
    void close(QWebSocketProtocol::CloseCode code = QWebSocketProtocol::CloseCodeNormal, const QString &reason = {});
    void abort(); ///< breaks the TCP connection without a close frame

    /// Messages the client sent, text and binary alike, that nobody has taken yet.
    [[nodiscard]] const QByteArrayList &received() const { return m_received; }
    /// The oldest of these; waits for it at most 5 s. Null when none came.
    [[nodiscard]] QByteArray take();
    [[nodiscard]] int closeCode() const { return m_socket->closeCode(); }

Q_SIGNALS:
    void messageReceived(const QByteArray &message, bool isText);
    void closed();

private:
    std::unique_ptr<QWebSocket> m_socket;
    QPointer<QTcpSocket> m_wire;
    QByteArrayList m_received;
};

} // namespace Tertulia::Test
