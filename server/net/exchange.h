// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/loop.h"
#include "net/httpmessage.h"

#include <memory>

namespace Tertulia::Server {

class NetworkThread;
class WebSocket;
class WebSocketHandler;

/// What became of bytes given to a connection. Every write answers; the overload policy is the caller's.
enum class SendResult : quint8 {
    Sent, ///< taken: with the kernel, or leaves together with what else this turn sends, at the turn's end
    Queued, ///< the kernel takes no more now: kept here, within the backlog limit; onDrained follows
    Overflow, ///< over the limit: nothing was taken, the connection is being closed
    Closed, ///< there is no connection any more
};

/// What a RequestHandler found out about a request when it admitted it, so that it need not look again.
class AdmittedRequest
{
public:
    AdmittedRequest() = default;
    AdmittedRequest(const AdmittedRequest &) = delete;
    AdmittedRequest &operator=(const AdmittedRequest &) = delete;
    virtual ~AdmittedRequest() = default;
};

/// One HTTP request and the way to answer it, at once or later. Lives on its connection's network thread and must be
/// touched there only; keep the shared_ptr as long as an answer is owed. When the client has gone, isAlive() is false
/// and answers go nowhere, safely. The next pipelined request waits until this one is answered and drained.
class Exchange
{
public:
    Exchange() = default;
    Exchange(const Exchange &) = delete;
    Exchange &operator=(const Exchange &) = delete;
    virtual ~Exchange() = default; ///< unanswered: the front door sends 500; a stream: it is cut off

    [[nodiscard]] virtual const RequestHead &head() const = 0;
    [[nodiscard]] virtual const QByteArray &body() const = 0;
    /// The streamed body's file, for BodyPolicy::Kind::File; removed with the exchange unless moved away.
    [[nodiscard]] virtual QString bodyFile() const = 0;
    /// What BodyPolicy::admitted was, the first time; null afterwards.
    [[nodiscard]] virtual std::shared_ptr<AdmittedRequest> takeAdmitted() = 0;
    [[nodiscard]] virtual NetworkThread &thread() const = 0;
    [[nodiscard]] virtual bool isAlive() const = 0;
    /// Called once, on the thread, when the client goes away before the answer is complete; never from inside a call
    /// to the exchange. Not called when it has gone already: look at isAlive() first. Dropped with the answer's end.
    virtual void setOnClosed(Task onClosed) = 0;
    /// From now on the end of the client's sending side (FIN) is its going, at once: for a poll, which another follows
    /// and whose answer must not go to nobody. Otherwise a client may end its side and wait a little.
    virtual void endWithPeer() = 0;
    /// Asks the kernel: the client is there and has not ended its side, not even in what was not looked at yet.
    [[nodiscard]] virtual bool isPeerThere() const = 0;

    /// The whole answer. Exactly one of respond, startStream, acceptWebSocket ends the owing of an answer.
    virtual void respond(Response response) = 0;

    /// An answer of unknown length (Server-Sent Events): head now, bytes by write(), end by finish().
    /// HTTP/1.1 gets chunked coding, HTTP/1.0 the connection's end. `onDrained` follows a Queued write.
    virtual void startStream(Response head, Task onDrained = {}) = 0;
    virtual SendResult write(const QByteArray &bytes) = 0;
    virtual void finish() = 0;

    /// Answers 101 and switches to RFC 6455; only when head().wantsWebSocket. The handler is owned by the connection.
    /// Null when the client has gone meanwhile: then the handler is destroyed without a call.
    /// The WebSocket is valid until its handler's onClosed returns.
    virtual WebSocket *acceptWebSocket(std::unique_ptr<WebSocketHandler> handler) = 0;
};

/// What happens to a request's body, decided from its head alone.
struct BodyPolicy
{
    enum class Kind : quint8 {
        Memory, ///< collected up to `limit` bytes (0 = no body expected); over it 413
        File, ///< streamed to disk up to `limit` bytes, with deadlines and a minimum rate
        Refuse, ///< `refusal` is sent before a body byte is read
    };
    Kind kind = Kind::Memory;
    qint64 limit = 1 << 20;
    Response refusal;
    UserId person; ///< whose share of the memory for bodies it takes, besides the network's; null: not known
    std::shared_ptr<AdmittedRequest> admitted; ///< comes back with the exchange, unless the request is refused
};

/// What a listener does with requests: one object per network thread, made by the composition root.
class RequestHandler
{
public:
    RequestHandler() = default;
    RequestHandler(const RequestHandler &) = delete;
    RequestHandler &operator=(const RequestHandler &) = delete;
    virtual ~RequestHandler() = default;

    /// For each request, once, when its head is there; handle() follows when its body is there, too.
    [[nodiscard]] virtual BodyPolicy admit(const RequestHead &head) = 0;
    virtual void handle(std::shared_ptr<Exchange> exchange) = 0;
    /// The server is going down: end long-lived answers soon (hubs send Close, streams finish).
    virtual void shutDown() = 0;
};

} // namespace Tertulia::Server
