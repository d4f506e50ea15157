// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Server-Sent Events and long polling against servers that do not keep to the rules, and the small parts below them.

#include "client/transport/huberrors.h"
#include "client/transport/sseparser.h"
#include "scriptedhub.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;

using State = HubConnection::State;

class HubFallbacksTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { hub = std::make_unique<ScriptedHub>(); }
    void cleanup() { hub.reset(); }

    void events_areCut_data();
    void events_areCut();
    void events_beyondTheLimit_areRefused();
    void completionErrors_data();
    void completionErrors();
    void codeWords_areTheServersOwn();
    void policy_delays();

    void eventStream_works();
    void eventStream_otherContent_isRefused();
    void eventStream_endless_endsTheConnection();
    void eventStream_failingPost_isLost();
    void polls_goOnUntil204();
    void polls_emptyAtOnce_arePaused();
    void polls_endless_endTheConnection();
    void polls_stop_deletes();
    void brokenPoll_isLost();
    void redirectedPolls_goOn();
    void brokenPost_isLost_data();
    void brokenPost_isLost();
    void refusedToken_ofAPost_isReplaced_data();
    void refusedToken_ofAPost_isReplaced();
    void refusedToken_ofAPoll_isReplaced();
    void refusedToken_ofBoth_isReplacedOnce_data();
    void refusedToken_ofBoth_isReplacedOnce();
    void refusedTokens_oneAfterTheOther_areTheEnd();
    void failedTransport_negotiatesAgainForTheNext();

private:
    [[nodiscard]] bool startEvents(HubConnection &connection);
    void startPolling(HubOptions options);
    [[nodiscard]] HubOptions optionsWithTokens();
    [[nodiscard]] static ScriptedAnswer body(const QByteArray &bytes);
    /// 401 for the token that has ended.
    [[nodiscard]] ScriptedAnswer answerTo(const ScriptedRequest &request);

    std::unique_ptr<ScriptedHub> hub;
    QString m_token, m_ended;
    QStringList m_rejected;
    std::unique_ptr<HubConnection> m_connection;
};

void HubFallbacksTest::events_areCut_data()
{
    QTest::addColumn<QByteArray>("stream");
    QTest::addColumn<QByteArray>("data");
    QTest::newRow("one") << QByteArray("data: a\r\n\r\n") << QByteArray("a");
    QTest::newRow("bare line feeds") << QByteArray("data: a\n\ndata: b\n\n") << QByteArray("ab");
    QTest::newRow("bare returns") << QByteArray("data: a\r\rdata: b\r\r") << QByteArray("ab");
    QTest::newRow("lines are joined") << QByteArray("data: a\r\ndata: b\r\n\r\n") << QByteArray("a\nb");
    QTest::newRow("without the space") << QByteArray("data:a\r\n\r\n") << QByteArray("a");
    QTest::newRow("comments and names") << QByteArray(":\r\nevent: x\r\nid: 7\r\ndata: a\r\n\r\n:\r\n\r\n")
                                        << QByteArray("a");
    QTest::newRow("not ended") << QByteArray("data: a\r\n\r\ndata: b\r\n") << QByteArray("a");
}

void HubFallbacksTest::events_areCut()
{
    QFETCH(QByteArray, stream);
    QFETCH(QByteArray, data);
    SseParser whole(1000);
    QCOMPARE(whole.take(stream).value(), data);
    SseParser pieces(1000);
    QByteArray got;
    for (const char c : stream)
        got += pieces.take(QByteArrayView(&c, 1)).value();
    QCOMPARE(got, data);
}

void HubFallbacksTest::events_beyondTheLimit_areRefused()
{
    SseParser line(1000);
    QVERIFY(line.take(QByteArray(900, 'x')));
    QCOMPARE(line.take(QByteArray(200, 'x')).error().code, ErrorCode::TooLarge);
    SseParser event(1000);
    QCOMPARE(event.take(QByteArray("data: x\n").repeated(1000)).error().reason, HubReasons::protocolError);
}

