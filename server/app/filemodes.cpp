// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filemodes.h"

#include "app/datafolder.h"
#include "base/logging.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/stat.h>

namespace Tertulia::Server::FileModes {

using namespace Qt::StringLiterals;

namespace {

constexpr mode_t othersRights = S_IRWXG | S_IRWXO;

QFileInfoList entriesOf(const QString &folder, const QStringList &names = {})
{
    return QDir(folder).entryInfoList(names, QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
}

/// Everything in the data folder was put there by a server.
bool isOurs(const QString &dataFolder)
{
    const QFileInfoList entries = entriesOf(dataFolder);
    return std::all_of(entries.begin(), entries.end(), [](const QFileInfo &entry) {
        const QString name = entry.fileName();
        return name.startsWith("tertulia.db"_L1) || name == "server.lock"_L1 || name == "keys"_L1
            || name == "uploads"_L1;
    });
}

void takeOthersRights(const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    struct stat info = {};
    if (::stat(name.constData(), &info) == 0 && ::chmod(name.constData(), info.st_mode & 07777 & ~othersRights) == 0)
        qCWarning(logApp, "others could look into %ls; they cannot any more", qUtf16Printable(path));
    else
        qCWarning(logApp, "others can look into %ls, and that cannot be changed: %s", qUtf16Printable(path),
                  std::strerror(errno));
}

} // namespace

void keepNewFilesPrivate()
{
    ::umask(othersRights);
}

bool isExposed(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 && (info.st_mode & othersRights) != 0;
}

QStringList exposedIn(const QString &dataFolder)
{
    QFileInfoList entries = entriesOf(dataFolder, {u"tertulia.db*"_s, u"server.lock"_s, u"keys"_s, u"uploads"_s});
    entries.append(entriesOf(DataFolder::uploadsIn(dataFolder)));
    QStringList exposed;
    for (const QFileInfo &entry : std::as_const(entries)) {
        if (isExposed(entry.filePath()))
            exposed.append(entry.filePath());
    }
    return exposed;
}

void makePrivate(const QString &dataFolder)
{
    for (const QString &path : exposedIn(dataFolder))
        takeOthersRights(path);
    if (!isExposed(dataFolder))
        return;
    if (isOurs(dataFolder))
        takeOthersRights(dataFolder);
    else
        qCWarning(logApp,
                  "others can list the names of the files in %ls; it is left as it is, because other things are "
                  "in it, too",
                  qUtf16Printable(dataFolder));
}

} // namespace Tertulia::Server::FileModes
