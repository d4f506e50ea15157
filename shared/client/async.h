// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QFuture>
#include <QObject>
#include <QPointer>
#include <QPromise>

#include <memory>
#include <optional>
#include <utility>

namespace Tertulia::Client {

/// The answering end of a QFuture<Result<T>>. Move-only. Answers once; destroyed without an answer, it answers
/// ErrorCode::Cancelled, so nobody waits for ever.
template <class T> class Promise
{
public:
    Promise()
        : m_promise(std::in_place)
    {
        m_promise->start();
    }
    Promise(Promise &&other) noexcept
        : m_promise(std::exchange(other.m_promise, std::nullopt))
    {
    }
    Promise &operator=(Promise &&other) noexcept
    {
        if (this != &other) {
            finish(failure(Error::cancelled()));
            m_promise = std::exchange(other.m_promise, std::nullopt);
        }
        return *this;
    }
    ~Promise() { finish(failure(Error::cancelled())); }

    [[nodiscard]] QFuture<Result<T>> future() const { return m_promise ? m_promise->future() : QFuture<Result<T>>(); }
    /// Nobody wants the answer any more: QFuture::cancel was called.
    [[nodiscard]] bool isCancelled() const { return !m_promise || m_promise->isCanceled(); }
    /// The continuations may run inside this call.
    void finish(Result<T> result)
    {
        if (auto promise = std::exchange(m_promise, std::nullopt)) {
            promise->addResult(std::move(result));
            promise->finish();
        }
    }

private:
    std::optional<QPromise<Result<T>>> m_promise;
};

/// A future that is answered already.
template <class T> [[nodiscard]] QFuture<Result<T>> answered(Result<T> result)
{
    Promise<T> promise;
    auto future = promise.future();
    promise.finish(std::move(result));
    return future;
}

/// Calls `handler(Result<T>)` once, also for a future that was cancelled or whose promise was dropped (Cancelled);
/// not when the context has gone first. At once, inside this call, when the answer is there. To be preferred to
/// QFuture::then(context, …), which in debug builds of Qt 6.4 aborts the program when the context has gone.
template <class T, class Handler> void whenAnswered(QFuture<Result<T>> future, QObject *context, Handler handler)
{
    // shared: two continuations, of which one runs
    auto shared = std::make_shared<Handler>(std::move(handler));
    future
        .then([shared, guard = QPointer<QObject>(context)](const Result<T> &result) {
            if (guard)
                (*shared)(result);
        })
        .onCanceled([shared, guard = QPointer<QObject>(context)] {
            if (guard)
                (*shared)(Result<T>(failure(Error::cancelled())));
        });
}

} // namespace Tertulia::Client
