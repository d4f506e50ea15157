// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// The connection against a scripted server: negotiation, handshake, keep-alive, loss and return, and servers that do
// not keep to the rules.

#include "client/transport/huberrors.h"
#include "scriptedhub.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;

using State = HubConnection::State;

class HubConnectionTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { hub = std::make_unique<ScriptedHub>(); }
    void cleanup() { hub.reset(); }

    void handshake_isVersionOneInTheIdsUrl();
    void handshake_bad_data();
    void handshake_bad();
    void handshake_late_isTimeout();
    void negotiation_bad_data();
    void negotiation_bad();
    void negotiation_late_isTimeout();
    void redirect_withoutEnd_isRefused();
    void redirect_elsewhere_getsOnlyItsOwnToken();
    void stop_whileConnecting_cancelsStart();

    void ping_afterSilenceOfOurs();
    void server_silent_isLost();
    void server_pings_isNotLost();
    void close_withReconnect_comesBack();
    void close_without_isTheEnd();
    void socket_lost_failsCallsAndComesBack();
    void reconnect_waitsByThePolicy();
    void reconnect_shortLivedConnections_keepTheBackOff();
    void reconnect_now_skipsTheWait();
    void reconnect_policyNone_closes();
    void reconnect_credentialsRefused_closes();
    void retryStart_triesUntilItIsThere();
    void retryAfter_ofTheServer_isKept();
    void stop_whileWaiting_ends();

    void garbage_endsTheConnection_data();
    void garbage_endsTheConnection();
    void rawGarbage_endsTheConnection();
    void record_overLimit_endsTheConnection();
    void harmless_isIgnored_data();
    void harmless_isIgnored();
    void records_inPieces_areJoined();
    void calls_beyondTheLimit_fail();
    void handlers_mayStopAndDestroy();

private:
    std::unique_ptr<ScriptedHub> hub;
};

void HubConnectionTest::handshake_isVersionOneInTheIdsUrl()
{
    HubOptions options = hub->options();
    options.accessToken = [] { return answered<QString>(u"token"_s); };
    HubConnection connection(options);
    QVERIFY(hub->connect(connection));
    QCOMPARE(hub->handshake, QByteArray("{\"protocol\":\"json\",\"version\":1}\x1e"));
    const ScriptedRequest &negotiation = hub->server.requests()[0];
    QCOMPARE(negotiation.queryItem(u"negotiateVersion"_s), u"1"_s);
    QCOMPARE(negotiation.queryItem(u"useStatefulReconnect"_s), u"true"_s);
    QCOMPARE(negotiation.token(), u"token"_s);
    QCOMPARE(QUrlQuery(hub->socket->requestUrl()).queryItemValue(u"id"_s, QUrl::FullyDecoded), u"secret/id"_s);
    QCOMPARE(hub->socket->requestHeader("Authorization"), QByteArray("Bearer token"));
    QVERIFY(!hub->socket->requestUrl().toString().contains(u"access_token"));
    QCOMPARE(connection.connectionId(), u"public-id"_s);
}

void HubConnectionTest::handshake_bad_data()
{
    QTest::addColumn<QByteArray>("reply");
    QTest::addColumn<QString>("reason");
    QTest::newRow("error") << QByteArray("{\"error\":\"no\"}\x1e") << QString(HubReasons::refused);
    QTest::newRow("a message") << QByteArray("{\"type\":1,\"target\":\"x\",\"arguments\":[]}\x1e")
                               << QString(HubReasons::protocolError);
    QTest::newRow("no JSON") << QByteArray("hello\x1e") << QString(HubReasons::protocolError);
    QTest::newRow("a list") << QByteArray("[]\x1e") << QString(HubReasons::protocolError);
    QTest::newRow("an error that is no text") << QByteArray("{\"error\":{}}\x1e") << QString(HubReasons::protocolError);
    QTest::newRow("without end") << QByteArray(5000, ' ') << QString(HubReasons::protocolError);
}

