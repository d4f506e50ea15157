// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/support/processmemory.h"

#include <QProcess>
#include <QTemporaryDir>
#include <QUrl>

namespace Tertulia::Test {

/// The real tertulia-server as a child process on a free loopback port, with a data folder of its own.
/// The program is taken from the environment variable TERTULIA_SERVER (set by ctest).
class ServerProcess
{
public:
    /// @param dataFolder empty = a temporary one that lives as long as this object
    explicit ServerProcess(QString dataFolder = {});
    ~ServerProcess(); ///< ends the server politely, by force after 15 s

    /// Starts and waits for "listening on". False with why() when it does not come up.
    [[nodiscard]] bool start(const QStringList &extraArguments = {});
    /// Before start(): an address in place of a free port, to come back where an earlier process was.
    void listenOn(const QString &address) { m_listen = address; }
    /// SIGKILL: no chance to write anything. Waits until it is gone.
    void kill();
    /// SIGTERM, then waits. True when it ended by itself with exit code 0.
    [[nodiscard]] bool terminate();

    [[nodiscard]] bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    [[nodiscard]] QUrl url() const { return m_url; }
    [[nodiscard]] QString dataFolder() const { return m_dataFolder; }
    [[nodiscard]] qint64 pid() const { return m_process.processId(); }
    [[nodiscard]] QString why() const { return m_why; }
    /// Everything the server has logged so far.
    [[nodiscard]] QByteArray log();
    /// Resident memory in KiB, from /proc.
    [[nodiscard]] qint64 residentKiB() const { return Test::residentKiB(pid()); }

private:
    std::unique_ptr<QTemporaryDir> m_temporary;
    QString m_dataFolder;
    QString m_listen = QStringLiteral("127.0.0.1:0");
    QProcess m_process;
    QUrl m_url;
    QString m_why;
    QByteArray m_log;
};

} // namespace Tertulia::Test
