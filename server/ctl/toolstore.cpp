// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/toolstore.h"

#include "app/datafolder.h"
#include "store/migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

Result<void> makeDataFolder(const QString &folder)
{
    if (QDir(folder).exists())
        return {};
    if (!QDir().mkpath(folder) || ::chmod(QFile::encodeName(folder).constData(), S_IRWXU) != 0) {
        return failure(Error::unavailable(
            u"The folder %1 cannot be made: %2."_s.arg(folder, QString::fromLocal8Bit(std::strerror(errno)))));
    }
    return {};
}

} // namespace

StoreSettings toolSettings(const Config &config)
{
    StoreSettings settings = config.store;
    settings.path = DataFolder::databaseIn(config.dataFolder);
    settings.isOwner = false;
    return settings;
}

Result<void> becomeOwnerOf(const QString &folder)
{
    struct stat info = {};
    if (::geteuid() != 0 || ::stat(QFile::encodeName(folder).constData(), &info) != 0 || info.st_uid == 0)
        return {};
    if (::setgroups(0, nullptr) != 0 || ::setgid(info.st_gid) != 0 || ::setuid(info.st_uid) != 0) {
        return failure(Error::unavailable(
            u"Cannot work as the owner of %1: %2."_s.arg(folder, QString::fromLocal8Bit(std::strerror(errno)))));
    }
    return {};
}

ActingAs::ActingAs(uid_t user, gid_t group)
    : m_isRoot(::geteuid() == 0 && user != 0)
{
    if (m_isRoot)
        m_isGood = ::setgroups(0, nullptr) == 0 && ::setegid(group) == 0 && ::seteuid(user) == 0;
}

ActingAs::~ActingAs()
{
    if (m_isRoot && (::seteuid(0) != 0 || ::setegid(0) != 0))
        qFatal("root's rights did not come back");
}

Result<ToolStore> ToolStore::open(const Config &config, bool mayCreate)
{
    const StoreSettings settings = toolSettings(config);
    if (mayCreate) {
        if (auto made = makeDataFolder(config.dataFolder); !made)
            return failure(made.error());
    } else if (!QFileInfo::exists(settings.path)) {
        return failure(
            Error::notFound(u"There is no database in %1 yet. Is it the right --data-dir? 'user add' makes one."_s.arg(
                config.dataFolder)));
    }
    if (auto owner = becomeOwnerOf(config.dataFolder); !owner)
        return failure(owner.error());
    auto database = Database::open(settings, Database::Mode::Writer);
    if (!database)
        return failure(database.error());
    const auto found = migrate(**database, 0); // only looks
    if (!found)
        return failure(found.error());
    if (*found == 0) {
        if (auto made = migrate(**database); !made)
            return failure(made.error());
    } else if (*found < schemaVersion()) {
        return failure(
            Error::conflict(u"The database has schema version %1, this program wants %2: start tertulia-server "
                            "of this version once, it brings the database up to date."_s.arg(*found)
                                .arg(schemaVersion())));
    }
    return ToolStore(std::move(*database));
}

} // namespace Tertulia::Server::Ctl