void HubFallbacksTest::completionErrors_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<Error>("expected");
    const QString head = u"An unexpected error occurred invoking 'X' on the server."_s;
    QTest::newRow("hidden") << head << Error::internal(head);
    QTest::newRow("not found") << head + u" HubException: NOT_FOUND: no such conversation"_s
                               << Error{ErrorCode::NotFound, u"NOT_FOUND"_s, u"no such conversation"_s, {}, 0};
    QTest::newRow("a field") << head + u" HubException: VALIDATION_ERROR: content: must be a text"_s
                             << Error{ErrorCode::Invalid, u"VALIDATION_ERROR"_s, u"must be a text"_s, u"content"_s, 0};
    QTest::newRow("later") << head + u" HubException: RATE_LIMITED: Too often. (retry after 7 s)"_s
                           << Error{ErrorCode::RateLimited, u"RATE_LIMITED"_s, u"Too often."_s, {}, 7};
    QTest::newRow("no words") << head + u" HubException: UNAVAILABLE:"_s
                              << Error{ErrorCode::Unavailable, u"UNAVAILABLE"_s, {}, {}, 0};
    QTest::newRow("a word of the future")
        << head + u" HubException: BLOCKED: no"_s << Error{ErrorCode::Forbidden, u"BLOCKED"_s, u"no"_s, {}, 0};
    QTest::newRow("no word") << head + u" HubException: Method does not exist."_s
                             << Error::internal(head + u" HubException: Method does not exist."_s);
}

void HubFallbacksTest::completionErrors()
{
    QFETCH(QString, text);
    QFETCH(Error, expected);
    QVERIFY2(errorOfCompletion(text) == expected, qPrintable(errorOfCompletion(text).message));
}

void HubFallbacksTest::codeWords_areTheServersOwn()
{
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        const Error error{ErrorCode(i), {}, {}, {}, 0};
        QCOMPARE(errorCodeOfWord(codeWord(error)), ErrorCode(i));
    }
}

