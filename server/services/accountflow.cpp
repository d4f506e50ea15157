// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/accountflow.h"

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

/// The limiter counts by user; an address stands for one.
UserId addressKey(const ClientInfo &client)
{
    return UserId(Uuid::fromName("address", client.address.toUtf8()));
}

Result<void> admit(RateLimiter &limiter, const ClientInfo &client)
{
    return client.isLoopback ? Result<void>() : limiter.take(addressKey(client));
}

} // namespace

struct AccountFlow::LoginAttempt
{
    LoginRequest request;
    ClientInfo client;
    std::shared_ptr<Completion<AuthResult>> done;

    [[nodiscard]] QString name() const
    {
        const bool hasName = request.username && !request.username->isEmpty();
        return hasName ? *request.username : request.email.value_or(QString());
    }
    /// What wrong passwords are counted under: the account, or the name where there is none.
    [[nodiscard]] UserId guardKey(const std::optional<Account> &account) const
    {
        return account ? account->id : UserId(Uuid::fromName("login", name().toCaseFolded().toUtf8()));
    }
};

AccountFlow::AccountFlow(const Clock &clock, const AuthSettings &settings, const AddressLimits &limits,
                         Executor &executor, PasswordHasher &hasher, Authenticator &authenticator,
                         const AccountService &accounts)
    : m_settings(settings)
    , m_executor(executor)
    , m_hasher(hasher)
    , m_authenticator(authenticator)
    , m_accounts(accounts)
    , m_loginLimiter(clock, {limits.loginShort, limits.loginLong})
    , m_registrationLimiter(clock, {limits.registrationShort, limits.registrationLong})
    , m_guard(clock, settings.lockoutFailures, settings.lockoutDuration)
{
}

