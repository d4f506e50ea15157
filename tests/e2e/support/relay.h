// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTcpServer>
#include <QUrl>

namespace Tertulia::Test {

/// The network between a client and a server, which a test can cut. Passes bytes on, on the test's thread: they move
/// while the test waits (QTRY_*, QTest::qWaitFor).
class Relay final : public QObject
{
    Q_OBJECT

public:
    explicit Relay(const QUrl &server);

    [[nodiscard]] QUrl url() const; ///< where the client finds the server; the same after mend()
    void cut(); ///< every connection breaks, and new ones are refused
    void mend();

private:
    void accept();

    QTcpServer m_listener;
    QUrl m_server;
    quint16 m_port = 0;
};

} // namespace Tertulia::Test
