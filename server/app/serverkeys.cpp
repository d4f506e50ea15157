// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverkeys.h"

#include "auth/keystore.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

Result<ServerKeys> ServerKeys::read(const QString &folder)
{
    ServerKeys keys;
    QByteArray accessTokens;
    for (const auto &[secret, name] :
         {std::pair{&accessTokens, u"access-tokens.key"_s}, std::pair{&keys.refreshTokens, u"refresh-tokens.key"_s},
          std::pair{&keys.devices, u"devices.key"_s}, std::pair{&keys.cursors, u"cursors.key"_s}}) {
        auto found = KeyStore::secret(folder, name);
        if (!found)
            return failure(found.error());
        *secret = std::move(*found);
    }
    auto key = JwtKey::fromSecret(accessTokens);
    if (!key)
        return failure(key.error());
    keys.accessTokens = std::move(*key);
    return keys;
}

} // namespace Tertulia::Server
