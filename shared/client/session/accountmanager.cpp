// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/accountmanager.h"

#include "base/logging.h"
#include "client/session/serverprobe.h"
#include "protocol/names.h"

#include <QDir>
#include <QFile>
#include <QNetworkInformation>
#include <QPointer>
#include <QSysInfo>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

/// Telling a server that somebody leaves is a courtesy: nobody waits longer for it.
constexpr std::chrono::seconds goodbyeDeadline(5);
constexpr auto leftover = ".gone"_L1; ///< ends the name of a folder that is being removed

/// Where a folder says whose it is.
QString copyIn(const QString &folder)
{
    return folder + u"/account.json"_s;
}

void keepCopy(const Account &account, bool isNews)
{
    const QString path = copyIn(account.folder());
    if (!isNews && QFile::exists(path))
        return;
    if (const auto copied = AccountsFile(path).save({account.info()}); !copied)
        qCWarning(logClient, "account.json cannot be written: %s", qUtf8Printable(copied.error().message));
}

void removeFolder(const QString &folder)
{
    // Under another name first: if this process ends in the middle, the next one goes on (restore()).
    const QString gone = folder + leftover;
    const bool isRenamed = QFile::rename(folder, gone);
    QDir doomed(isRenamed ? gone : folder);
    if (doomed.exists() && !doomed.removeRecursively())
        qCWarning(logClient, "the folder of a removed account could not be emptied: %s", qUtf8Printable(folder));
}

} // namespace

AccountManager::AccountManager(QString dataFolder, SecretStore &secrets, const Clock &clock, QObject *parent)
    : QObject(parent)
    , m_dataFolder(std::move(dataFolder))
    , m_secrets(secrets)
    , m_clock(clock)
    , m_file(m_dataFolder + u"/accounts.json"_s)
    , m_wereSecretsPersistent(secrets.isPersistent())
{
}

AccountManager::~AccountManager()
{
    for (Account *account : std::exchange(m_accounts, {}))
        account->disconnect(this);
    // Here, and not by QObject: those that were signed out just now take their folders with them.
    const auto accounts = findChildren<Account *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(accounts);
}

void AccountManager::watchNetwork()
{
    if (!QNetworkInformation::loadBackendByFeatures(QNetworkInformation::Feature::Reachability))
        return; // nothing here that knows: the back-off of the hubs has to do
    connect(QNetworkInformation::instance(), &QNetworkInformation::reachabilityChanged, this,
            [this](QNetworkInformation::Reachability reachability) {
                if (reachability != QNetworkInformation::Reachability::Disconnected)
                    connectNow();
            });
}

Result<void> AccountManager::restore()
{
    // Not there, though folders are: it was damaged, and a full disk did not take another.
    const bool isLost = !m_file.exists();
    const Result<std::vector<AccountInfo>> stored = m_file.load();
    if (!stored && stored.error().code != ErrorCode::Invalid)
        return failure(stored.error());
    const QDir folders(m_dataFolder + u"/accounts"_s);
    const QStringList leftovers = folders.entryList({u'*' + leftover}, QDir::Dirs);
    for (const QString &name : leftovers)
        QDir(folders.filePath(name)).removeRecursively();
    std::vector<Account *> restored;
    for (const AccountInfo &info : stored && !isLost ? *stored : foundInFolders()) {
        if (!account(info.accountId) && !find(info.server, info.userId))
            restored.push_back(add(info));
    }
    if (!stored || (isLost && !restored.empty()))
        noteSaved();
    for (const Account *account : restored)
        keepCopy(*account, false);
    for (Account *account : restored)
        account->restore();
    return stored ? Result<void>() : failure(stored.error());
}

std::vector<AccountInfo> AccountManager::foundInFolders() const
{
    std::vector<AccountInfo> found;
    const QDir folders(m_dataFolder + u"/accounts"_s);
    for (const QString &name : folders.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name)) {
        const auto own = AccountsFile(copyIn(folders.filePath(name))).load();
        if (own && own->size() == 1 && own->front().accountId == name)
            found.push_back(own->front());
    }
    return found;
}

