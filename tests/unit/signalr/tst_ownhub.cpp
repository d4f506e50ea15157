// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A hub of somebody who takes the library for something of their own; server/signalr/README.md shows it.

#include "net/frontdoor.h"
#include "signalr/hubconnectioncontext.h"
#include "signalr/hubdispatcher.h"
#include "support/testmain.h"
#include "unit/signalr/hubtalk.h"

#include <QTest>
#include <QUrl>

#include <future>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;

namespace {

/// Whoever sits at a table sees what the others there do.
class GameHub final : public Hub
{
public:
    explicit GameHub(HubLifetimeManager &clients)
        : m_clients(clients)
    {
    }
    [[nodiscard]] static HubMethods<GameHub> methods()
    {
        HubMethods<GameHub> table;
        table.add("Sit", &GameHub::sit);
        table.add("Move", &GameHub::move);
        return table;
    }

private:
    void sit(HubConnectionContext &caller, QString table) { caller.join(groupNamed(table.toUtf8())); }
    Result<int> move(HubConnectionContext &caller, QString table, QString move)
    {
        if (!caller.isIn(groupNamed(table.toUtf8())))
            return failure(Error::forbidden(QStringLiteral("You do not sit there.")));
        m_clients.sendToGroup(groupNamed(table.toUtf8()), SerializedHubMessage::make("Moved", caller.user(), move));
        return ++m_moves;
    }

    HubLifetimeManager &m_clients;
    int m_moves = 0; // on this network thread, which has a hub of its own
};

Result<Caller> authenticate(const QByteArray &token)
{
    if (!token.startsWith("player-"))
        return failure(Error::unauthenticated(QStringLiteral("no player")));
    return Caller{.user = UserId(Uuid::fromName("player", token))};
}

/// Serves GameHub at /game.
struct GameServer
{
    GameServer()
    {
        games.serveAt({.path = "/game"});
        if (const auto started = door.start(); !started)
            qFatal("%s", qPrintable(started.error().message));
    }
    static NetSettings anyPort()
    {
        NetSettings net;
        net.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        net.threads = 2;
        return net;
    }

    SystemClock clock;
    HubServer server{HubSettings(), clock, authenticate};
    HubDispatcher games{server, GameHub::methods(),
                        [this](HubThread &) { return std::make_unique<GameHub>(games.clients()); }};
    FrontDoor door{anyPort(), [this](NetworkThread &thread) { return server.makeRouter(thread); }};
};

/// A socket without negotiation, as clients may have it. @return the answer's status
int open(NetClient &player, const QByteArray &token)
{
    player.send(hubRequest("GET", "/game", token,
                           "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                           "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"));
    return player.answer().status;
}

NetClient player(const GameServer &game, const QByteArray &token)
{
    NetClient player(quint16(QUrl(game.door.urls().front()).port()));
    if (open(player, token) != 101)
        qFatal("no socket");
    say(player, handshake());
    player.readUntil("{}\x1e");
    return player;
}

const QByteArray castle = R"({"type":1,"invocationId":"2","target":"Move","arguments":["red","O-O"]})"
                          "\x1e";

} // namespace

class TestOwnHub final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void aMove_isSeenAtTheTable()
    {
        const GameServer game;
        NetClient ana = player(game, "player-ana");
        NetClient ben = player(game, "player-ben");
        for (NetClient *const one : {&ana, &ben}) {
            say(*one, call("1", "Sit", "red"));
            QVERIFY(!one->readUntil("\x1e").isEmpty());
        }
        say(ana, castle);
        const UserId who = UserId(Uuid::fromName("player", "player-ana"));
        QVERIFY(!ben.readUntil(R"({"type":1,"target":"Moved","arguments":[")" + who.uuid().toUtf8() + R"(","O-O"]})")
                     .isEmpty());
        QVERIFY(!ana.readUntil(R"({"type":3,"invocationId":"2","result":1})").isEmpty());
    }

    void whoDoesNotSit_doesNotMove()
    {
        const GameServer game;
        NetClient ana = player(game, "player-ana");
        say(ana, castle);
        QVERIFY(!ana.readUntil("FORBIDDEN: You do not sit there.").isEmpty());
    }

    void fromElsewhere_allAreReached_orOneConnection()
    {
        GameServer game;
        NetClient ana = player(game, "player-ana");
        NetClient ben = player(game, "player-ben");
        HubLifetimeManager &clients = game.games.clients();
        std::promise<ConnectionId> found;
        clients.onEveryShard([&found](HubShard &shard) {
            if (const auto *const anas = shard.ofUser(UserId(Uuid::fromName("player", "player-ana"))))
                found.set_value(anas->front()->id());
        });
        clients.sendToConnection(found.get_future().get(), SerializedHubMessage::make("News", QStringLiteral("mine")));
        clients.sendToConnection(randomConnectionName<ConnectionId>(),
                                 SerializedHubMessage::make("News", QStringLiteral("whose")));
        clients.sendToAll(SerializedHubMessage::make("News", QStringLiteral("ours")));
        const QByteArray toAna = ana.readUntil("ours"), toBen = ben.readUntil("ours");
        QVERIFY(toAna.contains("mine"));
        QVERIFY(!toBen.isEmpty() && !toBen.contains("mine"));
        QVERIFY(!toAna.contains("whose") && !toBen.contains("whose"));
    }

    void aStranger_getsNoConnection()
    {
        const GameServer game;
        NetClient stranger(quint16(QUrl(game.door.urls().front()).port()));
        QCOMPARE(open(stranger, "somebody"), 401);
    }
};

TERTULIA_TEST(tst_ownhub, TestOwnHub)
#include "tst_ownhub.moc"
