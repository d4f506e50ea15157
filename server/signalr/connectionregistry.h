// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/connectionid.h"
#include "signalr/connectiontransport.h"
#include "signalr/hubsettings.h"

#include <chrono>
#include <mutex>
#include <unordered_map>
#include <vector>

namespace Tertulia::Server {

class HubEndpoint;
class HubThread;

/// What a connection's token stands for.
struct ConnectionRecord
{
    ConnectionId id;
    HubEndpoint *endpoint = nullptr; ///< a token is good on the path it was negotiated on only
    UserId user; ///< who negotiated; null where the hub is open to all
    Uuid holder; ///< whose limit it counts in: the person, or the network where the hub is open to all; null: nobody's
    HubThread *home = nullptr; ///< the thread of the connection; null until the first GET
    TransportKind transport = TransportKind::None; ///< fixed by the first GET
    bool stateful = false; ///< stateful reconnect was granted at the negotiation
    bool resumable = false; ///< a second socket is taken: from the handshake that asked for it to the end
    std::chrono::steady_clock::time_point negotiatedAt;
    QByteArray early; ///< POSTed before the first GET
};

/// All tokens in use: the one place where a request learns which thread its connection lives on, and, since every
/// transport comes through here, where the connections of a person are counted. Thread-safe.
class ConnectionRegistry
{
public:
    enum class Admission : quint8 {
        Admitted,
        TooManyOfHolder, ///< HubSettings::maxConnectionsPerPerson, and all of them are in use
        TooManyUnused, ///< HubSettings::maxPendingNegotiations
    };

    explicit ConnectionRegistry(const HubSettings &settings)
        : m_settings(settings)
    {
    }

    /// Where its holder has all it may have, the oldest of them that was never used makes room: whoever means to use
    /// what was negotiated does so at once.
    [[nodiscard]] Admission add(const ConnectionToken &token, const ConnectionRecord &record);
    [[nodiscard]] std::optional<ConnectionRecord> find(const ConnectionToken &token) const;
    /// The first GET of a connection takes it. @return the record as it was before; nothing was taken when that has a
    /// transport already.
    [[nodiscard]] std::optional<ConnectionRecord> claim(const ConnectionToken &token, TransportKind transport,
                                                        HubThread *home);
    enum class Early : quint8 {
        Kept,
        TooMuch, ///< HubSettings::earlyBytes
        Used, ///< there is no such negotiation, or its first GET has come
    };
    /// Keeps what a client says before its first GET, which the GET then finds in the record.
    [[nodiscard]] Early keepEarly(const ConnectionToken &token, const QByteArray &bytes);
    /// Whether a second socket is taken from now on.
    void setResumable(const ConnectionToken &token, bool resumable);
    void remove(const ConnectionToken &token);
    /// Forgets negotiations made before `time` and never used.
    void expireUnused(std::chrono::steady_clock::time_point time);
    [[nodiscard]] bool hasUnused() const;
    [[nodiscard]] qsizetype size() const;

private:
    using Records = std::unordered_map<ConnectionToken, ConnectionRecord>;
    struct Holding
    {
        int count = 0; // used or not
        std::vector<ConnectionToken> unused; // oldest first
    };

    [[nodiscard]] bool makeRoom(const Uuid &holder);
    void giveBack(const ConnectionToken &token, const Uuid &holder);
    void used(const ConnectionToken &token, const Uuid &holder);

    const HubSettings &m_settings;
    mutable std::mutex m_mutex;
    Records m_unused; // apart from the others, so that expiry does not walk over every connection
    Records m_used;
    std::unordered_map<UserId, Holding> m_holdings; // key: the holder's Uuid as an id, for its hash
};

} // namespace Tertulia::Server