void HubConnectionTest::handshake_bad()
{
    QFETCH(QByteArray, reply);
    QFETCH(QString, reason);
    HubOptions options = hub->options();
    options.receiveLimit = 1024;
    HubConnection connection(options);
    QSignalSpy closed(&connection, &HubConnection::closed);
    const auto started = connection.start();
    QVERIFY(hub->accept(reply));
    QCOMPARE(await(started).error().reason, reason);
    QCOMPARE(connection.state(), State::Disconnected);
    QCOMPARE(closed.size(), 0);
    QTRY_VERIFY(!hub->socket->isOpen());
}

void HubConnectionTest::handshake_late_isTimeout()
{
    HubConnection connection(hub->options());
    const auto started = connection.start();
    QVERIFY(hub->nextSocket());
    QVERIFY(!hub->socket->take().isEmpty());
    hub->scheduler.advance(15s);
    QCOMPARE(await(started).error().code, ErrorCode::Timeout);
}

void HubConnectionTest::negotiation_bad_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("reason");
    QTest::newRow("error") << QByteArray(R"({"error":"go away"})") << QString(HubReasons::refused);
    QTest::newRow("no JSON") << QByteArray("<html>") << QString(HubReasons::protocolError);
    QTest::newRow("nothing") << QByteArray() << QString(HubReasons::protocolError);
    QTest::newRow("old SignalR") << QByteArray(R"({"ProtocolVersion":"1.5"})") << QString(HubReasons::protocolError);
    QTest::newRow("no transports") << QByteArray(R"({"connectionId":"a","availableTransports":[]})")
                                   << QString(HubReasons::protocolError);
    QTest::newRow("unknown transports") << QByteArray(
        R"({"connectionId":"a","availableTransports":[{"transport":"Pigeons","transferFormats":["Text"]}]})")
                                        << QString(HubReasons::noTransport);
    QTest::newRow("too long") << QByteArray(200'000, ' ') << QString(HubReasons::protocolError);
    QTest::newRow("redirect to no address") << QByteArray(R"({"url":"nowhere"})") << QString(HubReasons::protocolError);
    QTest::newRow("redirect to a file") << QByteArray(R"({"url":"file:///etc/passwd"})")
                                        << QString(HubReasons::protocolError);
}

void HubConnectionTest::negotiation_bad()
{
    QFETCH(QByteArray, body);
    QFETCH(QString, reason);
    hub->server.always("POST", u"/hub/negotiate"_s, ScriptedAnswer::json(200, body));
    HubConnection connection(hub->options());
    QCOMPARE(await(connection.start()).error().reason, reason);
    QCOMPARE(connection.state(), State::Disconnected);
    QCOMPARE(connection.lastError().reason, reason);
}

void HubConnectionTest::negotiation_late_isTimeout()
{
    hub->server.always("POST", u"/hub/negotiate"_s, ScriptedAnswer::held());
    HubConnection connection(hub->options());
    const auto started = connection.start();
    QTRY_COMPARE(hub->server.held(u"/hub/negotiate"_s).size(), size_t(1));
    hub->scheduler.advance(30s);
    QCOMPARE(await(started).error().code, ErrorCode::Timeout);
}

void HubConnectionTest::redirect_withoutEnd_isRefused()
{
    const QByteArray url = hub->options().url.toEncoded();
    hub->server.always("POST", u"/hub/negotiate"_s, ScriptedAnswer::json(200, R"({"url":")" + url + R"("})"));
    HubConnection connection(hub->options());
    QCOMPARE(await(connection.start()).error().reason, HubReasons::protocolError);
    QCOMPARE(hub->server.requests().size(), size_t(21));
}

void HubConnectionTest::redirect_elsewhere_getsOnlyItsOwnToken()
{
    for (const QByteArray &accessToken : {QByteArray(), QByteArray(R"(,"accessToken":"theirs")")}) {
        ScriptedServer first;
        first.always(
            "POST", u"/hub/negotiate"_s,
            ScriptedAnswer::json(200, R"({"url":")" + hub->options().url.toEncoded() + '"' + accessToken + '}'));
        HubOptions options = hub->options();
        options.url.setPort(first.url().port());
        options.accessToken = [] { return answered<QString>(u"ours"_s); };
        HubConnection connection(options);
        QVERIFY(hub->connect(connection));
        QCOMPARE(first.requests()[0].token(), u"ours"_s);
        const QString expected = accessToken.isEmpty() ? QString() : u"theirs"_s;
        QCOMPARE(hub->server.requests().back().token(), expected);
        QCOMPARE(hub->server.requests()[hub->server.requests().size() - 2].token(), expected);
    }
}

void HubConnectionTest::stop_whileConnecting_cancelsStart()
{
    HubConnection connection(hub->options());
    const auto started = connection.start();
    QVERIFY(hub->nextSocket());
    QVERIFY(await(connection.stop()));
    QCOMPARE(await(started).error().code, ErrorCode::Cancelled);
    QCOMPARE(connection.state(), State::Disconnected);
    QTRY_VERIFY(!hub->socket->isOpen());
    QCOMPARE(hub->scheduler.waitingCount(), size_t(0));
}

void HubConnectionTest::ping_afterSilenceOfOurs()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(10s);
    QVERIFY(await(connection.send("Hello"_L1)));
    QVERIFY(hub->hear().contains("Hello"));
    hub->scheduler.advance(14s);
    QTest::qWait(20);
    QVERIFY(hub->socket->received().isEmpty());
    hub->scheduler.advance(1s);
    QCOMPARE(hub->socket->take(), ScriptedHub::ping());
    // Nothing wakes us in between.
    QVERIFY(hub->scheduler.untilNext() >= 5s);
}

