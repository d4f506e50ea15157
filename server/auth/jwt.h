// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QJsonObject>
#include <QStringList>

#include <memory>
#include <vector>

typedef struct evp_pkey_st EVP_PKEY;

namespace Tertulia::Server {

/// The signatures we can make or check (RFC 7518, RFC 8037). Which of them are accepted is decided by the
/// configuration, never by the token.
enum class JwtAlgorithm : quint8 { HS256, RS256, ES256, EdDSA };
[[nodiscard]] std::optional<JwtAlgorithm> jwtAlgorithm(QStringView name);

/// A secret or a public key. The kind of key limits the algorithm: an RSA key can never check an HS256 token.
class JwtKey
{
public:
    /// At least 32 bytes.
    [[nodiscard]] static Result<JwtKey> fromSecret(const QByteArray &secret);
    /// One entry of a JWKS (RFC 7517): kty RSA (2048 bits or more), EC P-256, OKP Ed25519; `use` other than sig is
    /// refused.
    [[nodiscard]] static Result<JwtKey> fromJwk(const QJsonObject &jwk);

    [[nodiscard]] JwtAlgorithm algorithm() const { return m_algorithm; }
    [[nodiscard]] const QString &id() const { return m_id; } ///< `kid`, may be empty
    [[nodiscard]] bool verify(QByteArrayView signedPart, QByteArrayView signature) const;
    [[nodiscard]] QByteArray sign(QByteArrayView signedPart) const; ///< HS256 only

private:
    JwtAlgorithm m_algorithm = JwtAlgorithm::HS256;
    QString m_id;
    QByteArray m_secret;
    std::shared_ptr<EVP_PKEY> m_key; ///< shared: keys are copied into snapshots, OpenSSL counts nothing for us
};

/// A token taken apart but not believed yet.
struct JwtParts
{
    JwtAlgorithm algorithm = JwtAlgorithm::HS256;
    QString keyId;
    QJsonObject claims;
    QByteArray signedPart;
    QByteArray signature;
};

namespace Jwt {
/// At most this many bytes are looked at.
inline constexpr qsizetype maxSize = 8 * 1024;

/// Compact serialization only, in its one spelling. Refuses unknown algorithms, `none`, and any `crit`.
[[nodiscard]] Result<JwtParts> parse(QByteArrayView token);
/// `exp` (required), `nbf`, `iss` and `aud` (a string or a list that holds it).
/// @param leeway how far the issuer's clock may be off; @param grace a token that has ended passes for so long
[[nodiscard]] Result<void> checkClaims(const QJsonObject &claims, const QString &issuer, const QString &audience,
                                       Timestamp now, std::chrono::milliseconds leeway,
                                       std::chrono::milliseconds grace = {});
/// HS256.
[[nodiscard]] QByteArray sign(const QJsonObject &claims, const JwtKey &key);
} // namespace Jwt

} // namespace Tertulia::Server
