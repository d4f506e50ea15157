// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/datafolder.h"

#include "app/filemodes.h"

#include <QDir>
#include <QFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Tertulia::Server {

namespace {

Result<void> makePrivateFolder(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (QDir(path).exists())
        return {};
    if (!QDir().mkpath(path) || ::chmod(name.constData(), S_IRWXU) != 0) {
        return failure(Error::unavailable(
            QStringLiteral("The folder %1 cannot be made: %2").arg(path, QString::fromLocal8Bit(strerror(errno)))));
    }
    return {};
}

} // namespace

DataFolder::~DataFolder()
{
    if (m_lock >= 0)
        ::close(m_lock);
}

Result<void> DataFolder::open(const QString &path)
{
    if (path.isEmpty()) {
        return failure(Error::invalid(QStringLiteral("data_dir"),
                                      QStringLiteral("Say where the data shall be: --data-dir FOLDER.")));
    }
    m_path = QDir(path).absolutePath();
    if (auto made = makePrivateFolder(m_path); !made)
        return made;
    if (auto made = makePrivateFolder(uploads()); !made)
        return made;
    const QString lockName = lockIn(m_path);
    m_lock = ::open(QFile::encodeName(lockName).constData(), O_RDWR | O_CREAT | O_CLOEXEC, S_IRUSR | S_IWUSR);
    if (m_lock < 0) {
        return failure(Error::unavailable(
            QStringLiteral("%1 cannot be opened: %2").arg(lockName, QString::fromLocal8Bit(strerror(errno)))));
    }
    if (::flock(m_lock, LOCK_EX | LOCK_NB) != 0) {
        return failure(Error::conflict(
            QStringLiteral("Another server works with %1 already; stop it first, or use another --data-dir.")
                .arg(m_path)));
    }
    FileModes::makePrivate(m_path);
    return {};
}

} // namespace Tertulia::Server