void HubFallbacksTest::policy_delays()
{
    ReconnectPolicy policy;
    QCOMPARE(policy.delay(0, 0.9), 0ms);
    QCOMPARE(policy.delay(2, 0), 10'000ms);
    QCOMPARE(policy.delay(3, 1), 39'000ms);
    QCOMPARE(policy.delay(1000, 0), 30'000ms);
    policy.isEndless = false;
    QCOMPARE(policy.delay(3, 0), 30'000ms);
    QVERIFY(!policy.delay(4, 0));
    QVERIFY(!ReconnectPolicy::none().delay(0, 0));
}

// --- Server-Sent Events

bool HubFallbacksTest::startEvents(HubConnection &connection)
{
    hub->server.always("GET", u"/hub"_s, ScriptedAnswer::held());
    hub->server.always("POST", u"/hub"_s, body({}));
    const auto started = connection.start();
    if (!QTest::qWaitFor([this] { return hub->server.held(u"/hub"_s).size() == 1; }))
        return false;
    ScriptedExchange *const events = hub->server.held(u"/hub"_s)[0];
    events->beginStream("text/event-stream");
    events->write(":\r\n");
    if (!QTest::qWaitFor([this] { return hub->server.requests().back().method == "POST"; }))
        return false;
    events->write("data: {}\x1e\r\n\r\n");
    return await(started).has_value();
}

ScriptedAnswer HubFallbacksTest::body(const QByteArray &bytes)
{
    ScriptedAnswer answer;
    answer.body = bytes;
    return answer;
}

void HubFallbacksTest::eventStream_works()
{
    hub->transports = {HubTransport::ServerSentEvents};
    HubConnection connection(hub->options());
    int got = 0;
    connection.on<int>("Event"_L1, this, [&got](int i) { got += i; });
    QVERIFY(startEvents(connection));
    ScriptedExchange *const events = hub->server.held(u"/hub"_s)[0];
    QCOMPARE(events->request().headers.value("accept"), QByteArray("text/event-stream"));
    events->write("data: {\"type\":1,\"target\":\"event\",\"arg");
    QTest::qWait(20);
    events->write("uments\":[5]}\x1e\r\n\r\n");
    QTRY_COMPARE(got, 5);
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    events->hangUp();
    QTRY_COMPARE(lost.size(), 1);
}

void HubFallbacksTest::eventStream_otherContent_isRefused()
{
    hub->transports = {HubTransport::ServerSentEvents};
    hub->server.always("GET", u"/hub"_s, ScriptedAnswer::json(200, "{}"));
    HubConnection connection(hub->options());
    QCOMPARE(await(connection.start()).error().reason, HubReasons::refused);
}

void HubFallbacksTest::eventStream_endless_endsTheConnection()
{
    hub->transports = {HubTransport::ServerSentEvents};
    HubOptions options = hub->options();
    options.receiveLimit = 10'000;
    HubConnection connection(options);
    QVERIFY(startEvents(connection));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    hub->server.held(u"/hub"_s)[0]->write("data: " + QByteArray(200'000, 'x'));
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().code, ErrorCode::TooLarge);
}

void HubFallbacksTest::eventStream_failingPost_isLost()
{
    hub->transports = {HubTransport::ServerSentEvents};
    HubConnection connection(hub->options());
    QVERIFY(startEvents(connection));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    hub->server.always("POST", u"/hub"_s, ScriptedAnswer::json(404, "No Connection with that ID"));
    const auto answer = connection.invoke<int>("One"_L1);
    QCOMPARE(await(answer).error().reason, HubReasons::connectionLost);
    QCOMPARE(lost.size(), 1);
}

// --- long polling

void HubFallbacksTest::startPolling(HubOptions options)
{
    hub->transports = {HubTransport::LongPolling};
    hub->server.always("GET", u"/hub"_s, ScriptedAnswer::held());
    hub->server.always("POST", u"/hub"_s, body({}));
    hub->server.expect("GET", u"/hub"_s, body({}));
    hub->server.expect("GET", u"/hub"_s, body("{}\x1e"));
    m_connection = std::make_unique<HubConnection>(options);
    QVERIFY(await(m_connection->start()));
    QTRY_COMPARE(hub->server.held(u"/hub"_s).size(), size_t(1));
}

void HubFallbacksTest::polls_goOnUntil204()
{
    startPolling(hub->options());
    int got = 0;
    m_connection->on<int>("Event"_L1, this, [&got](int i) { got += i; });
    for (int i = 1; i <= 3; ++i) {
        hub->server.held(u"/hub"_s)[0]->answer(body("{\"type\":1,\"target\":\"event\",\"arguments\":[1]}\x1e"));
        QTRY_COMPARE(got, i);
        QTRY_COMPARE(hub->server.held(u"/hub"_s).size(), size_t(1));
    }
    hub->scheduler.advance(90s); // longer than the server time-out: nobody pings here
    QCOMPARE(m_connection->state(), State::Connected);
    QSignalSpy lost(m_connection.get(), &HubConnection::reconnecting);
    ScriptedAnswer over;
    over.status = 204;
    hub->server.held(u"/hub"_s)[0]->answer(over);
    QTRY_COMPARE(lost.size(), 1);
    m_connection.reset();
}

void HubFallbacksTest::polls_emptyAtOnce_arePaused()
{
    startPolling(hub->options());
    hub->server.always("GET", u"/hub"_s, body({}));
    const int before = hub->server.count(u"/hub"_s);
    hub->server.held(u"/hub"_s)[0]->answer(body({}));
    QTest::qWait(100);
    QCOMPARE(hub->server.count(u"/hub"_s), before);
    hub->scheduler.advance(1s);
    QTRY_COMPARE(hub->server.count(u"/hub"_s), before + 1);
    m_connection.reset();
}

void HubFallbacksTest::polls_endless_endTheConnection()
{
    HubOptions options = hub->options();
    options.receiveLimit = 10'000;
    startPolling(options);
    QSignalSpy lost(m_connection.get(), &HubConnection::reconnecting);
    hub->server.held(u"/hub"_s)[0]->beginStream("application/octet-stream");
    hub->server.held(u"/hub"_s)[0]->write(QByteArray(200'000, 'x'));
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().code, ErrorCode::TooLarge);
    m_connection.reset();
}

void HubFallbacksTest::polls_stop_deletes()
{
    startPolling(hub->options());
    ScriptedAnswer accepted;
    accepted.status = 202;
    hub->server.expect("DELETE", u"/hub"_s, accepted);
    QVERIFY(await(m_connection->stop()));
    QVERIFY2(hub->server.isDone(), qPrintable(hub->server.why()));
    m_connection.reset();
}

/// What the server had answered to it is gone, and Qt would quietly ask for what comes after it.
void HubFallbacksTest::brokenPoll_isLost()
{
    startPolling(hub->options());
    QSignalSpy lost(m_connection.get(), &HubConnection::reconnecting);
    hub->server.held(u"/hub"_s)[0]->hangUp();
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::connectionLost);
    m_connection.reset();
}

void HubFallbacksTest::redirectedPolls_goOn()
{
    startPolling(hub->options());
    int got = 0;
    m_connection->on<int>("Event"_L1, this, [&got](int i) { got += i; });
    QSignalSpy lost(m_connection.get(), &HubConnection::reconnecting);
    ScriptedAnswer elsewhere = body({}).with("Location", "/elsewhere");
    elsewhere.status = 307;
    elsewhere.closes = true; // what follows goes over another connection
    hub->server.expect("GET", u"/elsewhere"_s, body("{\"type\":1,\"target\":\"event\",\"arguments\":[1]}\x1e"));
    hub->server.held(u"/hub"_s)[0]->answer(elsewhere);
    QTRY_COMPARE(got, 1);
    QTRY_COMPARE(hub->server.held(u"/hub"_s).size(), size_t(1));
    QCOMPARE(lost.size(), 0);
    m_connection.reset();
}

void HubFallbacksTest::brokenPost_isLost_data()
{
    QTest::addColumn<HubTransport>("transport");
    QTest::newRow("event stream") << HubTransport::ServerSentEvents;
    QTest::newRow("long polling") << HubTransport::LongPolling;
}

/// The server may have heard it.
void HubFallbacksTest::brokenPost_isLost()
{
    QFETCH(const HubTransport, transport);
    hub->transports = {transport};
    if (transport == HubTransport::LongPolling) {
        startPolling(hub->options());
    } else {
        m_connection = std::make_unique<HubConnection>(hub->options());
        QVERIFY(startEvents(*m_connection));
    }
    QSignalSpy lost(m_connection.get(), &HubConnection::reconnecting);
    hub->server.expect("POST", u"/hub"_s, ScriptedAnswer::hangUp());
    const auto answer = m_connection->invoke<int>("One"_L1);
    QCOMPARE(await(answer).error().reason, HubReasons::connectionLost);
    QCOMPARE(lost.size(), 1);
    m_connection.reset();
}

HubOptions HubFallbacksTest::optionsWithTokens()
{
    m_token = u"token 1"_s;
    m_rejected.clear();
    HubOptions options = hub->options();
    options.accessToken = [this] { return answered<QString>(m_token); };
    options.rejectToken = [this](const QString &token) {
        m_rejected.append(token);
        m_token = u"token %1"_s.arg(m_rejected.size() + 1);
    };
    return options;
}

ScriptedAnswer HubFallbacksTest::answerTo(const ScriptedRequest &request)
{
    return request.token() == m_ended ? ScriptedAnswer::json(401, {}) : body({});
}

void HubFallbacksTest::refusedToken_ofAPost_isReplaced_data()
{
    QTest::addColumn<HubTransport>("transport");
    QTest::newRow("event stream") << HubTransport::ServerSentEvents;
    QTest::newRow("long polling") << HubTransport::LongPolling;
}

void HubFallbacksTest::refusedToken_ofAPost_isReplaced()
{
    QFETCH(const HubTransport, transport);
    if (transport == HubTransport::LongPolling) {
        startPolling(optionsWithTokens());
    } else {
        hub->transports = {transport};
        m_connection = std::make_unique<HubConnection>(optionsWithTokens());
        QVERIFY(startEvents(*m_connection));
    }
    QSignalSpy changed(m_connection.get(), &HubConnection::stateChanged);
    hub->server.always("POST", u"/hub"_s, [this](const ScriptedRequest &request) { return answerTo(request); });
    QStringList ended;
    for (int i = 1; i <= 3; ++i) {
        m_ended = m_token;
        ended.append(m_ended);
        QVERIFY(await(m_connection->send("Say"_L1, i)));
        QTRY_COMPARE(m_rejected, ended);
        const auto &requests = hub->server.requests();
        QTRY_VERIFY(requests.back().method == "POST" && requests.back().token() == m_token);
        QVERIFY(requests.back().body.contains("[" + QByteArray::number(i) + "]"));
    }
    QCOMPARE(changed.size(), 0);
    m_connection.reset();
}

void HubFallbacksTest::refusedToken_ofAPoll_isReplaced()
{
    startPolling(optionsWithTokens());
    QSignalSpy changed(m_connection.get(), &HubConnection::stateChanged);
    hub->server.held(u"/hub"_s)[0]->answer(ScriptedAnswer::json(401, {}));
    QTRY_COMPARE(hub->server.held(u"/hub"_s).size(), size_t(1));
    QCOMPARE(hub->server.requests().back().token(), u"token 2"_s);
    QCOMPARE(m_rejected, QStringList{u"token 1"_s});
    QCOMPARE(changed.size(), 0);
    m_connection.reset();
}

void HubFallbacksTest::refusedToken_ofBoth_isReplacedOnce_data()
{
    QTest::addColumn<bool>("isPollFirst");
    QTest::newRow("the poll is refused first") << true;
    QTest::newRow("the POST is refused first") << false;
}

void HubFallbacksTest::refusedToken_ofBoth_isReplacedOnce()
{
    QFETCH(const bool, isPollFirst);
    startPolling(optionsWithTokens());
    hub->server.always("POST", u"/hub"_s, ScriptedAnswer::held());
    (void)m_connection->send("Say"_L1, 1);
    const auto held = [this] { return hub->server.held(u"/hub"_s); };
    QTRY_COMPARE(held().size(), size_t(2)); // the poll and the POST, with the same token
    QSignalSpy changed(m_connection.get(), &HubConnection::stateChanged);
    for (const bool isPoll : {isPollFirst, !isPollFirst}) {
        const auto waiting = held();
        const auto refused = std::find_if(waiting.begin(), waiting.end(), [isPoll](const auto *one) {
            return one->request().token() == u"token 1"_s && (one->request().method == "GET") == isPoll;
        });
        QVERIFY(refused != waiting.end());
        (*refused)->answer(ScriptedAnswer::json(401, {}));
        QTRY_COMPARE(held().size(), size_t(2)); // repeated
        QCOMPARE(hub->server.requests().back().token(), u"token 2"_s);
    }
    QCOMPARE(m_rejected, QStringList{u"token 1"_s});
    QCOMPARE(changed.size(), 0);
    m_connection.reset();
}

void HubFallbacksTest::refusedTokens_oneAfterTheOther_areTheEnd()
{
    startPolling(optionsWithTokens());
    hub->server.always("POST", u"/hub"_s, ScriptedAnswer::json(401, {}));
    QSignalSpy closed(m_connection.get(), &HubConnection::closed);
    (void)m_connection->send("Say"_L1, 1);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<Error>().code, ErrorCode::Unauthenticated);
    QCOMPARE(m_rejected, QStringList{u"token 1"_s});
    m_connection.reset();
}

void HubFallbacksTest::failedTransport_negotiatesAgainForTheNext()
{
    hub->transports = {HubTransport::WebSockets, HubTransport::LongPolling};
    hub->server.refuseWebSockets(u"/hub"_s);
    hub->server.always("GET", u"/hub"_s, ScriptedAnswer::held());
    hub->server.always("POST", u"/hub"_s, body({}));
    hub->server.expect("GET", u"/hub"_s, ScriptedAnswer::json(400, "no WebSockets here"));
    hub->server.expect("GET", u"/hub"_s, body({}));
    hub->server.expect("GET", u"/hub"_s, body("{}\x1e"));
    HubConnection connection(hub->options());
    QVERIFY(await(connection.start()));
    QCOMPARE(connection.transport(), HubTransport::LongPolling);
    QCOMPARE(hub->server.count(u"/hub/negotiate"_s), 2);
}

TERTULIA_TEST(tst_hubfallbacks, HubFallbacksTest)
#include "tst_hubfallbacks.moc"
