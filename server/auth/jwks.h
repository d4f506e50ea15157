// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/jwt.h"
#include "base/clock.h"

#include <QObject>
#include <QUrl>

#include <memory>

namespace Tertulia::Server {

/// The signing keys of a foreign identity provider, fetched by URL on a thread of their own and kept; asked from any
/// thread without waiting. They are fetched again each hour they are used, so that a key the provider withdrew goes. An
/// unknown key id starts a fetch, at most one a minute, so that a stranger's tokens cannot make us hammer the provider;
/// the request that met it is refused as Unavailable and may be repeated.
class JwksCache
{
public:
    JwksCache(const Clock &clock, QUrl url);
    ~JwksCache();

    /// Starts the first fetch.
    void prefetch();
    /// The key with that id and algorithm (an empty id matches when there is just one such key).
    [[nodiscard]] Result<JwtKey> key(const QString &id, JwtAlgorithm algorithm);

    /// https anywhere; http on loopback only.
    [[nodiscard]] static bool isAcceptable(const QUrl &url);

private:
    void fetch(); ///< with the lock held; does nothing within a minute of the last one
    struct Private;
    std::shared_ptr<Private> d; ///< shared with the fetch under way, which may outlive this object by a moment
};

} // namespace Tertulia::Server
