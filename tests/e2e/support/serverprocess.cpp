// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/serverprocess.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTest>

#include <csignal>

namespace Tertulia::Test {

ServerProcess::ServerProcess(QString dataFolder)
    : m_dataFolder(std::move(dataFolder))
{
    if (m_dataFolder.isEmpty()) {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_dataFolder = m_temporary->path();
    }
}

ServerProcess::~ServerProcess()
{
    if (isRunning() && !terminate())
        kill();
}

bool ServerProcess::start(const QStringList &extraArguments)
{
    const QString program = qEnvironmentVariable("TERTULIA_SERVER");
    if (program.isEmpty()) {
        m_why = QStringLiteral("TERTULIA_SERVER is not set: run this test through ctest");
        return false;
    }
    m_process.setProgram(program);
    m_process.setArguments(QStringList{QStringLiteral("--data-dir"), m_dataFolder, QStringLiteral("--listen"), m_listen}
                           + extraArguments);
    m_process.start();
    QByteArray output;
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < 30'000) {
        m_process.waitForReadyRead(1000);
        output += m_process.readAllStandardOutput();
        m_log += m_process.readAllStandardError();
        const qsizetype from = output.indexOf("listening on ");
        const qsizetype to = from < 0 ? -1 : output.indexOf('\n', from);
        if (to > 0) {
            m_url = QUrl(QString::fromUtf8(output.mid(from + 13, to - from - 13).trimmed()));
            return true;
        }
        if (m_process.state() == QProcess::NotRunning)
            break;
    }
    m_why = QStringLiteral("the server did not come up: ") + QString::fromUtf8(output + log());
    return false;
}

void ServerProcess::kill()
{
    m_process.kill();
    m_process.waitForFinished(15'000);
}

bool ServerProcess::terminate()
{
    if (!isRunning())
        return false;
    ::kill(pid_t(m_process.processId()), SIGTERM);
    // Clients in this process must be able to answer meanwhile.
    return QTest::qWaitFor([this] { return !isRunning(); }, 15'000) && m_process.exitStatus() == QProcess::NormalExit
        && m_process.exitCode() == 0;
}

QByteArray ServerProcess::log()
{
    m_process.waitForReadyRead(0);
    m_log += m_process.readAllStandardError();
    return m_log;
}

qint64 residentKiB(qint64 pid)
{
    QFile file(QStringLiteral("/proc/%1/status").arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return -1;
    const QList<QByteArray> lines = file.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("VmRSS:"))
            return line.mid(6).trimmed().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace Tertulia::Test
