// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QUrl>

namespace Tertulia::Test {

/// The project's `testhub` as a child process; the program is named by the environment variable TESTHUB (set by ctest).
class TestHubProcess
{
public:
    TestHubProcess() = default;
    Q_DISABLE_COPY_MOVE(TestHubProcess)
    ~TestHubProcess()
    {
        m_process.terminate();
        if (!m_process.waitForFinished(10'000))
            m_process.kill();
        m_process.waitForFinished();
    }

    [[nodiscard]] bool start(const QStringList &extraArguments = {})
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(qEnvironmentVariable("TESTHUB"),
                        QStringList{QStringLiteral("--listen"), QStringLiteral("127.0.0.1:0")} + extraArguments);
        while (m_process.waitForReadyRead(15'000)) {
            m_output += m_process.readAllStandardOutput();
            const qsizetype at = m_output.indexOf("http://");
            const qsizetype end = m_output.indexOf('\n', at);
            if (at >= 0 && end > at) {
                m_url = QUrl(QString::fromLatin1(m_output.sliced(at, end - at)).trimmed());
                return true;
            }
        }
        return false;
    }
    [[nodiscard]] QUrl url(const QString &path) const
    {
        QUrl url = m_url;
        url.setPath(path);
        return url;
    }

private:
    QProcess m_process;
    QByteArray m_output;
    QUrl m_url;
};

} // namespace Tertulia::Test
