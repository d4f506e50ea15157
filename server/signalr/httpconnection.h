// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/caller.h"
#include "signalr/connectionid.h"
#include "signalr/connectiontransport.h"

#include <chrono>
#include <memory>
#include <optional>

namespace Tertulia::Server {

class HubEndpoint;
class HubThread;

/// The memory of what waits at a connection, in bytes.
struct KeptBytes
{
    qint64 input = 0; ///< of the client: half a message, or behind a call that runs
    qint64 output = 0; ///< for the client, until it asks for them or acknowledges them
};

/// One connection of a client to a hub path, over whatever transport: an identity and a pipe of bytes without message
/// boundaries. Lives on its home thread and is touched there only; other threads name it by id and post.
/// Shared ownership, because work in flight (store, socket, polls) finishes after a connection may have ended.
class HttpConnection : public std::enable_shared_from_this<HttpConnection>
{
public:
    using Time = std::chrono::steady_clock::time_point;

    struct Setup
    {
        HubThread &thread;
        HubEndpoint &endpoint;
        ConnectionId id;
        ConnectionToken token;
        Caller caller;
        TransportKind transport = TransportKind::None;
        bool stateful = false; ///< granted at negotiation
        std::unique_ptr<RequestHead> request; ///< the first GET, where the endpoint keeps it
    };

    explicit HttpConnection(Setup setup);
    HttpConnection(const HttpConnection &) = delete;
    HttpConnection &operator=(const HttpConnection &) = delete;
    virtual ~HttpConnection();

    [[nodiscard]] const ConnectionId &id() const { return m_id; }
    [[nodiscard]] const ConnectionToken &token() const { return m_token; }
    [[nodiscard]] const Caller &caller() const { return m_caller; }
    [[nodiscard]] const UserId &user() const { return m_caller.user; }
    [[nodiscard]] HubThread &thread() const { return m_thread; }
    [[nodiscard]] HubEndpoint &endpoint() const { return m_endpoint; }
    [[nodiscard]] TransportKind transportKind() const { return m_kind; }
    /// Null before the first, and while there is none.
    [[nodiscard]] ConnectionTransport *transport() const { return m_isConnected ? m_transport.get() : nullptr; }
    [[nodiscard]] const RequestHead *request() const { return m_request.get(); }

    /// A request for this connection came with this token: perhaps a fresher one of the same session, or, where each
    /// token is a session (Caller::token), of the same user. @param caller whose token has not ended
    void renew(const Caller &caller);
    /// The same for a request that brings input, whose token may have ended. Whether it is taken: after the token's
    /// end, too, until the connection ends of it, as from a socket (docs/decisions/0057).
    [[nodiscard]] bool takesFrom(const Caller &caller);
    [[nodiscard]] bool isTokenOver() const;
    /// Whether no fresh one came in time either. Each connection has its own moment in the second half of
    /// HubSettings::tokenGrace, so that not all of a server come back in the same second.
    [[nodiscard]] bool isTokenGraceOver() const;

    /// Gives the connection its first transport.
    void attach(std::shared_ptr<ConnectionTransport> transport);
    /// From the transport, once: it is no more. `clean`: the client said goodbye, or we did.
    void transportGone(const ConnectionTransport *which, bool clean);
    /// A second socket for a connection that may be resumed (signalr.md 11); aborted if it may not (any more).
    void resumeWith(std::shared_ptr<ConnectionTransport> transport, const Caller &caller);

    /// Bytes of the client. @param last a transport message ends here (a hint: hub messages have their own ends)
    virtual void receive(QByteArrayView bytes, bool last) = 0;
    virtual void transportDrained() { }
    /// The client has got all that was sent before the transport was given this place to find out about.
    virtual void arrived(quint64 place) { Q_UNUSED(place) }
    /// The client's transport answers, whether the client itself says anything or not.
    virtual void answeredAlive() { }
    /// Asked for by HubThread::resumeLater: input that had to wait may be handled.
    virtual void resumeInput() { }
    virtual void tick(Time now);
    /// The server is going down: the client may reconnect.
    virtual void shutDown() = 0;
    /// The sign-in was revoked.
    virtual void signedOut() { abort(); }
    /// Ends the connection at once.
    virtual void abort();

    /// What waits here has become more or less.
    void keptChanged();
    /// As last told, for HubThread.
    [[nodiscard]] const KeptBytes &kept() const { return m_kept; }

protected:
    [[nodiscard]] virtual KeptBytes waiting() const { return {0, m_transport ? m_transport->kept() : 0}; }
    /// The first transport is there.
    virtual void started() { }
    virtual void transportLost(bool clean);
    /// Whether another socket may take the place of the present one, or of the one that was lost.
    [[nodiscard]] virtual bool mayResume() const { return false; }
    /// Another socket has taken the place of the one before.
    virtual void resumed() { }
    /// Drops the transport as if the network had broken: the client may resume.
    void cut();
    /// Takes the connection out of thread and registry. The object lives on while somebody holds it.
    void leave();
    [[nodiscard]] bool hasLeft() const { return m_left; }

private:
    friend class HubThread;

    HubThread &m_thread;
    HubEndpoint &m_endpoint;
    std::shared_ptr<ConnectionTransport> m_transport; // the last one stays to the end, or until another takes its place
    std::unique_ptr<RequestHead> m_request;
    ConnectionId m_id;
    ConnectionToken m_token;
    Caller m_caller;
    KeptBytes m_kept;
    quint32 m_slot = 0; // place in HubThread's order of heartbeats
    TransportKind m_kind;
    bool m_isConnected = false; // m_transport is more than a memory
    bool m_left = false;

protected:
    bool m_stateful;
};

} // namespace Tertulia::Server
