// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Locks after too many wrong passwords in a row. Names of nobody are counted like those of somebody: otherwise the
/// lock would tell who exists. In memory, so that a wrong password costs the same for both; a restart forgets.
/// Attempts under way count as failed until they end: many at once get no more guesses than one after the other.
/// Thread-safe, bounded.
class LoginGuard
{
public:
    LoginGuard(const Clock &clock, int failures, std::chrono::milliseconds duration);

    /// RateLimited with the rest of the lock while it lasts. Each admission is followed by one of the other three.
    [[nodiscard]] Result<void> admit(UserId key);
    void failed(UserId key);
    void succeeded(UserId key);
    void abandoned(UserId key); ///< the password was not judged

private:
    struct Entry
    {
        int failures = 0;
        int underWay = 0;
        std::chrono::steady_clock::time_point last, lockedUntil;
    };
    void makeRoom(); ///< with the lock held

    static constexpr size_t most = 20'000;
    const Clock &m_clock;
    const int m_failures;
    const std::chrono::milliseconds m_duration;
    std::mutex m_mutex;
    std::unordered_map<UserId, Entry> m_entries;
};

} // namespace Tertulia::Server
