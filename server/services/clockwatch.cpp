// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/clockwatch.h"

#include "base/logging.h"
#include "store/datestore.h"
#include "store/transaction.h"

namespace Tertulia::Server {

namespace {

/// Conversations of one unit of work, which nobody waits for.
constexpr int conversationsAtOnce = 20;

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
        {{}, Lane::Housekeeping},
        [&clock = m_clock](ReadTransaction &tx) -> Result<bool> { return DateStore::mayBeAhead(tx, clock.now()); },
        Completion<bool>(nullptr, [this](const Result<bool> &isAhead) {
            if (isAhead.value_or(false))
                settleNext(0);
            else
                end(isAhead ? nullptr : &isAhead.error());
        }));
}

/// Behind this number: one that stays ahead all the same is not met again.
void ClockWatch::settleNext(ConversationNumber after)
{
    using Next = std::optional<ConversationNumber>;
    m_executor.write<Next>(
        {{}, Lane::Housekeeping},
        [&clock = m_clock, after](Transaction &tx) -> Result<Next> {
            const Timestamp now = clock.now(); // here: it may have waited, and others have written meanwhile
            const auto numbers = DateStore::ahead(tx, now, after, conversationsAtOnce);
            for (const ConversationNumber number : numbers) {
                if (auto conversation = ConversationStore::findMarks(tx, number))
                    DateStore::settle(tx, *conversation, now);
            }
            return numbers.size() == size_t(conversationsAtOnce) ? Next(numbers.back()) : Next();
        },
        Completion<Next>(nullptr, [this](const Result<Next> &next) {
            if (next && *next)
                settleNext(**next);
            else
                end(next ? nullptr : &next.error());
        }));
}

/// What failed (a full disk, a store that is too busy) is tried again at the next tick, and told once.
void ClockWatch::end(const Error *why)
{
    if (why && !m_hasFailed)
        qCWarning(logServices) << "dates in the future stay for now:" << why->message;
    m_hasFailed = why != nullptr;
    if (m_hasFailed)
        m_isDue = true;
    m_isSettling = false;
}

} // namespace Tertulia::Server
