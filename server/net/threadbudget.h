// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/networkthread.h"

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

namespace Tertulia::Server {

/// Bytes that the connections of one network thread keep in memory, against what they may keep together. What is for
/// all threads is shared equally: none waits for a lock. That thread only.
class ThreadBudget
{
public:
    /// @param limit of this thread; asked each time
    /// @param relieve called when it is too much, in a turn of its own, since whoever counts is in the middle of
    /// something; it calls relieve() below
    ThreadBudget(NetworkThread &thread, std::function<qint64()> limit, std::function<void()> relieve)
        : m_thread(thread)
        , m_limit(std::move(limit))
        , m_relieve(std::move(relieve))
    {
    }
    ThreadBudget(const ThreadBudget &) = delete;
    ThreadBudget &operator=(const ThreadBudget &) = delete;

    [[nodiscard]] qint64 held() const { return m_held; }
    /// The connections keep so many bytes more.
    void changed(qint64 difference)
    {
        m_held += difference;
        if (difference > 0 && m_held > m_limit() && !std::exchange(m_isRelieving, true)) {
            m_thread.post([this] {
                m_isRelieving = false;
                m_relieve();
            });
        }
    }
    /// Ends holders, those first that weigh the most, until there is some room: else it were to be done again at once.
    /// @param end of a Holder &, which gives back at once what it held
    template <class Holder, class End> void relieve(std::vector<std::pair<qint64, Holder *>> holders, End end) const
    {
        std::sort(holders.rbegin(), holders.rend());
        const qint64 bound = m_limit() / 4 * 3;
        for (const auto &[weight, holder] : holders) {
            if (m_held <= bound)
                break;
            end(*holder);
        }
    }

private:
    NetworkThread &m_thread;
    const std::function<qint64()> m_limit;
    const std::function<void()> m_relieve;
    qint64 m_held = 0;
    bool m_isRelieving = false;
};

} // namespace Tertulia::Server
