// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/loop.h"
#include "base/result.h"

#include <type_traits>

namespace Tertulia {

/// Takes the one result of an asynchronous operation, on the thread of the loop it was made for (or wherever it is
/// finished, when it was made without a loop). Move-only. Always called exactly once: a completion that is
/// destroyed unfinished delivers ErrorCode::Cancelled.
template <class T> class Completion
{
public:
    using Handler = MoveFunction<void(Result<T>)>;

    Completion() = default;
    /// @param loop where the handler runs; must outlive the completion; null = on the finishing thread, at once
    Completion(Loop *loop, Handler handler)
        : m_loop(loop)
        , m_handler(std::move(handler))
    {
    }
    Completion(Completion &&other) noexcept
        : m_loop(std::exchange(other.m_loop, nullptr))
        , m_handler(std::move(other.m_handler))
    {
    }
    Completion &operator=(Completion &&other) noexcept
    {
        if (this != &other) {
            abandon();
            m_loop = std::exchange(other.m_loop, nullptr);
            m_handler = std::move(other.m_handler);
        }
        return *this;
    }
    ~Completion() { abandon(); }

    [[nodiscard]] Loop *loop() const { return m_loop; }

    /// Delivers the result: at once if this is the loop's thread (or there is no loop), else posted to it.
    void finish(Result<T> result)
    {
        if (!m_handler)
            return;
        Handler handler = std::move(m_handler);
        m_handler.reset();
        if (!m_loop || m_loop->isCurrent()) {
            handler(std::move(result));
            return;
        }
        m_loop->post(
            [handler = std::move(handler), result = std::move(result)]() mutable { handler(std::move(result)); });
    }

    /// Binds the result for later: the returned task, run on the loop's thread, calls the handler. Lets the store
    /// hand over a whole batch of completions with one post. Empty when there is no handler.
    [[nodiscard]] Task bind(Result<T> result)
    {
        if (!m_handler)
            return {};
        Handler handler = std::move(m_handler);
        m_handler.reset();
        return [handler = std::move(handler), result = std::move(result)]() mutable { handler(std::move(result)); };
    }

private:
    void abandon()
    {
        if (m_handler)
            finish(failure(Error::cancelled()));
    }

    Loop *m_loop = nullptr;
    Handler m_handler;
};

} // namespace Tertulia
