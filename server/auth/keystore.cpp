// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/keystore.h"

#include "base/random.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Tertulia::Server::KeyStore {

namespace {

Error unwritable(const QString &path)
{
    return Error::unavailable(
        QStringLiteral("cannot create the key file %1: %2").arg(path, QString::fromLocal8Bit(std::strerror(errno))));
}

Result<QByteArray> read(const QString &path, int size)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(
            Error::unavailable(QStringLiteral("cannot read the key file %1: %2").arg(path, file.errorString())));
    struct stat info = {};
    if (::fstat(file.handle(), &info) != 0 || (info.st_mode & 077) != 0) {
        return failure(
            Error::forbidden(QStringLiteral("the key file %1 can be read by others; run: chmod 600 %1").arg(path)));
    }
    const QByteArray key = file.readAll();
    if (key.size() < size)
        return failure(Error::invalid(
            QStringLiteral("key"),
            QStringLiteral("the key file %1 is damaged: %2 bytes instead of %3").arg(path).arg(key.size()).arg(size)));
    return key;
}

/// So that the file's name survives a power cut, too.
void syncFolder(const QString &folder)
{
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0)
        return;
    ::fsync(descriptor);
    ::close(descriptor);
}

} // namespace

Result<QByteArray> secret(const QString &folder, const QString &name, int size)
{
    const QString path = folder + QLatin1Char('/') + name;
    if (QFileInfo::exists(path))
        return read(path, size);
    if (!QDir().mkpath(folder))
        return failure(unwritable(folder));
    ::chmod(QFile::encodeName(folder).constData(), 0700);

    QByteArray key(size, Qt::Uninitialized);
    fillRandom(key.data(), size_t(key.size()));
    const QByteArray temporary = QFile::encodeName(path) + ".new-" + randomToken(8);
    const int descriptor = ::open(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0)
        return failure(unwritable(path));
    const bool written = ::write(descriptor, key.constData(), size_t(size)) == size && ::fsync(descriptor) == 0;
    ::close(descriptor);
    // link() fails when another process was first; then its key is the key.
    const bool linked = written && ::link(temporary.constData(), QFile::encodeName(path).constData()) == 0;
    const int reason = errno;
    ::unlink(temporary.constData());
    errno = reason;
    if (!linked && reason != EEXIST)
        return failure(unwritable(path));
    syncFolder(folder);
    return linked ? Result<QByteArray>(key) : read(path, size);
}

} // namespace Tertulia::Server::KeyStore
