// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/singleinstance.h"

#include <QDir>
#include <QLocalSocket>
#include <QStandardPaths>
#include <QTimer>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 2000;
constexpr qsizetype longestRequest = 1024;
constexpr char request[] = "raise ";
constexpr char answer[] = "ok\n";

} // namespace

SingleInstance::SingleInstance(const Profile &profile, QObject *parent)
    : QObject(parent)
    , m_lock(profile.dataDir + u"/running.lock"_s)
    // Not in the data folder: a socket's path may have 107 bytes.
    , m_socketPath(QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + u"/tertulia-"_s + profile.tag())
{
    // Only a dead owner makes a lock stale, never its age.
    m_lock.setStaleLockTime(0);
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::takeConnection);
}

SingleInstance::~SingleInstance()
{
    // Before the lock goes: the next one must find neither.
    m_server.close();
}

SingleInstance::Outcome SingleInstance::begin(const QByteArray &activationToken)
{
    if (m_lock.tryLock(0)) {
        listen();
        return Outcome::First;
    }
    if (m_lock.error() != QLockFile::LockFailedError) {
        m_why = u"the lock %1 cannot be made; is the disk full, or the folder somebody else's?"_s.arg(
            QDir::toNativeSeparators(m_lock.fileName()));
        return Outcome::Failed;
    }
    if (askFirst(activationToken))
        return Outcome::Handed;
    // It may have ended while we asked.
    if (m_lock.tryLock(0)) {
        listen();
        return Outcome::First;
    }
    qint64 pid = 0;
    QString host, program;
    (void)m_lock.getLockInfo(&pid, &host, &program);
    m_why = u"this profile is open already (process %1) and does not answer"_s.arg(pid);
    return Outcome::Silent;
}

void SingleInstance::listen()
{
    // Left by a process that was killed; nobody else can hold it while we hold the lock.
    QLocalServer::removeServer(m_socketPath);
    if (!m_server.listen(m_socketPath))
        m_why = m_server.errorString(); // the lock still protects the data: no reason to refuse the start
}

void SingleInstance::takeConnection()
{
    while (QLocalSocket *socket = m_server.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(patienceMs, socket, [socket] { socket->abort(); });
        const auto read = [this, socket] {
            if (!socket->canReadLine()) {
                if (socket->bytesAvailable() > longestRequest)
                    socket->abort();
                return;
            }
            const QByteArray line = socket->readLine(longestRequest).trimmed();
            if (!line.startsWith(QByteArrayView(request).trimmed())) {
                socket->abort();
                return;
            }
            socket->write(answer);
            socket->disconnectFromServer();
            Q_EMIT raiseRequested(line.mid(qsizetype(sizeof(request)) - 1));
        };
        connect(socket, &QLocalSocket::readyRead, this, read);
        read();
    }
}

bool SingleInstance::askFirst(const QByteArray &activationToken)
{
    QLocalSocket socket;
    socket.connectToServer(m_socketPath);
    if (!socket.waitForConnected(patienceMs))
        return false;
    // A line each way; a token with a line break in it is no token.
    const QByteArray token = activationToken.contains('\n') ? QByteArray() : activationToken.left(longestRequest / 2);
    socket.write(QByteArray(request) + token + '\n');
    socket.waitForBytesWritten(patienceMs);
    return socket.waitForReadyRead(patienceMs) && socket.readAll() == answer;
}

} // namespace Tertulia::Desktop
