// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/networkthread.h"
#include "net/websocket.h"

#include <atomic>
#include <mutex>
#include <semaphore>
#include <set>

namespace Tertulia::Test {

using namespace Tertulia::Server;

/// What the test handler has seen, for the test's thread.
struct Seen
{
    std::mutex mutex;
    std::vector<RequestHead> heads;
    std::vector<QByteArray> bodies;
    std::vector<std::pair<quint16, bool>> closes; ///< of WebSockets
    std::vector<std::shared_ptr<Exchange>> kept;
    std::atomic<int> admitted = 0, handled = 0, clientsGone = 0, drained = 0, overflows = 0, shutDowns = 0;
    std::atomic<qint64> fileBytes = 0;
    std::atomic<qint64> socketBytes = 0; ///< that came over WebSockets
    std::binary_semaphore gate{0}; ///< "/wait" holds its thread until it is opened
    std::set<WebSocket *> sockets;

    RequestHead lastHead()
    {
        const std::lock_guard lock(mutex);
        return heads.empty() ? RequestHead() : heads.back();
    }
    QByteArray lastBody()
    {
        const std::lock_guard lock(mutex);
        return bodies.empty() ? QByteArray() : bodies.back();
    }
    std::pair<quint16, bool> lastClose()
    {
        const std::lock_guard lock(mutex);
        return closes.empty() ? std::pair<quint16, bool>{0, false} : closes.back();
    }
};

/// Sends back each message as it is, whole.
class EchoSocket final : public WebSocketHandler
{
public:
    explicit EchoSocket(Seen &seen)
        : m_seen(seen)
    {
    }
    void setSocket(WebSocket *socket)
    {
        m_socket = socket;
        const std::lock_guard lock(m_seen.mutex);
        m_seen.sockets.insert(socket);
    }
    void onData(QByteArrayView bytes, bool last) override
    {
        m_seen.socketBytes += bytes.size();
        m_message.append(bytes);
        if (!last)
            return;
        if (m_message == "close-me")
            m_socket->close(4001, "as you wish");
        else if (m_message == "abort-me")
            m_socket->abort();
        else if (m_message == "pause-me")
            pause();
        else if (m_message == "flood-me")
            flood();
        else
            m_socket->send(WebSocket::Opcode::Binary, m_message);
        m_message.clear();
    }
    void onDrained() override { ++m_seen.drained; }
    void onClosed(quint16 code, bool clean) override
    {
        const std::lock_guard lock(m_seen.mutex);
        m_seen.closes.emplace_back(code, clean);
        m_seen.sockets.erase(m_socket);
    }
    void setThread(NetworkThread &thread) { m_thread = &thread; }

private:
    void flood()
    {
        static const QByteArray frame = WebSocket::encodeFrame(WebSocket::Opcode::Binary, QByteArray(256 * 1024, 'f'));
        for (int i = 0; i < 400; ++i) {
            const SendResult result = m_socket->sendFrame(frame);
            if (result == SendResult::Overflow)
                ++m_seen.overflows;
            if (result == SendResult::Overflow || result == SendResult::Closed)
                return;
        }
    }
    void pause()
    {
        using namespace std::chrono_literals;
        m_socket->setReading(false);
        m_thread->startTimer(50ms, [this] { m_socket->setReading(true); });
    }
    Seen &m_seen;
    WebSocket *m_socket = nullptr;
    NetworkThread *m_thread = nullptr;
    QByteArray m_message;
};

} // namespace Tertulia::Test
