// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authenticator.h"
#include "auth/devicetokens.h"
#include "auth/passwordhasher.h"
#include "protocol/envelope.h"
#include "services/accountservice.h"
#include "services/addresslimits.h"
#include "services/loginguard.h"
#include "store/executor.h"

namespace Tertulia::Server {

/// What takes more than one step: hashing in the pool, then a unit of work, then a token. Thread-safe; each completion
/// is finished once, on its loop.
class AccountFlow
{
public:
    AccountFlow(const Clock &clock, const AuthSettings &settings, const AddressLimits &limits, Executor &executor,
                PasswordHasher &hasher, Authenticator &authenticator, const AccountService &accounts,
                const DeviceTokens &devices);

    void registerUser(RegisterRequest request, ClientInfo client, Completion<AuthResult> done);
    /// An unknown person and a wrong password get the same answer after the same time; after too many, RateLimited. Who
    /// gives the right password of a disabled account is told so (Forbidden, BANNED).
    /// Whether the request says who signs in.
    [[nodiscard]] static Result<void> checkName(const LoginRequest &request);
    void login(LoginRequest request, ClientInfo client, Completion<AuthResult> done);
    void refresh(QString refreshToken, ClientInfo client, Completion<AuthResult> done);
    void changePassword(Actor actor, ChangePasswordRequest request, ClientInfo client, Completion<Empty> done);
    /// For Authenticator::setProvision.
    void provision(ForeignIdentity person, Completion<Role> done);

private:
    struct LoginAttempt;
    struct PasswordChange;
    void findPassword(const std::shared_ptr<PasswordChange> &change);
    void checkPasswordChange(const std::shared_ptr<PasswordChange> &change);
    void storePassword(const std::shared_ptr<PasswordChange> &change, Result<QByteArray> hash);
    void findLogin(LoginAttempt attempt);
    void checkLogin(LoginAttempt attempt);
    void finishLogin(LoginAttempt attempt, PasswordHasher::Verdict verdict);
    void openSession(LoginAttempt attempt, std::optional<QByteArray> newHash);
    /// Whether the device is one of the account, and so counted apart; else it is as if there were none.
    [[nodiscard]] Result<void> admitDevice(LoginAttempt &attempt);
    /// A sign-in counts for its device if that is known, else for the name in its network and for the name alone.
    [[nodiscard]] Result<void> admit(const LoginAttempt &attempt);
    void count(const LoginAttempt &attempt, LoginGuard::Outcome outcome);
    [[nodiscard]] AuthResult result(const SignIn &signIn) const;

    const AuthSettings m_settings;
    Executor &m_executor;
    PasswordHasher &m_hasher;
    Authenticator &m_authenticator;
    const AccountService &m_accounts;
    const DeviceTokens &m_devices;
    RateLimiter m_loginLimiter, m_registrationLimiter;
    LoginGuard m_guard, m_guardEverywhere;
};

} // namespace Tertulia::Server
