// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorclients.h"
#include "doorfixture.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Test;

/// A running front door shares what it has: among the clients behind a proxy, among those who send bodies, and
/// among those who ask.
class TstDoorShares : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void clientsBehindAProxy_areCountedByTheirAddress();
    void webSocketsBehindAProxy_areCountedByTheirAddress();
    void silentProxy_isToldOf_once();
    void oneNetworksBodies_leaveRoomForOthers();
    void onePersonsBodies_leaveRoomForOthers();
    void announcedBodies_costLittle();
    void pipelined_requests_leaveOthersTheirTurn();
    void pipelined_requests_areAllAnswered_beforeTheClientsEnd();
};

void TstDoorShares::clientsBehindAProxy_areCountedByTheirAddress()
{
    NetSettings settings;
    settings.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
    settings.maxConnectionsPerAddress = 2;
    DoorFixture fixture(settings);
    const auto from = [](const QByteArray &address) { return "X-Forwarded-For: " + address + "\r\n"; };
    std::vector<NetClient> clients;
    for (int i = 0; i < 2; ++i)
        clients.emplace_back(fixture.port()).send(get("/keep", from("192.0.2.1")));
    QTRY_COMPARE(fixture.seen.handled, 2);
    NetClient third(fixture.port());
    third.send(get("/x", from("192.0.2.1")));
    QCOMPARE(third.answer().status, 429);
    QCOMPARE(fixture.door().counters().refused, quint64(1));
    NetClient other(fixture.port());
    for (int i = 0; i < 5; ++i) { // one after the other is no matter
        other.send(get("/x", from("192.0.2.2")));
        QCOMPARE(other.answer().status, 200);
    }
    clients.front().close();
    QTRY_COMPARE(fixture.seen.clientsGone, 1);
    NetClient again(fixture.port());
    again.send(get("/x", from("192.0.2.1")));
    QCOMPARE(again.answer().status, 200);
    QTRY_COMPARE(fixture.door().counters().open, quint64(3)); // the kept one, other, again
}

void TstDoorShares::webSocketsBehindAProxy_areCountedByTheirAddress()
{
    NetSettings settings;
    settings.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
    settings.maxConnectionsPerAddress = 2;
    settings.maxNewConnectionsPerAddressPerMinute = 3;
    DoorFixture fixture(settings);
    const auto open = [&fixture](NetClient &client, const QByteArray &address) {
        client = NetClient(fixture.port());
        client.send(upgradeRequest("X-Forwarded-For: " + address + "\r\n"));
        return client.readUntil("\r\n\r\n").mid(9, 3).toInt();
    };
    NetClient first, second, third;
    QCOMPARE(open(first, "192.0.2.1"), 101);
    QCOMPARE(open(second, "192.0.2.1"), 101);
    QCOMPARE(open(third, "192.0.2.1"), 429);
    QCOMPARE(open(third, "192.0.2.2"), 101);
    second.close();
    QTRY_COMPARE(fixture.door().counters().webSockets, quint64(2));
    QCOMPARE(open(second, "192.0.2.1"), 101);
    second.close();
    QTRY_COMPARE(fixture.door().counters().webSockets, quint64(2));
    QCOMPARE(open(second, "192.0.2.1"), 429); // the fourth in a minute
    // The first is served meanwhile.
    first.send(clientFrame(0x82, "hello"));
    QCOMPARE(first.read(7), QByteArray("\x82\x05hello"));
}

void TstDoorShares::silentProxy_isToldOf_once()
{
    static std::atomic<int> told;
    told = 0;
    const QtMessageHandler before =
        qInstallMessageHandler([](QtMsgType type, const QMessageLogContext &, const QString &text) {
            told += type == QtWarningMsg && text.contains(QLatin1String("X-Forwarded-For")) ? 1 : 0;
        });
    {
        NetSettings settings;
        settings.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
        DoorFixture fixture(settings);
        NetClient client(fixture.port());
        for (int i = 0; i < 3; ++i) {
            client.send(get("/x"));
            client.answer();
        }
        QVERIFY(!fixture.seen.lastHead().local);
    }
    qInstallMessageHandler(before);
    QCOMPARE(told, 1);
}

