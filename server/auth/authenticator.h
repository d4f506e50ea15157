// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authsettings.h"
#include "auth/identity.h"
#include "auth/jwks.h"
#include "auth/knowntokens.h"
#include "auth/sessionregistry.h"
#include "base/completion.h"
#include "protocol/user.h"

#include <functional>
#include <shared_mutex>
#include <unordered_set>

namespace Tertulia::Server {

/// What a good access token says.
struct Identity
{
    UserId user;
    SessionId session; ///< each foreign token is one of its own (docs/decisions/0049)
    Role role = Role::User;
    Timestamp expiresAt;
    bool isForeign = false;
};

/// Makes our access tokens and judges everybody's. Thread-safe, never touches the store: a token is checked on the
/// network thread in some microseconds.
class Authenticator
{
public:
    /// Makes the account of a foreign person who is seen for the first time. Called on any thread, once for each person
    /// (again when it failed); the completion may be finished anywhere.
    using Provision = std::function<void(ForeignIdentity, Completion<Role>)>;

    /// @param secret for our own tokens, at least 32 bytes
    Authenticator(const Clock &clock, AuthSettings settings, const JwtKey &ownKey, SessionRegistry &registry);

    [[nodiscard]] Result<void> configureForeign(); ///< checks and takes the foreign issuer's settings
    void setProvision(Provision provision) { m_provision = std::move(provision); }

    [[nodiscard]] SessionRegistry &sessions() { return m_registry; }

    struct AccessToken
    {
        QString text;
        int expiresIn = 0; ///< seconds
    };
    /// @param at when `role` was read: whoever loses it later loses this token, too, although it is made later still
    [[nodiscard]] AccessToken issue(const UserCard &user, Role role, SessionId session, Timestamp at) const;

    /// For REST: of a foreign person seen for the first time the account is made before this completes. In all other
    /// cases the completion runs at once when it belongs to the current thread.
    void authenticate(QByteArrayView token, Completion<Identity> done);
    /// For hubs: the same without waiting. The account of somebody new is under way then, and the store's writer will
    /// have it before any later unit of work of theirs; Unavailable where it is not certain that they will get it.
    /// @param grace tokens that have ended pass for so long (Identity::expiresAt tells), but open no account
    [[nodiscard]] Result<Identity> authenticateNow(QByteArrayView token, std::chrono::milliseconds grace = {});

    /// Accounts of the foreign issuer that exist already, and later changes of their roles.
    void setForeignRole(UserId user, Role role);

private:
    /// The account was made just now; a role that is known already is newer.
    void addForeign(UserId user, Role role);

    struct Judged
    {
        Identity identity;
        std::optional<ForeignIdentity> unknown; ///< set: no account yet
    };
    [[nodiscard]] Result<Judged> judge(QByteArrayView token, std::chrono::milliseconds grace);
    /// Signature and claims, which stay as they are.
    [[nodiscard]] Result<OwnToken> checkOwn(const JwtParts &parts, std::chrono::milliseconds grace) const;
    /// What may have changed since.
    [[nodiscard]] Result<Judged> judgeOwn(const OwnToken &token, std::chrono::milliseconds grace) const;
    [[nodiscard]] Result<Judged> judgeForeign(const JwtParts &parts, std::chrono::milliseconds grace);
    void provision(ForeignIdentity person, Completion<Role> done);

    const Clock &m_clock;
    AuthSettings m_settings;
    JwtKey m_ownKey;
    SessionRegistry &m_registry;
    Provision m_provision;
    KnownTokens m_known;

    std::vector<JwtAlgorithm> m_foreignAlgorithms;
    std::optional<JwtKey> m_foreignSecret;
    std::unique_ptr<JwksCache> m_foreignKeys;
    mutable std::shared_mutex m_mutex;
    std::unordered_map<UserId, Role> m_foreignRoles; ///< those who have an account
};

} // namespace Tertulia::Server
