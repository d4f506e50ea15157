// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/backup.h"

#include "app/datafolder.h"
#include "ctl/toolstore.h"
#include "store/databasecopy.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QScopeGuard>
#include <QStorageInfo>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebi = 1LL << 20;

Error failed(const QString &path, const QString &what)
{
    return Error::unavailable(u"%1 cannot be %2: %3."_s.arg(path, what, QString::fromLocal8Bit(std::strerror(errno))));
}

/// A descriptor that is closed at the end.
class File
{
public:
    File(const QString &path, int flags)
        : m_descriptor(::open(QFile::encodeName(path).constData(), flags | O_CLOEXEC, S_IRUSR | S_IWUSR))
    {
    }
    File(const File &) = delete;
    File &operator=(const File &) = delete;
    ~File()
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
    }
    [[nodiscard]] int descriptor() const { return m_descriptor; }
    [[nodiscard]] bool isOpen() const { return m_descriptor >= 0; }

private:
    int m_descriptor;
};

Result<void> makeFolder(const QString &path)
{
    if (::mkdir(QFile::encodeName(path).constData(), S_IRWXU) != 0)
        return failure(failed(path, u"made"_s));
    return {};
}

Result<void> copyFile(const QString &from, const QString &to)
{
    const File source(from, O_RDONLY);
    QFile reader;
    if (!source.isOpen() || !reader.open(source.descriptor(), QIODevice::ReadOnly))
        return failure(failed(from, u"read"_s));
    const QByteArray content = reader.readAll();
    if (reader.error() != QFileDevice::NoError)
        return failure(failed(from, u"read"_s));
    const File target(to, O_WRONLY | O_CREAT | O_EXCL);
    QFile writer;
    if (!target.isOpen() || !writer.open(target.descriptor(), QIODevice::WriteOnly | QIODevice::Unbuffered)
        || writer.write(content) != content.size())
        return failure(failed(to, u"written"_s));
    return {};
}

Result<void> copyKeys(const QString &from, const QString &to)
{
    if (auto made = makeFolder(to); !made)
        return made;
    for (const QString &name : QDir(from).entryList(QDir::Files | QDir::Hidden)) {
        if (auto copied = copyFile(from + u'/' + name, to + u'/' + name); !copied)
            return copied;
    }
    return {};
}

/// Onto the disk, with all that is in it.
Result<void> settle(const QString &path)
{
    if (const QFileInfo info(path); info.isDir()) {
        for (const QString &name : QDir(path).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot)) {
            if (auto settled = settle(path + u'/' + name); !settled)
                return settled;
        }
    }
    const File file(path, O_RDONLY);
    if (!file.isOpen() || ::fsync(file.descriptor()) != 0)
        return failure(failed(path, u"brought to the disk"_s));
    return {};
}

Result<void> checkSpace(const QString &database, const QString &folder)
{
    const qint64 needed = QFileInfo(database).size() + QFileInfo(database + u"-wal"_s).size();
    const qint64 available = QStorageInfo(folder).bytesAvailable();
    if (available >= needed)
        return {};
    return failure(Error::unavailable(u"%1 has room for %2 MiB; the backup needs up to %3."_s.arg(folder)
                                          .arg(available / mebi)
                                          .arg(needed / mebi + 1)));
}

Result<void> checkTarget(const QString &target, const QString &incomplete, const QString &dataFolder)
{
    if (QFileInfo(target).exists() || QFileInfo(target).isSymLink())
        return failure(Error::conflict(u"%1 is there already; a backup goes into a new folder."_s.arg(target)));
    if (QFileInfo::exists(incomplete)) {
        return failure(Error::conflict(
            u"%1 is there: another backup is at work, or was broken off. Remove it if none is."_s.arg(incomplete)));
    }
    const QString place = QFileInfo(QFileInfo(target).path()).canonicalFilePath(); // links may lead there, too
    if ((place + u'/').startsWith(QFileInfo(dataFolder).canonicalFilePath() + u'/'))
        return failure(Error::conflict(u"%1 is inside of the data folder."_s.arg(target)));
    return {};
}

