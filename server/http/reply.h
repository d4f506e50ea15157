// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/completion.h"
#include "http/restrequest.h"
#include "net/networkthread.h"
#include "protocol/envelope.h"

#include <QHttpServerResponder>
#include <QHttpServerResponse>

namespace Tertulia::Server {

using ResponseStatus = QHttpServerResponse::StatusCode;

/// The one answer of a request, on its network thread. Move-only. Dropped without an answer it says 500.
class Reply
{
public:
    /// Where QtHttpServer takes the answer; null once it has gone.
    using Responder = std::weak_ptr<QHttpServerResponder>;

    Reply(NetworkThread &thread, QByteArray requestId, Responder responder);
    Reply(Reply &&other) noexcept;
    Reply &operator=(Reply &&) = delete;
    ~Reply();

    [[nodiscard]] NetworkThread &thread() const { return *m_thread; }

    void send(const QHttpServerResponse &response);
    void send(Response response);
    void fail(const Error &error);
    /// The success envelope around `data`.
    template <class T> void ok(const T &data, ResponseStatus status = ResponseStatus::Ok)
    {
        send(json(successJson(data), status));
    }
    template <class T> void okPage(const T &data, const Pagination &pagination)
    {
        send(json(successJson(data, pagination), ResponseStatus::Ok));
    }
    [[nodiscard]] static QHttpServerResponse json(QByteArray body, ResponseStatus status)
    {
        return QHttpServerResponse(QByteArrayLiteral("application/json"), std::move(body), status);
    }

private:
    NetworkThread *m_thread;
    Responder m_responder;
    QByteArray m_requestId;
    bool m_isOwed = true;
};

/// A completion that answers a request: `encode(Reply &, T &)` runs on the network thread for a value, the error table
/// answers for an error. What an edge gives to Executor::read and write.
template <class T, class Encode> [[nodiscard]] Completion<T> deferredReply(Reply reply, Encode encode)
{
    Loop *loop = &reply.thread();
    return Completion<T>(loop, [reply = std::move(reply), encode = std::move(encode)](Result<T> result) mutable {
        if (!result)
            return reply.fail(result.error());
        if constexpr (std::is_void_v<T>)
            encode(reply);
        else
            encode(reply, *result);
    });
}
/// The same for a value that goes out as it is.
template <class T> [[nodiscard]] Completion<T> deferredReply(Reply reply)
{
    return deferredReply<T>(std::move(reply), [](Reply &out, const T &value) { out.ok(value); });
}

} // namespace Tertulia::Server