void HubConnectionTest::server_silent_isLost()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    hub->scheduler.advance(29s);
    QCOMPARE(lost.size(), 0);
    hub->scheduler.advance(1s);
    QCOMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::serverTimeout);
    QCOMPARE(connection.state(), State::Reconnecting);
}

void HubConnectionTest::server_pings_isNotLost()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    bool isHeard = false;
    connection.on<>("Heard"_L1, this, [&isHeard] { isHeard = true; });
    for (int i = 0; i < 10; ++i) {
        hub->scheduler.advance(20s);
        isHeard = false;
        hub->say("{\"type\":6}");
        hub->say(R"({"type":1,"target":"heard","arguments":[]})");
        QTRY_VERIFY(isHeard);
    }
    QCOMPARE(lost.size(), 0);
}

void HubConnectionTest::close_withReconnect_comesBack()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    QSignalSpy states(&connection, &HubConnection::stateChanged);
    QSignalSpy reconnected(&connection, &HubConnection::reconnected);
    hub->say(R"({"type":7,"error":"Connection closed with an error.","allowReconnect":true})");
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    QVERIFY(connection.lastError().message.contains(u"Connection closed with an error."));
    QTRY_VERIFY(connection.isWaiting());
    hub->scheduler.advance(0s);
    QVERIFY(hub->accept());
    QTRY_COMPARE(connection.state(), State::Connected);
    QCOMPARE(reconnected.size(), 1);
    QCOMPARE(states.size(), 2);
}

void HubConnectionTest::close_without_isTheEnd()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    QSignalSpy closed(&connection, &HubConnection::closed);
    hub->say(R"({"type":7})");
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<Error>().reason, HubReasons::closedByServer);
    QCOMPARE(connection.state(), State::Disconnected);
    QCOMPARE(hub->scheduler.waitingCount(), size_t(0));
    // It may be started again.
    QVERIFY(hub->connect(connection));
}

void HubConnectionTest::socket_lost_failsCallsAndComesBack()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    std::optional<Result<void>> streamEnd;
    const auto answer = connection.invoke<int>("Wait"_L1);
    auto upload = connection.upload<int>();
    const auto uploading = connection.invoke<int>("Upload"_L1, upload);
    const auto stream = connection.stream<int>(
        "Stream"_L1, this, [](int) {}, [&streamEnd](const Result<void> &end) { streamEnd = end; });
    hub->socket->abort();
    QCOMPARE(await(answer).error().reason, HubReasons::connectionLost);
    QCOMPARE(await(uploading).error().code, ErrorCode::Unavailable);
    QVERIFY(streamEnd && !*streamEnd);
    QCOMPARE(upload.write(1), UploadResult::Closed);
    QCOMPARE(await(connection.invoke<int>("Wait"_L1)).error().reason, HubReasons::notConnected);
    hub->scheduler.advance(0s);
    QVERIFY(hub->accept());
    QTRY_COMPARE(connection.state(), State::Connected);
    const auto second = connection.invoke<int>("Again"_L1);
    QCOMPARE(hub->socket->take(), ScriptedHub::ping());
    QVERIFY(hub->hear().contains("Again"));
}

