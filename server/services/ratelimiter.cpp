// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/ratelimiter.h"

#include "services/keephighest.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

struct RateLimiter::Shard
{
    /// The latest actions of one user: a ring that grows to the largest rule.
    struct Track
    {
        std::vector<Time> times;
        size_t next = 0; ///< where the ring goes on once it is full

        void add(Time time, size_t most)
        {
            if (times.size() < most) {
                times.push_back(time);
                return;
            }
            times[next] = time;
            next = (next + 1) % most;
        }
        void dropLatest(Time until)
        {
            std::rotate(times.begin(), times.begin() + std::ptrdiff_t(next), times.end());
            next = 0;
            const auto found = std::find_if(times.rbegin(), times.rend(), [until](Time time) { return time <= until; });
            if (found != times.rend())
                times.erase(std::prev(found.base()));
        }
        /// The n-th latest, from 1.
        [[nodiscard]] Time latest(size_t n) const { return times[(next + times.size() - n) % times.size()]; }
    };

    void forgetSilent(Time since)
    {
        std::erase_if(users, [since](const auto &entry) { return entry.second.latest(1) <= since; });
    }
    /// Those who used least go first: they have the least to gain by it.
    void makeRoom(Time since)
    {
        constexpr size_t most = mostTracked / shardCount;
        if (users.size() < most)
            return;
        forgetSilent(since);
        keepHighest(users, most * 3 / 4, [since](const Track &track) {
            const auto isRecent = [since](Time time) { return time > since; };
            return std::pair(std::count_if(track.times.begin(), track.times.end(), isRecent), track.latest(1));
        });
    }

    mutable std::mutex mutex;
    std::unordered_map<UserId, Track> users;
    Time nextSweep{};
};

RateLimiter::RateLimiter(const Clock &clock, std::vector<RateRule> rules)
    : m_clock(clock)
    , m_rules(std::move(rules))
    , m_shards(std::make_unique<std::array<Shard, shardCount>>())
{
    for (const RateRule &rule : m_rules) {
        m_longest = std::max(m_longest, rule.window);
        m_mostActions = std::max(m_mostActions, size_t(std::max(1, rule.count)));
    }
}

RateLimiter::~RateLimiter() = default;

RateLimiter::Shard &RateLimiter::shardOf(UserId user) const
{
    return (*m_shards)[(user.uuid().hash() >> 7) % shardCount];
}

Result<void> RateLimiter::take(UserId user)
{
    if (m_rules.empty())
        return {};
    const Time now = m_clock.steadyNow();
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    if (now >= shard.nextSweep) {
        shard.forgetSilent(now - m_longest);
        shard.nextSweep = now + m_longest;
    }
    if (!shard.users.contains(user))
        shard.makeRoom(now - m_longest);
    Shard::Track &track = shard.users[user];
    std::chrono::steady_clock::duration wait{0};
    for (const RateRule &rule : m_rules) {
        const auto count = size_t(std::max(1, rule.count));
        if (track.times.size() >= count)
            wait = std::max(wait, rule.window - (now - track.latest(count)));
    }
    if (wait > std::chrono::steady_clock::duration::zero()) {
        const auto seconds = std::chrono::ceil<std::chrono::seconds>(wait).count();
        return failure(Error::rateLimited(int(seconds), u"Too many requests of this kind in a short time."_s));
    }
    track.add(now, m_mostActions);
    return {};
}

void RateLimiter::giveBack(UserId user, Time until)
{
    Shard &shard = shardOf(user);
    const std::lock_guard lock(shard.mutex);
    const auto track = shard.users.find(user);
    if (track == shard.users.end())
        return;
    track->second.dropLatest(until);
    if (track->second.times.empty())
        shard.users.erase(track);
}

void RateLimiter::forgetSilent()
{
    const Time now = m_clock.steadyNow();
    for (Shard &shard : *m_shards) {
        const std::lock_guard lock(shard.mutex);
        shard.forgetSilent(now - m_longest);
    }
}

size_t RateLimiter::trackedUsers() const
{
    size_t count = 0;
    for (const Shard &shard : *m_shards) {
        const std::lock_guard lock(shard.mutex);
        count += shard.users.size();
    }
    return count;
}

} // namespace Tertulia::Server
