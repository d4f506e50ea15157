// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHostAddress>
#include <QPointer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <utility>

namespace Tertulia::Test {

/// A network between a client and a server on loopback, which breaks where a test wants it to.
class DroppingRelay : public QObject
{
    Q_OBJECT

public:
    explicit DroppingRelay(QUrl target)
        : m_target(std::move(target))
    {
        connect(&m_listener, &QTcpServer::newConnection, this, &DroppingRelay::accept);
        m_listener.listen(QHostAddress::LocalHost);
        m_port = m_listener.serverPort();
    }

    [[nodiscard]] QUrl url() const
    {
        QUrl url = m_target;
        url.setPort(m_port);
        return url;
    }
    /// Every open connection breaks once so many more bytes of that direction have passed, in the middle of them.
    void breakAfter(bool fromServer, qint64 bytes)
    {
        m_breaksServer = fromServer;
        m_left = bytes;
    }
    void breakNow()
    {
        ++m_drops;
        m_left = -1;
        // Both ends see a reset; nothing says goodbye.
        for (const auto &pair : std::exchange(m_pairs, {})) {
            for (const QPointer<QTcpSocket> &socket : {pair.first, pair.second}) {
                if (socket) {
                    socket->disconnect(this);
                    socket->abort();
                    socket->deleteLater();
                }
            }
        }
    }
    /// New connections are refused, until mend().
    void close() { m_listener.close(); }
    /// No network at all, until mend().
    void cut()
    {
        close();
        breakNow();
    }
    void mend() { m_listener.listen(QHostAddress::LocalHost, m_port); }
    [[nodiscard]] int drops() const { return m_drops; }

protected:
    static void put(QTcpSocket *to, const QByteArray &bytes)
    {
        if (to->state() == QAbstractSocket::ConnectedState)
            to->write(bytes);
    }
    /// What one end has sent is brought to the other, at once and as it is.
    virtual void bring(QTcpSocket *to, const QByteArray &bytes, bool isFromServer)
    {
        Q_UNUSED(isFromServer)
        put(to, bytes);
    }

private:
    void accept()
    {
        while (QTcpSocket *client = m_listener.nextPendingConnection()) {
            auto *server = new QTcpSocket(this);
            client->setParent(this);
            server->connectToHost(m_target.host(), quint16(m_target.port()));
            m_pairs.emplace_back(client, server);
            connect(client, &QTcpSocket::readyRead, this, [this, client, server] { pass(client, server, false); });
            connect(server, &QTcpSocket::connected, client, [this, client, server] { pass(client, server, false); });
            connect(server, &QTcpSocket::readyRead, this, [this, client, server] { pass(server, client, true); });
            connect(client, &QTcpSocket::disconnected, server, &QTcpSocket::disconnectFromHost);
            connect(server, &QTcpSocket::disconnected, client, &QTcpSocket::disconnectFromHost);
            connect(server, &QTcpSocket::errorOccurred, client, [client](QAbstractSocket::SocketError error) {
                if (error == QAbstractSocket::ConnectionRefusedError) // nobody is there behind us
                    client->abort();
            });
        }
    }
    void pass(QTcpSocket *from, QTcpSocket *to, bool isServer)
    {
        if (to->state() == QAbstractSocket::HostLookupState || to->state() == QAbstractSocket::ConnectingState)
            return; // it waits there
        QByteArray bytes = from->readAll();
        if (m_left < 0 || isServer != m_breaksServer) {
            bring(to, bytes, isServer);
            return;
        }
        bytes.truncate(qMin<qint64>(m_left, bytes.size()));
        m_left -= bytes.size();
        bring(to, bytes, isServer);
        if (m_left > 0)
            return;
        if (to->state() == QAbstractSocket::ConnectedState)
            to->flush();
        breakNow();
    }

    QTcpServer m_listener;
    QUrl m_target;
    quint16 m_port = 0; ///< the same after mend()
    QList<std::pair<QPointer<QTcpSocket>, QPointer<QTcpSocket>>> m_pairs;
    bool m_breaksServer = false;
    qint64 m_left = -1; ///< bytes until the break; -1: none
    int m_drops = 0;
};

} // namespace Tertulia::Test
