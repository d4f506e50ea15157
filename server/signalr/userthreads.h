// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Some of a server's network threads: a bit for each, by HubThread::index().
using ThreadMask = quint64;
inline constexpr ThreadMask everyThread = ~ThreadMask(0);

/// On which network threads somebody has connections of a hub, so that what is for one person wakes no other thread.
/// Thread-safe. Whoever connects while something is told is in time for it or not, as with a thread that is asked.
class UserThreads
{
public:
    void add(const UserId &user, int thread);
    void remove(const UserId &user, int thread);
    [[nodiscard]] ThreadMask of(const UserId &user) const;

private:
    mutable std::mutex m_mutex;
    std::unordered_map<UserId, ThreadMask> m_threads; ///< none is empty
};

} // namespace Tertulia::Server
