// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a token: taking it apart neither reads outside nor hangs; what it accepts is whole, has no
// other spelling, is no unsigned token, and nobody without a key can make a signature that holds. Any bytes as a JWKS
// entry: a key or an error.
#include "fuzz/expect.h"

#include "auth/jwt.h"

#include <QJsonDocument>

using namespace Tertulia;
using namespace Tertulia::Server;

namespace {

const JwtKey &secretKey()
{
    static const JwtKey key = *JwtKey::fromSecret(QByteArray(32, 'k'));
    return key;
}

void tryClaims(const QJsonObject &claims)
{
    const Timestamp now{std::chrono::milliseconds(1'769'860'800'000)};
    const auto checked = Jwt::checkClaims(claims, QStringLiteral("i"), QStringLiteral("a"), now, {});
    EXPECT(checked || checked.error().code == ErrorCode::Unauthenticated);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView input(data, qsizetype(size));
    const auto parts = Jwt::parse(input);
    if (parts) {
        constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
        EXPECT(input == parts->signedPart + '.' + parts->signature.toBase64(base64Url));
        EXPECT(!parts->claims.isEmpty());
        EXPECT(!secretKey().verify(parts->signedPart, parts->signature));
        tryClaims(parts->claims);
        const auto own = Jwt::parse(Jwt::sign(parts->claims, secretKey()));
        EXPECT(!own || (own->claims == parts->claims && secretKey().verify(own->signedPart, own->signature)));
    } else {
        EXPECT(parts.error().code == ErrorCode::Unauthenticated);
    }
    if (const auto key = JwtKey::fromJwk(QJsonDocument::fromJson(input.toByteArray()).object())) {
        EXPECT(key->algorithm() != JwtAlgorithm::HS256);
        EXPECT(!key->verify(input, QByteArray(64, '\1')));
    }
    return 0;
}