Future<Account *> AccountManager::signIn(const QUrl &server, const QString &user, const QString &password)
{
    LoginRequest request;
    (user.contains(u'@') ? request.email : request.username) = user;
    request.password = password;
    request.deviceName = deviceName();
    if (const QString token = deviceTokenOf(normalizedServer(server), user); !token.isEmpty())
        request.deviceToken = token;
    return enter(server, Routes::login, toJson(request));
}

Future<Account *> AccountManager::registerAccount(const QUrl &server, const QString &username, const QString &fullName,
                                                  const QString &password)
{
    return enter(server, Routes::authRegister, toJson(RegisterRequest{username, fullName, password, {}}));
}

Future<Account *> AccountManager::enter(const QUrl &server, QLatin1StringView route, const QByteArray &body)
{
    const QUrl normalized = normalizedServer(server);
    auto *api = new ApiClient(normalized, this); // of this one request
    const auto request = api->call<AuthResult>({"POST", route, {}, body, true});
    Accepted promise;
    Future<Account *> future = promise.future();
    promise.onCancelled(api, [request] { request.cancel(); });
    whenAnswered(request, this,
                 [this, api, normalized, promise = std::move(promise)](const Result<AuthResult> &signIn) mutable {
                     api->deleteLater();
                     if (!signIn)
                         return promise.finish(failure(signIn.error()));
                     accept(normalized, *signIn, std::move(promise));
                 });
    return future;
}

void AccountManager::accept(const QUrl &server, const AuthResult &signIn, Accepted promise)
{
    if (promise.isCancelled())
        return endSessionOnServer(server, signIn.refreshToken.value_or(QString()), {});
    Account *known = find(server, signIn.user.id);
    if (known) {
        // The session before is of no use any more; the server would keep it for days.
        endSessionOnServer(server, known->tokens().refreshToken(), {});
        return resume(known, signIn, std::move(promise));
    }
    const SignedInUser &user = signIn.user;
    Account *made = add({Uuid::generate().toString(), server, user.id, user.username, user.fullName, user.avatar});
    if (Result<void> saved = save(); !saved) {
        drop(made);
        endSessionOnServer(server, signIn.refreshToken.value_or(QString()), {});
        return promise.finish(failure(saved.error()));
    }
    resume(made, signIn, std::move(promise));
}

void AccountManager::resume(Account *account, const AuthResult &signIn, Accepted promise)
{
    whenAnswered(account->resume(signIn), this,
                 [this, guard = QPointer(account), promise = std::move(promise)](const Result<void> &) mutable {
                     if (!guard)
                         return promise.finish(failure(Error::cancelled()));
                     if (!guard->tokens().hasSession()) {
                         Error error = guard->lastError();
                         return promise.finish(failure(std::move(error)));
                     }
                     noteSecrets();
                     promise.finish(guard.data());
                 });
}

Account *AccountManager::add(AccountInfo info)
{
    const QString folder = folderOf(info.accountId);
    auto *account = new Account(std::move(info), folder, m_secrets, m_clock, this);
    connect(account, &Account::infoChanged, this, &AccountManager::noteSaved);
    connect(account, &Account::connectivityChanged, this, &AccountManager::noteSecrets);
    m_accounts.push_back(account);
    Q_EMIT added(account);
    return account;
}

Future<void> AccountManager::signOut(const QString &accountId)
{
    Account *account = this->account(accountId);
    if (!account)
        return answered(Result<void>(failure(Error::notFound(u"no such account"_s))));
    const QUrl server = account->info().server;
    const QString refreshToken = account->tokens().refreshToken();
    drop(account);
    noteSaved();
    Promise<void> promise;
    Future<void> future = promise.future();
    endSessionOnServer(server, refreshToken, std::move(promise));
    return future;
}

