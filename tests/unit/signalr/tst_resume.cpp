// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubtalk.h"
#include "signalr/relaytransport.h"
#include "support/testmain.h"

#include <QTest>

#include <atomic>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// A transport that leads nowhere and tells when it is destroyed.
class NoTransport final : public ConnectionTransport
{
public:
    struct Fate
    {
        bool aborted = false;
        bool closed = false;
        bool destroyed = false;
    };
    explicit NoTransport(Fate &fate)
        : m_fate(fate)
    {
    }
    ~NoTransport() override { m_fate.destroyed = true; }

    [[nodiscard]] TransportKind kind() const override { return TransportKind::WebSockets; }
    SendResult send(const QByteArray &frame) override
    {
        Q_UNUSED(frame)
        return SendResult::Sent;
    }
    void probe(quint64 place) override { Q_UNUSED(place) }
    void close() override { m_fate.closed = true; }
    void abort() override { m_fate.aborted = true; }
    void setReading(bool reading) override { Q_UNUSED(reading) }
    [[nodiscard]] qint64 backlog() const override { return 0; }

private:
    Fate &m_fate;
};

const QByteArray ana = "ana.1";

/// The first socket of a stateful connection, until the hub has taken its handshake.
bool begin(NetClient &socket, const Negotiated &negotiated, const QByteArray &token = ana)
{
    if (openSocket(socket, negotiated.token, token) != 101)
        return false;
    say(socket, handshake(2));
    return !socket.readUntil("{}\x1e").isEmpty();
}

/// Resumes the connection until its socket lives on another thread than itself.
NetClient relayed(HubStage &stage, const Negotiated &negotiated, const HttpConnection &connection, HubThread &home,
                  int receiveBuffer = 0)
{
    for (int i = 0; i < 20; ++i) {
        NetClient socket(stage.port(), receiveBuffer);
        openSocket(socket, negotiated.token, ana);
        socket.readUntil("\"type\":9");
        bool isRelayed = false;
        HubStage::run(home, [&] { isRelayed = dynamic_cast<RelayTransport *>(connection.transport()) != nullptr; });
        if (isRelayed)
            return socket;
    }
    qFatal("no socket came to another thread");
}

} // namespace

class TestResume final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void secondSocket_beforeHandshake_is409_andTheFirstGoesOn();
    void secondSocket_afterHandshakeOfVersion1_is409();
    void secondSocket_fromAnyThread_resumes();
    void halfACallOnTheSocketBefore_leavesTheCallsOnTheNextOneWhole();
    void refusedTransport_isAborted_andThePresentOneStays();
    void takenTransport_replacesThePresentOne();
    void resumesAndEnds_atTheSameTime_onManyThreads();
    void clientOnAnotherThread_thatDoesNotRead_isNotServedFurther();
    void clientOnAnotherThread_thatSaysMoreThanIsHandled_hasToWait();
};

void TestResume::secondSocket_beforeHandshake_is409_andTheFirstGoesOn()
{
    HubStage stage;
    // Sockets go to the threads in turn: two tries bring the second one to each of them.
    for (int i = 0; i < 4; ++i) {
        const Negotiated negotiated = negotiate(stage, ana, true);
        NetClient first(stage.port());
        QCOMPARE(openSocket(first, negotiated.token, ana), 101);
        for (int k = 0; k < 2; ++k) {
            NetClient second(stage.port());
            QCOMPARE(openSocket(second, negotiated.token, ana), 409);
        }
        say(first, handshake(2) + call("1", "Echo", "still here"));
        QVERIFY(!first.readUntil("still here").isEmpty());
    }
}

void TestResume::secondSocket_afterHandshakeOfVersion1_is409()
{
    HubStage stage;
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient first(stage.port());
    QCOMPARE(openSocket(first, negotiated.token, ana), 101);
    say(first, handshake(1));
    QVERIFY(!first.readUntil("{}\x1e").isEmpty());
    NetClient second(stage.port());
    QCOMPARE(openSocket(second, negotiated.token, ana), 409);
}

void TestResume::secondSocket_fromAnyThread_resumes()
{
    HubStage stage;
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient socket(stage.port());
    QVERIFY(begin(socket, negotiated));
    for (int i = 0; i < 4; ++i) {
        NetClient next(stage.port());
        QCOMPARE(openSocket(next, negotiated.token, ana), 101);
        // Nothing is acknowledged here, so that all answers come again.
        QVERIFY(!next.readUntil("\"sequenceId\":1}").isEmpty());
        for (int k = 0; k < i; ++k)
            QVERIFY(!next.readUntil("resumed " + QByteArray::number(k)).isEmpty());
        const QByteArray number = QByteArray::number(i);
        say(next, R"({"type":9,"sequenceId":)" + QByteArray::number(i + 1) + "}\x1e");
        say(next, call(number, "Echo", "resumed " + number));
        QVERIFY(!next.readUntil("resumed " + number).isEmpty());
        socket = std::move(next);
    }
    QCOMPARE(stage.server().connectionCount(), 1);
}

