// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jwt.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/params.h>

namespace Tertulia::Server {

namespace {

constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr int minRsaBits = 2048;
constexpr qsizetype minSecretBytes = 32;
constexpr qsizetype p256Bytes = 32;

template <auto Free> struct Freer
{
    template <class T> void operator()(T *object) const { Free(object); }
};
using BigNumber = std::unique_ptr<BIGNUM, Freer<BN_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;

Error badKey(const QString &why)
{
    return Error::invalid(QStringLiteral("jwk"), why);
}

Error badToken(const QString &why)
{
    return Error::unauthenticated(why);
}

const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}

std::optional<QByteArray> decode(QByteArrayView text)
{
    auto decoded =
        QByteArray::fromBase64Encoding(text.toByteArray(), base64Url | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded)
        return std::nullopt;
    return *decoded;
}

/// A part of a token. RFC 7515 knows one spelling: no padding, and the bits that the last character has too many are
/// zero (RFC 4648, 3.5). Else one token has several texts, and a list of ended ones could be slipped past.
std::optional<QByteArray> decodePart(QByteArrayView text)
{
    auto decoded = decode(text);
    if (decoded && decoded->toBase64(base64Url) != text)
        return std::nullopt;
    return decoded;
}

BigNumber number(const QByteArray &bigEndian)
{
    return BigNumber(BN_bin2bn(bytes(bigEndian), int(bigEndian.size()), nullptr));
}

std::shared_ptr<EVP_PKEY> makeKey(const char *type, OSSL_PARAM *params)
{
    const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, type, nullptr));
    EVP_PKEY *key = nullptr;
    if (!context || EVP_PKEY_fromdata_init(context.get()) <= 0
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, params) <= 0)
        return nullptr;
    return {key, EVP_PKEY_free};
}

std::shared_ptr<EVP_PKEY> rsaKey(const QJsonObject &jwk)
{
    const auto modulus = decode(jwk.value(QLatin1String("n")).toString().toLatin1());
    const auto exponent = decode(jwk.value(QLatin1String("e")).toString().toLatin1());
    if (!modulus || !exponent)
        return nullptr;
    const BigNumber n = number(*modulus);
    const BigNumber e = number(*exponent);
    if (BN_num_bits(n.get()) < minRsaBits)
        return nullptr;
    const ParamBuilder builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_N, n.get());
    OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_RSA_E, e.get());
    const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
    return makeKey("RSA", params.get());
}

std::shared_ptr<EVP_PKEY> ecKey(const QJsonObject &jwk)
{
    const auto x = decode(jwk.value(QLatin1String("x")).toString().toLatin1());
    const auto y = decode(jwk.value(QLatin1String("y")).toString().toLatin1());
    if (!x || !y || x->size() > p256Bytes || y->size() > p256Bytes)
        return nullptr;
    // Some providers leave leading zeros out of coordinates.
    const QByteArray point = '\x04' + x->rightJustified(p256Bytes, '\0') + y->rightJustified(p256Bytes, '\0');
    char group[] = "P-256";
    QByteArray encoded = point;
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
        OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, encoded.data(), size_t(encoded.size())),
        OSSL_PARAM_construct_end(),
    };
    return makeKey("EC", params);
}

std::shared_ptr<EVP_PKEY> edKey(const QJsonObject &jwk)
{
    const auto x = decode(jwk.value(QLatin1String("x")).toString().toLatin1());
    if (!x || x->size() != 32)
        return nullptr;
    return {EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, bytes(*x), size_t(x->size())), EVP_PKEY_free};
}

