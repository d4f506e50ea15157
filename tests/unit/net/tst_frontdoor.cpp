// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "doorclients.h"
#include "doorfixture.h"
#include "support/testmain.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <future>

using namespace Tertulia::Test;
using namespace std::chrono_literals;

/// The front door over real loopback sockets: what well-behaved clients see.
class TstFrontDoor : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void get_isAnswered_withLengthAndDate();
    void keepAlive_servesManyRequests_byteByByte();
    void pipelined_requests_areAnsweredInOrder();
    void connectionClose_andHttp10_endTheConnection();
    void head_getsLengthWithoutBody();
    void noContent_hasNoLength();
    void emptyUnauthorized_hasStandardPhrase();
    void options_asterisk_isAnsweredByTheDoor();
    void badRequest_getsTheEnvelope_andIsClosed();
    void expectContinue_isAnswered_beforeTheBody();
    void chunkedBody_withTrailers_isReceived();
    void largeResponse_comesWhole();
    void policyLimit_isKept();
    void forgottenExchange_is500();
    void stream_isChunked_andKeepsTheConnection();
    void stream_forHttp10_endsWithTheConnection();
    void headOfStream_hasNoBody();
    void laterAnswer_reachesHalfClosedClient();
    void poll_endsWithThePeersSide();
    void peerThatHasEnded_isKnown_beforeItsEndIsRead();
    void clientGone_isTold_andAnswersGoNowhere();
    void streamClientGone_isTold();

    void upload_isStreamedToAFile_andRemovedAfterwards();
    void upload_abortedByClient_leavesNoFile();
    void upload_overLimit_is413();

    void cors_fieldsOnEveryAnswer_ofAllowedOrigins();
    void cors_preflight_isAnsweredByTheDoor();
    void cors_foreignOrigin_mayNotOpenWebSockets();
    void proxyFields_areBelieved_onlyFromProxies();
    void publicAddress_withoutTls_isRefused();
    void usedPort_isExplained();
    void drain_finishesRequests_andClosesTheRest();
    void drain_givesUp_afterItsTimeout();
    void threads_shareConnections();
    void exchange_mayOutliveTheDoor();
};

void TstFrontDoor::get_isAnswered_withLengthAndDate()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/hello%20you?a=1"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 200);
    QCOMPARE(answer.body, QByteArray("/hello you?a=1:"));
    QVERIFY(answer.head.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(answer.head.contains("\r\nContent-Type: text/plain\r\n"));
    QVERIFY(answer.head.contains("\r\nDate: "));
    QVERIFY(!answer.head.contains("Access-Control"));
    QCOMPARE(fixture.seen.lastHead().peer, QHostAddress(QHostAddress::LocalHost));
    QVERIFY(!fixture.seen.lastHead().secure);
    QVERIFY(!fixture.seen.lastHead().requestId.isEmpty());
}

void TstFrontDoor::keepAlive_servesManyRequests_byteByByte()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    for (int i = 0; i < 3; ++i) {
        const QByteArray request = post("/n" + QByteArray::number(i), "abc");
        for (const char byte : request)
            client.send(QByteArray(1, byte));
        QCOMPARE(client.answer().body, "/n" + QByteArray::number(i) + "?:abc");
    }
}

void TstFrontDoor::pipelined_requests_areAnsweredInOrder()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/later") + post("/b", "hi") + get("/c") + get("/later?2") + get("/d"));
    for (const char *body : {"/later?:", "/b?:hi", "/c?:", "/later?2:", "/d?:"})
        QCOMPARE(client.answer().body, QByteArray(body));
}

void TstFrontDoor::connectionClose_andHttp10_endTheConnection()
{
    DoorFixture fixture;
    for (const QByteArray &request : {get("/x", "Connection: close\r\n"), QByteArray("GET /x HTTP/1.0\r\n\r\n")}) {
        NetClient client(fixture.port());
        client.send(request);
        const QByteArray all = client.readAll();
        QVERIFY(!client.timedOut());
        QVERIFY(all.contains("\r\nConnection: close\r\n"));
        QVERIFY(all.endsWith("/x?:"));
    }
    NetClient client(fixture.port());
    client.send("GET /x HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    QVERIFY(client.answer().head.contains("\r\nConnection: keep-alive\r\n"));
    client.send(get("/y"));
    QCOMPARE(client.answer().body, QByteArray("/y?:"));
}

void TstFrontDoor::head_getsLengthWithoutBody()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("HEAD /big HTTP/1.1\r\nHost: x\r\n\r\n" + get("/x"));
    QVERIFY(client.answer(false).head.contains("\r\nContent-Length: 1048576\r\n"));
    QCOMPARE(client.answer().body, QByteArray("/x?:"));
}