void TestResume::halfACallOnTheSocketBefore_leavesTheCallsOnTheNextOneWhole()
{
    HubStage stage;
    const QByteArray second = call("2", "Echo", "second"), third = call("3", "Echo", QByteArray(500, 'x'));
    // Half a call that is longer than the second, and one that is longer than all that waits on the next socket.
    for (const qsizetype half : {second.size() + 10, 2 * (second.size() + third.size())}) {
        const Negotiated negotiated = negotiate(stage, ana, true);
        NetClient socket(stage.port());
        QVERIFY(begin(socket, negotiated));
        say(socket, call("0", "Echo", "heard") + call("1", "Later", QByteArray(2 * half, 'h')).first(half));
        QVERIFY(!socket.readUntil("\"result\":\"heard\"").isEmpty()); // and with it the half
        NetClient next(stage.port());
        QCOMPARE(openSocket(next, negotiated.token, ana), 101);
        // The second and the third wait until the first is answered.
        say(next,
            R"({"type":9,"sequenceId":2})"
            "\x1e"
                + call("1", "Later", "first") + second + third);
        for (const QByteArray id : {"1", "2", "3"})
            QVERIFY2(!next.readUntil(R"({"type":3,"invocationId":")" + id + "\",").isEmpty(), id.constData());
    }
}

void TestResume::refusedTransport_isAborted_andThePresentOneStays()
{
    HubStage stage;
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient socket(stage.port());
    QVERIFY(begin(socket, negotiated));

    const auto [connection, thread] = stage.find(negotiated.id);
    QVERIFY(connection);
    NoTransport::Fate taken, refused;
    HubStage::run(*thread, [&taken, &refused, one = connection] {
        one->resumeWith(std::make_shared<NoTransport>(taken), one->caller());
        static_cast<HubConnectionContext &>(*one).close();
        one->resumeWith(std::make_shared<NoTransport>(refused), one->caller());
        one->tick(one->thread().clock().steadyNow());
    });
    QVERIFY(taken.closed);
    QVERIFY(!taken.destroyed);
    QVERIFY(refused.aborted);
    QVERIFY(refused.destroyed);
    HubStage::run(*thread, [one = connection] { one->transportGone(one->transport(), true); });
    QCOMPARE(stage.server().connectionCount(), 0);
}

void TestResume::takenTransport_replacesThePresentOne()
{
    HubStage stage;
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient socket(stage.port());
    QVERIFY(begin(socket, negotiated));

    const auto [connection, thread] = stage.find(negotiated.id);
    QVERIFY(connection);
    NoTransport::Fate first, second;
    HubStage::run(*thread, [&first, &second, one = connection] {
        one->resumeWith(std::make_shared<NoTransport>(first), one->caller());
        const ConnectionTransport *const gone = one->transport();
        one->transportGone(gone, false);
        one->resumeWith(std::make_shared<NoTransport>(second), one->caller());
        one->transportGone(gone, false); // it was heard before
    });
    QVERIFY(first.destroyed);
    QVERIFY(!second.destroyed);
    socket.readAll();
    QVERIFY(!socket.timedOut());
    QCOMPARE(stage.server().connectionCount(), 1);
    HubStage::run(*thread, [one = connection] { one->abort(); });
    QVERIFY(second.aborted);
}

void TestResume::resumesAndEnds_atTheSameTime_onManyThreads()
{
    NetSettings net;
    net.threads = 4;
    HubStage stage({}, net);
    std::atomic<int> resumed = 0, refused = 0, strange = 0;
    const auto round = [&](int number, const QByteArray &token) {
        const Negotiated negotiated = negotiate(stage, token, true);
        NetClient first(stage.port());
        if (!begin(first, negotiated, token)) {
            ++strange;
            return;
        }
        NetClient second(stage.port()), third(stage.port());
        const auto end = [&] {
            if (number % 3 == 0)
                say(first, "{\"type\":7}\x1e");
            else if (number % 3 == 1)
                first.drop();
            else
                first.send(clientFrame(0x88, QByteArray::fromHex("03e8")));
        };
        if (number % 2 == 0)
            end();
        second.send(socketRequest(negotiated.token, token));
        third.send(socketRequest(negotiated.token, token));
        if (number % 2 == 1)
            end();
        for (NetClient *const client : {&second, &third}) {
            const int status = client->answer().status;
            const bool isDisplaced = status == 0 && !client->timedOut(); // by the other, before it was answered
            ++(status == 101 ? resumed : status == 404 || status == 409 || isDisplaced ? refused : strange);
        }
        stage.clock().advance(std::chrono::milliseconds(10)); // and heartbeats in between
    };
    std::vector<std::thread> clients;
    constexpr int rounds = 50, people = 8;
    for (int i = 0; i < people; ++i) {
        clients.emplace_back([&round, i] {
            for (int n = 0; n < rounds; ++n)
                round(i + n, "person" + QByteArray::number(i) + ".1");
        });
    }
    for (std::thread &client : clients)
        client.join();
    QCOMPARE(strange.load(), 0);
    QVERIFY(resumed > 0);
    QVERIFY(refused > 0);
    QTRY_VERIFY((stage.clock().advance(std::chrono::seconds(10)), stage.server().connectionCount() == 0));
    NetClient after(stage.port());
    const Negotiated negotiated = negotiate(stage, ana, true);
    QVERIFY(begin(after, negotiated));
}

