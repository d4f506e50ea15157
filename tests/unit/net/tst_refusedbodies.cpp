// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests that are refused by their head: when the connection goes on, and that no byte of a body becomes a request.

#include "doorclients.h"
#include "doorfixture.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace std::chrono_literals;

class TestRefusedBodies : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void refusedByPolicy_isAnswered_beforeTheBody()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 50000\r\n\r\n");
        const auto answer = client.answer();
        QCOMPARE(answer.status, 401);
        QVERIFY(answer.head.contains("Connection: close"));
        QCOMPARE(fixture.seen.handled, 0);
    }

    void refusedBody_endsTheConnection_unlessItIsSmall_data()
    {
        QTest::addColumn<QByteArray>("fields");
        QTest::addColumn<bool>("goesOn");
        QTest::newRow("small") << QByteArray("Content-Length: 200\r\n") << true;
        QTest::newRow("at the limit") << QByteArray("Content-Length: 16384\r\n") << true;
        QTest::newRow("above it") << QByteArray("Content-Length: 16385\r\n") << false;
        QTest::newRow("of unknown size") << QByteArray("Transfer-Encoding: chunked\r\n") << false;
        QTest::newRow("asked for") << QByteArray("Content-Length: 200\r\nExpect: 100-continue\r\n") << false;
        QTest::newRow("last one") << QByteArray("Content-Length: 200\r\nConnection: close\r\n") << false;
    }

    void refusedBody_endsTheConnection_unlessItIsSmall()
    {
        QFETCH(const QByteArray, fields);
        QFETCH(const bool, goesOn);
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send("POST /refused HTTP/1.1\r\nHost: x\r\n" + fields + "\r\n");
        const auto answer = client.answer();
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.head.contains("Connection: close"), !goesOn);
    }

    void refusedBody_isNoRequest()
    {
        DoorFixture fixture;
        const QByteArray body = get("/smuggled") + QByteArray(3000, 'x') + get("/smuggled");
        const QByteArray head =
            "POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n";
        NetClient client(fixture.port());
        client.send(head);
        QCOMPARE(client.answer().status, 401); // before the body
        client.send(body + get("/next"));
        QCOMPARE(client.answer().body, QByteArray("/next?:"));
        client.send(head + body + head + body + get("/at-once"));
        QCOMPARE(client.answer().status, 401);
        QCOMPARE(client.answer().status, 401);
        QCOMPARE(client.answer().body, QByteArray("/at-once?:"));
        const QByteArray slowly = head + body + get("/slowly");
        for (const char byte : slowly)
            client.send(QByteArray(1, byte));
        QCOMPARE(client.answer().status, 401);
        QCOMPARE(client.answer().body, QByteArray("/slowly?:"));
        QCOMPARE(fixture.seen.handled, 3);
    }

    void refusedBody_thatDoesNotCome_endsTheConnection()
    {
        NetSettings settings;
        settings.bodyStallTimeout = 100ms;
        settings.lingerTimeout = 50ms;
        DoorFixture fixture(settings);
        NetClient client(fixture.port());
        client.send("POST /refused HTTP/1.1\r\nHost: x\r\nContent-Length: 200\r\n\r\n");
        QCOMPARE(client.answer().status, 401);
        QTRY_COMPARE(fixture.door().counters().open, quint64(0));
    }

    void refusedWithoutBody_keepsTheConnection()
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send(get("/refused") + get("/x"));
        QCOMPARE(client.answer().status, 401);
        QCOMPARE(client.answer().status, 200);
    }
};

TERTULIA_TEST(tst_refusedbodies, TestRefusedBodies)
#include "tst_refusedbodies.moc"