Result<void> fill(const QString &folder, const Config &config, const QString &configFile)
{
    if (auto copied = copyKeys(DataFolder::keysIn(config.dataFolder), DataFolder::keysIn(folder)); !copied)
        return copied;
    if (!configFile.isEmpty()) {
        if (auto copied = copyFile(configFile, folder + u"/server.toml"_s); !copied)
            return copied;
    }
    if (auto copied = copyDatabase(toolSettings(config), DataFolder::databaseIn(folder)); !copied)
        return copied;
    return settle(folder);
}

/// What root has just made; whoever may write beside it can have put a link or a folder of theirs in its place.
Result<void> give(const QString &folder, const struct stat &owner)
{
    const File made(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
    if (!made.isOpen() || ::fchown(made.descriptor(), owner.st_uid, owner.st_gid) != 0)
        return failure(failed(folder, u"given to the owner of the data folder"_s));
    return {};
}

/// Root works with the rights of the owner of the data folder, whose links may lead anywhere, and leaves the backup to
/// them.
Result<void> fillAsOwner(const QString &folder, const Config &config, const QString &configFile,
                         const struct stat &owner)
{
    if (::geteuid() == 0) {
        if (auto given = give(folder, owner); !given)
            return given;
    }
    const ActingAs them(owner.st_uid, owner.st_gid);
    if (!them.isGood())
        return failure(failed(folder, u"filled with the rights of the owner of the data folder"_s));
    return fill(folder, config, configFile);
}

/// With the same rights, lest a link in its place make root empty another folder. The empty one may lie where the owner
/// may not write; to remove that follows no link.
void discard(const QString &folder, const struct stat &owner)
{
    if (const ActingAs them(owner.st_uid, owner.st_gid); them.isGood())
        QDir(folder).removeRecursively();
    ::rmdir(QFile::encodeName(folder).constData());
}

} // namespace

Result<void> runBackup(const Config &config, const QString &configFile, const QString &target)
{
    const QString whole = QDir(target).absolutePath();
    const QString incomplete = whole + u".incomplete"_s;
    const QString database = DataFolder::databaseIn(config.dataFolder);
    if (!QFileInfo::exists(database)) {
        return failure(
            Error::notFound(u"There is no database in %1 yet. Is it the right --data-dir?"_s.arg(config.dataFolder)));
    }
    if (auto good = checkTarget(whole, incomplete, config.dataFolder); !good)
        return good;
    struct stat owner = {};
    if (::stat(QFile::encodeName(config.dataFolder).constData(), &owner) != 0)
        return failure(failed(config.dataFolder, u"read"_s));
    if (auto made = makeFolder(incomplete); !made)
        return made;
    auto removal = qScopeGuard([&incomplete, &owner] { discard(incomplete, owner); });
    if (auto good = checkSpace(database, incomplete); !good)
        return good;
    if (auto filled = fillAsOwner(incomplete, config, configFile, owner); !filled)
        return filled;
    // Replaces nothing but an empty folder; network file systems do not know RENAME_NOREPLACE.
    if (std::rename(QFile::encodeName(incomplete).constData(), QFile::encodeName(whole).constData()) != 0)
        return failure(failed(whole, u"made"_s));
    removal.dismiss();
    const File parent(QFileInfo(whole).path(), O_RDONLY);
    if (!parent.isOpen() || ::fsync(parent.descriptor()) != 0)
        return failure(failed(whole, u"brought to the disk"_s));
    std::printf("Backed up %s to %s: %lld MiB, no damage.\n", qPrintable(config.dataFolder), qPrintable(whole),
                static_cast<long long>(QFileInfo(DataFolder::databaseIn(whole)).size() / mebi));
    return {};
}

} // namespace Tertulia::Server::Ctl
