// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/async.h"
#include "client/transport/hubcalls.h"
#include "client/transport/hubhandlers.h"
#include "client/transport/huboptions.h"
#include "client/transport/hubstream.h"

#include <QObject>
#include <QPointer>

#include <functional>
#include <memory>
#include <type_traits>

namespace Tertulia::Client {

class HubConnectionCore;

/// One connection to a SignalR hub, which comes back by itself (docs/protocol/signalr.md). Belongs to one thread with a
/// Qt event loop. Knows nothing of what the hub is for. Every handler may call every function, and destroy the object
/// from a posted task.
///
///     connection.on<Message>("ReceiveMessage"_L1, this, [](const Message &message) { … });
///     connection.start();
///     whenAnswered(connection.invoke<Message>("SendMessage"_L1, request), this, [](const Result<Message> &) { … });
class HubConnection : public QObject
{
    Q_OBJECT

public:
    enum class State { Disconnected, Connecting, Connected, Reconnecting };
    Q_ENUM(State)

    explicit HubConnection(HubOptions options, QObject *parent = nullptr);
    ~HubConnection() override; ///< calls that wait end with Cancelled

    /// Connects. Answered when connected, or with why not; Conflict when it is not Disconnected.
    Future<void> start();
    /// Ends the connection politely; answered when it has ended. closed() is not emitted.
    Future<void> stop();
    /// Skips the wait of the back-off: the network is back, somebody asked.
    void reconnectNow();

    /// Handlers, kept over stop and start. Names match without case. Arguments are the wire's types; a call whose
    /// arguments do not fit is logged and dropped.
    template <class... Args, class Handler> void on(QLatin1StringView target, QObject *context, Handler handler)
    {
        m_handlers.add(target, context, [handler = std::move(handler)](Value arguments) mutable -> Result<void> {
            const auto read = readArguments<std::remove_cvref_t<Args>...>(arguments);
            if (!read)
                return failure(read.error());
            std::apply(handler, *read);
            return {};
        });
    }
    /// Answers the server's calls of this name: the handler returns R, Result<R> or Future<R>. An error's
    /// message goes to the server.
    template <class R, class... Args, class Handler>
    void onCall(QLatin1StringView target, QObject *context, Handler handler)
    {
        m_handlers.setCall(target, context,
                           [handler = std::move(handler), context](Value arguments, WireFormat format) mutable {
                               const auto read = readArguments<std::remove_cvref_t<Args>...>(arguments);
                               if (!read)
                                   return answered<QByteArray>(failure(read.error()));
                               return encodedAnswer<R>(handler, *read, context, format);
                           });
    }

    /// Calls a method of the hub. Unavailable at once when not connected, and when the connection is lost before the
    /// answer (it may have been carried out).
    template <class R = void, class... Args> Future<R> invoke(QLatin1StringView method, const Args &...args)
    {
        Promise<R> promise;
        auto future = promise.future();
        call(method, encodeCallArguments(format(), args...), uploadIds(args...),
             [promise = std::move(promise)](Result<SharedValue> answer) mutable {
                 promise.finish(answer.and_then([](const SharedValue &value) { return readAnswer<R>(value); }));
             });
        return future;
    }
    /// The same without an answer: success means handed to the transport.
    template <class... Args> Future<void> send(QLatin1StringView method, const Args &...args)
    {
        return answered(post(method, encodeCallArguments(format(), args...), uploadIds(args...)));
    }
    /// Calls a streaming method. The handlers are not called once the context or the returned handle has gone.
    template <class T, class... Args>
    [[nodiscard]] HubStream stream(QLatin1StringView method, QObject *context,
                                   std::type_identity_t<std::function<void(const T &)>> onItem,
                                   std::function<void(const Result<void> &)> onFinished, const Args &...args)
    {
        return openStream(
            method, encodeCallArguments(format(), args...), uploadIds(args...),
            [guard = QPointer(context), onItem = std::move(onItem)](const SharedValue &item) {
                const auto read = readValue<T>(item.value);
                if (read && guard)
                    onItem(*read);
                return read.has_value() && guard;
            },
            [guard = QPointer(context), onFinished = std::move(onFinished)](const Result<SharedValue> &end) {
                if (guard && onFinished)
                    onFinished(end.map([](const SharedValue &) {}));
            });
    }
    /// A stream of items for the hub: hand it to one call among its arguments, then write.
    template <class T> [[nodiscard]] HubUpload<T> upload() { return HubUpload<T>(this, nextId()); }

    [[nodiscard]] State state() const;
    /// Between two attempts: nothing is under way until the back-off ends.
    [[nodiscard]] bool isWaiting() const;
    [[nodiscard]] QString connectionId() const; ///< empty when not connected, and without negotiation
    [[nodiscard]] HubTransport transport() const; ///< of the present or last connection
    [[nodiscard]] WireFormat format() const; ///< likewise
    /// Why the last attempt or connection failed; for people who wait in Reconnecting.
    [[nodiscard]] Error lastError() const;
    /// Bytes that are not sent yet.
    [[nodiscard]] qsizetype waitingBytes() const;

Q_SIGNALS:
    void stateChanged(Tertulia::Client::HubConnection::State state);
    /// The connection is lost and will be tried again.
    void reconnecting(const Tertulia::Error &why);
    void waitingChanged(bool isWaiting);
    /// There is a new connection after a lost one. The server has forgotten the old one: what happened between has to
    /// be fetched. (Not emitted when the old one was resumed without a loss.)
    void reconnected();
    /// It has ended and will not come back by itself.
    void closed(const Tertulia::Error &why);
    /// Little waits to be sent any more, after much did.
    void writable();

private:
    friend class HubConnectionCore;
    friend class HubStream;
    friend class HubUploadBase;

    template <class R> static Result<R> readAnswer(const SharedValue &value)
    {
        if constexpr (std::is_void_v<R>)
            return {};
        else
            return readValue<R>(value.value);
    }
    template <class R, class Handler, class Tuple>
    static Future<QByteArray> encodedAnswer(Handler &handler, const Tuple &arguments, QObject *context,
                                            WireFormat format);
    void call(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
              HubCalls::ResultHandler handler);
    Result<void> post(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads);
    HubStream openStream(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
                         HubCalls::ItemHandler onItem, HubCalls::ResultHandler onFinished);
    [[nodiscard]] QByteArray nextId();

    HubHandlers m_handlers;
    std::unique_ptr<HubConnectionCore> m_core; ///< keeps sockets and timers out of this header
};

template <class R, class Handler, class Tuple>
Future<QByteArray> HubConnection::encodedAnswer(Handler &handler, const Tuple &arguments, QObject *context,
                                                WireFormat format)
{
    using Answer = decltype(std::apply(handler, arguments));
    const auto encoded = [format](const Result<R> &result) {
        if constexpr (std::is_void_v<R>)
            return result.map([format] { return encode(format, std::optional<bool>()); });
        else
            return result.map([format](const R &value) { return encode(format, value); });
    };
    if constexpr (std::is_same_v<Answer, Future<R>>) {
        Promise<QByteArray> promise;
        auto future = promise.future();
        whenAnswered<R>(std::apply(handler, arguments), context,
                        [encoded, promise = std::move(promise)](const Result<R> &result) mutable {
                            promise.finish(encoded(result));
                        });
        return future;
    } else if constexpr (std::is_void_v<Answer>) {
        std::apply(handler, arguments);
        return answered(encoded(Result<R>()));
    } else {
        return answered(encoded(Result<R>(std::apply(handler, arguments))));
    }
}

} // namespace Tertulia::Client
