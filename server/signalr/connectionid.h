// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/random.h"

#include <QByteArray>

namespace Tertulia::Server {

/// The public name of a hub connection; others may know it.
using ConnectionId = Id<struct ConnectionTag>;
/// The secret that a transport's requests carry as `id`: whoever has it can speak for the connection.
using ConnectionToken = Id<struct ConnectionTokenTag>;

/// 128 random bits. Not Uuid::generate(): an id must not be guessable, nor tell its time.
template <class IdType> [[nodiscard]] IdType randomConnectionName()
{
    char bytes[16];
    fillRandom(bytes, sizeof bytes);
    return IdType(Uuid::fromBytes(QByteArrayView(bytes, sizeof bytes)));
}

/// 22 characters of base64url without padding: clients put it into URLs unescaped.
template <class Tag> [[nodiscard]] QByteArray connectionText(const Id<Tag> &id)
{
    return id.uuid().toBytes().toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

template <class IdType> [[nodiscard]] std::optional<IdType> parseConnectionText(const QByteArray &text)
{
    if (text.size() != 22)
        return std::nullopt;
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::Base64UrlEncoding | QByteArray::AbortOnBase64DecodingErrors);
    if (!decoded || decoded.decoded.size() != 16)
        return std::nullopt;
    return IdType(Uuid::fromBytes(decoded.decoded));
}

} // namespace Tertulia::Server
