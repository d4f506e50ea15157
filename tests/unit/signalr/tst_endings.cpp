// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubtalk.h"
#include "support/testmain.h"

#include <QMutex>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Tokens of one sign-in; they end that many seconds after the start.
const QByteArray early = "ana.1.100";
const QByteArray late = "ana.1.1000";
const QByteArray other = "ana.2.1000";
/// Each a sign-in of its own.
const QByteArray foreignEarly = "ana.foreign.100";
const QByteArray foreignLate = "ana.foreign.1000";

/// A WebSocket ping: whether there is anybody.
const QByteArray question("\x89\0", 2);

HubSettings settings()
{
    HubSettings settings;
    settings.heartbeat = std::chrono::milliseconds(10);
    return settings;
}

NetSettings net()
{
    NetSettings settings;
    settings.webSocketCloseTimeout = std::chrono::milliseconds(50); // nobody answers the close frame here
    return settings;
}

NetClient connected(HubStage &stage, const Negotiated &negotiated, const QByteArray &token, int version)
{
    NetClient socket(stage.port());
    openSocket(socket, negotiated.token, token);
    say(socket, handshake(version));
    socket.readUntil("{}\x1e");
    return socket;
}

QByteArray get(const Negotiated &negotiated, const QByteArray &token, const QByteArray &fields = {})
{
    return hubRequest("GET", "/hub?id=" + negotiated.token, token, fields);
}

QByteArray post(const Negotiated &negotiated, const QByteArray &token, const QByteArray &body)
{
    return hubRequest("POST", "/hub?id=" + negotiated.token, token, {}, body);
}

QMutex logMutex;
QStringList logLines;

void keepLog(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    Q_UNUSED(type)
    Q_UNUSED(context)
    const QMutexLocker lock(&logMutex);
    logLines.append(text);
}

} // namespace

/// How the server ends connections, and says why.
class TestEndings final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void socket_whoseTokenHasEnded_isToldToComeBack();
    void statefulSocket_whoseTokenHasEnded_isCut_andGoesOnWithAFreshOne_data();
    void statefulSocket_whoseTokenHasEnded_isCut_andGoesOnWithAFreshOne();
    void waitingPoll_isAnswered_whenItsTokenEnds_andAFreshOneKeepsTheConnection();
    void events_liveOn_withAPostThatHasAFreshToken();
    void posts_areTaken_untilTheGraceIsOver();
    void post_withAnEndedToken_isTakenFromItsOwnSignInOnly();
    void foreignTokens_renew_butNotWithOneThatWasEnded_data();
    void foreignTokens_renew_butNotWithOneThatWasEnded();
    void tokenOfAnotherSignIn_keepsNothing();
    void connectionsWithOneToken_endAtDifferentMoments();
    void silentSocket_thatNeverPinged_isAsked_andEnds_whenNobodyAnswers();
    void silentSocket_thatAnswersForItsClient_staysOpen_alsoResumed();
    void silentSocket_whoseClientHasPinged_ends_whateverItsSocketAnswers();
    void silentEvents_thatNeverPinged_end();
    void deadlines_areLookedAt_whileMoreAndMoreConnectionsCome();
    void statefulOutputLimit_isLogged_withItsName();
};

void TestEndings::socket_whoseTokenHasEnded_isToldToComeBack()
{
    HubStage stage(settings(), net());
    NetClient socket = connected(stage, negotiate(stage, early), early, 1);
    stage.clock().advance(std::chrono::seconds(99));
    say(socket, call("1", "Echo", "still good"));
    QVERIFY(!socket.readUntil("still good").isEmpty());
    stage.clock().advance(std::chrono::seconds(61));
    QVERIFY(!socket.readUntil("{\"type\":7,\"allowReconnect\":true}\x1e").isEmpty());
    NetClient again(stage.port());
    QCOMPARE(openSocket(again, negotiate(stage, late).token, early), 401);
}

void TestEndings::statefulSocket_whoseTokenHasEnded_isCut_andGoesOnWithAFreshOne_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("of ours") << early << late;
    QTest::newRow("of a foreign provider") << foreignEarly << foreignLate;
}

