// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/jwt.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace Tertulia::Test {

/// fixtures/tokens.json: what the npm package `jose` wrote.
inline QJsonObject joseTokens()
{
    QFile file(QStringLiteral(TERTULIA_FIXTURES "/tokens.json"));
    if (!file.open(QIODevice::ReadOnly))
        qFatal("fixtures/tokens.json is not there");
    return QJsonDocument::fromJson(file.readAll()).object();
}

inline QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

/// A token with any header, signed with HMAC-SHA-256 whatever the header says.
inline QByteArray hmacToken(const QByteArray &header, const QByteArray &claims, const Server::JwtKey &key)
{
    const QByteArray part = base64Url(header) + '.' + base64Url(claims);
    return part + '.' + base64Url(key.sign(part));
}

} // namespace Tertulia::Test
