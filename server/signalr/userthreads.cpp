// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/userthreads.h"

namespace Tertulia::Server {

void UserThreads::add(const UserId &user, int thread)
{
    const std::lock_guard lock(m_mutex);
    m_threads[user] |= ThreadMask(1) << thread;
}

void UserThreads::remove(const UserId &user, int thread)
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_threads.find(user);
    if (found == m_threads.end())
        return;
    found->second &= ~(ThreadMask(1) << thread);
    if (found->second == 0)
        m_threads.erase(found);
}

ThreadMask UserThreads::of(const UserId &user) const
{
    const std::lock_guard lock(m_mutex);
    const auto found = m_threads.find(user);
    return found == m_threads.end() ? 0 : found->second;
}

} // namespace Tertulia::Server
