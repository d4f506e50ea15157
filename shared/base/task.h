// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <type_traits>
#include <utility>

namespace Tertulia {

template <class Signature> class MoveFunction;

/// A callable that may own move-only things; std::move_only_function is C++23 and not in GCC 12's C++20.
/// Empty by default; calling an empty one is a programming error.
template <class R, class... Args> class MoveFunction<R(Args...)>
{
public:
    MoveFunction() = default;
    template <class F>
    requires(!std::is_same_v<std::remove_cvref_t<F>, MoveFunction> && std::is_invocable_r_v<R, F &, Args...>)
        MoveFunction(F &&f) // NOLINT(google-explicit-constructor): used like a function type
        : m_callable(std::make_unique<Model<std::remove_cvref_t<F>>>(std::forward<F>(f)))
    {
    }
    explicit operator bool() const { return m_callable != nullptr; }
    R operator()(Args... args) { return m_callable->call(std::forward<Args>(args)...); }
    void reset() { m_callable.reset(); }

private:
    struct Callable
    {
        Callable() = default;
        Callable(const Callable &) = delete;
        Callable &operator=(const Callable &) = delete;
        virtual ~Callable() = default;
        virtual R call(Args... args) = 0;
    };
    template <class F> struct Model final : Callable
    {
        explicit Model(F &&f)
            : function(std::move(f))
        {
        }
        explicit Model(const F &f)
            : function(f)
        {
        }
        R call(Args... args) override { return function(std::forward<Args>(args)...); }
        F function;
    };
    std::unique_ptr<Callable> m_callable;
};

/// Work to be run once on some thread.
using Task = MoveFunction<void()>;

} // namespace Tertulia
