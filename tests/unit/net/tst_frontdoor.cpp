// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorfixture.h"
#include "netclient.h"

#include <QTest>

using namespace Tertulia::Test;

namespace {

const QByteArray upgradeRequest = "GET /ws HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"
                                  "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";

NetClient openWebSocket(quint16 port)
{
    NetClient client(port);
    client.send(upgradeRequest);
    client.readUntil("\r\n\r\n");
    return client;
}

} // namespace

/// The front door over real loopback sockets: what well-behaved clients see.
class TstFrontDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void get_isAnswered_withLengthAndDate()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send("GET /hello%20you?a=1 HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto answer = client.answer();
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body, QByteArray("/hello you?a=1:"));
        QVERIFY(answer.head.startsWith("HTTP/1.1 200 OK\r\n"));
        QVERIFY(answer.head.contains("\r\nContent-Type: text/plain\r\n"));
        QVERIFY(answer.head.contains("\r\nDate: "));
        QVERIFY(!answer.head.contains("Access-Control"));
    }

    void keepAlive_servesManyRequests_byteByByte()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        for (int i = 0; i < 3; ++i) {
            const QByteArray request
                = "POST /n" + QByteArray::number(i) + " HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc";
            for (const char byte : request)
                client.send(QByteArray(1, byte));
            QCOMPARE(client.answer().body, "/n" + QByteArray::number(i) + "?:abc");
        }
    }

    void pipelined_requests_areAnsweredInOrder()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send("GET /later HTTP/1.1\r\nHost: x\r\n\r\nPOST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhiGET /c "
                    "HTTP/1.1\r\nHost: x\r\n\r\n");
        QCOMPARE(client.answer().body, QByteArray("/later?:"));
        QCOMPARE(client.answer().body, QByteArray("/b?:hi"));
        QCOMPARE(client.answer().body, QByteArray("/c?:"));
    }

    void webSocket_isAccepted_andEchoes()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send(upgradeRequest + clientFrame(0x81, "early"));
        const QByteArray head = client.readUntil("\r\n\r\n");
        QVERIFY(head.startsWith("HTTP/1.1 101 Switching Protocols\r\n"));
        QVERIFY(head.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"));
        QCOMPARE(client.read(7), QByteArray("\x82\x05" "early"));
        client.send(clientFrame(0x01, "two ") + clientFrame(0x89, "ping") + clientFrame(0x80, "parts"));
        QCOMPARE(client.read(6), QByteArray("\x8a\x04ping"));
        QCOMPARE(client.read(11), QByteArray("\x82\x09two parts"));
        client.send(clientFrame(0x88, QByteArray("\x03\xe8", 2)));
        QCOMPARE(client.readAll(), QByteArray("\x88\x02\x03\xe8", 4));
        QVERIFY(!client.timedOut());
        QTRY_COMPARE(fixture.seen.lastClose(), std::make_pair(quint16(1000), true));
    }

    void webSocket_largeMessage_comesBackWhole()
    {
        DoorFixture fixture;
        NetClient client = openWebSocket(fixture.port());
        const QByteArray payload(300'000, 'x');
        client.send(clientFrame(0x82, payload));
        QCOMPARE(client.read(10).size(), 10);
        QCOMPARE(client.read(payload.size()), payload);
    }
};

QTEST_GUILESS_MAIN(TstFrontDoor)
#include "tst_frontdoor.moc"