void TstFrontDoor::noContent_hasNoLength()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/nothing") + get("/x"));
    QVERIFY(!client.answer().head.contains("Content-Length"));
    QCOMPARE(client.answer().body, QByteArray("/x?:"));
}

void TstFrontDoor::emptyUnauthorized_hasStandardPhrase()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/unauthorized"));
    const auto answer = client.answer();
    QVERIFY(answer.head.startsWith("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n"));
    QVERIFY(!answer.head.contains("Content-Type"));
}

void TstFrontDoor::options_asterisk_isAnsweredByTheDoor()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n");
    QCOMPARE(client.answer().status, 204);
    QCOMPARE(fixture.seen.admitted, 0);
}

void TstFrontDoor::badRequest_getsTheEnvelope_andIsClosed()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\n" + get("/smuggled"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 400);
    QVERIFY(answer.head.contains("\r\nConnection: close\r\n"));
    const QJsonObject envelope = QJsonDocument::fromJson(answer.body).object();
    QCOMPARE(envelope.value(QStringLiteral("success")), QJsonValue(false));
    QCOMPARE(envelope.value(QStringLiteral("code")), QJsonValue(QStringLiteral("BAD_REQUEST")));
    QVERIFY(!envelope.value(QStringLiteral("message")).toString().isEmpty());
    QVERIFY(!envelope.value(QStringLiteral("traceId")).toString().isEmpty());
    QCOMPARE(client.readAll(), QByteArray());
    QVERIFY(!client.timedOut());
    QVERIFY(!client.wasReset());
    QCOMPARE(fixture.seen.handled, 0);
}

void TstFrontDoor::expectContinue_isAnswered_beforeTheBody()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("POST /e HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.readUntil("\r\n\r\n"), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    client.send("hi");
    QCOMPARE(client.answer().body, QByteArray("/e?:hi"));
    client.send("POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n");
    QCOMPARE(client.answer().status, 413);
}

void TstFrontDoor::chunkedBody_withTrailers_isReceived()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    const QByteArray request =
        "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n"
        "0\r\nTrailer: 1\r\n\r\n";
    client.send(request + request);
    QCOMPARE(client.answer().body, QByteArray("/c?:abcde"));
    QCOMPARE(client.answer().body, QByteArray("/c?:abcde"));
    for (const char byte : request)
        client.send(QByteArray(1, byte));
    QCOMPARE(client.answer().body, QByteArray("/c?:abcde"));
}

void TstFrontDoor::largeResponse_comesWhole()
{
    DoorFixture fixture;
    NetClient client(fixture.port(), 4096);
    client.send(get("/big") + get("/big") + get("/x"));
    QCOMPARE(client.answer().body.size(), 1 << 20);
    QCOMPARE(client.answer().body.size(), 1 << 20);
    QCOMPARE(client.answer().body, QByteArray("/x?:"));
}

void TstFrontDoor::policyLimit_isKept()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(post("/small", "0123456789"));
    QCOMPARE(client.answer().status, 200);
    client.send(post("/small", "0123456789a"));
    QCOMPARE(client.answer().status, 413);
    NetClient chunked(fixture.port());
    chunked.send("POST /small HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n5\r\nghijk\r\n");
    QCOMPARE(chunked.answer().status, 413);
}

void TstFrontDoor::forgottenExchange_is500()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/forgotten"));
    QCOMPARE(client.answer().status, 500);
}

void TstFrontDoor::stream_isChunked_andKeepsTheConnection()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/stream") + get("/x"));
    const QByteArray head = client.readUntil("\r\n\r\n");
    QVERIFY(head.contains("\r\nTransfer-Encoding: chunked\r\n"));
    QVERIFY(!head.contains("Content-Length"));
    QCOMPARE(client.readUntil("0\r\n\r\n"), QByteArray("6\r\nfirst,\r\n6\r\nsecond\r\n0\r\n\r\n"));
    QCOMPARE(client.answer().body, QByteArray("/x?:"));
    QCOMPARE(fixture.seen.clientsGone, 0);
}

