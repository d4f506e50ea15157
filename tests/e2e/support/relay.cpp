// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/relay.h"

#include <QTcpSocket>

namespace Tertulia::Test {

Relay::Relay(const QUrl &server)
    : m_server(server)
{
    connect(&m_listener, &QTcpServer::newConnection, this, &Relay::accept);
    mend();
}

QUrl Relay::url() const
{
    QUrl url = m_server;
    url.setPort(m_port);
    return url;
}

void Relay::cut()
{
    m_listener.close();
    for (QTcpSocket *socket : findChildren<QTcpSocket *>())
        socket->abort();
}

void Relay::mend()
{
    m_listener.listen(QHostAddress::LocalHost, m_port);
    m_port = m_listener.serverPort();
}

void Relay::accept()
{
    while (QTcpSocket *const client = m_listener.nextPendingConnection()) {
        client->setParent(this);
        auto *const server = new QTcpSocket(this);
        const auto pass = [this](QTcpSocket *from, QTcpSocket *to) {
            connect(from, &QTcpSocket::readyRead, to, [from, to] {
                if (to->state() == QAbstractSocket::ConnectedState)
                    to->write(from->readAll());
            });
            connect(from, &QTcpSocket::disconnected, to, [to] { to->disconnectFromHost(); });
            connect(from, &QTcpSocket::disconnected, from, &QObject::deleteLater);
        };
        // What the client says before the server has answered waits in its socket.
        connect(server, &QTcpSocket::connected, client, [client, server] { server->write(client->readAll()); });
        connect(server, &QTcpSocket::errorOccurred, client, [client] { client->abort(); });
        connect(server, &QTcpSocket::errorOccurred, server, &QObject::deleteLater);
        pass(client, server);
        pass(server, client);
        server->connectToHost(QHostAddress(m_server.host()), quint16(m_server.port()));
    }
}

} // namespace Tertulia::Test
