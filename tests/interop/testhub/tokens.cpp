// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tokens.h"

#include "base/random.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QMessageAuthenticationCode>

namespace Tertulia::TestHub {

namespace {

constexpr auto base64 = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
constexpr qint64 lifeSeconds = 5;

} // namespace

Tokens::Tokens()
    : m_key(randomToken(32))
{
}

QByteArray Tokens::sign(const QByteArray &text) const
{
    return QMessageAuthenticationCode::hash(text, m_key, QCryptographicHash::Sha256).toBase64(base64);
}

QByteArray Tokens::generate() const
{
    const QJsonObject claims{{QStringLiteral("sub"), QStringLiteral("testuser")},
                             {QStringLiteral("iss"), QStringLiteral("SignalRTestServer")},
                             {QStringLiteral("aud"), QStringLiteral("SignalRTestServer")},
                             {QStringLiteral("exp"), QDateTime::currentSecsSinceEpoch() + lifeSeconds}};
    const QByteArray text = QByteArrayLiteral(R"({"alg":"HS256","typ":"JWT"})").toBase64(base64) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(base64);
    return text + '.' + sign(text);
}

Result<Caller> Tokens::check(const QByteArray &token) const
{
    const auto refused = failure(Error::unauthenticated(QStringLiteral("no valid token")));
    const QList<QByteArray> parts = token.split('.');
    if (parts.size() != 3 || sign(parts[0] + '.' + parts[1]) != parts[2])
        return refused;
    const QJsonObject claims = QJsonDocument::fromJson(QByteArray::fromBase64(parts[1], base64)).object();
    if (claims.value(u"exp").toInteger() <= QDateTime::currentSecsSinceEpoch())
        return refused;
    return Caller{.user = UserId(Uuid::fromName("test user", claims.value(u"sub").toString().toUtf8()))};
}

} // namespace Tertulia::TestHub
