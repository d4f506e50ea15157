// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/completion.h"
#include "base/ids.h"
#include "base/result.h"

#include <array>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace Tertulia::Server {

/// At most `count` actions in any `window`.
struct RateRule
{
    int count = 30;
    std::chrono::milliseconds window{10'000};
};

/// Counts each user's actions over exact sliding windows. The edges ask before they start a unit of work; one object
/// serves REST and hubs. Thread-safe; memory only for users who acted within the longest window, and for the busiest of
/// them where they are very many: a flood of new ones does not free one who is at the limit.
class RateLimiter
{
public:
    using Time = std::chrono::steady_clock::time_point;

    RateLimiter(const Clock &clock, std::vector<RateRule> rules);
    ~RateLimiter();

    /// Counts one action, or answers RateLimited with the seconds to wait (rounded up); a refused action does not
    /// count.
    [[nodiscard]] Result<void> take(UserId user);

    /// The latest action of the user until then does not count after all; later ones do.
    void giveBack(UserId user, Time until);
    [[nodiscard]] Time now() const { return m_clock.steadyNow(); }

    /// Forgets users who have been silent; called now and then by take() itself.
    void forgetSilent();
    [[nodiscard]] size_t trackedUsers() const;

    static constexpr size_t mostTracked = 100'000;

private:
    struct Shard;
    static constexpr size_t shardCount = 16;
    [[nodiscard]] Shard &shardOf(UserId user) const;

    const Clock &m_clock;
    std::vector<RateRule> m_rules;
    std::chrono::milliseconds m_longest{0};
    size_t m_mostActions = 0;
    std::unique_ptr<std::array<Shard, shardCount>> m_shards;
};

/// Finishes `done`, and gives back to the user what the server could not do (Unavailable, Internal). For the action
/// that was taken just now.
template <class T> [[nodiscard]] Completion<T> forgiving(RateLimiter &limiter, UserId user, Completion<T> done)
{
    Loop *const loop = done.loop();
    return Completion<T>(
        loop, [&limiter, user, taken = limiter.now(), done = std::move(done)](Result<T> result) mutable {
            const auto failed = [&result](ErrorCode code) { return !result && result.error().code == code; };
            if (failed(ErrorCode::Unavailable) || failed(ErrorCode::Internal))
                limiter.giveBack(user, taken);
            done.finish(std::move(result));
        });
}

} // namespace Tertulia::Server
