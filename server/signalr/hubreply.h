// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/completion.h"
#include "protocol/codec.h"

#include <memory>
#include <vector>

namespace Tertulia::Server {

class HubConnectionContext;

/// A hub method that has not answered yet.
struct PendingInvocation
{
    std::weak_ptr<HubConnectionContext> connection;
    QByteArray id; ///< empty: no answer is wanted, not even an error (HubProtocol: non-blocking invocation)
    QByteArray target;
    std::vector<QByteArray> uploads; ///< upload streams that end with the method
    bool holdsSlot = false; ///< counts towards HubSettings::maxParallelInvocations
    bool isConnect = false; ///< Hub::onConnected
};

/// Whether an answer would reach anybody, and in which format. Network thread of the connection.
[[nodiscard]] std::optional<WireFormat> answerFormat(const PendingInvocation &invocation);
void answerInvocation(PendingInvocation &invocation, const Error *error, const QByteArray &encodedResult);
/// Null when the connection has gone.
[[nodiscard]] Loop *loopOf(const PendingInvocation &invocation);

/// The answer that a hub method owes. Move-only; finished once, now or later, on the connection's network thread.
/// Dropped unfinished, the caller gets an error. When the connection has gone, nothing happens.
template <class T> class HubReply
{
public:
    HubReply() = default;
    explicit HubReply(std::unique_ptr<PendingInvocation> invocation)
        : m_invocation(std::move(invocation))
    {
    }
    HubReply(HubReply &&) noexcept = default;
    HubReply &operator=(HubReply &&other) noexcept
    {
        if (this != &other) {
            abandon();
            m_invocation = std::move(other.m_invocation);
        }
        return *this;
    }
    ~HubReply() { abandon(); }

    void finish(Result<T> result)
    {
        const auto invocation = std::move(m_invocation);
        if (!invocation)
            return;
        if (!result) {
            answerInvocation(*invocation, &result.error(), {});
            return;
        }
        QByteArray encoded;
        if (const auto format = answerFormat(*invocation)) {
            if constexpr (std::is_void_v<T>)
                encoded = encode(*format, Value()); // the reference answers void methods with null
            else
                encoded = encode(*format, *result);
        }
        answerInvocation(*invocation, nullptr, encoded);
    }

    /// As a completion, for store work: its result comes back to the connection's thread.
    [[nodiscard]] Completion<T> completion() &&
    {
        Loop *const loop = m_invocation ? loopOf(*m_invocation) : nullptr;
        return Completion<T>(loop,
                             [reply = std::move(*this)](Result<T> result) mutable { reply.finish(std::move(result)); });
    }
    /// The same for store work whose result is turned into the answer by `map`.
    template <class From, class Map> [[nodiscard]] Completion<From> completionFrom(Map map) &&
    {
        Loop *const loop = m_invocation ? loopOf(*m_invocation) : nullptr;
        return Completion<From>(loop, [reply = std::move(*this), map = std::move(map)](Result<From> result) mutable {
            reply.finish(std::move(result).map(map));
        });
    }

private:
    void abandon()
    {
        if (!m_invocation)
            return;
        const Loop *const loop = loopOf(*m_invocation);
        // Elsewhere it can only be the server's end: a task that was never run.
        if (loop && loop->isCurrent())
            finish(failure(Error::cancelled()));
    }

    std::unique_ptr<PendingInvocation> m_invocation;
};

} // namespace Tertulia::Server
