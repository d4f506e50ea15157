// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "echosocket.h"

#include "net/frontdoor.h"

#include <QDir>
#include <QFile>

namespace Tertulia::Test {

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
        if (const auto person = Uuid::parse(head.header("x-person")))
            policy.person = UserId(*person);
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
        if (head.path == "/wait")
            m_seen.gate.acquire();
        if (head.wantsWebSocket && head.path != "/refuse-upgrade")
            accept(*exchange);
        else if (head.path == "/later" || head.path == "/keep")
            later(std::move(exchange));
        else if (head.path == "/turn")
            inTheNextTurn(std::move(exchange));
        else if (head.path == "/served")
            served(*exchange);
        else if (head.path == "/poll")
            poll(std::move(exchange));
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
        else if (exchange.head().path == "/huge")
            response.body = QByteArray(8 << 20, 'h');
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
    /// How many requests were handed over before it.
    void served(Exchange &exchange)
    {
        Response response;
        response.body = QByteArray::number(m_seen.handled.load() - 1);
        exchange.respond(std::move(response));
    }
    /// How much has come over WebSockets by then.
    void inTheNextTurn(std::shared_ptr<Exchange> exchange)
    {
        m_thread.post([this, kept = std::move(exchange)] {
            Response response;
            response.body = QByteArray::number(m_seen.socketBytes.load());
            kept->respond(std::move(response));
        });
    }
    /// Waits without end, and goes with its client.
    void poll(std::shared_ptr<Exchange> exchange)
    {
        exchange->setOnClosed([this] { ++m_seen.clientsGone; });
        exchange->endWithPeer();
        const std::lock_guard lock(m_seen.mutex);
        m_seen.kept.push_back(std::move(exchange));
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

} // namespace Tertulia::Test
