// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/transport/hubconnection.h"
#include "support/fakescheduler.h"
#include "support/futures.h"
#include "support/scriptedserver.h"

#include <QTest>

namespace Tertulia::Test {

/// A hub at /hub of a scripted server: negotiates, and says over WebSockets in JSON what the test tells it. Time stands
/// until the test moves it.
class ScriptedHub
{
public:
    static constexpr char separator = 0x1E;

    ScriptedHub()
    {
        server.always("POST", QStringLiteral("/hub/negotiate"), [this](const ScriptedRequest &) { return answer(); });
        server.acceptWebSockets(QStringLiteral("/hub"));
    }

    [[nodiscard]] Client::HubOptions options()
    {
        Client::HubOptions options;
        options.url = server.url();
        options.url.setPath(QStringLiteral("/hub"));
        options.format = WireFormat::Json;
        options.scheduler = &scheduler;
        options.reconnect.jitter = 0;
        return options;
    }
    /// What negotiation says from now on.
    [[nodiscard]] ScriptedAnswer answer() const
    {
        NegotiateResponse response = NegotiateResponse::connection(1, QStringLiteral("public-id"),
                                                                   QStringLiteral("secret/id"), transports, isStateful);
        return ScriptedAnswer::json(200, response.encode());
    }

    /// Waits for the next socket and takes its handshake.
    [[nodiscard]] bool accept(const QByteArray &reply = "{}\x1e")
    {
        if (!nextSocket())
            return false;
        handshake = socket->take();
        socket->injectText(QString::fromUtf8(reply));
        return !handshake.isEmpty();
    }
    /// Waits for a socket that was not there before.
    [[nodiscard]] bool nextSocket()
    {
        if (!QTest::qWaitFor([this] { return server.sockets().size() > m_seen; }))
            return false;
        m_seen = server.sockets().size();
        socket = server.socket();
        return true;
    }
    /// start() with everything that belongs to it, the first ping included.
    [[nodiscard]] bool connect(Client::HubConnection &connection)
    {
        const auto started = connection.start();
        return accept() && await(started) && socket->take() == ping();
    }
    void say(const QByteArray &record) { socket->injectText(QString::fromUtf8(record + separator)); }
    /// The next record that the client sends, without the separator.
    [[nodiscard]] QByteArray hear() { return socket->take().chopped(1); }
    [[nodiscard]] static QByteArray ping() { return QByteArray("{\"type\":6}") + separator; }

    FakeScheduler scheduler; // outlives the connection
    ScriptedServer server;
    ScriptedSocket *socket = nullptr;
    QByteArray handshake;
    std::vector<HubTransport> transports{HubTransport::WebSockets};
    bool isStateful = false;

private:
    size_t m_seen = 0;
};

} // namespace Tertulia::Test
