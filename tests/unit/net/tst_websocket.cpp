// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorclients.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Test;
using namespace std::chrono_literals;

/// WebSockets through a running front door (the frames themselves: tst_websocketframes).
class TstWebSocket : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase_data(); ///< all of them, by either way of sending
    void init();
    void webSocket_isAccepted_andEchoes();
    void webSocket_closed_isAnsweredWith1000_data();
    void webSocket_closed_isAnsweredWith1000();
    void webSocket_largeMessage_comesBackWhole();
    void webSocket_refused_getsAnyStatus();
    void webSocket_badHandshakes_areRefused();
    void webSocket_closedByServer_isAnswered();
    void webSocket_unansweredClose_isCutOff();
    void webSocket_aborted_justEnds();
    void webSocket_paused_losesNothing();
    void webSocket_protocolErrors_getTheirCode_data();
    void webSocket_protocolErrors_getTheirCode();
    void webSocket_clientVanishes_is1006();
    void webSocket_floods_leaveOthersTheirTurn();
};

void TstWebSocket::initTestCase_data()
{
    QTest::addColumn<bool>("ioUring");
    QTest::newRow("together") << true;
    QTest::newRow("each by itself") << false;
}

void TstWebSocket::init()
{
    QFETCH_GLOBAL(bool, ioUring);
    DoorFixture::ioUring = ioUring;
}

void TstWebSocket::webSocket_isAccepted_andEchoes()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(upgradeRequest() + clientFrame(0x81, "early"));
    const QByteArray head = client.readUntil("\r\n\r\n");
    QVERIFY(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"));
    QVERIFY(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
    QVERIFY(!head.contains("Content-Length"));
    QCOMPARE(client.read(7),
             QByteArray("\x82\x05"
                        "early"));
    client.send(clientFrame(0x01, "two ") + clientFrame(0x89, "ping") + clientFrame(0x80, "parts"));
    QCOMPARE(client.read(6), QByteArray("\x8a\x04ping"));
    QCOMPARE(client.read(11), QByteArray("\x82\x09two parts"));
    QCOMPARE(fixture.door().counters().webSockets, quint64(1));
    client.send(clientFrame(0x88, QByteArray("\x03\xe8", 2)));
    QCOMPARE(client.readAll(), QByteArray("\x88\x02\x03\xe8", 4));
    QVERIFY(!client.timedOut());
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1000), true));
    QTRY_COMPARE(fixture.door().counters().webSockets, quint64(0));
}

void TstWebSocket::webSocket_closed_isAnsweredWith1000_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<int>("told");
    QTest::newRow("no code") << QByteArray() << 1005;
    QTest::newRow("1000") << QByteArray("\x03\xe8", 2) << 1000;
    QTest::newRow("1001") << QByteArray("\x03\xe9", 2) << 1001;
    QTest::newRow("1011") << QByteArray("\x03\xf3", 2) << 1011;
    QTest::newRow("3000") << QByteArray("\x0b\xb8", 2) << 3000;
    QTest::newRow("4000 and why") << QByteArray("\x0f\xa0why") << 4000;
}

void TstWebSocket::webSocket_closed_isAnsweredWith1000()
{
    QFETCH(QByteArray, payload);
    QFETCH(int, told);
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    client.send(clientFrame(0x88, payload));
    QCOMPARE(client.readAll(), QByteArray("\x88\x02\x03\xe8", 4));
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(static_cast<quint16>(told), true));
}

void TstWebSocket::webSocket_largeMessage_comesBackWhole()
{
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    const QByteArray payload(900'000, 'x');
    client.send(clientFrame(0x82, payload));
    QCOMPARE(client.read(10).size(), 10);
    QCOMPARE(client.read(payload.size()), payload);
}

void TstWebSocket::webSocket_refused_getsAnyStatus()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(upgradeRequest({}, "/refuse-upgrade"));
    QVERIFY(client.answer().head.startsWith("HTTP/1.1 401 Unauthorized\r\n"));
    client.send(get("/x"));
    QCOMPARE(client.answer().status, 200);
}

void TstWebSocket::webSocket_badHandshakes_areRefused()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(upgradeRequest().replace("Version: 13", "Version: 12"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 426);
    QVERIFY(answer.head.contains("\r\nSec-WebSocket-Version: 13\r\n"));
    QCOMPARE(fixture.seen.handled, 0);
}

