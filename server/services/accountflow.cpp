// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/accountflow.h"

#include "base/faults.h"
#include "store/transaction.h"
#include "store/userstore.h"

namespace Tertulia::Server {

namespace {

Error wrongCredentials()
{
    return Error::unauthenticated(QStringLiteral("The username or the password is wrong."));
}

Error wrongCurrentPassword()
{
    return Error::invalid(QStringLiteral("currentPassword"), QStringLiteral("The current password is wrong."));
}

Result<void> take(RateLimiter &limiter, const ClientInfo &client)
{
    return client.isLoopback ? Result<void>() : limiter.take(client.networkKey());
}

LoginGuard::Key guardKey(QByteArrayView kind, const QString &name, const QString &network = {})
{
    return LoginGuard::Key(Uuid::fromName(kind, (network + QLatin1Char(' ') + name).toUtf8()));
}

} // namespace

struct AccountFlow::LoginAttempt
{
    LoginRequest request;
    ClientInfo client;
    std::shared_ptr<Completion<AuthResult>> done;
    std::optional<Account> account;
    std::optional<KnownDevice> device = {};

    [[nodiscard]] QString name() const
    {
        const bool hasName = request.username && !request.username->isEmpty();
        return hasName ? *request.username : request.email.value_or(QString());
    }
    // By the name as it is looked up, never by the account that was found: whatever is typed, nothing tells whether
    // there is one, or that a username and an address belong together.
    [[nodiscard]] LoginGuard::Key keyHere() const
    {
        return guardKey("login", UserStore::nameKey(name()), client.network);
    }
    [[nodiscard]] LoginGuard::Key keyOfDevice() const { return guardKey("device", device->session.toString()); }
    [[nodiscard]] LoginGuard::Key keyEverywhere() const { return guardKey("login", UserStore::nameKey(name())); }
};

AccountFlow::AccountFlow(const Clock &clock, const AuthSettings &settings, const AddressLimits &limits,
                         Executor &executor, PasswordHasher &hasher, Authenticator &authenticator,
                         const AccountService &accounts, const DeviceTokens &devices)
    : m_settings(settings)
    , m_executor(executor)
    , m_hasher(hasher)
    , m_authenticator(authenticator)
    , m_accounts(accounts)
    , m_devices(devices)
    , m_loginLimiter(clock, {limits.loginShort, limits.loginLong})
    , m_registrationLimiter(clock, {limits.registrationShort, limits.registrationLong})
    , m_guard(clock, settings.lockoutFailures, settings.lockoutDuration)
    , m_guardEverywhere(clock, settings.lockoutFailuresEverywhere, settings.lockoutDuration)
{
}

AuthResult AccountFlow::result(const SignIn &signIn) const
{
    const Account &account = signIn.account;
    // Before the token leaves.
    if (signIn.refreshedAt)
        m_authenticator.sessions().expectUse(signIn.session, *signIn.refreshedAt);
    const auto token = m_authenticator.issue(account.card(), account.role, signIn.session, signIn.at);
    AuthResult result;
    result.accessToken = token.text;
    result.expiresIn = token.expiresIn;
    result.refreshToken = signIn.refreshToken;
    result.deviceToken = m_devices.make({account.id, signIn.session, account.deviceEpoch});
    result.user = {account.id, account.fullName, account.username, account.avatar, {}};
    for (int role = 0; role <= int(account.role); ++role)
        result.user.roles.push_back(Role(role));
    return result;
}

void AccountFlow::registerUser(RegisterRequest request, ClientInfo client, Completion<AuthResult> done)
{
    if (!m_settings.registrationOpen) {
        done.finish(failure(Error::forbidden(QStringLiteral("Registration is closed on this server."))));
        return;
    }
    const auto admitted = m_accounts.check(request).and_then([&] { return take(m_registrationLimiter, client); });
    if (!admitted) {
        done.finish(failure(admitted.error()));
        return;
    }
    auto shared = std::make_shared<Completion<AuthResult>>(std::move(done));
    const QString password = request.password, network = client.network;
    m_hasher.hash(
        password, network,
        Completion<QByteArray>(
            nullptr,
            [this, request = std::move(request), client = std::move(client), shared](Result<QByteArray> hash) mutable {
                if (!hash) {
                    shared->finish(failure(hash.error()));
                    return;
                }
                const UserId from = client.networkKey();
                m_executor.write<SignIn>(
                    {from},
                    [this, request = std::move(request), client = std::move(client),
                     hash = std::move(*hash)](Transaction &tx) -> Result<SignIn> {
                        auto account = m_accounts.create(tx, request, hash);
                        if (!account)
                            return failure(account.error());
                        return m_accounts.openSession(tx, *account, client);
                    },
                    Completion<SignIn>(nullptr, [this, shared](Result<SignIn> signIn) {
                        shared->finish(signIn.map([this](const SignIn &made) { return result(made); }));
                    }));
            }));
}

Result<void> AccountFlow::checkName(const LoginRequest &request)
{
    if (!request.username.value_or(QString()).isEmpty() || !request.email.value_or(QString()).isEmpty())
        return {};
    return failure(Error::invalid(QStringLiteral("username"), QStringLiteral("Give a username or an e-mail address.")));
}

void AccountFlow::login(LoginRequest request, ClientInfo client, Completion<AuthResult> done)
{
    auto device = m_devices.open(request.deviceToken.value_or(QString()));
    // Whose device it is shows when the account has been read. Without one nothing is read for a network that floods.
    if (auto admitted = device ? Result<void>() : take(m_loginLimiter, client); !admitted) {
        done.finish(failure(admitted.error()));
        return;
    }
    LoginAttempt attempt{std::move(request), std::move(client), nullptr, {}, device};
    if (auto named = checkName(attempt.request); !named) {
        done.finish(failure(named.error()));
        return;
    }
    if (attempt.request.password.size() > m_settings.password.maxLength) {
        done.finish(failure(wrongCredentials()));
        return;
    }
    attempt.done = std::make_shared<Completion<AuthResult>>(std::move(done));
    if (attempt.client.deviceName.isEmpty())
        attempt.client.deviceName = attempt.request.deviceName.value_or(QString());
    findLogin(std::move(attempt));
}

void AccountFlow::findLogin(LoginAttempt attempt)
{
    using Found = std::optional<Account>;
    // Named first: the order in which arguments are made is not defined, and one of them moves the attempt away.
    auto find = [this, asked = attempt.request](ReadTransaction &tx) -> Result<Found> {
        return m_accounts.forLogin(tx, asked);
    };
    const UserId from = attempt.client.networkKey();
    m_executor.read<Found>(
        {from}, std::move(find),
        Completion<Found>(nullptr, [this, attempt = std::move(attempt)](Result<Found> found) mutable {
            if (!found) {
                attempt.done->finish(failure(found.error()));
                return;
            }
            attempt.account = std::move(*found);
            checkLogin(std::move(attempt));
        }));
}

Result<void> AccountFlow::admitDevice(LoginAttempt &attempt)
{
    if (!attempt.device)
        return {};
    const auto &account = attempt.account;
    if (!account || attempt.device->user != account->id || attempt.device->epoch != account->deviceEpoch)
        attempt.device.reset();
    // All devices of an account together: each right password makes another one. Beyond that like anybody else.
    if (attempt.device && (attempt.client.isLoopback || m_loginLimiter.take(account->id)))
        return {};
    return take(m_loginLimiter, attempt.client);
}

Result<void> AccountFlow::admit(const LoginAttempt &attempt)
{
    if (attempt.device)
        return m_guard.admit(attempt.keyOfDevice());
    auto admitted = m_guard.admit(attempt.keyHere());
    if (!admitted)
        return admitted;
    admitted = m_guardEverywhere.admit(attempt.keyEverywhere());
    if (!admitted)
        m_guard.finish(attempt.keyHere(), LoginGuard::Outcome::NotJudged);
    return admitted;
}

void AccountFlow::count(const LoginAttempt &attempt, LoginGuard::Outcome outcome)
{
    if (attempt.device) {
        m_guard.finish(attempt.keyOfDevice(), outcome);
        return;
    }
    m_guard.finish(attempt.keyHere(), outcome);
    m_guardEverywhere.finish(attempt.keyEverywhere(), outcome);
}

void AccountFlow::checkLogin(LoginAttempt attempt)
{
    if (auto admitted = admitDevice(attempt).and_then([&] { return admit(attempt); }); !admitted) {
        attempt.done->finish(failure(admitted.error()));
        return;
    }
    const QByteArray hash = attempt.account ? attempt.account->passwordHash : QByteArray();
    const QString password = attempt.request.password, network = attempt.client.network;
    auto judge = [this, attempt = std::move(attempt)](Result<PasswordHasher::Verdict> verdict) mutable {
        if (verdict) {
            finishLogin(std::move(attempt), *verdict);
            return;
        }
        count(attempt, LoginGuard::Outcome::NotJudged);
        attempt.done->finish(failure(verdict.error()));
    };
    m_hasher.verify(password, hash, network, Completion<PasswordHasher::Verdict>(nullptr, std::move(judge)));
}

void AccountFlow::finishLogin(LoginAttempt attempt, PasswordHasher::Verdict verdict)
{
    if (!verdict.matches) {
        count(attempt, LoginGuard::Outcome::Wrong);
        attempt.done->finish(failure(wrongCredentials()));
        return;
    }
    if (attempt.account->isDisabled) {
        // Only who knows the password learns it.
        count(attempt, LoginGuard::Outcome::Right);
        attempt.done->finish(
            failure(Error::forbidden(QStringLiteral("This account is disabled."), QStringLiteral("BANNED"))));
        return;
    }
    std::optional<QByteArray> newHash;
    if (verdict.needsRehash)
        newHash = m_hasher.hashNow(attempt.request.password).value_or(attempt.account->passwordHash);
    openSession(std::move(attempt), std::move(newHash));
}

void AccountFlow::openSession(LoginAttempt attempt, std::optional<QByteArray> newHash)
{
    using Opened = std::optional<SignIn>;
    const UserId user = attempt.account->id;
    auto open = [this, user, verified = attempt.account->passwordHash, client = attempt.client,
                 newHash = std::move(newHash)](Transaction &tx) {
        return m_accounts.loginSucceeded(tx, user, verified, client, newHash);
    };
    auto opened = [this, attempt = std::move(attempt)](const Result<Opened> &made) mutable {
        if (!made) {
            count(attempt, LoginGuard::Outcome::NotJudged);
            attempt.done->finish(failure(made.error()));
        } else if (!*made) {
            // The password was changed meanwhile: once more, against the new one.
            count(attempt, LoginGuard::Outcome::NotJudged);
            findLogin(std::move(attempt));
        } else {
            count(attempt, LoginGuard::Outcome::Right);
            attempt.done->finish(result(**made));
        }
    };
    m_executor.write<Opened>({user}, std::move(open), Completion<Opened>(nullptr, std::move(opened)));
}

void AccountFlow::refresh(QString refreshToken, ClientInfo client, Completion<AuthResult> done)
{
    auto shared = std::make_shared<Completion<AuthResult>>(std::move(done));
    using Renewed = std::optional<SignIn>;
    const UserId from = client.networkKey();
    m_executor.write<Renewed>(
        {from},
        [this, refreshToken = std::move(refreshToken), client = std::move(client)](Transaction &tx) {
            return m_accounts.refresh(tx, refreshToken, client, m_authenticator.sessions());
        },
        Completion<Renewed>(nullptr, [this, shared](Result<Renewed> renewed) {
            if (!renewed)
                shared->finish(failure(renewed.error()));
            else if (!*renewed)
                shared->finish(failure(
                    Error::unauthenticated(QStringLiteral("The refresh token is not valid any more. Sign in again."))));
            else
                shared->finish(result(**renewed));
        }));
}

struct AccountFlow::PasswordChange
{
    Actor actor;
    ChangePasswordRequest request;
    ClientInfo client;
    Completion<Empty> done;
    QByteArray verified; ///< the stored hash that the current password is held against

