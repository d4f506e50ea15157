// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/netaddress.h"

#include <mutex>
#include <unordered_map>
#include <utility>

namespace Tertulia::Server {

/// How many connections each address has and makes. Thread-safe: taken by the acceptor, given back by the network
/// threads; a lock per connection. Behind a trusted proxy the connections are the proxy's, so there it is the requests
/// under way and the WebSockets that are counted for the forwarded address.
class ConnectionLimits
{
public:
    enum class Kind : quint8 {
        Connection, ///< also counts among the new ones of this minute
        Request,
    };

    ConnectionLimits(int maxOpen, int maxNewPerMinute)
        : m_maxOpen(maxOpen)
        , m_maxNewPerMinute(maxNewPerMinute)
    {
    }

    [[nodiscard]] bool take(const NetAddress &address, qint64 nowMs, Kind kind = Kind::Connection);
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

/// What was taken, given back with its owner. Must not outlive the limits.
class ClientSlot
{
public:
    ClientSlot() = default;
    ClientSlot(ConnectionLimits &limits, const NetAddress &address) ///< taken already
        : m_limits(&limits)
        , m_address(address)
    {
    }
    ClientSlot(ClientSlot &&other) noexcept
        : m_limits(std::exchange(other.m_limits, nullptr))
        , m_address(other.m_address)
    {
    }
    ClientSlot &operator=(ClientSlot &&other) noexcept
    {
        std::swap(m_limits, other.m_limits);
        std::swap(m_address, other.m_address);
        return *this;
    }
    ~ClientSlot()
    {
        if (m_limits)
            m_limits->giveBack(m_address);
    }

private:
    ConnectionLimits *m_limits = nullptr;
    NetAddress m_address;
};

} // namespace Tertulia::Server