void TestEndings::statefulSocket_whoseTokenHasEnded_isCut_andGoesOnWithAFreshOne()
{
    QFETCH(const QByteArray, before);
    QFETCH(const QByteArray, after);
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, before, true);
    NetClient socket = connected(stage, negotiated, before, 2);
    stage.clock().advance(std::chrono::seconds(160));
    QVERIFY(!socket.readAll().contains("\"type\":7"));
    QVERIFY(!socket.timedOut());

    NetClient stale(stage.port());
    QCOMPARE(openSocket(stale, negotiated.token, before), 401);
    NetClient fresh(stage.port());
    QCOMPARE(openSocket(fresh, negotiated.token, after), 101);
    say(fresh, "{\"type\":9,\"sequenceId\":1}\x1e" + call("1", "Echo", "the same connection"));
    QVERIFY(!fresh.readUntil("the same connection").isEmpty());
    stage.clock().advance(std::chrono::seconds(600));
    QVERIFY(!fresh.readUntil("{\"type\":6}\x1e").isEmpty());
    say(fresh, call("2", "Echo", "and still"));
    QVERIFY(!fresh.readUntil("and still").isEmpty());
}

void TestEndings::waitingPoll_isAnswered_whenItsTokenEnds_andAFreshOneKeepsTheConnection()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, early);
    NetClient poller(stage.port());
    NetClient poster(stage.port());
    poller.send(get(negotiated, early));
    QCOMPARE(poller.answer().status, 200);
    poster.send(post(negotiated, early, handshake()));
    QCOMPARE(poster.answer().status, 200);
    poller.send(get(negotiated, early));
    QCOMPARE(poller.answer().body, "{}\x1e");

    stage.clock().advance(std::chrono::seconds(99));
    const quint64 before = stage.door().counters().requests;
    poller.send(get(negotiated, early));
    QTRY_VERIFY(stage.door().counters().requests > before);
    for (HubThread *const thread : stage.threads())
        HubStage::run(*thread, [] {}); // the turn in which it came is over, and it waits
    stage.clock().advance(std::chrono::seconds(1));
    const auto woken = poller.answer();
    QCOMPARE(woken.status, 200);
    QVERIFY(woken.body.isEmpty());
    poller.send(get(negotiated, early));
    QCOMPARE(poller.answer().status, 401);
    poller.send(get(negotiated, late));
    stage.clock().advance(std::chrono::seconds(80));
    poster.send(post(negotiated, late, call("1", "Echo", "still here")));
    QCOMPARE(poster.answer().status, 200);
    QVERIFY(poller.answer().body.contains("still here"));
}

void TestEndings::events_liveOn_withAPostThatHasAFreshToken()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, early);
    NetClient stream(stage.port());
    NetClient poster(stage.port());
    stream.send(get(negotiated, early, "Accept: text/event-stream\r\n"));
    QVERIFY(!stream.readUntil(":\r\n").isEmpty());
    poster.send(post(negotiated, early, handshake()));
    QCOMPARE(poster.answer().status, 200);
    stage.clock().advance(std::chrono::seconds(110));
    poster.send(post(negotiated, late, call("1", "Echo", "renewed")));
    QCOMPARE(poster.answer().status, 200);
    QVERIFY(!stream.readUntil("renewed").isEmpty());
    stage.clock().advance(std::chrono::seconds(600));
    QVERIFY(!stream.readUntil("{\"type\":6}").isEmpty());
    QCOMPARE(stage.server().connectionCount(), 1);
}

/// The npm client does not ask for another token when a POST is refused (docs/decisions/0057).
void TestEndings::posts_areTaken_untilTheGraceIsOver()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, early);
    NetClient stream(stage.port());
    stream.send(get(negotiated, early, "Accept: text/event-stream\r\n"));
    QVERIFY(!stream.readUntil(":\r\n").isEmpty());
    NetClient poster(stage.port());
    poster.send(post(negotiated, early, handshake()));
    QCOMPARE(poster.answer().status, 200);
    stage.clock().advance(std::chrono::seconds(129));
    poster.send(post(negotiated, early, call("1", "Echo", "the last words")));
    QCOMPARE(poster.answer().status, 200);
    QVERIFY(!stream.readUntil("the last words").isEmpty());
    const QByteArray ending = "ana.1.130";
    const Negotiated unused = negotiate(stage, ending);
    stage.clock().advance(std::chrono::seconds(1));
    for (const QByteArray &request :
         {post(unused, ending, handshake()), hubRequest("POST", "/hub/negotiate", ending)}) {
        NetClient beginner(stage.port());
        beginner.send(request);
        QCOMPARE(beginner.answer().status, 401);
    }
    stage.clock().advance(std::chrono::seconds(30));
    QVERIFY(!stream.readUntil("{\"type\":7,\"allowReconnect\":true}\x1e").isEmpty());
    NetClient after(stage.port());
    after.send(post(negotiated, early, call("2", "Echo", "too late")));
    QVERIFY(after.answer().status >= 401); // unknown, or else without a good token
}

