// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/netaddress.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// How many connections each address has and makes. Thread-safe: taken by the acceptor, given back by the network
/// threads; a lock per connection, none per request.
class ConnectionLimits
{
public:
    ConnectionLimits(int maxOpen, int maxNewPerMinute)
        : m_maxOpen(maxOpen)
        , m_maxNewPerMinute(maxNewPerMinute)
    {
    }

    [[nodiscard]] bool take(const NetAddress &address, qint64 nowMs);
    void giveBack(const NetAddress &address);
    [[nodiscard]] size_t size() const; ///< addresses remembered

private:
    struct Entry
    {
        int open = 0;
        int made = 0; ///< since minuteStart
        qint64 minuteStart = 0;
    };
    void forgetOld(qint64 nowMs);

    const int m_maxOpen;
    const int m_maxNewPerMinute;
    mutable std::mutex m_mutex;
    std::unordered_map<NetAddress, Entry> m_entries;
    qint64 m_lastSweep = 0;
};

} // namespace Tertulia::Server
