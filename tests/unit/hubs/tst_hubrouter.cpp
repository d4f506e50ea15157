// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A hub that is open to all, behind a proxy: whose connections are whose.

#include "hubs/hubserver.h"
#include "net/frontdoor.h"
#include "unit/net/netclient.h"

#include <QTest>
#include <QUrl>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;

namespace {

class SilentConnection final : public HttpConnection
{
public:
    using HttpConnection::HttpConnection;
    void receive(QByteArrayView, bool) override { }
    void shutDown() override { abort(); }
};

HubSettings settings()
{
    HubSettings settings;
    settings.maxConnectionsPerPerson = 2;
    return settings;
}

} // namespace

class TestHubRouter : public QObject
{
    Q_OBJECT

    SystemClock m_clock;
    std::unique_ptr<HubServer> m_hubs;
    std::unique_ptr<FrontDoor> m_door;
    std::vector<NetClient> m_clients;

    /// Opens a WebSocket that stays open, and gives the status. @param address as the proxy tells it; empty: not
    int connectFrom(const QByteArray &address)
    {
        NetClient &client = m_clients.emplace_back(quint16(QUrl(m_door->urls().front()).port()));
        client.send("GET /open HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + (address.isEmpty() ? QByteArray() : "X-Forwarded-For: " + address + "\r\n") + "\r\n");
        return client.answer(false).status;
    }

private Q_SLOTS:
    void init()
    {
        m_hubs = std::make_unique<HubServer>(settings(), m_clock, [](const QByteArray &) { return Caller(); });
        HubEndpointSettings open;
        open.path = QByteArrayLiteral("/open");
        open.authorized = false;
        m_hubs->addEndpoint(std::move(open), [](HttpConnection::Setup setup) {
            return std::make_shared<SilentConnection>(std::move(setup));
        });
        NetSettings net;
        net.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        net.threads = 1;
        net.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
        m_door = std::make_unique<FrontDoor>(std::move(net),
                                             [this](NetworkThread &thread) { return m_hubs->makeRouter(thread); });
        QVERIFY(m_door->start());
    }
    void cleanup()
    {
        m_clients.clear();
        m_door.reset();
        m_hubs.reset();
    }

    void aHubOpenToAll_countsByNetwork()
    {
        QCOMPARE(connectFrom("2001:db8::1"), 101);
        QCOMPARE(connectFrom("2001:db8::2"), 101);
        QCOMPARE(connectFrom("2001:db8::3"), 429); // the same /64
        QCOMPARE(connectFrom("2001:db8:0:1::1"), 101);
        QCOMPARE(connectFrom("192.0.2.1"), 101);
    }

    void thisMachine_isNotCounted()
    {
        for (int i = 0; i < 5; ++i)
            QCOMPARE(connectFrom({}), 101);
    }
};

QTEST_GUILESS_MAIN(TestHubRouter)
#include "tst_hubrouter.moc"
