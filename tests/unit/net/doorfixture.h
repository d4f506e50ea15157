// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/frontdoor.h"
#include "net/networkthread.h"
#include "net/websocket.h"

#include <QDir>
#include <QFile>
#include <QUrl>

#include <atomic>
#include <mutex>
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

/// Answers by path; see handle().
class TestHandler final : public RequestHandler
{
public:
    TestHandler(NetworkThread &thread, Seen &seen)
        : m_thread(thread)
        , m_seen(seen)
    {
    }

    BodyPolicy admit(const RequestHead &head) override
    {
        ++m_seen.admitted;
        BodyPolicy policy;
        if (head.path == "/upload") {
            policy.kind = BodyPolicy::Kind::File;
            policy.limit = 100 << 20;
        } else if (head.path == "/refused") {
            policy.kind = BodyPolicy::Kind::Refuse;
            policy.refusal.status = 401;
        } else if (head.path == "/small") {
            policy.limit = 10;
        }
        return policy;
    }

    void handle(std::shared_ptr<Exchange> exchange) override
    {
        ++m_seen.handled;
        const RequestHead &head = exchange->head();
        {
            const std::lock_guard lock(m_seen.mutex);
            m_seen.heads.push_back(head);
            m_seen.bodies.push_back(exchange->body());
        }
        if (head.wantsWebSocket && head.path != "/refuse-upgrade")
            accept(*exchange);
        else if (head.path == "/later" || head.path == "/keep")
            later(std::move(exchange));
        else if (head.path == "/stream")
            stream(std::move(exchange));
        else if (head.path == "/upload")
            upload(*exchange);
        else if (head.path != "/forgotten")
            exchange->respond(answerTo(*exchange));
    }

    void shutDown() override
    {
        ++m_seen.shutDowns;
        const std::lock_guard lock(m_seen.mutex);
        for (WebSocket *socket : m_seen.sockets)
            socket->close(1001, "going away");
    }

private:
    static Response answerTo(const Exchange &exchange)
    {
        Response response;
        response.contentType = "text/plain";
        if (exchange.head().path == "/big")
            response.body = QByteArray(1 << 20, 'b');
        else if (exchange.head().path == "/unauthorized" || exchange.head().path == "/refuse-upgrade")
            response = Response{401, {}, {}, {}, {}};
        else if (exchange.head().path == "/nothing")
            response = Response{204, {}, {}, {}, {}};
        else
            response.body = exchange.head().path + '?' + exchange.head().query + ':' + exchange.body();
        return response;
    }
    void accept(Exchange &exchange)
    {
        auto handler = std::make_unique<EchoSocket>(m_seen);
        EchoSocket &echo = *handler;
        echo.setThread(m_thread);
        echo.setSocket(exchange.acceptWebSocket(std::move(handler)));
    }
    void later(std::shared_ptr<Exchange> exchange)
    {
        using namespace std::chrono_literals;
        Exchange &owed = *exchange;
        owed.setOnClosed([this] { ++m_seen.clientsGone; });
        if (owed.head().path == "/keep") {
            const std::lock_guard lock(m_seen.mutex);
            m_seen.kept.push_back(std::move(exchange));
            return;
        }
        m_thread.startTimer(100ms, [kept = std::move(exchange)] { kept->respond(answerTo(*kept)); });
    }
    void stream(std::shared_ptr<Exchange> exchange)
    {
        using namespace std::chrono_literals;
        Response head;
        head.contentType = "text/event-stream";
        exchange->setOnClosed([this] { ++m_seen.clientsGone; });
        exchange->startStream(head, [this] { ++m_seen.drained; });
        exchange->write("first,");
        m_thread.startTimer(60ms, [kept = std::move(exchange)] {
            kept->write("second");
            kept->finish();
        });
    }
    void upload(Exchange &exchange)
    {
        QFile file(exchange.bodyFile());
        m_seen.fileBytes = file.size();
        exchange.respond(Response{201, {}, {}, {}, {}});
    }

    NetworkThread &m_thread;
    Seen &m_seen;
};

/// A running front door on loopback with the TestHandler behind it.
class DoorFixture
{
public:
    explicit DoorFixture(NetSettings settings = {}, bool tls = false)
    {
        settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, tls}};
        if (settings.threads == 0)
            settings.threads = 1;
        m_door = std::make_unique<FrontDoor>(
            std::move(settings), [this](NetworkThread &thread) { return std::make_unique<TestHandler>(thread, seen); });
        const auto started = m_door->start();
        if (!started)
            qFatal("%s", qPrintable(started.error().message));
        m_port = static_cast<quint16>(QUrl(m_door->urls().front()).port());
    }
    ~DoorFixture()
    {
        m_door.reset();
        seen.kept.clear();
    }
    DoorFixture(const DoorFixture &) = delete;
    DoorFixture &operator=(const DoorFixture &) = delete;

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] FrontDoor &door() { return *m_door; }
    void reset() { m_door.reset(); }

    Seen seen;

private:
    std::unique_ptr<FrontDoor> m_door;
    quint16 m_port = 0;
};

} // namespace Tertulia::Test
