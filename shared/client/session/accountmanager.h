// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/session/account.h"

#include <vector>

namespace Tertulia::Client {

/// All accounts of this profile, on any number of servers, each with a folder of its own:
///
///     <dataFolder>/accounts.json          who there is; no secrets; mode 0600, written atomically
///     <dataFolder>/accounts/<accountId>/  cache, outbox, drafts of one account; mode 0700
class AccountManager final : public QObject
{
    Q_OBJECT

public:
    /// @param secrets, clock must outlive the manager
    AccountManager(QString dataFolder, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);
    ~AccountManager() override;

    /// The device's name in the server's list of sessions; empty = the machine's name.
    void setDeviceName(const QString &name) { m_deviceName = name; }

    /// The accounts of accounts.json; added() for each, before this returns. They connect in the background.
    Result<void> restore();

    /// The account, made new or (same user on the same server) resumed with all that waited in it.
    [[nodiscard]] QFuture<Result<Account *>> signIn(const QUrl &server, const QString &user, const QString &password);
    [[nodiscard]] QFuture<Result<Account *>> registerAccount(const QUrl &server, const QString &username,
                                                             const QString &fullName, const QString &password);
    /// Tells the server if it can be reached, and removes the account with its folder and secret in any case. The
    /// Account is deleted; removed() comes before.
    [[nodiscard]] QFuture<Result<void>> signOut(const QString &accountId);

    /// In the order in which they were added.
    [[nodiscard]] const std::vector<Account *> &accounts() const { return m_accounts; }
    [[nodiscard]] Account *account(const QString &accountId) const;
    /// False: some account's session will not survive this process, and people are told so.
    [[nodiscard]] bool areSecretsPersistent() const;

    /// The machine has a network again, or woke up: all accounts try now.
    void connectNow();

Q_SIGNALS:
    void added(Tertulia::Client::Account *account);
    void removed(const QString &accountId);
    void secretsPersistentChanged();

private:
    const QString m_dataFolder;
    SecretStore &m_secrets;
    const Clock &m_clock;
    QString m_deviceName;
    std::vector<Account *> m_accounts; ///< children of this
};

} // namespace Tertulia::Client