void HubConnectionTest::reconnect_waitsByThePolicy()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->server.stop();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    for (const auto wait : {0s, 2s, 10s, 30s, 30s, 30s}) {
        QTRY_VERIFY(connection.isWaiting());
        QCOMPARE(hub->scheduler.untilNext(), std::chrono::milliseconds(wait));
        hub->scheduler.advance(wait);
        QVERIFY(!connection.isWaiting());
    }
    QTRY_VERIFY(connection.isWaiting());
    hub->server.start();
    hub->scheduler.advance(30s);
    QVERIFY(hub->accept());
    QTRY_COMPARE(connection.state(), State::Connected);
}

void HubConnectionTest::reconnect_shortLivedConnections_keepTheBackOff()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    for (const auto wait : {0s, 2s, 10s}) {
        hub->say("garbage");
        QTRY_VERIFY(connection.isWaiting());
        QCOMPARE(hub->scheduler.untilNext(), std::chrono::milliseconds(wait));
        hub->scheduler.advance(wait);
        QVERIFY(hub->accept());
        QTRY_COMPARE(connection.state(), State::Connected);
    }
    hub->scheduler.advance(10s);
    hub->say("garbage");
    QTRY_VERIFY(connection.isWaiting());
    QCOMPARE(hub->scheduler.untilNext(), 0ms);
}

void HubConnectionTest::reconnect_now_skipsTheWait()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->server.stop();
    QTRY_VERIFY(connection.isWaiting());
    hub->scheduler.advance(0s);
    QTRY_VERIFY(connection.isWaiting());
    hub->server.start();
    connection.reconnectNow();
    QVERIFY(hub->accept());
    QTRY_COMPARE(connection.state(), State::Connected);
    connection.reconnectNow(); // nothing to do
    QCOMPARE(connection.state(), State::Connected);
}

void HubConnectionTest::reconnect_policyNone_closes()
{
    HubOptions options = hub->options();
    options.reconnect = ReconnectPolicy::none();
    HubConnection connection(options);
    QVERIFY(hub->connect(connection));
    QSignalSpy closed(&connection, &HubConnection::closed);
    hub->socket->abort();
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(connection.state(), State::Disconnected);
}

void HubConnectionTest::reconnect_credentialsRefused_closes()
{
    HubOptions options = hub->options();
    QStringList rejected;
    int asked = 0;
    options.accessToken = [&asked] { return answered<QString>(u"token %1"_s.arg(++asked)); };
    options.rejectToken = [&rejected](const QString &token) { rejected.append(token); };
    HubConnection connection(options);
    QVERIFY(hub->connect(connection));
    QSignalSpy closed(&connection, &HubConnection::closed);
    hub->server.always("POST", u"/hub/negotiate"_s, ScriptedAnswer::json(401, {}));
    hub->socket->abort();
    QTRY_VERIFY(connection.isWaiting());
    hub->scheduler.advance(0s);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<Error>().code, ErrorCode::Unauthenticated);
    QCOMPARE(rejected, QStringList{u"token 3"_s}); // asked once more, then it is final
    QCOMPARE(connection.state(), State::Disconnected);
}

void HubConnectionTest::retryStart_triesUntilItIsThere()
{
    HubOptions options = hub->options();
    options.retryStart = true;
    HubConnection connection(options);
    QSignalSpy reconnected(&connection, &HubConnection::reconnected);
    hub->server.stop();
    const auto started = connection.start();
    QTRY_VERIFY(connection.isWaiting());
    QCOMPARE(connection.state(), State::Connecting);
    hub->scheduler.advance(0s);
    QTRY_VERIFY(connection.isWaiting());
    hub->server.start();
    hub->scheduler.advance(2s);
    QVERIFY(hub->accept());
    QVERIFY(await(started));
    QCOMPARE(reconnected.size(), 0);
}

