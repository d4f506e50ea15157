// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Locks after too many wrong passwords in a row; those are forgotten after `duration` without another. It does not
/// know what its keys stand for, so names of nobody are counted like those of somebody: otherwise the lock would tell
/// who exists. In memory, so that a wrong password costs the same for both; a restart forgets. Attempts under way count
/// as wrong until they end: many at once get no more guesses than one after the other. Thread-safe. Bounded: of too
/// many keys those go that have the least to forget, never a lock before what is none.
class LoginGuard
{
public:
    using Key = Id<struct GuardedTag>;
    enum class Outcome : quint8 { Right, Wrong, NotJudged };

    LoginGuard(const Clock &clock, int failures, std::chrono::milliseconds duration);

    /// RateLimited with the rest of the lock while it lasts. Each admission is followed by a finish().
    [[nodiscard]] Result<void> admit(Key key);
    void finish(Key key, Outcome outcome);
    [[nodiscard]] size_t size() const;

    static constexpr size_t mostKeys = 20'000;

private:
    using Time = std::chrono::steady_clock::time_point;
    struct Entry
    {
        int failures = 0;
        int underWay = 0;
        Time last, lockedUntil;
    };
    void makeRoom(Time now); ///< with the lock held

    const Clock &m_clock;
    const int m_failures;
    const std::chrono::milliseconds m_duration;
    mutable std::mutex m_mutex;
    std::unordered_map<Key, Entry> m_entries;
};

} // namespace Tertulia::Server
