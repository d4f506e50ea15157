// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/task.h"

#include <QObject>
#include <QPointer>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

// How the client library answers later (docs/decisions/0083-futures-of-our-own.md). All of it on one thread.
namespace Tertulia::Client {

template <class T> class Promise;

/// An answer that comes later, and once. Copies are of the same answer. Any number may wait for it, at any time, see
/// whenAnswered(); a default-constructed one is nobody's, and answered with Cancelled.
template <class T> class Future
{
public:
    using Handler = MoveFunction<void(const Result<T> &)>;

    Future() = default;

    [[nodiscard]] bool isAnswered() const { return !m_state || m_state->answer; }
    /// Of what is answered only.
    [[nodiscard]] Result<T> result() const
    {
        if (!m_state)
            return failure(Error::cancelled());
        return *m_state->answer;
    }
    /// Nobody wants the answer any more: whoever works on it stops, all who wait get Cancelled inside this call. Does
    /// nothing when it is answered.
    void cancel() const
    {
        if (isAnswered())
            return;
        const auto state = m_state; // whoever is told may destroy this
        state->isCancelled = true;
        if (auto stop = std::exchange(state->stop, {}))
            stop();
        state->finish(failure(Error::cancelled()));
    }
    /// Inside this call when the answer is there.
    void wait(Handler handler) const
    {
        if (isAnswered())
            handler(result());
        else
            m_state->waiting.push_back(std::move(handler));
    }

private:
    friend class Promise<T>;
    struct State : std::enable_shared_from_this<State>
    {
        void finish(Result<T> result)
        {
            if (answer)
                return;
            const auto self = this->shared_from_this();
            answer = std::move(result);
            stop = {};
            for (Handler &handler : std::exchange(waiting, {}))
                handler(*answer);
        }
        std::optional<Result<T>> answer;
        std::vector<Handler> waiting;
        MoveFunction<void()> stop;
        bool isCancelled = false;
    };
    explicit Future(std::shared_ptr<State> state)
        : m_state(std::move(state))
    {
    }

    std::shared_ptr<State> m_state;
};

/// The answering end of a Future. Move-only. Answers once; destroyed without an answer, it answers
/// ErrorCode::Cancelled, so nobody waits for ever.
template <class T> class Promise
{
public:
    Promise() = default;
    Promise(Promise &&other) noexcept = default;
    Promise &operator=(Promise &&other) noexcept
    {
        if (this != &other) {
            finish(failure(Error::cancelled()));
            m_state = std::move(other.m_state);
        }
        return *this;
    }
    ~Promise() { finish(failure(Error::cancelled())); }

    [[nodiscard]] Future<T> future() const { return Future<T>(m_state); }
    /// Nobody wants the answer any more: Future::cancel was called.
    [[nodiscard]] bool isCancelled() const { return !m_state || m_state->isCancelled; }
    /// Calls `stop` when that happens, unless it was answered or the context has gone.
    void onCancelled(QObject *context, MoveFunction<void()> stop)
    {
        m_state->stop = [guard = QPointer<QObject>(context), stop = std::move(stop)]() mutable {
            if (guard)
                stop();
        };
    }
    /// Those who wait are called inside this call.
    void finish(Result<T> result)
    {
        if (const auto state = std::exchange(m_state, nullptr))
            state->finish(std::move(result));
    }

private:
    using State = typename Future<T>::State;
    std::shared_ptr<State> m_state = std::make_shared<State>();
};

/// A future that is answered already.
template <class T> [[nodiscard]] Future<T> answered(Result<T> result)
{
    Promise<T> promise;
    auto future = promise.future();
    promise.finish(std::move(result));
    return future;
}

/// Calls `handler(Result<T>)` once, whatever becomes of it (Cancelled), but not when the context has gone first. At
/// once, inside this call, when the answer is there.
template <class T, class Handler> void whenAnswered(const Future<T> &future, QObject *context, Handler handler)
{
    future.wait([guard = QPointer<QObject>(context), handler = std::move(handler)](const Result<T> &result) mutable {
        if (guard)
            handler(result);
    });
}

} // namespace Tertulia::Client
