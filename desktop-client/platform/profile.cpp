// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/profile.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTemporaryFile>

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {

Result<void> makePrivateFolder(const QString &path)
{
    QString why;
    if (!QDir().mkpath(path))
        why = u"the folder %1 cannot be made"_s;
    else if (!QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        why = u"the folder %1 cannot be closed to others"_s;
    else if (QTemporaryFile probe(path + u"/probe-XXXXXX"_s); !probe.open() || probe.write("x") != 1 || !probe.flush())
        why = u"the folder %1 cannot be written"_s;
    if (why.isEmpty())
        return {};
    return failure(Error{
        .code = ErrorCode::Unavailable, .reason = {}, .message = why.arg(path), .field = path, .retryAfterSeconds = 0});
}

QString xdgFolder(QStandardPaths::StandardLocation location, const QString &profile)
{
    const QString base = QStandardPaths::writableLocation(location) + u"/tertulia"_s;
    return profile.isEmpty() ? base : base + u"/profiles/"_s + profile;
}

} // namespace

bool Profile::isValidName(const QString &name)
{
    static const QRegularExpression pattern(u"^[A-Za-z0-9_-][A-Za-z0-9._-]{0,39}$"_s);
    return pattern.match(name).hasMatch();
}

Result<Profile> Profile::open(const QString &name, const QString &baseDir)
{
    Profile profile;
    profile.name = name;
    if (baseDir.isEmpty()) {
        profile.dataDir = xdgFolder(QStandardPaths::GenericDataLocation, name);
        profile.configDir = xdgFolder(QStandardPaths::GenericConfigLocation, name);
    } else {
        const QString base = QDir(baseDir).absolutePath() + (name.isEmpty() ? QString() : u"/profiles/"_s + name);
        profile.dataDir = base + u"/data"_s;
        profile.configDir = base + u"/config"_s;
    }
    for (const QString &folder : {profile.dataDir, profile.configDir}) {
        if (const auto made = makePrivateFolder(folder); !made)
            return failure(made.error());
    }
    return profile;
}

QString Profile::tag() const
{
    const QByteArray path = QDir(dataDir).canonicalPath().toUtf8();
    return QString::fromLatin1(QCryptographicHash::hash(path, QCryptographicHash::Sha256).toHex().left(16));
}

} // namespace Tertulia::Desktop
