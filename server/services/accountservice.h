// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authsettings.h"
#include "auth/identity.h"
#include "auth/sessionregistry.h"
#include "base/clock.h"
#include "model/account.h"
#include "services/actor.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// A session that was just made or renewed.
struct SignIn
{
    Account account;
    SessionId session;
    QString refreshToken;
    /// When the unit of work read the account: an access token made of it is no newer than what it says, however late
    /// it is made.
    Timestamp at;
    /// Of a refresh: when it was; whether its access token comes back is to be known.
    std::optional<Timestamp> refreshedAt = {};
};

/// Accounts, sessions and profiles. Plain functions in a unit of work. Passwords are hashed before and verified outside
/// (AccountFlow): a unit of work never waits for argon2id.
class AccountService
{
public:
    /// @param refreshKey authenticates refresh tokens: with it a token that was once good is told from an invented one
    AccountService(const Clock &clock, AuthSettings settings, QByteArray refreshKey);

    // Rules of what people type; before any hashing. Invalid with every field that breaks one.
    [[nodiscard]] Result<void> check(const RegisterRequest &request) const;
    [[nodiscard]] static Result<void> check(const UpdateProfileRequest &request);
    [[nodiscard]] Result<void> checkPassword(const QString &password, const QString &field) const;

    /// Conflict when the username or email is taken.
    [[nodiscard]] Result<Account> create(Transaction &tx, const RegisterRequest &request,
                                         const QByteArray &passwordHash, Role role = Role::User) const;
    /// The account of a foreign person, made at first sight with a free username. Forbidden when it is disabled, or
    /// when the id is that of somebody who did not come from there.
    [[nodiscard]] Result<Role> ensureForeign(Transaction &tx, const ForeignIdentity &person) const;

    /// Nobody when the username and the address belong to two.
    [[nodiscard]] std::optional<Account> forLogin(ReadTransaction &tx, const LoginRequest &request) const;
    /// A new session for somebody whose password is `verified`: the stored hash that it was held against, outside of
    /// this unit. Empty when another hash is stored by now: then nothing is known of the password.
    /// @param newHash set when the stored hash was made with other parameters than today's
    [[nodiscard]] Result<std::optional<SignIn>> loginSucceeded(Transaction &tx, UserId user, const QByteArray &verified,
                                                               const ClientInfo &client,
                                                               const std::optional<QByteArray> &newHash) const;
    [[nodiscard]] SignIn openSession(Transaction &tx, const Account &account, const ClientInfo &client) const;
    /// Empty: not a good token. One that comes again is answered with the same successor as long as the first answer
    /// may have been lost (docs/decisions/0046), else it ends its session; so that is no failure: a failed unit is
    /// rolled back. @param uses which answers are known to have arrived
    [[nodiscard]] Result<std::optional<SignIn>> refresh(Transaction &tx, const QString &refreshToken,
                                                        const ClientInfo &client, const SessionRegistry &uses) const;
    [[nodiscard]] Result<void> logout(Transaction &tx, UserId user, SessionId session) const;
    /// The session of the actor's access token, ours or foreign.
    [[nodiscard]] Result<void> logout(Transaction &tx, const Actor &actor) const;
    [[nodiscard]] Result<void> logoutByToken(Transaction &tx, const QString &refreshToken) const;

    [[nodiscard]] Result<std::vector<SessionInfo>> sessions(ReadTransaction &tx, const Actor &actor) const;
    [[nodiscard]] Result<void> endSession(Transaction &tx, const Actor &actor, QStringView sessionId) const;
    [[nodiscard]] Result<void> endOtherSessions(Transaction &tx, const Actor &actor) const;

    [[nodiscard]] Result<Account> account(ReadTransaction &tx, UserId user) const;
    [[nodiscard]] Result<Profile> me(ReadTransaction &tx, const Actor &actor) const;
    [[nodiscard]] Result<Profile> profile(ReadTransaction &tx, const Actor &actor, QStringView userId) const;
    [[nodiscard]] Result<Profile> updateProfile(Transaction &tx, const Actor &actor,
                                                const UpdateProfileRequest &request) const;
    /// By somebody who gave the password whose stored hash is `verified`; ends all other sessions. False when another
    /// hash is stored by now.
    [[nodiscard]] Result<bool> changePassword(Transaction &tx, const Actor &actor, const QByteArray &verified,
                                              const QByteArray &hash) const;
    /// Ends all other sessions; `keep` may be null.
    [[nodiscard]] Result<void> setPassword(Transaction &tx, UserId user, const QByteArray &hash, SessionId keep) const;
    /// @param limit what is wrong with it is told together with what is wrong with the term
    [[nodiscard]] Result<std::vector<UserCard>> search(ReadTransaction &tx, const Actor &actor, const QString &term,
                                                       const Result<std::optional<qint64>> &limit) const;

    // For administrators.
    [[nodiscard]] Result<void> setRole(Transaction &tx, UserId user, Role role) const;
    [[nodiscard]] Result<void> setDisabled(Transaction &tx, UserId user, bool disabled) const;

private:
    [[nodiscard]] Result<void> endAllBut(Transaction &tx, UserId user, SessionId keep) const;
    void makeRoomForSession(Transaction &tx, UserId user) const;
    [[nodiscard]] QString makeRefreshToken(SessionId session, const QByteArray &secret) const;
    /// The same for the same token: nobody has to keep it to give it twice.
    [[nodiscard]] QString successorOf(SessionId session, const QString &refreshToken) const;
    /// Whether the answer to the last refresh may be given once more.
    [[nodiscard]] bool mayRepeat(const Session &session, const SessionRegistry &uses) const;
    /// The session a refresh token names, if we made the token.
    [[nodiscard]] std::optional<SessionId> sessionOf(const QString &refreshToken) const;
    [[nodiscard]] QByteArray tag(const QByteArray &body) const;

    const Clock &m_clock;
    AuthSettings m_settings;
    QByteArray m_refreshKey;
};

} // namespace Tertulia::Server
