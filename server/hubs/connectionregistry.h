// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/connectionid.h"
#include "hubs/connectiontransport.h"

#include <chrono>
#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

class HubEndpoint;
class HubThread;

/// What a connection's token stands for.
struct ConnectionRecord
{
    ConnectionId id;
    HubEndpoint *endpoint = nullptr; ///< a token is good on the path it was negotiated on only
    UserId user; ///< who negotiated; null where the hub is open to all
    HubThread *home = nullptr; ///< the thread of the connection; null until the first GET
    TransportKind transport = TransportKind::None; ///< fixed by the first GET
    bool stateful = false; ///< stateful reconnect was granted at the negotiation
    bool resumable = false; ///< a second socket is taken: from the handshake that asked for it to the end
    std::chrono::steady_clock::time_point negotiatedAt;
};

/// All tokens in use: the one place where a request learns which thread its connection lives on. Thread-safe.
class ConnectionRegistry
{
public:
    /// False when there are more than `limit` negotiations that were never used.
    [[nodiscard]] bool add(const ConnectionToken &token, const ConnectionRecord &record, int limit);
    [[nodiscard]] std::optional<ConnectionRecord> find(const ConnectionToken &token) const;
    /// The first GET of a connection takes it. @return the record as it was before; nothing was taken when that has a
    /// transport already.
    [[nodiscard]] std::optional<ConnectionRecord> claim(const ConnectionToken &token, TransportKind transport,
                                                        HubThread *home);
    /// Whether a second socket is taken from now on.
    void setResumable(const ConnectionToken &token, bool resumable);
    void remove(const ConnectionToken &token);
    /// Forgets negotiations made before `time` and never used.
    void expireUnused(std::chrono::steady_clock::time_point time);
    [[nodiscard]] bool hasUnused() const;
    [[nodiscard]] qsizetype size() const;

private:
    using Records = std::unordered_map<ConnectionToken, ConnectionRecord>;

    mutable std::mutex m_mutex;
    Records m_unused; // apart from the others, so that expiry does not walk over every connection
    Records m_used;
};

} // namespace Tertulia::Server