void TstWebSocket::webSocket_closedByServer_isAnswered()
{
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    client.send(clientFrame(0x81, "close-me"));
    QCOMPARE(client.read(15),
             QByteArray("\x88\x0d\x0f\xa1"
                        "as you wish"));
    client.send(clientFrame(0x81, "too late") + clientFrame(0x88, QByteArray("\x0f\xa1", 2)));
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(!client.timedOut());
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(4001), true));
}

void TstWebSocket::webSocket_unansweredClose_isCutOff()
{
    NetSettings settings;
    settings.webSocketCloseTimeout = 100ms;
    DoorFixture fixture(settings);
    NetClient client = openWebSocket(fixture);
    client.send(clientFrame(0x81, "close-me"));
    QCOMPARE(client.read(15).size(), 15);
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1006), false));
}

void TstWebSocket::webSocket_aborted_justEnds()
{
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    client.send(clientFrame(0x81, "abort-me"));
    QCOMPARE(client.readAll(), QByteArray());
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1006), false));
}

void TstWebSocket::webSocket_paused_losesNothing()
{
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    client.send(clientFrame(0x81, "pause-me") + clientFrame(0x81, "one") + clientFrame(0x81, "two").first(5));
    client.send(clientFrame(0x81, "two").sliced(5) + clientFrame(0x82, QByteArray(200'000, 'z')));
    QCOMPARE(client.read(5), QByteArray("\x82\x03one"));
    QCOMPARE(client.read(5), QByteArray("\x82\x03two"));
    QCOMPARE(client.read(200'010).size(), 200'010);
}

void TstWebSocket::webSocket_protocolErrors_getTheirCode_data()
{
    QTest::addColumn<QByteArray>("frames");
    QTest::addColumn<int>("code");
    QTest::newRow("unmasked") << clientFrame(0x81, "a", false) << 1002;
    QTest::newRow("reserved bit") << clientFrame(0xc1, "a") << 1002;
    QTest::newRow("bad text") << clientFrame(0x81, "\xff") << 1007;
    QTest::newRow("announces 600 MiB") << QByteArray("\x82\xff\x00\x00\x00\x00\x25\x80\x00\x00\x00\x00\x00\x00", 14)
                                       << 1009;
}

void TstWebSocket::webSocket_protocolErrors_getTheirCode()
{
    QFETCH(QByteArray, frames);
    QFETCH(int, code);
    DoorFixture fixture;
    NetClient client = openWebSocket(fixture);
    client.send(frames + QByteArray(100'000, 'x'));
    QCOMPARE(closeCode(client.readAll()), code);
    QVERIFY(!client.timedOut());
    QVERIFY(!client.wasReset());
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(static_cast<quint16>(code), false));
}

void TstWebSocket::webSocket_clientVanishes_is1006()
{
    DoorFixture fixture;
    {
        NetClient client = openWebSocket(fixture);
    }
    QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1006), false));
}

void TstWebSocket::webSocket_floods_leaveOthersTheirTurn()
{
    constexpr int floods = 20;
    constexpr qint64 share = 64 * 1024, sharesOfATurn = 256 * 1024;
    DoorFixture fixture;
    std::vector<NetClient> clients;
    for (int i = 0; i < floods; ++i) {
        clients.emplace_back(fixture.port());
        clients.back().send(upgradeRequest());
        QVERIFY(!clients.back().readUntil("\r\n\r\n").isEmpty());
    }
    NetClient holder(fixture.port()), other(fixture.port());
    holder.send("GET /wait HTTP/1.1\r\nHost: h\r\n\r\n");
    QTRY_COMPARE(fixture.seen.handled, floods + 1);

    const QByteArray much = clientFrame(0x02, QByteArray(4 << 20, 'm'));
    qint64 sent = 0;
    for (NetClient &client : clients)
        sent += client.sendSome(much);
    QVERIFY(sent > 2 * (floods * share + sharesOfATurn));
    other.send("GET /turn HTTP/1.1\r\nHost: h\r\n\r\n");
    fixture.seen.gate.release();
    const qint64 servedBefore = other.answer().body.toLongLong();
    QVERIFY2(servedBefore <= floods * share + sharesOfATurn + share, QByteArray::number(servedBefore));
    QTRY_VERIFY(fixture.seen.socketBytes >= sent - floods * 14); // without the frames' heads
}

TERTULIA_TEST(tst_websocket, TstWebSocket)
#include "tst_websocket.moc"
