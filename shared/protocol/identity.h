// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/user.h"

#include <vector>

// What is said under /api/Authentication and /api/friends/search (contract.md section 3). Requests keep what people
// typed as it came; the services judge it.

namespace Tertulia {

struct RegisterRequest
{
    QString username;
    QString fullName;
    QString password;
    std::optional<QString> email;

    static constexpr auto fields()
    {
        return std::tuple{
            required("username", &RegisterRequest::username), required("fullName", &RegisterRequest::fullName),
            required("password", &RegisterRequest::password), omitEmpty("email", &RegisterRequest::email)};
    }
    friend bool operator==(const RegisterRequest &, const RegisterRequest &) = default;
};

/// One of username and email is needed.
struct LoginRequest
{
    std::optional<QString> username;
    std::optional<QString> email;
    QString password;
    std::optional<QString> twoFactorCode;
    std::optional<QString> turnstileToken;
    std::optional<QString> deviceName; ///< shown in the list of sessions
    std::optional<QString> deviceToken; ///< of the last answer that this device got; a browser has it as a cookie

    static constexpr auto fields()
    {
        return std::tuple{omitEmpty("username", &LoginRequest::username),
                          omitEmpty("email", &LoginRequest::email),
                          required("password", &LoginRequest::password),
                          omitEmpty("twoFactorCode", &LoginRequest::twoFactorCode),
                          omitEmpty("turnstileToken", &LoginRequest::turnstileToken),
                          omitEmpty("deviceName", &LoginRequest::deviceName),
                          omitEmpty("deviceToken", &LoginRequest::deviceToken)};
    }
    friend bool operator==(const LoginRequest &, const LoginRequest &) = default;
};

/// Also the body of logout. Absent: the token comes as a cookie.
struct RefreshRequest
{
    std::optional<QString> refreshToken;

    static constexpr auto fields() { return std::tuple{omitEmpty("refreshToken", &RefreshRequest::refreshToken)}; }
    friend bool operator==(const RefreshRequest &, const RefreshRequest &) = default;
};

/// Who has signed in.
struct SignedInUser
{
    UserId id;
    QString fullName;
    QString username;
    std::optional<QString> avatar;
    std::vector<Role> roles;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &SignedInUser::id), required("fullName", &SignedInUser::fullName),
                          required("username", &SignedInUser::username), optional("avatar", &SignedInUser::avatar),
                          optional("roles", &SignedInUser::roles)};
    }
    friend bool operator==(const SignedInUser &, const SignedInUser &) = default;
};

/// The data of register, login and refresh.
struct AuthResult
{
    QString accessToken;
    std::optional<QString> refreshToken; ///< absent where the cookie alone carries it
    std::optional<QString> deviceToken; ///< for the next sign-in on this device; absent where the cookie carries it
    int expiresIn = 0; ///< seconds the access token lives
    SignedInUser user;

    static constexpr auto fields()
    {
        return std::tuple{required("accessToken", &AuthResult::accessToken),
                          omitEmpty("refreshToken", &AuthResult::refreshToken),
                          omitEmpty("deviceToken", &AuthResult::deviceToken),
                          required("expiresIn", &AuthResult::expiresIn), required("user", &AuthResult::user)};
    }
    friend bool operator==(const AuthResult &, const AuthResult &) = default;
};

/// GET me and GET user/{userId}. What is the owner's own business (email, roles, createdAt) is there for the owner
/// only.
struct Profile
{
    UserId id;
    QString fullName;
    QString username;
    std::optional<QString> avatar, bio, location, website;
    std::optional<QString> email;
    std::optional<std::vector<Role>> roles;
    std::optional<Timestamp> createdAt;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &Profile::id),
                          required("fullName", &Profile::fullName),
                          required("username", &Profile::username),
                          optional("avatar", &Profile::avatar),
                          optional("bio", &Profile::bio),
                          optional("location", &Profile::location),
                          optional("website", &Profile::website),
                          omitEmpty("email", &Profile::email),
                          omitEmpty("roles", &Profile::roles),
                          omitEmpty("createdAt", &Profile::createdAt)};
    }
    friend bool operator==(const Profile &, const Profile &) = default;
};

/// POST update-profile: what is absent or null stays as it is, an empty text clears.
struct UpdateProfileRequest
{
    std::optional<QString> fullName, bio, location, website;

    static constexpr auto fields()
    {
        return std::tuple{omitEmpty("fullName", &UpdateProfileRequest::fullName),
                          omitEmpty("bio", &UpdateProfileRequest::bio),
                          omitEmpty("location", &UpdateProfileRequest::location),
                          omitEmpty("website", &UpdateProfileRequest::website)};
    }
    friend bool operator==(const UpdateProfileRequest &, const UpdateProfileRequest &) = default;
};

struct ChangePasswordRequest
{
    QString currentPassword;
    QString newPassword;

    static constexpr auto fields()
    {
        return std::tuple{required("currentPassword", &ChangePasswordRequest::currentPassword),
                          required("newPassword", &ChangePasswordRequest::newPassword)};
    }
    friend bool operator==(const ChangePasswordRequest &, const ChangePasswordRequest &) = default;
};

/// One row of GET sessions: a device that is signed in.
struct SessionInfo
{
    SessionId id;
    QString deviceName; ///< as given at login, else made from the User-Agent
    std::optional<QString> address; ///< the address it was last used from
    Timestamp createdAt;
    Timestamp lastSeenAt;
    Timestamp expiresAt;
    bool isCurrent = false; ///< the session of the token that asks

    static constexpr auto fields()
    {
        return std::tuple{required("id", &SessionInfo::id),
                          optional("deviceName", &SessionInfo::deviceName),
                          optional("address", &SessionInfo::address),
                          required("createdAt", &SessionInfo::createdAt),
                          required("lastSeenAt", &SessionInfo::lastSeenAt),
                          required("expiresAt", &SessionInfo::expiresAt),
                          optional("isCurrent", &SessionInfo::isCurrent)};
    }
    friend bool operator==(const SessionInfo &, const SessionInfo &) = default;
};

} // namespace Tertulia