    /// Of its own, by session: whoever found an open window may not try passwords in it for ever, and whoever guesses
    /// at the door, or in another window, keeps nobody from changing theirs.
    [[nodiscard]] LoginGuard::Key guardKey() const
    {
        return Server::guardKey("change", actor.session.isNull() ? actor.id.toString() : actor.session.toString());
    }
};

void AccountFlow::changePassword(Actor actor, ChangePasswordRequest request, ClientInfo client, Completion<Empty> done)
{
    if (request.currentPassword.size() > m_settings.password.maxLength) {
        Faults faults(wrongCurrentPassword());
        faults.add(m_accounts.checkPassword(request.newPassword, QStringLiteral("newPassword")));
        done.finish(failure(faults.verdict().error()));
        return;
    }
    findPassword(std::make_shared<PasswordChange>(
        PasswordChange{actor, std::move(request), std::move(client), std::move(done), {}}));
}

void AccountFlow::findPassword(const std::shared_ptr<PasswordChange> &change)
{
    if (auto admitted = m_guard.admit(change->guardKey()); !admitted) {
        change->done.finish(failure(admitted.error()));
        return;
    }
    auto read = [this, user = change->actor.id](ReadTransaction &tx) { return m_accounts.account(tx, user); };
    m_executor.read<Account>({change->actor.id}, std::move(read),
                             Completion<Account>(nullptr, [this, change](Result<Account> account) {
                                 if (!account) {
                                     m_guard.finish(change->guardKey(), LoginGuard::Outcome::NotJudged);
                                     change->done.finish(failure(account.error()));
                                     return;
                                 }
                                 change->verified = account->passwordHash;
                                 checkPasswordChange(change);
                             }));
}

void AccountFlow::checkPasswordChange(const std::shared_ptr<PasswordChange> &change)
{
    using Verdict = PasswordHasher::Verdict;
    auto judge = [this, change](Result<Verdict> found) {
        if (!found) {
            m_guard.finish(change->guardKey(), LoginGuard::Outcome::NotJudged);
            change->done.finish(failure(found.error()));
            return;
        }
        m_guard.finish(change->guardKey(), found->matches ? LoginGuard::Outcome::Right : LoginGuard::Outcome::Wrong);
        Faults faults;
        if (!found->matches)
            faults.add(wrongCurrentPassword());
        faults.add(m_accounts.checkPassword(change->request.newPassword, QStringLiteral("newPassword")));
        if (const auto good = faults.verdict(); !good) {
            change->done.finish(failure(good.error()));
        } else {
            m_hasher.hash(change->request.newPassword, change->client.network,
                          Completion<QByteArray>(nullptr, [this, change](Result<QByteArray> made) {
                              storePassword(change, std::move(made));
                          }));
        }
    };
    m_hasher.verify(change->request.currentPassword, change->verified, change->client.network,
                    Completion<Verdict>(nullptr, std::move(judge)));
}

void AccountFlow::storePassword(const std::shared_ptr<PasswordChange> &change, Result<QByteArray> hash)
{
    if (!hash) {
        change->done.finish(failure(hash.error()));
        return;
    }
    m_executor.write<bool>(
        {change->actor.id},
        [this, change, hash = std::move(*hash)](Transaction &tx) {
            return m_accounts.changePassword(tx, change->actor, change->verified, hash);
        },
        Completion<bool>(nullptr, [this, change](Result<bool> isChanged) {
            if (!isChanged)
                change->done.finish(failure(isChanged.error()));
            else if (!*isChanged)
                findPassword(change); // somebody else changed it meanwhile: once more, against that one
            else
                change->done.finish(Empty{});
        }));
}

void AccountFlow::provision(ForeignIdentity person, Completion<Role> done)
{
    const UserId id = person.id;
    m_executor.write<Role>(
        {id}, [this, person = std::move(person)](Transaction &tx) { return m_accounts.ensureForeign(tx, person); },
        std::move(done));
}

} // namespace Tertulia::Server
