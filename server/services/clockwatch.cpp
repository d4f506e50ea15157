// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/clockwatch.h"

#include "base/logging.h"
#include "store/datestore.h"

namespace Tertulia::Server {

namespace {

/// Conversations of one unit of work, which nobody waits for.
constexpr int conversationsAtOnce = 20;
constexpr WorkOf nobody{.person = {}, .lane = Lane::Housekeeping};

} // namespace

ClockWatch::ClockWatch(const Clock &clock, Executor &executor)
    : m_clock(clock)
    , m_executor(executor)
    , m_distance(distance())
{
}

ClockWatch::Distance ClockWatch::distance() const
{
    return m_clock.now().time_since_epoch() - m_clock.steadyNow().time_since_epoch();
}

void ClockWatch::tick()
{
    const Distance before = std::exchange(m_distance, distance());
    if (before - m_distance >= DateStore::tolerance) {
        const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(before - m_distance).count();
        qCWarning(logServices) << "the clock was set back by" << seconds
                               << "s; what it had dated in the future gets the present date";
        m_isDue = true;
    }
    if (m_isDue && !m_isSettling.exchange(true)) {
        m_isDue = false;
        settle();
    }
}

void ClockWatch::settle()
{
    m_executor.read<bool>(
        nobody, [now = m_clock.now()](ReadTransaction &tx) -> Result<bool> { return DateStore::mayBeAhead(tx, now); },
        Completion<bool>(nullptr, [this](const Result<bool> &isAhead) {
            if (isAhead.value_or(false))
                settleNext();
            else
                m_isSettling = false;
        }));
}

void ClockWatch::settleNext()
{
    m_executor.write<bool>(
        nobody,
        [now = m_clock.now()](Transaction &tx) -> Result<bool> {
            const auto numbers = DateStore::ahead(tx, now, conversationsAtOnce);
            for (const ConversationNumber number : numbers) {
                if (auto conversation = ConversationStore::findMarks(tx, number))
                    DateStore::settle(tx, *conversation, now);
            }
            return numbers.size() == size_t(conversationsAtOnce);
        },
        Completion<bool>(nullptr, [this](const Result<bool> &hasMore) {
            if (!hasMore)
                qCWarning(logServices) << "dates in the future stay:" << hasMore.error().message;
            if (hasMore.value_or(false))
                settleNext();
            else
                m_isSettling = false;
        }));
}

} // namespace Tertulia::Server
