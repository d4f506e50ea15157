// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "protocol/user.h"

#include <QByteArrayView>

#include <array>
#include <cstring>
#include <mutex>
#include <optional>
#include <unordered_map>

namespace Tertulia::Server {

/// What one of our own access tokens says.
struct OwnToken
{
    UserId user;
    SessionId session;
    Role role = Role::User;
    Timestamp issuedAt, expiresAt;

    friend bool operator==(const OwnToken &, const OwnToken &) = default;
};

/// Our own tokens whose signature and claims were found good, so that a device that asks again and again costs one
/// check (docs/decisions/0136). Whether a token has ended, or its session, is not known here: whoever finds it asks
/// that each time. Tokens are kept as keyed digests (BLAKE2b), never themselves. Thread-safe.
class KnownTokens
{
public:
    /// @param limit tokens, about 120 bytes each; of more, those that did not come for the longest time are checked
    /// anew
    explicit KnownTokens(size_t limit = 32'768);

    [[nodiscard]] std::optional<OwnToken> find(QByteArrayView token);
    void keep(QByteArrayView token, const OwnToken &known);
    [[nodiscard]] size_t size() const;

private:
    static constexpr size_t shardCount = 16;
    using Digest = std::array<unsigned char, 32>;
    struct Hash
    {
        size_t operator()(const Digest &digest) const noexcept
        {
            size_t first = 0;
            std::memcpy(&first, digest.data(), sizeof first);
            return first;
        }
    };
    using Tokens = std::unordered_map<Digest, OwnToken, Hash>;
    /// A part of all of them with a lock of its own, so that network threads seldom wait for each other.
    struct Shard
    {
        mutable std::mutex mutex;
        Tokens recent, older; ///< when there are too many recent ones they become the older, and those go
    };

    [[nodiscard]] Digest digestOf(QByteArrayView token) const;
    [[nodiscard]] Shard &shardOf(const Digest &digest) { return m_shards[digest.back() % shardCount]; }
    void keep(Shard &shard, const Digest &digest, const OwnToken &known) const; ///< with the lock held

    const size_t m_recentLimit; ///< of a shard
    Digest m_key; ///< made at random: nobody can say what a digest will be
    std::array<Shard, shardCount> m_shards;
};

} // namespace Tertulia::Server
