// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/responsecollector.h"

#include <QTcpSocket>

namespace Tertulia::Server {

/// A QTcpSocket without a descriptor: QtHttpServer reads a request from memory and its answer is collected in memory.
/// Serves one request at a time, any number one after the other.
class VirtualSocket final : public QTcpSocket
{
    Q_OBJECT

public:
    /// @param onComplete called from inside a write of QtHttpServer: do nothing there but take note.
    explicit VirtualSocket(std::function<void()> onComplete);

    /// Lets QtHttpServer parse `request`, which stays; its handler runs inside this call.
    void feed(QByteArrayView request);
    [[nodiscard]] ResponseCollector &collector() { return m_collector; }

    // Past QAbstractSocket on purpose: its buffers are those of a descriptor that is not there.
    // NOLINTNEXTLINE(bugprone-parent-virtual-call)
    qint64 bytesAvailable() const override { return m_input.size() - m_read + QIODevice::bytesAvailable(); }
    qint64 bytesToWrite() const override { return 0; }
    void disconnectFromHost() override { }
    void close() override { }

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 size) override;
    qint64 skipData(qint64 maxSize) override;

private:
    std::function<void()> m_onComplete;
    ResponseCollector m_collector;
    QByteArrayView m_input;
    qsizetype m_read = 0;
};

} // namespace Tertulia::Server
