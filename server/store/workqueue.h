// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "store/storejob.h"

#include <array>
#include <deque>
#include <unordered_map>

namespace Tertulia::Server {

/// Whose unit of work it is, and how urgent. Nobody's is the server's own; where the person is not known yet (sign-in),
/// the network stands for one.
struct WorkOf
{
    UserId person;
    Lane lane = Lane::Interactive;
};

/// What waits for a store thread. In each lane the persons take turns, one unit each: whoever queues a thousand delays
/// everybody else by one. The lanes take turns too, so that none starves: of sixteen units three are Bulk and one is
/// Housekeeping while Interactive ones wait (docs/decisions/0032). One person's units of a lane stay in their order.
/// Not thread-safe; allocates nothing in steady use, for it works under the executor's lock.
class WorkQueue
{
public:
    /// @param limit units in all; @param personLimit of them of one person in one lane. Nobody's are not counted so.
    WorkQueue(size_t limit, size_t personLimit);
    WorkQueue(const WorkQueue &) = delete;
    WorkQueue &operator=(const WorkQueue &) = delete;
    ~WorkQueue();

    /// Takes the job, or leaves it there and says why.
    [[nodiscard]] Result<void> push(const WorkOf &of, std::unique_ptr<StoreJob> &job);
    /// The next one, of any lane. Not on an empty queue.
    [[nodiscard]] std::unique_ptr<StoreJob> pop();
    /// The next one of a lane that has any.
    [[nodiscard]] std::unique_ptr<StoreJob> pop(Lane lane);
    [[nodiscard]] static Lane laneOf(const StoreJob &job) { return job.m_lane; }

    [[nodiscard]] size_t size() const { return m_size; }
    [[nodiscard]] size_t size(Lane lane) const { return m_lanes[size_t(lane)].size; }
    [[nodiscard]] bool isEmpty() const { return m_size == 0; }

private:
    /// What one person has in a lane.
    struct Share
    {
        std::unique_ptr<StoreJob> first;
        StoreJob *last = nullptr;
        size_t size = 0;
    };
    using Shares = std::unordered_map<UserId, Share>;
    struct LaneQueue
    {
        Shares shares; ///< none is empty
        std::deque<Shares::value_type *> turns; ///< each share once
        size_t size = 0;
    };

    [[nodiscard]] Share &shareOf(LaneQueue &lane, UserId person);
    void release(LaneQueue &lane, UserId person);

    const size_t m_limit;
    const size_t m_personLimit;
    std::array<LaneQueue, 3> m_lanes;
    std::vector<Shares::node_type> m_spare; ///< nodes of shares that became empty
    size_t m_size = 0;
    unsigned m_turn = 0;
};

} // namespace Tertulia::Server