void AccountManager::drop(Account *account)
{
    std::erase(m_accounts, account);
    account->disconnect(this);
    account->disconnectNow();
    (void)account->tokens().forget();
    Q_EMIT removed(account->info().accountId);
    // Later, since one of its signals may have led here; the folder when nobody has its files open any more.
    connect(account, &QObject::destroyed, this, [folder = account->folder()] { removeFolder(folder); });
    account->deleteLater();
    noteSecrets();
}

void AccountManager::endSessionOnServer(const QUrl &server, const QString &refreshToken, Promise<void> ended)
{
    if (refreshToken.isEmpty())
        return ended.finish({});
    auto *api = new ApiClient(server, this);
    api->setLimits({.deadline = goodbyeDeadline});
    whenAnswered(api->postAnonymously<void>(Routes::logout, RefreshRequest{refreshToken}), this,
                 [api, ended = std::move(ended)](const Result<void> &answer) mutable {
                     if (!answer)
                         qCInfo(logClient, "a session could not be ended: %s", qUtf8Printable(answer.error().message));
                     api->deleteLater();
                     ended.finish({});
                 });
}

Account *AccountManager::account(const QString &accountId) const
{
    const auto isIt = [&](const Account *account) { return account->info().accountId == accountId; };
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(), isIt);
    return found == m_accounts.end() ? nullptr : *found;
}

Account *AccountManager::find(const QUrl &server, const UserId &user) const
{
    const auto isIt = [&](const Account *account) {
        return account->info().server == server && account->info().userId == user;
    };
    const auto found = std::find_if(m_accounts.begin(), m_accounts.end(), isIt);
    return found == m_accounts.end() ? nullptr : *found;
}

QString AccountManager::deviceTokenOf(const QUrl &server, const QString &user) const
{
    std::vector<Account *> there;
    std::copy_if(m_accounts.begin(), m_accounts.end(), std::back_inserter(there),
                 [&](const Account *account) { return account->info().server == server; });
    const auto named = std::find_if(there.begin(), there.end(), [&](const Account *account) {
        return account->info().username.compare(user, Qt::CaseInsensitive) == 0;
    });
    if (named != there.end())
        return (*named)->tokens().deviceToken();
    // Whose an address is only the server knows; the token of another account is none to it.
    return user.contains(u'@') && there.size() == 1 ? there.front()->tokens().deviceToken() : QString();
}

bool AccountManager::areSecretsPersistent() const
{
    const auto isSafe = [](Account *account) { return !account->tokens().hasSession() || account->tokens().isKept(); };
    return m_secrets.isPersistent() && std::all_of(m_accounts.begin(), m_accounts.end(), isSafe);
}

void AccountManager::noteSecrets()
{
    const bool are = areSecretsPersistent();
    if (std::exchange(m_wereSecretsPersistent, are) != are)
        Q_EMIT secretsPersistentChanged();
}

void AccountManager::connectNow()
{
    for (Account *account : std::vector<Account *>(m_accounts))
        account->connectNow();
}

QString AccountManager::folderOf(const QString &accountId) const
{
    return m_dataFolder + u"/accounts/"_s + accountId;
}

QString AccountManager::deviceName() const
{
    return m_deviceName.isEmpty() ? QSysInfo::machineHostName() : m_deviceName;
}

Result<void> AccountManager::save() const
{
    QDir().mkpath(m_dataFolder);
    std::vector<AccountInfo> infos;
    for (const Account *account : m_accounts) {
        infos.push_back(account->info());
        keepCopy(*account, true);
    }
    return m_file.save(infos);
}

void AccountManager::noteSaved() const
{
    if (const Result<void> saved = save(); !saved)
        qCWarning(logClient, "accounts.json cannot be written: %s", qUtf8Printable(saved.error().message));
}

} // namespace Tertulia::Client
