// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/knowntokens.h"

#include <sodium.h>

#include <algorithm>
#include <utility>

namespace Tertulia::Server {

KnownTokens::KnownTokens(size_t limit)
    : m_recentLimit(std::max<size_t>(1, limit / (2 * shardCount)))
    , m_key{}
{
    if (sodium_init() < 0)
        qFatal("libsodium cannot be used");
    randombytes_buf(m_key.data(), m_key.size());
}

std::optional<OwnToken> KnownTokens::find(QByteArrayView token)
{
    const Digest digest = digestOf(token);
    Shard &shard = shardOf(digest);
    const std::scoped_lock lock(shard.mutex);
    if (const auto found = shard.recent.find(digest); found != shard.recent.end())
        return found->second;
    const auto found = shard.older.find(digest);
    if (found == shard.older.end())
        return std::nullopt;
    const OwnToken known = found->second;
    keep(shard, digest, known);
    return known;
}

void KnownTokens::keep(QByteArrayView token, const OwnToken &known)
{
    const Digest digest = digestOf(token);
    Shard &shard = shardOf(digest);
    const std::scoped_lock lock(shard.mutex);
    keep(shard, digest, known);
}

void KnownTokens::keep(Shard &shard, const Digest &digest, const OwnToken &known) const
{
    if (shard.recent.size() >= m_recentLimit)
        shard.older = std::exchange(shard.recent, {});
    shard.recent.insert_or_assign(digest, known);
}

size_t KnownTokens::size() const
{
    size_t all = 0;
    for (const Shard &shard : m_shards) {
        const std::scoped_lock lock(shard.mutex);
        all += shard.recent.size() + shard.older.size();
    }
    return all;
}

KnownTokens::Digest KnownTokens::digestOf(QByteArrayView token) const
{
    Digest digest;
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char *>(token.data()),
                       static_cast<unsigned long long>(token.size()), m_key.data(), m_key.size());
    return digest;
}

} // namespace Tertulia::Server
