// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/workqueue.h"

namespace Tertulia::Server {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t spareNodes = 256;
constexpr unsigned bulkTurn = 4; // every fourth …
constexpr unsigned housekeepingTurn = 16; // … but for every sixteenth

} // namespace

WorkQueue::WorkQueue(size_t limit, size_t personLimit)
    : m_limit(limit)
    , m_personLimit(personLimit)
{
}

WorkQueue::~WorkQueue()
{
    // One by one: a chain that goes with its first link goes by recursion.
    while (!isEmpty())
        std::ignore = pop();
}

WorkQueue::Share &WorkQueue::shareOf(LaneQueue &lane, UserId person)
{
    if (const auto found = lane.shares.find(person); found != lane.shares.end())
        return found->second;
    auto added = lane.shares.end();
    if (m_spare.empty()) {
        added = lane.shares.try_emplace(person).first;
    } else {
        m_spare.back().key() = person;
        added = lane.shares.insert(std::move(m_spare.back())).position;
        m_spare.pop_back();
    }
    lane.turns.push_back(&*added);
    return added->second;
}

void WorkQueue::release(LaneQueue &lane, UserId person)
{
    auto node = lane.shares.extract(person);
    if (m_spare.size() < spareNodes)
        m_spare.push_back(std::move(node));
}

Result<void> WorkQueue::push(const WorkOf &of, std::unique_ptr<StoreJob> &job)
{
    if (m_size >= m_limit)
        return failure(Error::unavailable(u"Too much is waiting."_s, 1));
    LaneQueue &lane = m_lanes[size_t(of.lane)];
    Share &share = shareOf(lane, of.person);
    if (share.size >= m_personLimit && !of.person.isNull())
        return failure(Error::rateLimited(1, u"Too many of your requests are waiting."_s));
    job->m_lane = of.lane;
    StoreJob *const added = job.get();
    (share.last ? share.last->m_next : share.first) = std::move(job);
    share.last = added;
    ++share.size;
    ++lane.size;
    ++m_size;
    return {};
}

std::unique_ptr<StoreJob> WorkQueue::pop()
{
    ++m_turn;
    Lane lane = Lane::Interactive;
    if (m_turn % housekeepingTurn == 0)
        lane = Lane::Housekeeping;
    else if (m_turn % bulkTurn == 0)
        lane = Lane::Bulk;
    for (const Lane urgent : {Lane::Interactive, Lane::Bulk, Lane::Housekeeping}) {
        if (size(lane) == 0)
            lane = urgent;
    }
    return pop(lane);
}

std::unique_ptr<StoreJob> WorkQueue::pop(Lane lane)
{
    LaneQueue &queue = m_lanes[size_t(lane)];
    Shares::value_type *const turn = queue.turns.front();
    queue.turns.pop_front();
    Share &share = turn->second;
    std::unique_ptr<StoreJob> job = std::move(share.first);
    share.first = std::move(job->m_next);
    --share.size;
    --queue.size;
    --m_size;
    if (share.first) {
        queue.turns.push_back(turn);
    } else {
        share.last = nullptr;
        release(queue, turn->first);
    }
    return job;
}

} // namespace Tertulia::Server