void TestResume::clientOnAnotherThread_thatDoesNotRead_isNotServedFurther()
{
    // Far more than the kernel takes, and no other limit in the way.
    constexpr int calls = 300;
    constexpr qint64 answer = 50'000;
    HubSettings hubs;
    hubs.maxOutputBytes = 2 * calls * answer;
    hubs.statefulBufferBytes = hubs.maxOutputBytes;
    NetSettings net;
    net.maxBacklogBytes = hubs.maxOutputBytes;
    net.maxBacklogBytesTotal = hubs.maxOutputBytes;
    HubStage stage(hubs, net);
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient socket(stage.port());
    QVERIFY(begin(socket, negotiated));
    const auto [connection, thread] = stage.find(negotiated.id);
    const auto state = [&thread, context = std::static_pointer_cast<HubConnectionContext>(connection)](auto look) {
        using Seen = decltype(look(*context));
        Seen seen{};
        HubStage::run(*thread, [&] { seen = look(*context); });
        return seen;
    };
    const auto backlog = [](HubConnectionContext &one) { return one.transport() ? one.transport()->backlog() : 0; };
    socket = relayed(stage, negotiated, *connection, *thread, 4096);

    say(socket,
        R"({"type":9,"sequenceId":1})"
        "\x1e");
    for (int i = 0; i < calls; ++i)
        say(socket,
            R"({"type":4,"invocationId":")" + QByteArray::number(i)
                + R"(","target":"Count","arguments":[1000]})"
                  "\x1e");
    QTRY_VERIFY(state([](HubConnectionContext &one) { return one.input().size(); }) > 0);
    QVERIFY(state(backlog) <= hubs.outputPauseBytes + 2 * answer);
    for (int i = 0; i < calls; ++i)
        QVERIFY(!socket.readUntil(R"({"type":3,"invocationId":")" + QByteArray::number(i) + "\"}").isEmpty());
    QTRY_COMPARE(state(backlog), 0);
    QCOMPARE(stage.server().connectionCount(), 1);
}

void TestResume::clientOnAnotherThread_thatSaysMoreThanIsHandled_hasToWait()
{
    HubStage stage;
    const Negotiated negotiated = negotiate(stage, ana, true);
    NetClient socket(stage.port());
    QVERIFY(begin(socket, negotiated));
    const auto [connection, home] = stage.find(negotiated.id);
    socket = relayed(stage, negotiated, *connection, *home);
    const auto other = std::find_if(stage.threads().begin(), stage.threads().end(),
                                    [home](const HubThread *thread) { return thread != home; });
    say(socket, "{\"type\":9,\"sequenceId\":1}\x1e");

    // The home thread is busy; pings and, among them, unasked pongs are the smallest there is to say.
    std::promise<void> release;
    home->loop().post([busy = release.get_future().share()] { busy.wait(); });
    const QByteArray little = clientFrame(0x81, "{\"type\":6}\x1e") + clientFrame(0x8a, {});
    constexpr qsizetype kernel = 16 << 20; // more than it keeps between two sockets
    QByteArray rest = little.repeated(3 * kernel / little.size());
    const qsizetype all = rest.size();
    int fullTurns = 0;
    while (fullTurns < 20 && !rest.isEmpty()) {
        const qsizetype taken = socket.sendSome(rest.first(std::min<qsizetype>(rest.size(), 64 * 1024)));
        rest.remove(0, std::max(taken, qsizetype(0)));
        fullTurns = taken < 0 ? fullTurns + 1 : 0;
        if (taken < 0)
            HubStage::run(**other, [] {});
    }
    release.set_value();
    QVERIFY2(all - rest.size() < kernel, qPrintable(QString::number(all - rest.size())));
    QVERIFY(socket.send(rest.first(rest.size() % little.size()))); // the last of them to its end
    say(socket, call("1", "Echo", "heard to the end"));
    QVERIFY(!socket.readUntil("heard to the end").isEmpty());
}

TERTULIA_TEST(tst_resume, TestResume)
#include "tst_resume.moc"
