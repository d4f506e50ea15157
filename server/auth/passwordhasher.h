// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authsettings.h"
#include "base/completion.h"

#include <memory>

namespace Tertulia::Server {

/// argon2id in a bounded pool of threads: a flood of sign-ins waits or is refused, it never eats the memory. What waits
/// is taken from one network after the other, and when the queue is full, the network with the most in it gives way:
/// one that floods waits for itself. Thread-safe.
class PasswordHasher
{
public:
    explicit PasswordHasher(const PasswordSettings &settings);
    ~PasswordHasher(); ///< stop()
    /// Waiting work is cancelled, work under way is waited for; later work is refused. Not from a hashing thread.
    void stop();

    /// A PHC string for the store. RateLimited when too many wait.
    /// @param network whose turn it takes (ClientInfo::network)
    void hash(const QString &password, const QString &network, Completion<QByteArray> done);

    struct Verdict
    {
        bool matches = false;
        bool needsRehash = false; ///< it matches, but was made with other parameters than today's
    };
    /// An empty `hash` (no such person, or one without a password) takes the same time and never matches.
    void verify(const QString &password, const QByteArray &hash, const QString &network, Completion<Verdict> done);

    /// Both at once on the calling thread, for tools and tests.
    [[nodiscard]] Result<QByteArray> hashNow(const QString &password) const;
    [[nodiscard]] Verdict verifyNow(const QString &password, const QByteArray &hash) const;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Server
