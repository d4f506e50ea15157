// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/frontdoor.h"
#include "signalr/hubserver.h"
#include "support/stagehub.h"

#include <QUrl>

#include <algorithm>
#include <future>
#include <set>

namespace Tertulia::Test {

using namespace Tertulia::Server;

/// A front door with several network threads and a hub behind it at /hub, on loopback and with a clock that stands.
/// Tokens are "<person>.<sign-in>", both names of any letters; with ".<seconds>" they end so long after the start. Of
/// the sign-in "foreign" each token is one of its own, as those of a foreign provider are.
class HubStage
{
public:
    using MakeBeside = std::function<std::unique_ptr<Beside>(HubServer &, const Clock &)>;

    explicit HubStage(HubSettings hubs = {}, NetSettings net = {}, const MakeBeside &beside = {})
        : m_server(hubs, m_scene.clock, [this](const QByteArray &token) { return authenticate(token); })
        , m_dispatcher(m_server, StageHub::methods(), [this](HubThread &thread) {
            m_threads.push_back(&thread);
            return std::make_unique<StageHub>(m_scene);
        })
    {
        m_scene.dispatcher = &m_dispatcher;
        HubEndpointSettings endpoint;
        endpoint.path = "/hub";
        m_dispatcher.serveAt(endpoint);
        if (beside)
            m_scene.beside = beside(m_server, m_scene.clock);
        net.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        net.threads = std::max(net.threads, 2);
        m_door = std::make_unique<FrontDoor>(std::move(net),
                                             [this](NetworkThread &thread) { return m_server.makeRouter(thread); });
        if (const auto started = m_door->start(); !started)
            qFatal("%s", qPrintable(started.error().message));
        m_port = quint16(QUrl(m_door->urls().front()).port());
    }
    HubStage(const HubStage &) = delete;
    HubStage &operator=(const HubStage &) = delete;
    ~HubStage()
    {
        if (m_scene.beside)
            m_scene.beside->stop();
        m_door.reset();
        m_scene.beside.reset(); // it serves on m_server
    }

    [[nodiscard]] quint16 port() const { return m_port; }
    [[nodiscard]] FrontDoor &door() { return *m_door; }
    [[nodiscard]] HubDispatcher &dispatcher() { return m_dispatcher; }
    [[nodiscard]] HubServer &server() { return m_server; }
    [[nodiscard]] FakeClock &clock() { return m_scene.clock; }
    [[nodiscard]] const std::vector<HubThread *> &threads() const { return m_threads; }

    [[nodiscard]] static UserId person(const QByteArray &name) { return UserId(Uuid::fromName("person", name)); }
    [[nodiscard]] static SessionId signIn(const QByteArray &token)
    {
        return SessionId(Uuid::fromName("sign-in", token));
    }

    /// Tokens of it are refused from now on, and its connections end, in the order of the real server.
    void endSignIn(const QByteArray &token)
    {
        refuse(token);
        m_server.disconnect(person(token.split('.').first()), signIn(token));
    }
    /// All these sign-ins of one person at once, as when the person's role was changed.
    void endSignIns(const std::vector<QByteArray> &tokens)
    {
        for (const QByteArray &token : tokens)
            refuse(token);
        m_server.disconnect(person(tokens.front().split('.').first()));
    }
    /// Since the start, by which the ends of tokens are told.
    [[nodiscard]] std::chrono::milliseconds age() { return clock().now() - m_start; }
    /// Runs `work` on the network thread and waits for it.
    template <class F> static void run(HubThread &thread, F work)
    {
        std::promise<void> done;
        thread.loop().post([&] {
            work();
            done.set_value();
        });
        done.get_future().wait();
    }
    /// The connection and its thread, null if there is none. Use it on its thread only.
    [[nodiscard]] std::pair<std::shared_ptr<HttpConnection>, HubThread *> find(const ConnectionId &id) const
    {
        std::pair<std::shared_ptr<HttpConnection>, HubThread *> found;
        for (HubThread *const thread : m_threads) {
            run(*thread, [&] {
                if (auto connection = thread->find(id))
                    found = {std::move(connection), thread};
            });
        }
        return found;
    }

private:
    void refuse(const QByteArray &token)
    {
        const std::lock_guard lock(m_mutex);
        m_ended.insert(token);
    }
    Result<Caller> authenticate(const QByteArray &token)
    {
        const QList<QByteArray> parts = token.split('.');
        const bool isForeign = parts.value(1) == "foreign";
        const QByteArray own = parts.size() < 2 ? QByteArray() : isForeign ? token : parts[0] + '.' + parts[1];
        Caller caller;
        caller.user = person(parts[0]);
        caller.session = signIn(own);
        if (parts.size() > 2)
            caller.until = m_start + std::chrono::seconds(parts[2].toInt());
        if (isForeign)
            caller.token = token;
        if (m_scene.beside)
            m_scene.beside->introduce(caller);
        const bool isLongOver = caller.until
            && clock().now() >= *caller.until + m_server.settings().tokenGrace + m_server.settings().heartbeat;
        const std::lock_guard lock(m_mutex);
        if (own.isEmpty() || m_ended.contains(own) || isLongOver)
            return failure(Error::unauthenticated(QStringLiteral("no such token")));
        return caller;
    }

    HubScene m_scene;
    const Timestamp m_start = m_scene.clock.now();
    std::mutex m_mutex; // guards m_ended
    std::set<QByteArray> m_ended;
    std::vector<HubThread *> m_threads;
    HubServer m_server;
    HubDispatcher m_dispatcher;
    std::unique_ptr<FrontDoor> m_door;
    quint16 m_port = 0;
};

} // namespace Tertulia::Test