void HubConnectionTest::retryAfter_ofTheServer_isKept()
{
    HubOptions options = hub->options();
    options.retryStart = true;
    hub->server.always("POST", u"/hub/negotiate"_s, ScriptedAnswer::json(503, {}).with("Retry-After", "7"));
    HubConnection connection(options);
    const auto started = connection.start();
    QTRY_VERIFY(connection.isWaiting());
    QCOMPARE(hub->scheduler.untilNext(), 7000ms);
    QVERIFY(await(connection.stop()));
    QCOMPARE(await(started).error().code, ErrorCode::Cancelled);
}

void HubConnectionTest::stop_whileWaiting_ends()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->server.stop();
    QTRY_VERIFY(connection.isWaiting());
    QSignalSpy closed(&connection, &HubConnection::closed);
    QVERIFY(await(connection.stop()));
    QCOMPARE(connection.state(), State::Disconnected);
    QCOMPARE(closed.size(), 0);
    QCOMPARE(hub->scheduler.waitingCount(), size_t(0));
}

void HubConnectionTest::garbage_endsTheConnection_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("no JSON") << QByteArray("garbage");
    QTest::newRow("no object") << QByteArray("[1]");
    QTest::newRow("no type") << QByteArray("{}");
    QTest::newRow("a type that is no number") << QByteArray(R"({"type":"1"})");
    QTest::newRow("no target") << QByteArray(R"({"type":1,"arguments":[]})");
    QTest::newRow("no arguments") << QByteArray(R"({"type":1,"target":"x"})");
    QTest::newRow("an id that is no text") << QByteArray(R"({"type":3,"invocationId":7})");
    QTest::newRow("result and error") << QByteArray(R"({"type":3,"invocationId":"1","result":1,"error":"x"})");
    QTest::newRow("deep") << QByteArray(R"({"type":1,"target":"x","arguments":)" + QByteArray(100, '[')
                                        + QByteArray(100, ']') + '}');
}

void HubConnectionTest::garbage_endsTheConnection()
{
    QFETCH(QByteArray, record);
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    hub->say(record);
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::protocolError);
    QTRY_VERIFY(!hub->socket->isOpen());
}

