// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/accountsfile.h"

#include "base/logging.h"
#include "client/cache/storetrouble.h"
#include "client/session/serverprobe.h"
#include "protocol/codec.h"

#include <QFile>
#include <QSaveFile>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr qint64 largestFile = 1024 * 1024; // bytes; some thousand accounts

struct Row
{
    QString accountId;
    QString server;
    UserId userId;
    QString username;
    QString fullName;
    std::optional<QString> avatar;

    static constexpr auto fields()
    {
        return std::tuple{required("accountId", &Row::accountId), required("server", &Row::server),
                          required("userId", &Row::userId),       optional("username", &Row::username),
                          optional("fullName", &Row::fullName),   optional("avatar", &Row::avatar)};
    }
};

struct Document
{
    int version = 1;
    std::vector<Row> accounts;

    static constexpr auto fields()
    {
        return std::tuple{required("version", &Document::version), required("accounts", &Document::accounts)};
    }
};

/// The id becomes the name of a folder: nothing but a UUID will do.
std::optional<AccountInfo> accountOf(const Row &row)
{
    const QUrl server(row.server, QUrl::StrictMode);
    const bool isWeb = server.scheme() == "https"_L1 || server.scheme() == "http"_L1;
    const auto id = Uuid::parse(row.accountId);
    if (!id || !isWeb || server.host().isEmpty())
        return {};
    return AccountInfo{id->toString(), normalizedServer(server), row.userId, row.username, row.fullName, row.avatar};
}

} // namespace

bool AccountsFile::exists() const
{
    return QFile::exists(m_path);
}

Result<std::vector<AccountInfo>> AccountsFile::load() const
{
    if (!exists())
        return std::vector<AccountInfo>();
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly))
        return failure(Error::unavailable(m_path + u": "_s + file.errorString()));
    const auto document = fromJson<Document>(file.read(largestFile));
    file.close();
    if (!document) {
        const QString aside = m_path + u".broken"_s;
        QFile::remove(aside);
        QFile::rename(m_path, aside);
        return failure(Error::invalid(document.error().field, m_path + u": "_s + document.error().message));
    }
    std::vector<AccountInfo> accounts;
    for (const Row &row : document->accounts) {
        if (auto account = accountOf(row))
            accounts.push_back(std::move(*account));
        else
            qCWarning(logClient, "a row of %s cannot be used", qUtf8Printable(m_path));
    }
    return accounts;
}

Result<void> AccountsFile::save(const std::vector<AccountInfo> &accounts) const
{
    Document document;
    for (const AccountInfo &info : accounts) {
        document.accounts.push_back(
            {info.accountId, info.server.toString(), info.userId, info.username, info.fullName, info.avatar});
    }
    const QByteArray bytes = toJson(document);
    QSaveFile file(m_path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.write(bytes) == bytes.size()
        && file.commit();
    if (isWritten)
        return {};
    Error error = Error::unavailable(m_path + u": "_s + file.errorString());
    error.reason = QLatin1StringView(notKeptReason);
    return failure(std::move(error));
}

} // namespace Tertulia::Client