void TestEndings::post_withAnEndedToken_isTakenFromItsOwnSignInOnly()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, other);
    NetClient stream(stage.port());
    stream.send(get(negotiated, other, "Accept: text/event-stream\r\n"));
    QVERIFY(!stream.readUntil(":\r\n").isEmpty());
    stage.clock().advance(std::chrono::seconds(110));
    NetClient poster(stage.port());
    poster.send(post(negotiated, early, handshake()));
    const auto refused = poster.answer();
    QCOMPARE(refused.status, 401);
    QVERIFY(refused.body.isEmpty());
}

void TestEndings::foreignTokens_renew_butNotWithOneThatWasEnded_data()
{
    QTest::addColumn<bool>("isEnded");
    QTest::newRow("good") << false;
    QTest::newRow("ended on the way") << true;
}

void TestEndings::foreignTokens_renew_butNotWithOneThatWasEnded()
{
    QFETCH(bool, isEnded);
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, foreignEarly, true);
    NetClient socket = connected(stage, negotiated, foreignEarly, 2);
    const auto found = stage.find(negotiated.id);
    QVERIFY(found.first);
    if (isEnded)
        stage.endSignIn(foreignLate);
    HubStage::run(*found.second, [&] {
        Caller caller = found.first->caller();
        caller.session = HubStage::signIn(foreignLate);
        caller.until = stage.clock().now() + std::chrono::seconds(1000);
        caller.token = foreignLate;
        found.first->renew(caller);
    });
    stage.clock().advance(std::chrono::seconds(160));
    if (isEnded) {
        QVERIFY(!socket.readAll().contains("\"type\":7")); // cut
        return;
    }
    say(socket, call("1", "Echo", "renewed"));
    QVERIFY(!socket.readUntil("renewed").isEmpty());
    stage.endSignIn(foreignLate);
    QVERIFY(!socket.readUntil("\"type\":7").isEmpty());
}

void TestEndings::tokenOfAnotherSignIn_keepsNothing()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, early);
    NetClient stream(stage.port());
    NetClient poster(stage.port());
    stream.send(get(negotiated, early, "Accept: text/event-stream\r\n"));
    QVERIFY(!stream.readUntil(":\r\n").isEmpty());
    poster.send(post(negotiated, other, handshake()));
    QCOMPARE(poster.answer().status, 200);
    QVERIFY(!stream.readUntil("{}\x1e").isEmpty());
    stage.clock().advance(std::chrono::seconds(160));
    QVERIFY(!stream.readUntil("{\"type\":7,\"allowReconnect\":true}\x1e").isEmpty());
}

void TestEndings::connectionsWithOneToken_endAtDifferentMoments()
{
    HubStage stage(settings(), net());
    constexpr int count = 40;
    std::vector<NetClient> sockets;
    for (int i = 0; i < count; ++i)
        sockets.push_back(connected(stage, negotiate(stage, early), early, 1));
    int over = 0;
    const auto look = [&] {
        over = 0;
        for (HubThread *const thread : stage.threads()) {
            HubStage::run(*thread, [&over, thread] {
                thread->forEach([&over](const HttpConnection &one) { over += one.isTokenGraceOver() ? 1 : 0; });
            });
        }
    };
    stage.clock().advance(std::chrono::seconds(129));
    look();
    QCOMPARE(over, 0);
    QCOMPARE(stage.server().connectionCount(), count);
    stage.clock().advance(std::chrono::seconds(16));
    QTRY_VERIFY(stage.server().connectionCount() < count);
    QVERIFY(stage.server().connectionCount() > 0);
    stage.clock().advance(std::chrono::seconds(16));
    for (NetClient &socket : sockets)
        QVERIFY(!socket.readUntil("{\"type\":7,\"allowReconnect\":true}\x1e").isEmpty());
}

void TestEndings::silentSocket_thatNeverPinged_isAsked_andEnds_whenNobodyAnswers()
{
    HubStage stage(settings(), net());
    NetClient socket = connected(stage, negotiate(stage, late), late, 1);
    stage.clock().advance(std::chrono::seconds(31));
    QVERIFY(!socket.readUntil(question).isEmpty());
    stage.clock().advance(std::chrono::seconds(31));
    QVERIFY(
        !socket.readUntil(R"({"type":7,"error":"Connection closed with an error.","allowReconnect":true})").isEmpty());
    QTRY_COMPARE(stage.server().connectionCount(), 0);
}