/// JOSE writes r and s as two 32-byte numbers, OpenSSL wants DER.
QByteArray derOfRaw(QByteArrayView raw)
{
    if (raw.size() != 2 * p256Bytes)
        return {};
    const EcSignature signature(ECDSA_SIG_new());
    BIGNUM *r = BN_bin2bn(bytes(raw), int(p256Bytes), nullptr);
    BIGNUM *s = BN_bin2bn(bytes(raw) + p256Bytes, int(p256Bytes), nullptr);
    ECDSA_SIG_set0(signature.get(), r, s);
    unsigned char *out = nullptr;
    const int size = i2d_ECDSA_SIG(signature.get(), &out);
    QByteArray der;
    if (size > 0) {
        der = QByteArray(reinterpret_cast<const char *>(out), size);
        OPENSSL_free(out);
    }
    return der;
}

QByteArray hmac(const QByteArray &secret, QByteArrayView data)
{
    QByteArray mac(32, '\0');
    unsigned int size = 0;
    HMAC(EVP_sha256(), secret.constData(), int(secret.size()), bytes(data), size_t(data.size()),
         reinterpret_cast<unsigned char *>(mac.data()), &size);
    return mac;
}

std::optional<double> timeClaim(const QJsonObject &claims, QLatin1String name, bool &valid)
{
    const QJsonValue value = claims.value(name);
    if (value.isUndefined())
        return std::nullopt;
    if (!value.isDouble())
        valid = false;
    return value.toDouble();
}

bool audienceHolds(const QJsonValue &claim, const QString &audience)
{
    if (claim.isString())
        return claim.toString() == audience;
    const QJsonArray list = claim.toArray();
    return std::any_of(list.begin(), list.end(),
                       [&](const QJsonValue &one) { return one.isString() && one.toString() == audience; });
}

} // namespace

std::optional<JwtAlgorithm> jwtAlgorithm(QStringView name)
{
    if (name == QLatin1String("HS256"))
        return JwtAlgorithm::HS256;
    if (name == QLatin1String("RS256"))
        return JwtAlgorithm::RS256;
    if (name == QLatin1String("ES256"))
        return JwtAlgorithm::ES256;
    if (name == QLatin1String("EdDSA"))
        return JwtAlgorithm::EdDSA;
    return std::nullopt;
}

Result<JwtKey> JwtKey::fromSecret(const QByteArray &secret)
{
    if (secret.size() < minSecretBytes)
        return failure(badKey(QStringLiteral("a secret for HS256 needs at least 32 bytes")));
    JwtKey key;
    key.m_secret = secret;
    return key;
}

Result<JwtKey> JwtKey::fromJwk(const QJsonObject &jwk)
{
    const QString use = jwk.value(QLatin1String("use")).toString();
    if (!use.isEmpty() && use != QLatin1String("sig"))
        return failure(badKey(QStringLiteral("not a key for signatures")));
    JwtKey key;
    key.m_id = jwk.value(QLatin1String("kid")).toString();
    const QString type = jwk.value(QLatin1String("kty")).toString();
    const QString curve = jwk.value(QLatin1String("crv")).toString();
    if (type == QLatin1String("RSA")) {
        key.m_algorithm = JwtAlgorithm::RS256;
        key.m_key = rsaKey(jwk);
    } else if (type == QLatin1String("EC") && curve == QLatin1String("P-256")) {
        key.m_algorithm = JwtAlgorithm::ES256;
        key.m_key = ecKey(jwk);
    } else if (type == QLatin1String("OKP") && curve == QLatin1String("Ed25519")) {
        key.m_algorithm = JwtAlgorithm::EdDSA;
        key.m_key = edKey(jwk);
    }
    if (!key.m_key)
        return failure(badKey(QStringLiteral("unsupported or malformed key")));
    const QString algorithm = jwk.value(QLatin1String("alg")).toString();
    if (!algorithm.isEmpty() && jwtAlgorithm(algorithm) != key.m_algorithm)
        return failure(badKey(QStringLiteral("the key's alg does not fit its type")));
    return key;
}

