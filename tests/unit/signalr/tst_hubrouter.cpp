// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A hub that is open to all, behind a proxy: whose connections are whose. And who may send a body.

#include "net/frontdoor.h"
#include "signalr/hubserver.h"
#include "support/testmain.h"
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
    std::atomic<bool> m_isSignedOut = false;

    [[nodiscard]] quint16 port() const { return quint16(QUrl(m_door->urls().front()).port()); }
    /// Opens a WebSocket that stays open, and gives the status. @param address as the proxy tells it; empty: not
    int connectFrom(const QByteArray &address)
    {
        NetClient &client = m_clients.emplace_back(port());
        client.send("GET /open HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + (address.isEmpty() ? QByteArray() : "X-Forwarded-For: " + address + "\r\n") + "\r\n");
        return client.answer(false).status;
    }

private Q_SLOTS:
    void init()
    {
        m_isSignedOut = false;
        m_hubs = std::make_unique<HubServer>(settings(), m_clock, [this](const QByteArray &) -> Result<Caller> {
            if (m_isSignedOut)
                return failure(Error::unauthenticated(QStringLiteral("signed out")));
            return Caller{.user = UserId(Uuid::fromName("test", "person"))};
        });
        for (const bool isOpen : {true, false}) {
            HubEndpointSettings endpoint;
            endpoint.path = isOpen ? "/open" : "/closed";
            endpoint.authorized = !isOpen;
            m_hubs->addEndpoint(std::move(endpoint), [](HttpConnection::Setup setup) {
                return std::make_shared<SilentConnection>(std::move(setup));
            });
        }
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

    /// Why a request with a body is authorized twice (docs/decisions/0015).
    void whoSignsOutBeforeTheBodyHasCome_isRefused_data()
    {
        QTest::addColumn<bool>("signsOut");
        QTest::addColumn<int>("status");
        QTest::newRow("stays") << false << 200;
        QTest::newRow("signs out") << true << 401;
    }
    void whoSignsOutBeforeTheBodyHasCome_isRefused()
    {
        QFETCH(const bool, signsOut);
        QFETCH(const int, status);
        NetClient client(port());
        client.send("POST /closed/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n"
                    "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n");
        QCOMPARE(client.answer(false).status, 100); // the head was let in
        m_isSignedOut = signsOut;
        client.send("{}");
        QCOMPARE(client.answer().status, status);
    }
    void aSmallBodyOfAStranger_isRefused_andTheConnectionGoesOn()
    {
        m_isSignedOut = true;
        NetClient client(port());
        const QByteArray post = "POST /closed?id=x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer x\r\n"
                                "Content-Length: 200\r\n\r\n"
            + QByteArray(200, 'x');
        for (int i = 0; i < 3; ++i) {
            client.send(post);
            QCOMPARE(client.answer().status, 401);
        }
        m_isSignedOut = false;
        client.send("POST /closed/negotiate?negotiateVersion=1 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer fresh\r\n"
                    "Content-Length: 0\r\n\r\n");
        QCOMPARE(client.answer().status, 200);
    }
};

TERTULIA_TEST(tst_hubrouter, TestHubRouter)
#include "tst_hubrouter.moc"