AuthResult AccountFlow::result(const SignIn &signIn) const
{
    const Account &account = signIn.account;
    const auto token = m_authenticator.issue(account.card(), account.role, signIn.session, signIn.at);
    AuthResult result;
    result.accessToken = token.text;
    result.expiresIn = token.expiresIn;
    result.refreshToken = signIn.refreshToken;
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
    const auto admitted = m_accounts.check(request).and_then([&] { return admit(m_registrationLimiter, client); });
    if (!admitted) {
        done.finish(failure(admitted.error()));
        return;
    }
    auto shared = std::make_shared<Completion<AuthResult>>(std::move(done));
    const QString password = request.password;
    m_hasher.hash(
        password,
        Completion<QByteArray>(
            nullptr,
            [this, request = std::move(request), client = std::move(client), shared](Result<QByteArray> hash) mutable {
                if (!hash) {
                    shared->finish(failure(hash.error()));
                    return;
                }
                m_executor.write<SignIn>(
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
    if (auto admitted = admit(m_loginLimiter, client); !admitted) {
        done.finish(failure(admitted.error()));
        return;
    }
    LoginAttempt attempt{std::move(request), std::move(client), nullptr};
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
    // Named first: the order in which arguments are made is not defined, and one of them moves the attempt away.
    auto find = [this, asked = attempt.request](ReadTransaction &tx) -> Result<std::optional<Account>> {
        return m_accounts.forLogin(tx, asked);
    };
    m_executor.read<std::optional<Account>>(
        std::move(find),
        Completion<std::optional<Account>>(
            nullptr, [this, attempt = std::move(attempt)](Result<std::optional<Account>> account) mutable {
                if (account)
                    checkLogin(std::move(attempt), std::move(*account));
                else
                    attempt.done->finish(failure(account.error()));
            }));
}

void AccountFlow::checkLogin(LoginAttempt attempt, std::optional<Account> account)
{
    if (auto admitted = m_guard.admit(attempt.guardKey(account)); !admitted) {
        attempt.done->finish(failure(admitted.error()));
        return;
    }
    const QByteArray hash = account ? account->passwordHash : QByteArray();
    const QString password = attempt.request.password;
    m_hasher.verify(
        password, hash,
        Completion<PasswordHasher::Verdict>(nullptr,
                                            [this, attempt = std::move(attempt), account = std::move(account)](
                                                Result<PasswordHasher::Verdict> verdict) mutable {
                                                if (verdict)
                                                    finishLogin(std::move(attempt), std::move(account), *verdict);
                                                else
                                                    abandonLogin(attempt, account, verdict.error());
                                            }));
}

void AccountFlow::abandonLogin(const LoginAttempt &attempt, const std::optional<Account> &account, const Error &why)
{
    m_guard.abandoned(attempt.guardKey(account));
    attempt.done->finish(failure(why));
}

void AccountFlow::finishLogin(LoginAttempt attempt, std::optional<Account> account, PasswordHasher::Verdict verdict)
{
    const UserId key = attempt.guardKey(account);
    if (!verdict.matches) {
        m_guard.failed(key);
        attempt.done->finish(failure(wrongCredentials()));
        return;
    }
    if (account->isDisabled) {
        // Only who knows the password learns it.
        m_guard.succeeded(key);
        attempt.done->finish(
            failure(Error::forbidden(QStringLiteral("This account is disabled."), QStringLiteral("BANNED"))));
        return;
    }
    std::optional<QByteArray> newHash;
    if (verdict.needsRehash)
        newHash = m_hasher.hashNow(attempt.request.password).value_or(account->passwordHash);
    openSession(std::move(attempt), *account, std::move(newHash));
}

void AccountFlow::openSession(LoginAttempt attempt, const Account &account, std::optional<QByteArray> newHash)
{
    using Opened = std::optional<SignIn>;
    auto open = [this, user = account.id, verified = account.passwordHash, client = attempt.client,
                 newHash = std::move(newHash)](Transaction &tx) {
        return m_accounts.loginSucceeded(tx, user, verified, client, newHash);
    };
    m_executor.write<Opened>(
        std::move(open),
        Completion<Opened>(
            nullptr, [this, attempt = std::move(attempt), account](const Result<Opened> &opened) mutable {
                const UserId key = attempt.guardKey(account);
                if (!opened) {
                    abandonLogin(attempt, account, opened.error());
                } else if (!*opened) {
                    m_guard.abandoned(key); // the password was changed meanwhile: once more, against the new one
                    findLogin(std::move(attempt));
                } else {
                    m_guard.succeeded(key);
                    attempt.done->finish(result(**opened));
                }
            }));
}

void AccountFlow::refresh(QString refreshToken, ClientInfo client, Completion<AuthResult> done)
{
    auto shared = std::make_shared<Completion<AuthResult>>(std::move(done));
    using Renewed = std::optional<SignIn>;
    m_executor.write<Renewed>([this, refreshToken = std::move(refreshToken), client = std::move(client)](
                                  Transaction &tx) { return m_accounts.refresh(tx, refreshToken, client); },
                              Completion<Renewed>(nullptr, [this, shared](Result<Renewed> renewed) {
                                  if (!renewed)
                                      shared->finish(failure(renewed.error()));
                                  else if (!*renewed)
                                      shared->finish(failure(Error::unauthenticated(
                                          QStringLiteral("The refresh token is not valid any more. Sign in again."))));
                                  else
                                      shared->finish(result(**renewed));
                              }));
}

struct AccountFlow::PasswordChange
{
    Actor actor;
    ChangePasswordRequest request;
    Completion<Empty> done;
    QByteArray verified; ///< the stored hash that the current password is held against
};

void AccountFlow::changePassword(Actor actor, ChangePasswordRequest request, Completion<Empty> done)
{
    auto good = m_accounts.checkPassword(request.newPassword, QStringLiteral("newPassword"));
    if (good && request.currentPassword.size() > m_settings.password.maxLength)
        good = failure(wrongCurrentPassword());
    if (!good) {
        done.finish(failure(good.error()));
        return;
    }
    findPassword(std::make_shared<PasswordChange>(PasswordChange{actor, std::move(request), std::move(done), {}}));
}

void AccountFlow::findPassword(const std::shared_ptr<PasswordChange> &change)
{
    // Whoever found an open window may not try passwords in it for ever.
    if (auto admitted = m_guard.admit(change->actor.id); !admitted) {
        change->done.finish(failure(admitted.error()));
        return;
    }
    m_executor.read<Account>(
        [this, user = change->actor.id](ReadTransaction &tx) { return m_accounts.account(tx, user); },
        Completion<Account>(nullptr, [this, change](Result<Account> account) {
            if (!account) {
                m_guard.abandoned(change->actor.id);
                change->done.finish(failure(account.error()));
                return;
            }
            change->verified = account->passwordHash;
            checkPasswordChange(change);
        }));
}

void AccountFlow::checkPasswordChange(const std::shared_ptr<PasswordChange> &change)
{
    m_hasher.verify(change->request.currentPassword, change->verified,
                    Completion<PasswordHasher::Verdict>(nullptr, [this, change](Result<PasswordHasher::Verdict> found) {
                        const UserId user = change->actor.id;
                        if (!found) {
                            m_guard.abandoned(user);
                            change->done.finish(failure(found.error()));
                        } else if (!found->matches) {
                            m_guard.failed(user);
                            change->done.finish(failure(wrongCurrentPassword()));
                        } else {
                            m_guard.succeeded(user);
                            m_hasher.hash(change->request.newPassword,
                                          Completion<QByteArray>(nullptr, [this, change](Result<QByteArray> made) {
                                              storePassword(change, std::move(made));
                                          }));
                        }
                    }));
}

void AccountFlow::storePassword(const std::shared_ptr<PasswordChange> &change, Result<QByteArray> hash)
{
    if (!hash) {
        change->done.finish(failure(hash.error()));
        return;
    }
    m_executor.write<bool>(
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
    m_executor.write<Role>(
        [this, person = std::move(person)](Transaction &tx) { return m_accounts.ensureForeign(tx, person); },
        std::move(done));
}

} // namespace Tertulia::Server
