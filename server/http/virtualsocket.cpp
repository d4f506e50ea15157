// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/virtualsocket.h"

#include <QHostAddress>

#include <cstring>

namespace Tertulia::Server {

VirtualSocket::VirtualSocket(std::function<void()> onComplete)
    : m_onComplete(std::move(onComplete))
{
    setOpenMode(QIODevice::ReadWrite);
    setSocketState(QAbstractSocket::ConnectedState);
    setPeerAddress(QHostAddress(QHostAddress::LocalHost));
}

void VirtualSocket::feed(QByteArrayView request)
{
    m_input = request;
    m_read = 0;
    Q_EMIT readyRead();
}

qint64 VirtualSocket::readData(char *data, qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_input.size() - m_read);
    if (size > 0) {
        std::memcpy(data, m_input.data() + m_read, size_t(size));
        m_read += size;
    }
    return size;
}

qint64 VirtualSocket::skipData(qint64 maxSize)
{
    const qint64 size = std::min<qint64>(maxSize, m_input.size() - m_read);
    m_read += size;
    return size;
}

qint64 VirtualSocket::writeData(const char *data, qint64 size)
{
    const bool wasOver = m_collector.state() >= ResponseCollector::State::Complete;
    m_collector.append(QByteArrayView(data, size));
    if (!wasOver && m_collector.state() >= ResponseCollector::State::Complete)
        m_onComplete();
    return size;
}

} // namespace Tertulia::Server