bool JwtKey::verify(QByteArrayView signedPart, QByteArrayView signature) const
{
    if (m_algorithm == JwtAlgorithm::HS256) {
        const QByteArray expected = hmac(m_secret, signedPart);
        return !m_secret.isEmpty() && signature.size() == expected.size()
            && CRYPTO_memcmp(signature.data(), expected.constData(), size_t(expected.size())) == 0;
    }
    const DigestContext context(EVP_MD_CTX_new());
    const EVP_MD *digest = m_algorithm == JwtAlgorithm::EdDSA ? nullptr : EVP_sha256();
    const QByteArray der = m_algorithm == JwtAlgorithm::ES256 ? derOfRaw(signature) : QByteArray();
    const QByteArrayView checked = m_algorithm == JwtAlgorithm::ES256 ? QByteArrayView(der) : signature;
    return context && !checked.isEmpty()
        && EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, m_key.get()) == 1
        && EVP_DigestVerify(context.get(), bytes(checked), size_t(checked.size()), bytes(signedPart),
                            size_t(signedPart.size()))
        == 1;
}

QByteArray JwtKey::sign(QByteArrayView signedPart) const
{
    Q_ASSERT(m_algorithm == JwtAlgorithm::HS256);
    return hmac(m_secret, signedPart);
}

Result<JwtParts> Jwt::parse(QByteArrayView token)
{
    if (token.size() > maxSize)
        return failure(badToken(QStringLiteral("The token is too long.")));
    const qsizetype first = token.indexOf('.');
    const qsizetype second = first < 0 ? -1 : token.indexOf('.', first + 1);
    if (second < 0 || token.indexOf('.', second + 1) >= 0)
        return failure(badToken(QStringLiteral("The token is not a signed JWT.")));
    const auto header = decodePart(token.first(first));
    const auto payload = decodePart(token.sliced(first + 1, second - first - 1));
    auto signature = decodePart(token.sliced(second + 1));
    if (!header || !payload || !signature)
        return failure(badToken(QStringLiteral("The token is not valid base64url.")));
    QJsonParseError error{};
    const QJsonObject head = QJsonDocument::fromJson(*header, &error).object();
    JwtParts parts;
    parts.claims = QJsonDocument::fromJson(*payload, &error).object();
    const auto algorithm = jwtAlgorithm(head.value(QLatin1String("alg")).toString());
    if (!algorithm || head.contains(QLatin1String("crit")) || parts.claims.isEmpty())
        return failure(badToken(QStringLiteral("The token's header or claims are not acceptable.")));
    parts.algorithm = *algorithm;
    parts.keyId = head.value(QLatin1String("kid")).toString();
    parts.signedPart = token.first(second).toByteArray();
    parts.signature = std::move(*signature);
    return parts;
}

Result<void> Jwt::checkClaims(const QJsonObject &claims, const QString &issuer, const QString &audience, Timestamp now,
                              std::chrono::milliseconds leeway, std::chrono::milliseconds grace)
{
    bool valid = true;
    const auto expires = timeClaim(claims, QLatin1String("exp"), valid);
    const auto notBefore = timeClaim(claims, QLatin1String("nbf"), valid);
    const double seconds = double(now.time_since_epoch().count()) / 1000.0;
    const double slack = double(leeway.count()) / 1000.0;
    if (!valid || !expires || seconds >= *expires + slack + double(grace.count()) / 1000.0)
        return failure(badToken(QStringLiteral("The token has expired.")));
    if (notBefore && seconds + slack < *notBefore)
        return failure(badToken(QStringLiteral("The token is not valid yet.")));
    if (claims.value(QLatin1String("iss")).toString() != issuer)
        return failure(badToken(QStringLiteral("The token is of another issuer.")));
    if (!audienceHolds(claims.value(QLatin1String("aud")), audience))
        return failure(badToken(QStringLiteral("The token is for another audience.")));
    return {};
}

QByteArray Jwt::sign(const QJsonObject &claims, const JwtKey &key)
{
    static const QByteArray header = QByteArray(R"({"alg":"HS256","typ":"JWT"})").toBase64(base64Url);
    const QByteArray part = header + '.' + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(base64Url);
    return part + '.' + key.sign(part).toBase64(base64Url);
}

} // namespace Tertulia::Server
