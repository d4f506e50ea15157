// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "signalr/hubreply.h"

#include <deque>

namespace Tertulia::Server {

/// Told to a hub method when its caller cancels the invocation or goes. Network thread.
struct CancelState
{
    bool isCancelled = false;
    Task onCancelled;

    void cancel()
    {
        if (std::exchange(isCancelled, true))
            return;
        if (Task task = std::move(onCancelled))
            task();
    }
};

class CancelToken
{
public:
    CancelToken() = default;
    explicit CancelToken(std::shared_ptr<CancelState> state)
        : m_state(std::move(state))
    {
    }
    [[nodiscard]] bool isCancelled() const { return m_state && m_state->isCancelled; }
    void onCancelled(Task task)
    {
        if (m_state)
            m_state->onCancelled = std::move(task);
    }

private:
    std::shared_ptr<CancelState> m_state; // shared with the connection
};

/// One stream to the client. Network thread.
struct DownloadStream
{
    std::weak_ptr<HubConnectionContext> connection;
    QByteArray id;
    QByteArray target;
    std::vector<QByteArray> uploads;
    CancelState cancel;
    Task onReady;
    bool isOver = false;
};

SendResult writeStreamItem(DownloadStream &stream, const std::function<QByteArray(WireFormat)> &item);
/// @param early the method failed before it began to stream: the invoking text
void finishStream(DownloadStream &stream, const Error *error, bool early);

/// The stream that a hub method writes. Move-only; dropped unfinished, it ends with an error. After the caller has
/// cancelled or gone, writes answer Closed. Network thread.
template <class T> class StreamWriter
{
public:
    StreamWriter() = default;
    explicit StreamWriter(std::shared_ptr<DownloadStream> stream)
        : m_stream(std::move(stream))
    {
    }
    StreamWriter(StreamWriter &&) noexcept = default;
    StreamWriter &operator=(StreamWriter &&other) noexcept
    {
        if (this != &other) {
            abandon();
            m_stream = std::move(other.m_stream);
        }
        return *this;
    }
    ~StreamWriter() { abandon(); }

    /// Queued: taken, but the client is behind; wait for onReady before the next.
    SendResult write(const T &item)
    {
        if (!m_stream || m_stream->isOver)
            return SendResult::Closed;
        return writeStreamItem(*m_stream, [&item](WireFormat format) { return encode(format, item); });
    }
    /// Called each time when the client has caught up after a Queued write.
    void onReady(Task task)
    {
        if (m_stream)
            m_stream->onReady = std::move(task);
    }
    /// Called once when the client cancels or goes; the stream ends by itself after it.
    void onCancelled(Task task)
    {
        if (m_stream)
            m_stream->cancel.onCancelled = std::move(task);
    }
    [[nodiscard]] bool isOver() const { return !m_stream || m_stream->isOver; }
    void finish(const Result<void> &result = {})
    {
        if (const auto stream = std::exchange(m_stream, nullptr))
            finishStream(*stream, result ? nullptr : &result.error(), false);
    }
    /// The method could not begin at all.
    void refuse(const Error &error)
    {
        if (const auto stream = std::exchange(m_stream, nullptr))
            finishStream(*stream, &error, true);
    }

private:
    void abandon()
    {
        if (m_stream && !m_stream->isOver)
            finish(failure(Error::cancelled()));
    }

    std::shared_ptr<DownloadStream> m_stream; // shared with the connection
};

/// One stream from the client. Network thread.
struct UploadStream
{
    std::weak_ptr<HubConnectionContext> connection;
    std::deque<SharedValue> items;
    MoveFunction<void()> onChange; ///< a reader waits
    std::optional<Error> error;
    bool hasEnded = false;
};
/// An item was taken: the connection may have waited for that.
void uploadTaken(UploadStream &stream);

/// The stream that a client uploads to a hub method. At most HubSettings::streamBufferCapacity items wait here, then
/// the whole connection is not read any further. Network thread.
template <class T> class StreamReader
{
public:
    /// An item, nothing at the end, or why there is no more.
    using Handler = MoveFunction<void(Result<std::optional<T>>)>;

    StreamReader() = default;
    explicit StreamReader(std::shared_ptr<UploadStream> stream)
        : m_stream(std::move(stream))
    {
    }

    /// Asks for the next item; one request at a time. The handler may be called at once.
    void next(Handler handler)
    {
        if (m_stream->items.empty() && !m_stream->hasEnded) {
            m_stream->onChange = [stream = m_stream, handler = std::move(handler)]() mutable {
                StreamReader(stream).next(std::move(handler));
            };
            return;
        }
        if (m_stream->items.empty()) {
            if (m_stream->error)
                handler(failure(*m_stream->error));
            else
                handler(std::optional<T>());
            return;
        }
        const SharedValue item = std::move(m_stream->items.front());
        m_stream->items.pop_front();
        auto decoded = readValue<T>(item.value);
        uploadTaken(*m_stream);
        if (decoded) {
            handler(std::optional<T>(std::move(*decoded)));
            return;
        }
        m_stream->hasEnded = true;
        m_stream->error = Error{ErrorCode::Invalid, {}, QStringLiteral("Failed to bind Stream message."), {}, 0};
        m_stream->items.clear();
        handler(failure(*m_stream->error));
    }

private:
    std::shared_ptr<UploadStream> m_stream; // shared with the connection
};

} // namespace Tertulia::Server
