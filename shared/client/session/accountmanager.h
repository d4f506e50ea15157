// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/session/account.h"
#include "client/session/accountsfile.h"

#include <vector>

namespace Tertulia::Client {

/// All accounts of this profile, on any number of servers, each with a folder of its own:
///
///     <dataFolder>/accounts.json          who there is; no secrets; mode 0600, written atomically
///     <dataFolder>/accounts/<accountId>/  cache, outbox, drafts of one account, and account.json, a list of this one
///                                         alone: from it a lost accounts.json is made anew; mode 0700
class AccountManager final : public QObject
{
    Q_OBJECT

public:
    /// @param secrets, clock must outlive the manager
    AccountManager(QString dataFolder, SecretStore &secrets, const Clock &clock, QObject *parent = nullptr);
    ~AccountManager() override;

    /// The device's name in the server's list of sessions; empty = the machine's name.
    void setDeviceName(const QString &name) { m_deviceName = name; }
    /// Lets all accounts try at once when the machine has a network again. Once, for programs that want it.
    void watchNetwork();

    /// The accounts of accounts.json; added() for each, before this returns. They connect in the background. Where that
    /// file is not there, those whose folders say who they are come all the same; where it cannot be understood it is
    /// put aside first, and the failure says so (Invalid).
    Result<void> restore();

    /// The account, made new or (same user on the same server) resumed with all that waited in it. `user` is a name or
    /// an address of email. Cancelling the future aborts.
    [[nodiscard]] Future<Account *> signIn(const QUrl &server, const QString &user, const QString &password);
    [[nodiscard]] Future<Account *> registerAccount(const QUrl &server, const QString &username,
                                                    const QString &fullName, const QString &password);
    /// Removes the account with its folder and its secret, whatever else happens, and tells the server if it can be
    /// reached; finished when both have ended. removed() comes first, within this call: whoever uses the Account lets
    /// it go then.
    Future<void> signOut(const QString &accountId);

    /// In the order in which they were added.
    [[nodiscard]] const std::vector<Account *> &accounts() const { return m_accounts; }
    [[nodiscard]] Account *account(const QString &accountId) const; ///< null when unknown
    /// False: some account's session will not survive this process, and people are told so.
    [[nodiscard]] bool areSecretsPersistent() const;

    /// The machine has a network again, or woke up, or somebody asks: all accounts try now.
    void connectNow();

Q_SIGNALS:
    void added(Tertulia::Client::Account *account);
    void removed(const QString &accountId);
    void secretsPersistentChanged();

private:
    using Accepted = Promise<Account *>;

    [[nodiscard]] Future<Account *> enter(const QUrl &server, QLatin1StringView route, const QByteArray &body);
    void accept(const QUrl &server, const AuthResult &signIn, Accepted promise);
    void resume(Account *account, const AuthResult &signIn, Accepted promise);
    [[nodiscard]] std::vector<AccountInfo> foundInFolders() const;
    Account *add(AccountInfo info);
    void drop(Account *account);
    void endSessionOnServer(const QUrl &server, const QString &refreshToken, Promise<void> ended);
    [[nodiscard]] Account *find(const QUrl &server, const UserId &user) const;
    /// Of the account that `user` (as for signIn()) means, as far as can be told here.
    [[nodiscard]] QString deviceTokenOf(const QUrl &server, const QString &user) const;
    [[nodiscard]] QString folderOf(const QString &accountId) const;
    [[nodiscard]] QString deviceName() const;
    Result<void> save() const;
    void noteSaved() const; ///< save(), and a failure goes into the log
    void noteSecrets();

    const QString m_dataFolder;
    SecretStore &m_secrets;
    const Clock &m_clock;
    AccountsFile m_file;
    QString m_deviceName;
    std::vector<Account *> m_accounts; ///< children of this
    bool m_wereSecretsPersistent = true;
};

} // namespace Tertulia::Client
