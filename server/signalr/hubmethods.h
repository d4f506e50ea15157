// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hub.h"
#include "signalr/hubinvocation.h"

#include <memory>
#include <string>
#include <tuple>
#include <vector>

namespace Tertulia::Server {

/// One entry of a hub's table: knows how to decode the arguments of its member function and to call it.
class HubMethod
{
public:
    HubMethod(std::string name, bool isStream, int uploads)
        : m_name(std::move(name))
        , m_uploads(uploads)
        , m_isStream(isStream)
    {
    }
    HubMethod(const HubMethod &) = delete;
    HubMethod &operator=(const HubMethod &) = delete;
    virtual ~HubMethod() = default;

    [[nodiscard]] const std::string &name() const { return m_name; }
    [[nodiscard]] int uploads() const { return m_uploads; } ///< StreamReader parameters
    [[nodiscard]] bool isStream() const { return m_isStream; } ///< has a StreamWriter
    virtual void invoke(Hub &hub, HubInvocation &invocation) const = 0;

private:
    std::string m_name;
    int m_uploads;
    bool m_isStream;
};

namespace Binding {

template <class T> constexpr bool isReply = false;
template <class T> constexpr bool isReply<HubReply<T>> = true;
template <class T> constexpr bool isWriter = false;
template <class T> constexpr bool isWriter<StreamWriter<T>> = true;
template <class T> constexpr bool isReader = false;
template <class T> constexpr bool isReader<StreamReader<T>> = true;
template <class T> constexpr bool isResult = false;
template <class T> constexpr bool isResult<tl::expected<T, Error>> = true;

/// Comes from the client's list of arguments, and not from the dispatcher.
template <class P>
constexpr bool isArgument =
    !isReply<
        P> && !isWriter<P> && !isReader<P> && !std::is_same_v<P, CancelToken> && !std::is_same_v<P, HubConnectionContext>;

template <class Tuple> struct ArgumentReader;
template <class... Args> struct ArgumentReader<std::tuple<Args...>>
{
    static Result<std::tuple<Args...>> read(Value arguments) { return readArguments<Args...>(arguments); }
};

template <class H, class R, class... P> class Method final : public HubMethod
{
public:
    using Function = R (H::*)(P...);

    Method(std::string name, Function function)
        : HubMethod(std::move(name), (isWriter<std::decay_t<P>> || ...), (0 + ... + int(isReader<std::decay_t<P>>)))
        , m_function(function)
    {
    }

    void invoke(Hub &hub, HubInvocation &invocation) const override
    {
        auto arguments = ArgumentReader<Arguments>::read(invocation.arguments());
        if (!arguments) {
            invocation.refuse(arguments.error());
            return;
        }
        call(static_cast<H &>(hub), invocation, *arguments, std::index_sequence_for<P...>());
    }

private:
    using Arguments = decltype(std::tuple_cat(
        std::declval<std::conditional_t<isArgument<std::decay_t<P>>, std::tuple<std::decay_t<P>>, std::tuple<>>>()...));
    static constexpr bool answersLater = (isReply<std::decay_t<P>> || ...) || (isWriter<std::decay_t<P>> || ...);

    /// How many of the parameters before this one are arguments.
    template <size_t I> static constexpr size_t argumentIndex()
    {
        constexpr std::array<bool, sizeof...(P) + 1> flags{isArgument<std::decay_t<P>>..., false};
        size_t count = 0;
        for (size_t i = 0; i < I; ++i)
            count += flags[i];
        return count;
    }

    template <class Param, size_t I> static decltype(auto) parameter(HubInvocation &invocation, Arguments &arguments)
    {
        using T = std::decay_t<Param>;
        if constexpr (std::is_same_v<T, HubConnectionContext>)
            return static_cast<HubConnectionContext &>(invocation.caller());
        else if constexpr (isReply<T>)
            return T(invocation.makePending());
        else if constexpr (isWriter<T>)
            return T(invocation.makeDownload());
        else if constexpr (isReader<T>)
            return T(invocation.takeUpload());
        else if constexpr (std::is_same_v<T, CancelToken>)
            return T(invocation.makeCancel());
        else
            return std::move(std::get<argumentIndex<I>()>(arguments));
    }

    template <size_t... I>
    void call(H &hub, HubInvocation &invocation, Arguments &arguments, std::index_sequence<I...>) const
    {
        static_cast<void>(arguments);
        // Braces: from left to right, so that a cancel token and streams are known before the reply is made.
        std::tuple<decltype(parameter<P, I>(invocation, arguments))...> parameters{
            parameter<P, I>(invocation, arguments)...};
        if constexpr (std::is_void_v<R>) {
            (hub
             .*m_function)(std::forward<decltype(parameter<P, I>(invocation, arguments))>(std::get<I>(parameters))...);
            if constexpr (!answersLater)
                answer(invocation, Value());
        } else if constexpr (isResult<R>) {
            const R result = (hub.*m_function)(
                std::forward<decltype(parameter<P, I>(invocation, arguments))>(std::get<I>(parameters))...);
            if (!result)
                invocation.answerError(result.error());
            else if constexpr (std::is_void_v<typename R::value_type>)
                answer(invocation, Value());
            else
                answer(invocation, *result);
        } else {
            answer(invocation,
                   (hub.*m_function)(
                       std::forward<decltype(parameter<P, I>(invocation, arguments))>(std::get<I>(parameters))...));
        }
    }

    template <class T> static void answer(HubInvocation &invocation, const T &result)
    {
        invocation.answer(invocation.wantsAnswer() ? encode(invocation.format(), result) : QByteArray());
    }

    Function m_function;
};

} // namespace Binding

/// The methods of a hub by name:
///
///     HubMethods<EchoHub> methods;
///     methods.add("Echo", &EchoHub::echo);
///
/// The member function says by its types what it needs, in any order: `HubConnectionContext &` is the caller;
/// `HubReply<T>` lets it answer later, else it returns T, Result<T> or nothing; `StreamWriter<T>` makes it a stream
/// method; each `StreamReader<T>` is a stream that the client uploads; `CancelToken` tells of the caller's cancelling.
/// All other parameters are decoded from the invocation's arguments; std::optional ones may be null.
template <class H> class HubMethods
{
public:
    template <class R, class... P> void add(const char *name, R (H::*method)(P...))
    {
        m_methods.push_back(std::make_unique<Binding::Method<H, R, P...>>(name, method));
    }
    [[nodiscard]] std::vector<std::unique_ptr<HubMethod>> take() { return std::move(m_methods); }

private:
    std::vector<std::unique_ptr<HubMethod>> m_methods;
};

} // namespace Tertulia::Server
