// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedsocket.h"

#include <QTest>

namespace Tertulia::Test {

ScriptedSocket::ScriptedSocket(QWebSocket *socket, QTcpSocket *wire)
    : m_socket(socket)
    , m_wire(wire)
{
    m_socket->setParent(nullptr);
    const auto take = [this](const QByteArray &message, bool isText) {
        m_received.append(message);
        Q_EMIT messageReceived(message, isText);
    };
    connect(socket, &QWebSocket::textMessageReceived, this, [take](const QString &text) { take(text.toUtf8(), true); });
    connect(socket, &QWebSocket::binaryMessageReceived, this, [take](const QByteArray &bytes) { take(bytes, false); });
    connect(socket, &QWebSocket::disconnected, this, &ScriptedSocket::closed);
}

ScriptedSocket::~ScriptedSocket()
{
    m_socket->disconnect(this);
}

void ScriptedSocket::injectRaw(const QByteArray &bytes)
{
    if (m_wire) {
        m_wire->write(bytes);
        m_wire->flush();
    }
}

void ScriptedSocket::close(QWebSocketProtocol::CloseCode code, const QString &reason)
{
    m_socket->close(code, reason);
}

void ScriptedSocket::abort()
{
    m_socket->abort();
}

QByteArray ScriptedSocket::take()
{
    if (!QTest::qWaitFor([this] { return !m_received.isEmpty(); }, 5'000))
        return {};
    return m_received.takeFirst();
}

} // namespace Tertulia::Test
