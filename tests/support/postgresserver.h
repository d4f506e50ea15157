// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

#include <grp.h>
#include <pwd.h>
#include <unistd.h>

namespace Tertulia::Test {

/// A PostgreSQL of one's own: an empty cluster in a temporary folder, reached by a socket in it and by no port. It does
/// not run as root; there it runs as the user postgres.
class PostgresServer
{
public:
    ~PostgresServer()
    {
        if (m_server && m_server->state() != QProcess::NotRunning) {
            m_server->terminate();
            if (!m_server->waitForFinished(30'000))
                m_server->kill();
            m_server->waitForFinished();
        }
    }

    /// Empty: it runs. Otherwise why there is none here, in a sentence.
    [[nodiscard]] QString start()
    {
        const QDir versions(QStringLiteral("/usr/lib/postgresql"));
        const QStringList found = versions.entryList(QDir::Dirs | QDir::NoDotAndDotDot);
        int newest = 0;
        for (const QString &version : found)
            newest = std::max(newest, version.toInt());
        m_programs = versions.filePath(QString::number(newest) + QStringLiteral("/bin/"));
        if (newest < 15 || !QFile::exists(m_programs + QStringLiteral("initdb")))
            return QStringLiteral("There is no PostgreSQL 15 or later on this machine.");
        if (::geteuid() == 0) {
            const struct passwd *const user = ::getpwnam("postgres");
            if (!user)
                return QStringLiteral("PostgreSQL does not run as root, and there is no user postgres.");
            m_user = user->pw_uid;
            m_group = user->pw_gid;
            if (::chown(QFile::encodeName(m_folder.path()).constData(), m_user, m_group) != 0)
                return QStringLiteral("The user postgres cannot be given a folder.");
        }
        const auto made = process(QStringLiteral("initdb"),
                                  {QStringLiteral("--no-sync"), QStringLiteral("--no-instructions"),
                                   QStringLiteral("--auth=trust"), QStringLiteral("--encoding=UTF8"),
                                   QStringLiteral("--locale=C"), QStringLiteral("--username=postgres"), data()});
        made->start();
        if (!made->waitForFinished(60'000) || made->exitCode() != 0)
            return QStringLiteral("initdb: ") + QString::fromLocal8Bit(made->readAllStandardError());
        m_server = process(QStringLiteral("postgres"),
                           {QStringLiteral("-D"), data(), QStringLiteral("-k"), m_folder.path(), QStringLiteral("-c"),
                            QStringLiteral("listen_addresses="), QStringLiteral("-c"), QStringLiteral("fsync=off")});
        m_server->start();
        QByteArray said;
        while (!said.contains("ready to accept connections")) {
            if (!m_server->waitForReadyRead(60'000))
                return QStringLiteral("postgres: ") + QString::fromLocal8Bit(said);
            said += m_server->readAll();
        }
        return {};
    }

    /// A session that reads statements from its input and stops at the first that fails.
    [[nodiscard]] std::unique_ptr<QProcess> session() const
    {
        auto psql = process(QStringLiteral("psql"),
                            {QStringLiteral("-XqAt"), QStringLiteral("-h"), m_folder.path(), QStringLiteral("-U"),
                             QStringLiteral("postgres"), QStringLiteral("-v"), QStringLiteral("ON_ERROR_STOP=1"),
                             QStringLiteral("postgres")});
        psql->start();
        return psql;
    }
    /// What the statements give, one line a row; "ERROR: …" where one fails.
    [[nodiscard]] QByteArray run(const QByteArray &sql) const
    {
        const auto psql = session();
        psql->write(sql);
        psql->closeWriteChannel();
        psql->waitForFinished(60'000);
        return psql->readAll();
    }

private:
    [[nodiscard]] QString data() const { return m_folder.filePath(QStringLiteral("data")); }
    [[nodiscard]] std::unique_ptr<QProcess> process(const QString &program, const QStringList &arguments) const
    {
        auto made = std::make_unique<QProcess>();
        made->setProgram(m_programs + program);
        made->setArguments(arguments);
        made->setProcessChannelMode(QProcess::MergedChannels);
        made->setWorkingDirectory(m_folder.path());
        if (m_user != 0) {
            made->setChildProcessModifier([user = m_user, group = m_group] {
                if (::setgroups(0, nullptr) != 0 || ::setgid(group) != 0 || ::setuid(user) != 0)
                    ::_exit(1);
            });
        }
        return made;
    }

    QTemporaryDir m_folder;
    QString m_programs;
    uid_t m_user = 0;
    gid_t m_group = 0;
    std::unique_ptr<QProcess> m_server;
};

} // namespace Tertulia::Test
