// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace Tertulia::Server {

/// Cost and bounds of password hashing (argon2id). The defaults follow OWASP's smallest recommendation: 19 MiB, two
/// passes; about 50 ms on a small server.
struct PasswordSettings
{
    int memoryKiB = 19'456;
    int passes = 2;
    int threads = 2; ///< hashes at the same time: threads x memoryKiB is the most memory that sign-ins can take
    int queueLimit = 64; ///< sign-ins that may wait; above it the network with the most in it gives way
    int minLength = 8; ///< characters
    int maxLength = 256; ///< characters
};

/// A foreign identity provider whose tokens are taken for sign-in; off while nothing is set.
struct ForeignIssuerSettings
{
    QString issuer; ///< must equal the token's `iss`
    QString audience; ///< must be in the token's `aud`
    QString secret; ///< HS256, at least 32 bytes; or
    QString jwksUrl; ///< RS256, ES256, EdDSA; https, or http on loopback
    QStringList algorithms; ///< the allow-list; empty = HS256 with a secret, RS256 ES256 EdDSA with a JWKS
};

struct AuthSettings
{
    QString issuer = QStringLiteral("tertulia"); ///< `iss` and `aud` of our own tokens
    std::chrono::milliseconds accessLifetime = std::chrono::minutes(15);
    std::chrono::milliseconds refreshLifetime = std::chrono::hours(24 * 14);
    std::chrono::milliseconds clockLeeway = std::chrono::seconds(30); ///< for foreign tokens
    std::chrono::milliseconds deviceLifetime = std::chrono::hours(24 * 365); ///< of a device token
    int sessionsPerPerson = 50; ///< one more ends the one that was unused for longest
    int lockoutFailures = 5; ///< wrong passwords in a row lock a name for one network …
    /// … or from one known device; and so many from all networks together (NIST SP 800-63B 5.2.2: at most 100)
    int lockoutFailuresEverywhere = 100;
    std::chrono::milliseconds lockoutDuration = std::chrono::minutes(15);
    bool registrationOpen = true;
    bool refreshTokenInBody = true; ///< besides the cookie; off where only browsers sign in
    PasswordSettings password;
    ForeignIssuerSettings foreign;
};

} // namespace Tertulia::Server