void TstFrontDoor::stream_forHttp10_endsWithTheConnection()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("GET /stream HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const QByteArray all = client.readAll();
    QVERIFY(!client.timedOut());
    QVERIFY(!all.contains("chunked"));
    QVERIFY(all.endsWith("\r\n\r\nfirst,second"));
}

void TstFrontDoor::headOfStream_hasNoBody()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("HEAD /stream HTTP/1.1\r\nHost: x\r\n\r\n" + get("/x"));
    QCOMPARE(client.answer(false).status, 200);
    QCOMPARE(client.answer().body, QByteArray("/x?:"));
}

void TstFrontDoor::laterAnswer_reachesHalfClosedClient()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/later"));
    client.endWriting();
    QCOMPARE(client.answer().body, QByteArray("/later?:"));
    client.readAll();
    QVERIFY(!client.timedOut());
}

void TstFrontDoor::poll_endsWithThePeersSide()
{
    NetSettings settings;
    settings.halfClosedTimeout = 1h; // is not what ends it
    DoorFixture fixture(settings);
    NetClient before(fixture.port());
    before.send(get("/poll"));
    QTRY_COMPARE(fixture.seen.handled, 1);
    before.endWriting();
    QCOMPARE(before.readAll(), QByteArray());
    QVERIFY(!before.timedOut());
    NetClient with(fixture.port());
    with.send(get("/poll"));
    with.endWriting();
    QCOMPARE(with.readAll(), QByteArray());
    QVERIFY(!with.timedOut());
    QTRY_COMPARE(fixture.seen.clientsGone, 2);
}

void TstFrontDoor::peerThatHasEnded_isKnown_beforeItsEndIsRead()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send(get("/keep"));
    QTRY_COMPARE(fixture.seen.handled, 1);
    std::promise<bool> there;
    std::promise<void> ended;
    std::promise<bool> thereAfterwards;
    fixture.door().threads().front()->post([&] {
        there.set_value(fixture.seen.kept.front()->isPeerThere());
        ended.get_future().wait(); // the thread cannot look at the socket meanwhile
        thereAfterwards.set_value(fixture.seen.kept.front()->isPeerThere());
    });
    QVERIFY(there.get_future().get());
    client.endWriting();
    ended.set_value();
    QVERIFY(!thereAfterwards.get_future().get());
}

void TstFrontDoor::clientGone_isTold_andAnswersGoNowhere()
{
    NetSettings settings;
    settings.halfClosedTimeout = 100ms;
    DoorFixture fixture(settings);
    for (int i = 0; i < 300; ++i) {
        NetClient client(fixture.port());
        client.send(get(i % 2 == 0 ? "/later" : "/keep"));
    }
    QTRY_COMPARE(fixture.seen.handled, 300);
    QTRY_VERIFY(fixture.seen.clientsGone >= 150);
    QTRY_COMPARE(fixture.door().counters().open, quint64(0));
    std::atomic<int> dead = 0;
    fixture.door().threads().front()->post([&] {
        for (const auto &exchange : fixture.seen.kept) {
            exchange->respond({});
            dead += exchange->isAlive() ? 0 : 1;
        }
        fixture.seen.kept.clear();
    });
    QTRY_COMPARE(dead, 150);
    NetClient client(fixture.port());
    client.send(get("/x"));
    QCOMPARE(client.answer().status, 200);
}

void TstFrontDoor::streamClientGone_isTold()
{
    DoorFixture fixture;
    {
        NetClient client(fixture.port());
        client.send(get("/stream"));
        client.readUntil("first,");
    }
    QTRY_COMPARE(fixture.seen.clientsGone, 1);
}

