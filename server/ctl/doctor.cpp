// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ctl/doctor.h"

#include "app/datafolder.h"
#include "app/filemodes.h"
#include "ctl/toolstore.h"
#include "sqlite/rows.h"
#include "store/executor.h"
#include "store/migrations.h"

#include <QDir>
#include <QFileInfo>
#include <QStorageInfo>

#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace Tertulia::Server::Ctl {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 mebibyte = 1LL << 20;
constexpr qint64 tightSpace = 1024 * mebibyte;
constexpr qint64 tooLittleSpace = 64 * mebibyte;

class Report
{
public:
    void ok(const QString &what, const QString &detail) { print("ok", what, detail); }
    void note(const QString &what, const QString &detail) { print("note", what, detail); }
    void problem(const QString &what, const QString &detail)
    {
        print("PROBLEM", what, detail);
        m_isWell = false;
    }
    [[nodiscard]] bool isWell() const { return m_isWell; }

private:
    static void print(const char *kind, const QString &what, const QString &detail)
    {
        std::printf("%-8s %-10s %s\n", kind, what.toUtf8().constData(), detail.toUtf8().constData());
        std::fflush(stdout); // the check of a large database takes a while
    }
    bool m_isWell = true;
};

std::optional<struct stat> statOf(const QString &path)
{
    struct stat info = {};
    return ::stat(QFile::encodeName(path).constData(), &info) == 0 ? std::optional(info) : std::nullopt;
}

bool isServerRunning(const QString &folder)
{
    const int lock = ::open(QFile::encodeName(DataFolder::lockIn(folder)).constData(), O_RDONLY | O_CLOEXEC);
    if (lock < 0)
        return false;
    const bool isHeld = ::flock(lock, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    ::close(lock);
    return isHeld;
}

bool checkFolder(Report &report, const QString &folder)
{
    const auto info = statOf(folder);
    if (!info || !S_ISDIR(info->st_mode)) {
        report.problem(u"folder"_s, u"%1 is not there. Is it the right --data-dir?"_s.arg(folder));
        return false;
    }
    if (FileModes::isExposed(folder))
        report.problem(u"folder"_s, u"others can look into %1; run: chmod 700 %1"_s.arg(folder));
    else
        report.ok(u"folder"_s, folder);
    return true;
}

void checkFiles(Report &report, const QString &folder)
{
    const QStringList exposed = FileModes::exposedIn(folder);
    for (const QString &path : exposed)
        report.problem(u"files"_s, u"others can look into %1; run: chmod go= %1"_s.arg(path));
    if (exposed.isEmpty())
        report.ok(u"files"_s, u"nobody else can read them"_s);
}

void checkKeys(Report &report, const QString &folder)
{
    const QFileInfoList keys = QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
    for (const QFileInfo &key : keys) {
        const auto info = statOf(key.filePath());
        if (!info || (info->st_mode & 077) != 0)
            report.problem(u"keys"_s, u"others can read %1; run: chmod 600 %1"_s.arg(key.filePath()));
        else if (info->st_size < 32)
            report.problem(u"keys"_s, u"%1 is damaged: %2 bytes"_s.arg(key.filePath()).arg(info->st_size));
        else
            report.ok(u"keys"_s, key.filePath());
    }
    if (keys.isEmpty())
        report.note(u"keys"_s, u"none yet; the server makes them at its first start"_s);
}

void checkTls(Report &report, const Config &config)
{
    for (const QString &path : {config.net.certificateFile, config.net.keyFile}) {
        if (!path.isEmpty() && !QFileInfo(path).isReadable())
            report.problem(u"tls"_s, u"%1 cannot be read"_s.arg(path));
    }
    const auto key = config.net.keyFile.isEmpty() ? std::nullopt : statOf(config.net.keyFile);
    if (key && (key->st_mode & 007) != 0)
        report.problem(u"tls"_s, u"everybody can read the private key %1"_s.arg(config.net.keyFile));
}

void checkSpace(Report &report, const QString &folder)
{
    const QStorageInfo storage(folder);
    const qint64 available = storage.bytesAvailable();
    const QString text = u"%1 MiB free on %2"_s.arg(available / mebibyte).arg(storage.rootPath());
    if (storage.isReadOnly())
        report.problem(u"disk"_s, u"%1 is mounted read-only"_s.arg(storage.rootPath()));
    else if (available < tooLittleSpace)
        report.problem(u"disk"_s, text);
    else if (available < tightSpace)
        report.note(u"disk"_s, text);
    else
        report.ok(u"disk"_s, text);
}

/// False: there is no use in reading on.
bool checkSchema(Report &report, const StoreSettings &settings)
{
    auto database = Database::open(settings, Database::Mode::Reader);
    if (!database) {
        report.problem(u"schema"_s, database.error().message);
        return false;
    }
    int version = 0;
    if (Rows rows(**database, "SELECT coalesce(max(version), 0) FROM schema_version"); rows.next())
        version = rows.number(0);
    if (const auto error = (*database)->takeFailure()) {
        report.problem(u"schema"_s, error->message);
        return false;
    }
    const QString text = u"version %1; this program writes %2"_s.arg(version).arg(schemaVersion());
    if (version > schemaVersion())
        report.problem(u"schema"_s, text + u". Install the newer program."_s);
    else if (version < schemaVersion())
        report.note(u"schema"_s, text + u". The server brings it up to date when it starts."_s);
    else
        report.ok(u"schema"_s, u"version %1"_s.arg(version));
    return true;
}

void checkDatabase(Report &report, const Config &config)
{
    const StoreSettings settings = toolSettings(config);
    const QFileInfo file(settings.path);
    if (!file.exists()) {
        report.note(u"database"_s, u"none yet; the server makes it at its first start"_s);
        return;
    }
    if (!checkSchema(report, settings))
        return;
    const auto damage = Executor::checkIntegrity(settings);
    if (!damage) {
        report.problem(u"database"_s, damage.error().message);
        return;
    }
    for (const QString &line : *damage)
        report.problem(u"database"_s, line);
    if (damage->isEmpty())
        report.ok(u"database"_s, u"%1 MiB, no damage"_s.arg(file.size() / mebibyte));
}

} // namespace

bool runDoctor(const Config &config)
{
    Report report;
    report.ok(u"settings"_s, u"read without fault"_s);
    checkTls(report, config);
    const bool isThere = checkFolder(report, config.dataFolder);
    if (!isThere)
        return false;
    if (const auto owner = becomeOwnerOf(config.dataFolder); !owner)
        report.note(u"folder"_s, owner.error().message);
    report.ok(u"server"_s, isServerRunning(config.dataFolder) ? u"is running"_s : u"is not running"_s);
    checkSpace(report, config.dataFolder);
    checkFiles(report, config.dataFolder);
    checkKeys(report, DataFolder::keysIn(config.dataFolder));
    checkDatabase(report, config);
    return report.isWell();
}

} // namespace Tertulia::Server::Ctl