void TestEndings::silentSocket_thatAnswersForItsClient_staysOpen_alsoResumed()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, late, true);
    NetClient socket = connected(stage, negotiated, late, 2);
    for (int i = 0; i < 4; ++i) {
        for (int k = 0; k < 3; ++k) {
            stage.clock().advance(std::chrono::seconds(31));
            QVERIFY(!socket.readUntil(question).isEmpty());
            socket.send(clientFrame(0x8a, {}));
            socket.send(clientFrame(0x89, "seen")); // whose answer tells that the pong was read
            QVERIFY(!socket.readUntil("seen").isEmpty());
            for (HubThread *const thread : stage.threads())
                HubStage::run(*thread, [] {}); // what crossed to the connection's thread has come
        }
        NetClient next(stage.port()); // on another thread each time
        QCOMPARE(openSocket(next, negotiated.token, late), 101);
        QVERIFY(!next.readUntil("\"type\":9").isEmpty());
        socket = std::move(next);
    }
    QCOMPARE(stage.server().connectionCount(), 1);
}

void TestEndings::silentSocket_whoseClientHasPinged_ends_whateverItsSocketAnswers()
{
    HubStage stage(settings(), net());
    NetClient socket = connected(stage, negotiate(stage, late), late, 1);
    say(socket, "{\"type\":6}\x1e" + call("1", "Echo", "pinged"));
    QVERIFY(!socket.readUntil("pinged").isEmpty());
    stage.clock().advance(std::chrono::seconds(31));
    const QByteArray end = socket.readUntil("\"allowReconnect\":true");
    QVERIFY(!end.isEmpty());
    QVERIFY(!end.contains(question));
}

void TestEndings::silentEvents_thatNeverPinged_end()
{
    HubStage stage(settings(), net());
    const Negotiated negotiated = negotiate(stage, late);
    NetClient stream(stage.port());
    NetClient poster(stage.port());
    stream.send(get(negotiated, late, "Accept: text/event-stream\r\n"));
    QVERIFY(!stream.readUntil(":\r\n").isEmpty());
    poster.send(post(negotiated, late, handshake()));
    QCOMPARE(poster.answer().status, 200);
    QVERIFY(!stream.readUntil("{}").isEmpty());
    for (int i = 0; i < 2; ++i) {
        stage.clock().advance(std::chrono::seconds(31));
        QVERIFY(!stream.readUntil(i == 0 ? "\"type\":6" : "\"type\":7").isEmpty());
    }
    QTRY_COMPARE(stage.server().connectionCount(), 0);
}

namespace {

/// A connection that brings the next one at its first look at the deadlines.
class Bringer final : public HttpConnection
{
public:
    Bringer(HubThread &thread, HubEndpoint &endpoint, std::atomic<int> &looks)
        : HttpConnection({.thread = thread,
                          .endpoint = endpoint,
                          .id = randomConnectionName<ConnectionId>(),
                          .token = randomConnectionName<ConnectionToken>(),
                          .caller = {},
                          .request = nullptr})
        , m_looks(looks)
    {
    }
    void receive(QByteArrayView bytes, bool last) override
    {
        Q_UNUSED(bytes)
        Q_UNUSED(last)
    }
    void shutDown() override { }
    void tick(Time now) override
    {
        Q_UNUSED(now)
        if (m_own++ == 0)
            thread().add(std::make_shared<Bringer>(thread(), endpoint(), m_others));
        ++m_looks;
    }

private:
    std::atomic<int> &m_looks;
    std::atomic<int> m_others = 0;
    int m_own = 0;
};

} // namespace

void TestEndings::deadlines_areLookedAt_whileMoreAndMoreConnectionsCome()
{
    HubEndpoint nowhere({}, {});
    std::atomic<int> looks = 0;
    HubStage stage(settings(), net());
    HubThread &thread = *stage.threads().front();
    HubStage::run(thread, [&] { thread.add(std::make_shared<Bringer>(thread, nowhere, looks)); });
    QTRY_VERIFY(looks >= 10);
}

void TestEndings::statefulOutputLimit_isLogged_withItsName()
{
    HubSettings small = settings();
    small.maxOutputBytes = 10'000;
    small.statefulBufferBytes = 5'000;
    HubStage stage(small, net());
    NetClient socket = connected(stage, negotiate(stage, late, true), late, 2);
    const auto before = qInstallMessageHandler(keepLog);
    for (int i = 0; i < 5; ++i)
        say(socket, call(QByteArray::number(i), "Echo", QByteArray(4'000, 'x'))); // and never an Ack
    socket.readAll();
    qInstallMessageHandler(before);
    const QMutexLocker lock(&logMutex);
    QCOMPARE(logLines.filter(QStringLiteral("more than hubs.output_bytes wait for its acknowledgement")).size(), 1);
}

TERTULIA_TEST(tst_endings, TestEndings)
#include "tst_endings.moc"