void TstFrontDoor::upload_isStreamedToAFile_andRemovedAfterwards()
{
    const QTemporaryDir folder;
    NetSettings settings;
    settings.uploadFolder = folder.filePath(QStringLiteral("uploads"));
    DoorFixture fixture(settings);
    NetClient client(fixture.port());
    const QByteArray body(20 << 20, 'u');
    client.send(post("/upload", body));
    QCOMPARE(client.answer().status, 201);
    QCOMPARE(fixture.seen.fileBytes, qint64(body.size()));
    QVERIFY(fixture.seen.lastBody().isEmpty());
    client.send("POST /upload HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
    QCOMPARE(client.answer().status, 201);
    QCOMPARE(fixture.seen.fileBytes, qint64(3));
    QTRY_VERIFY(QDir(settings.uploadFolder).isEmpty());
}

void TstFrontDoor::upload_abortedByClient_leavesNoFile()
{
    const QTemporaryDir folder;
    NetSettings settings;
    settings.uploadFolder = folder.path();
    DoorFixture fixture(settings);
    {
        NetClient client(fixture.port());
        client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 5000000\r\n\r\n" + QByteArray(1'000'000, 'x'));
        QTRY_VERIFY(!QDir(folder.path()).isEmpty());
    }
    QTRY_VERIFY(QDir(folder.path()).isEmpty());
    QCOMPARE(fixture.seen.handled, 0);
}

void TstFrontDoor::upload_overLimit_is413()
{
    const QTemporaryDir folder;
    NetSettings settings;
    settings.uploadFolder = folder.path();
    DoorFixture fixture(settings);
    NetClient client(fixture.port());
    client.send("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 104857601\r\n\r\n");
    QCOMPARE(client.answer().status, 413);
    QVERIFY(QDir(folder.path()).isEmpty());
}

void TstFrontDoor::cors_fieldsOnEveryAnswer_ofAllowedOrigins()
{
    NetSettings settings;
    settings.corsOrigins = {QStringLiteral("https://app.example")};
    DoorFixture fixture(settings);
    const QByteArray allowed = "Origin: https://app.example\r\n";
    for (const QByteArray &request :
         {get("/x", allowed), get("/unauthorized", allowed), get("/stream", allowed), get("/forgotten", allowed),
          get("/refused", allowed), "POST /small HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n" + allowed + "\r\n"}) {
        NetClient client(fixture.port());
        client.send(request);
        const QByteArray head = client.readUntil("\r\n\r\n");
        QVERIFY(head.contains("\r\nAccess-Control-Allow-Origin: https://app.example\r\n"));
        QVERIFY(head.contains("\r\nAccess-Control-Allow-Credentials: true\r\n"));
        QVERIFY(head.contains("\r\nVary: Origin\r\n"));
    }
    for (const QByteArray &origin : {QByteArray("Origin: https://app.example.evil\r\n"), QByteArray("Origin: null\r\n"),
                                     QByteArray("Origin: http://app.example\r\n"), QByteArray()}) {
        NetClient client(fixture.port());
        client.send(get("/x", origin));
        const QByteArray head = client.readUntil("\r\n\r\n");
        QVERIFY(!head.contains("Access-Control"));
        QVERIFY(head.contains("\r\nVary: Origin\r\n"));
    }
}

void TstFrontDoor::cors_preflight_isAnsweredByTheDoor()
{
    NetSettings settings;
    settings.corsOrigins = {QStringLiteral("https://app.example")};
    DoorFixture fixture(settings);
    const auto preflight = [](const QByteArray &origin) {
        return "OPTIONS /x HTTP/1.1\r\nHost: x\r\nOrigin: " + origin
            + "\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization,x-a\r\n\r\n";
    };
    NetClient client(fixture.port());
    client.send(preflight("https://app.example"));
    const auto answer = client.answer();
    QCOMPARE(answer.status, 204);
    for (const char *field : {"Access-Control-Allow-Origin: https://app.example", "Access-Control-Allow-Methods: PUT",
                              "Access-Control-Allow-Headers: authorization,x-a", "Access-Control-Max-Age: 7200"})
        QVERIFY2(answer.head.contains("\r\n" + QByteArray(field) + "\r\n"), field);
    client.send(preflight("https://evil.example"));
    QVERIFY(!client.answer().head.contains("Access-Control"));
    QCOMPARE(fixture.seen.admitted, 0);
}

void TstFrontDoor::cors_foreignOrigin_mayNotOpenWebSockets()
{
    NetSettings settings;
    settings.corsOrigins = {QStringLiteral("https://app.example")};
    DoorFixture fixture(settings);
    const auto statusFor = [&](const QByteArray &origin) {
        NetClient client(fixture.port());
        client.send(upgradeRequest("Origin: " + origin + "\r\n"));
        return client.answer().status;
    };
    QCOMPARE(statusFor("https://app.example"), 101);
    QCOMPARE(statusFor("http://door.example"), 101);
    QCOMPARE(statusFor("http://door.example:80"), 101);
    QCOMPARE(statusFor("http://door.example:81"), 403);
    QCOMPARE(statusFor("https://door.example"), 403);
    QCOMPARE(statusFor("https://evil.example"), 403);
    QCOMPARE(statusFor("null"), 403);
}

void TstFrontDoor::proxyFields_areBelieved_onlyFromProxies()
{
    const QByteArray fields =
        "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 198.51.100.7\r\nX-Forwarded-Proto: https\r\n";
    {
        DoorFixture fixture;
        NetClient client(fixture.port());
        client.send(get("/x", fields));
        client.answer();
        QCOMPARE(fixture.seen.lastHead().peer, QHostAddress(QHostAddress::LocalHost));
        QVERIFY(!fixture.seen.lastHead().secure);
    }
    NetSettings settings;
    settings.trustedProxies = {{QHostAddress(QStringLiteral("127.0.0.0")), 8}};
    DoorFixture fixture(settings);
    NetClient client(fixture.port());
    client.send(get("/x", fields));
    client.answer();
    QCOMPARE(fixture.seen.lastHead().peer, QHostAddress(QStringLiteral("198.51.100.7")));
    QVERIFY(fixture.seen.lastHead().secure);
}

void TstFrontDoor::publicAddress_withoutTls_isRefused()
{
    NetSettings settings;
    settings.listen = {{QHostAddress(QHostAddress::AnyIPv4), 0, false}};
    FrontDoor door(settings, {});
    const auto started = door.start();
    QVERIFY(!started);
    QVERIFY(started.error().message.contains(QStringLiteral("allow_plain_on_public_address")));
}

void TstFrontDoor::usedPort_isExplained()
{
    DoorFixture fixture;
    NetSettings settings;
    settings.listen = {{QHostAddress(QHostAddress::LocalHost), fixture.port(), false}};
    FrontDoor door(settings, {});
    const auto started = door.start();
    QVERIFY(!started);
    QVERIFY(started.error().message.contains(QString::number(fixture.port())));
    QVERIFY(started.error().message.contains(QStringLiteral("another program")));
}

void TstFrontDoor::drain_finishesRequests_andClosesTheRest()
{
    DoorFixture fixture;
    NetClient idle(fixture.port());
    idle.send(get("/x"));
    idle.answer();
    NetClient socket = openWebSocket(fixture);
    NetClient busy(fixture.port());
    busy.send(get("/later"));
    QTRY_COMPARE(fixture.seen.handled, 3);
    bool done = false;
    fixture.door().drain([&] { done = true; });
    QCOMPARE(idle.readAll(), QByteArray());
    QCOMPARE(closeCode(socket.read(4)), 1001);
    socket.send(clientFrame(0x88, QByteArray("\x03\xe9", 2)));
    QVERIFY(busy.answer().head.contains("\r\nConnection: close\r\n"));
    QVERIFY(!NetClient(fixture.port()).isConnected());
    idle.close();
    socket.close();
    busy.close();
    QTRY_VERIFY(done);
    QCOMPARE(fixture.seen.shutDowns, 1);
    QCOMPARE(fixture.door().counters().open, quint64(0));
}

void TstFrontDoor::drain_givesUp_afterItsTimeout()
{
    NetSettings settings;
    settings.drainTimeout = 200ms;
    DoorFixture fixture(settings);
    NetClient busy(fixture.port());
    busy.send(get("/keep"));
    QTRY_COMPARE(fixture.seen.handled, 1);
    bool done = false;
    fixture.door().drain([&] { done = true; });
    QTRY_VERIFY(done);
    QCOMPARE(busy.readAll(), QByteArray());
    QTRY_COMPARE(fixture.seen.clientsGone, 1);
}

void TstFrontDoor::threads_shareConnections()
{
    NetSettings settings;
    settings.threads = 3;
    DoorFixture fixture(settings);
    std::vector<NetClient> clients;
    for (int i = 0; i < 30; ++i)
        clients.push_back(openWebSocket(fixture));
    for (NetClient &client : clients)
        client.send(clientFrame(0x81, "hi"));
    for (NetClient &client : clients)
        QCOMPARE(client.read(4), QByteArray("\x82\x02hi"));
    QCOMPARE(fixture.door().threads().size(), size_t(3));
}

void TstFrontDoor::exchange_mayOutliveTheDoor()
{
    DoorFixture fixture;
    NetClient client(fixture.port());
    client.send("POST /keep HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc");
    QTRY_COMPARE(fixture.seen.handled, 1);
    fixture.reset();
    QCOMPARE(fixture.seen.clientsGone, 1);
    QVERIFY(!fixture.seen.kept.front()->isAlive());
    fixture.seen.kept.front()->respond({});
    fixture.seen.kept.clear();
}

TERTULIA_TEST(tst_frontdoor, TstFrontDoor)
#include "tst_frontdoor.moc"