void HubConnectionTest::rawGarbage_endsTheConnection()
{
    for (const QByteArray &bytes :
         {QByteArray("\xff\xff\xff\xff\xff\xff"), QByteArray("\x83\x01x", 3),
          QByteArray("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10), QByteArray("HTTP/1.1 200 OK\r\n\r\n")}) {
        HubConnection connection(hub->options());
        QVERIFY(hub->connect(connection));
        QSignalSpy lost(&connection, &HubConnection::reconnecting);
        hub->socket->injectRaw(bytes);
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::protocolError);
    }
}

void HubConnectionTest::record_overLimit_endsTheConnection()
{
    HubOptions options = hub->options();
    options.receiveLimit = 100'000;
    for (const qsizetype size : {qsizetype(110'000), qsizetype(2'000'000)}) { // a record, a WebSocket message
        HubConnection connection(options);
        QVERIFY(hub->connect(connection));
        QSignalSpy lost(&connection, &HubConnection::reconnecting);
        hub->say(R"({"type":1,"target":"x","arguments":[")" + QByteArray(size, 'x') + R"("]})");
        QTRY_COMPARE(lost.size(), 1);
        QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::protocolError);
        QCOMPARE(lost[0][0].value<Error>().code, ErrorCode::TooLarge);
    }
}

void HubConnectionTest::harmless_isIgnored_data()
{
    QTest::addColumn<QByteArray>("record");
    QTest::newRow("a type of the future") << QByteArray(R"({"type":99,"x":1})");
    QTest::newRow("an answer to nothing") << QByteArray(R"({"type":3,"invocationId":"77","result":1})");
    QTest::newRow("an item of nothing") << QByteArray(R"({"type":2,"invocationId":"77","item":1})");
    QTest::newRow("a cancelling of nothing") << QByteArray(R"({"type":5,"invocationId":"77"})");
    QTest::newRow("a stream call") << QByteArray(R"({"type":4,"invocationId":"77","target":"x","arguments":[]})");
    QTest::newRow("an unknown event") << QByteArray(R"({"type":1,"target":"x","arguments":[]})");
    QTest::newRow("an ack unasked") << QByteArray(R"({"type":8,"sequenceId":5})");
    QTest::newRow("a sequence unasked") << QByteArray(R"({"type":9,"sequenceId":5})");
    QTest::newRow("unknown properties") << QByteArray(R"({"type":6,"colour":"green"})");
}

void HubConnectionTest::harmless_isIgnored()
{
    QFETCH(QByteArray, record);
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    const auto answer = connection.invoke<int>("Count"_L1);
    QVERIFY(hub->hear().contains("Count"));
    hub->say(record);
    hub->say(R"({"type":3,"invocationId":"1","result":5})");
    QCOMPARE(await(answer), Result<int>(5));
    QCOMPARE(connection.state(), State::Connected);
}

void HubConnectionTest::records_inPieces_areJoined()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    const auto first = connection.invoke<int>("One"_L1);
    const auto second = connection.invoke<int>("Two"_L1);
    hub->socket->injectText(u"{\"type\":3,\"invocationId\":\"1\",\"resu"_s);
    hub->socket->injectText(u"lt\":5}\x1e{\"type\":3,\"invocationId\":\"2\",\"result\":6}\x1e{"_s);
    QCOMPARE(await(first), Result<int>(5));
    QCOMPARE(await(second), Result<int>(6));
}

void HubConnectionTest::calls_beyondTheLimit_fail()
{
    hub->isStateful = true;
    HubOptions options = hub->options();
    options.statefulBuffer = 10'000;
    options.sendLimit = 100'000;
    HubConnection connection(options);
    QVERIFY(hub->connect(connection));
    QSignalSpy writable(&connection, &HubConnection::writable);
    auto upload = connection.upload<QString>();
    std::ignore = connection.invoke<int>("Upload"_L1, upload);
    const QString item(5'000, u'x');
    // Nothing is acknowledged: first the buffer fills, then the queue behind it, then nothing more is taken.
    int sent = 0, queued = 0;
    UploadResult last = UploadResult::Sent;
    while ((last = upload.write(item)) != UploadResult::Closed)
        ++(last == UploadResult::Sent ? sent : queued);
    QVERIFY2(sent >= 10 && sent < 20, qPrintable(QString::number(sent)));
    QVERIFY2(queued >= 2 && queued < 20, qPrintable(QString::number(queued)));
    QVERIFY(connection.waitingBytes() <= 100'000);
    QCOMPARE(await(connection.invoke("X"_L1, QString(50'000, u'x'))).error().reason, HubReasons::sendBufferFull);
    QVERIFY(connection.state() == State::Connected);
    // With acks all of it goes out.
    for (int i = 1; i <= sent + queued + 1; ++i) {
        QVERIFY(!hub->hear().isEmpty());
        hub->say(R"({"type":8,"sequenceId":)" + QByteArray::number(i) + '}');
        QTest::qWait(1);
    }
    QTRY_COMPARE(writable.size(), 1);
    QCOMPARE(upload.write(item), UploadResult::Sent);
}

void HubConnectionTest::handlers_mayStopAndDestroy()
{
    {
        HubConnection connection(hub->options());
        int events = 0;
        connection.on<>("Go"_L1, this, [&connection, &events] {
            ++events;
            connection.stop();
        });
        QVERIFY(hub->connect(connection));
        hub->socket->injectText(u"{\"type\":1,\"target\":\"Go\",\"arguments\":[]}\x1e"_s.repeated(3));
        QTRY_COMPARE(connection.state(), State::Disconnected);
        QCOMPARE(events, 1);
    }
    {
        auto *connection = new HubConnection(hub->options());
        QSignalSpy gone(connection, &QObject::destroyed);
        connect(connection, &HubConnection::reconnecting, connection, &QObject::deleteLater);
        QVERIFY(hub->connect(*connection));
        const auto answer = connection->invoke<int>("X"_L1);
        hub->socket->abort();
        QTRY_COMPARE(gone.size(), 1);
        QVERIFY(!answer.result());
    }
    QCOMPARE(hub->scheduler.waitingCount(), size_t(0));
}

TERTULIA_TEST(tst_hubconnection, HubConnectionTest)
#include "tst_hubconnection.moc"