void TstDoorShares::oneNetworksBodies_leaveRoomForOthers()
{
    NetSettings settings;
    settings.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
    settings.maxBodyBytesPerNetwork = 3 << 20;
    DoorFixture fixture(settings);
    const auto head = [](const QByteArray &from) {
        return "POST /x HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: " + from + "\r\nContent-Length: 1048576\r\n\r\n";
    };
    // All from one /64, each stopping one byte short.
    std::vector<NetClient> clients;
    for (int i = 0; i < 66; ++i) {
        NetClient &client = clients.emplace_back(fixture.port());
        client.send(head("2001:db8::" + QByteArray::number(i + 1, 16)) + QByteArray((1 << 20) - 1, 'x'));
        if (i < 3)
            QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(i + 1) << 20);
        else
            QCOMPARE(client.answer().status, 429);
    }
    QCOMPARE(fixture.door().counters().bodyBytesHeld, quint64(3 << 20));
    NetClient neighbour(fixture.port());
    neighbour.send(head("2001:db8:0:1::1") + QByteArray(1 << 20, 'x'));
    QCOMPARE(neighbour.answer().status, 200);
    clients.clear();
    QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(0));
}

void TstDoorShares::onePersonsBodies_leaveRoomForOthers()
{
    NetSettings settings;
    settings.maxBodyBytesPerPerson = 1 << 20;
    DoorFixture fixture(settings);
    const auto head = [](const Tertulia::UserId &person) {
        return "POST /x HTTP/1.1\r\nHost: x\r\nX-Person: " + person.uuid().toUtf8()
            + "\r\nContent-Length: 1048576\r\n\r\n";
    };
    const auto hog = Tertulia::UserId::generate();
    NetClient holding(fixture.port());
    holding.send(head(hog) + QByteArray((1 << 20) - 1, 'x'));
    QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(1 << 20));
    NetClient second(fixture.port());
    second.send(head(hog) + "x");
    const auto refusal = second.answer();
    QCOMPARE(refusal.status, 429);
    QVERIFY(refusal.head.contains("\r\nRetry-After: "));
    NetClient other(fixture.port());
    other.send(head(Tertulia::UserId::generate()) + QByteArray(1 << 20, 'x'));
    QCOMPARE(other.answer().status, 200);
    holding.send("x");
    QCOMPARE(holding.answer().status, 200);
}

void TstDoorShares::announcedBodies_costLittle()
{
    DoorFixture fixture;
    std::vector<NetClient> clients;
    for (int i = 0; i < 500; ++i)
        clients.emplace_back(fixture.port()).send("POST /x HTTP/1.1\r\nHost: x\r\nContent-Length: 1048576\r\n\r\nx");
    QTRY_COMPARE(fixture.door().counters().bodyBytesHeld, quint64(500 * 4096));
    NetClient other(fixture.port());
    other.send(get("/x"));
    QCOMPARE(other.answer().status, 200);
}

void TstDoorShares::pipelined_requests_leaveOthersTheirTurn()
{
    constexpr int ahead = 20, requests = 200, inARow = 4, sharesOfATurn = 4;
    DoorFixture fixture;
    NetClient holder(fixture.port()), other(fixture.port());
    std::vector<NetClient> clients;
    for (int i = 0; i < ahead; ++i)
        clients.emplace_back(fixture.port());
    holder.send(get("/wait"));
    QTRY_COMPARE(fixture.seen.handled, 1);
    for (NetClient &client : clients)
        client.send(get("/").repeated(requests));
    other.send(get("/served"));
    fixture.seen.gate.release();
    const int servedBefore = other.answer().body.toInt();
    QVERIFY2(servedBefore <= 1 + inARow * (ahead + sharesOfATurn), QByteArray::number(servedBefore));
    for (NetClient &client : clients) {
        for (int i = 0; i < requests; ++i)
            QCOMPARE(client.answer().status, 200);
    }
}

void TstDoorShares::pipelined_requests_areAllAnswered_beforeTheClientsEnd()
{
    DoorFixture fixture;
    for (const char *path : {"/", "/turn", "/refused"}) {
        NetClient client(fixture.port());
        client.send(get(path).repeated(50));
        client.endWriting();
        const QByteArray answers = client.readAll();
        QVERIFY(!client.timedOut());
        QCOMPARE(answers.count("HTTP/1.1 "), 50);
    }
}

TERTULIA_TEST(tst_doorshares, TstDoorShares)
#include "tst_doorshares.moc"
