// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubtalk.h"
#include "support/testmain.h"

#include <QTest>
#include <QtEndian>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

NetClient connected(HubStage &stage, const QByteArray &token)
{
    NetClient socket(stage.port());
    openSocket(socket, negotiate(stage, token).token, token);
    say(socket, handshake());
    socket.readUntil("{}\x1e");
    return socket;
}

qint64 waitingInput(const HubStage &stage)
{
    qint64 bytes = 0;
    for (HubThread *const thread : stage.threads()) {
        HubStage::run(*thread, [&bytes, thread] {
            thread->forEach([&bytes](const HttpConnection &connection) { bytes += connection.kept().input; });
        });
    }
    return bytes;
}

/// What the server says next, pings apart: the one record of a frame.
QByteArray record(NetClient &client)
{
    QByteArray heard;
    do {
        const QByteArray head = client.read(2);
        const int length = head.size() == 2 ? head[1] : 0; // of a server's frame, which has no mask
        const qsizetype size = length == 126 ? qFromBigEndian<quint16>(client.read(2).constData()) : length;
        heard = client.read(size);
    } while (heard.startsWith("{\"type\":6"));
    return heard;
}

QByteArray streamCall(const QByteArray &id)
{
    return R"({"type":4,"invocationId":")" + id + "\",\"target\":\"Watch\",\"arguments\":[]}\x1e";
}

QByteArray uploadCall(const QByteArray &id, const QByteArray &stream)
{
    return R"({"type":1,"invocationId":")" + id + R"(","target":"Gather","arguments":[],"streamIds":[")" + stream
        + "\"]}\x1e";
}

QByteArray bare(const QByteArray &id, const QByteArray &method)
{
    return R"({"type":1,"invocationId":")" + id + R"(","target":")" + method + "\",\"arguments\":[]}\x1e";
}

} // namespace

/// What one client can take of a hub (docs/admin/limits.md), and that another has it all the same.
class TestHubLimits final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void waitingInput_ofAll_isBounded_andThoseWithTheMostGo_data();
    void waitingInput_ofAll_isBounded_andThoseWithTheMostGo();
    void waitingInput_isGivenBack();
    void waitingInput_ofAConnection_endsItsReading();
    void downloads_ofAConnection_areLimited();
    void uploads_ofAConnection_areLimited();
    void uploadWithAnIdInUse_isRefused_andTheFirstGoesOn();
    void awaitedResults_ofAConnection_areLimited();
};

void TestHubLimits::waitingInput_ofAll_isBounded_andThoseWithTheMostGo_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("half messages") << QByteArray(R"({"type":1,"target":")") + QByteArray(30'000, 'x');
    QTest::newRow("calls behind one that runs")
        << bare("held", "Hold") + call("1", "Echo", QByteArray(20'000, 'x')).repeated(3);
}

void TestHubLimits::waitingInput_ofAll_isBounded_andThoseWithTheMostGo()
{
    QFETCH(QByteArray, input);
    HubSettings settings;
    settings.maxInputBytesTotal = 1 << 20;
    HubStage stage(settings);
    NetClient ana = connected(stage, "ana.1");
    const QByteArray echo = call("1", "Echo", "who is patient");
    say(ana, echo.first(20));

    constexpr int connections = 60; // about twice of what is kept
    std::vector<NetClient> hogs;
    for (int i = 0; i < connections; ++i) {
        hogs.push_back(connected(stage, "mallory.1"));
        say(hogs.back(), input);
    }
    QTRY_VERIFY(stage.server().connectionCount() < connections); // ana's is one more
    QTRY_VERIFY(waitingInput(stage) <= settings.maxInputBytesTotal);
    QVERIFY(stage.server().connectionCount() > 10);
    say(ana, echo.sliced(20));
    QVERIFY(record(ana).contains("who is patient"));
}

void TestHubLimits::waitingInput_isGivenBack()
{
    HubStage stage;
    const QByteArray echo = call("1", "Echo", QByteArray(1'000, 'x'));
    NetClient whole = connected(stage, "ana.1");
    say(whole, echo.first(500));
    QTRY_VERIFY(waitingInput(stage) >= 500);
    say(whole, echo.sliced(500));
    QVERIFY(record(whole).contains("xxx"));
    QTRY_COMPARE(waitingInput(stage), 0);
    NetClient gone = connected(stage, "ana.1");
    say(gone, echo.first(500));
    QTRY_VERIFY(waitingInput(stage) >= 500);
    gone.close();
    QTRY_COMPARE(stage.server().connectionCount(), 1);
    QCOMPARE(waitingInput(stage), 0);
}

void TestHubLimits::waitingInput_ofAConnection_endsItsReading()
{
    HubStage stage;
    NetClient mallory = connected(stage, "mallory.1");
    say(mallory, bare("held", "Hold"));
    QByteArray frame = clientFrame(0x81, call("1", "Echo", QByteArray(10'000, 'x')).repeated(1'500));
    const qint64 enough = HubSettings().inputBytes;
    constexpr qint64 lastPiece = 256 * 1024; // what one turn reads
    const qint64 most = 2 * (enough + lastPiece); // what grows has room for more
    bool isFull = false; // on the way there, too
    while (!frame.isEmpty() && !isFull) {
        const qsizetype taken = mallory.sendSome(frame);
        const qint64 waiting = waitingInput(stage);
        QVERIFY2(waiting <= most, qPrintable(QString::number(waiting)));
        isFull = taken < 0 && waiting > enough;
        frame.remove(0, std::max(taken, qsizetype(0)));
    }
    NetClient ana = connected(stage, "ana.1");
    say(ana, call("1", "Echo", "as always"));
    QVERIFY(record(ana).contains("as always"));
}

void TestHubLimits::downloads_ofAConnection_areLimited()
{
    HubStage stage;
    NetClient mallory = connected(stage, "mallory.1");
    const int most = HubSettings().maxStreams;
    for (int i = 0; i <= most; ++i)
        say(mallory, streamCall(QByteArray::number(i)));
    QCOMPARE(record(mallory),
             R"({"type":3,"invocationId":")" + QByteArray::number(most) + "\",\"error\":\"Too many streams.\"}\x1e");
    say(mallory, streamCall("0"));
    QVERIFY(record(mallory).contains("already in use"));
    say(mallory, "{\"type\":5,\"invocationId\":\"0\"}\x1e");
    QCOMPARE(record(mallory), QByteArray("{\"type\":3,\"invocationId\":\"0\"}\x1e"));
    say(mallory, streamCall("0") + call("e", "Echo", "the rest goes on"));
    QVERIFY(record(mallory).contains("the rest goes on"));
    NetClient ana = connected(stage, "ana.1");
    say(ana, streamCall("0") + call("e", "Echo", "as always"));
    QVERIFY(record(ana).contains("as always"));
}

void TestHubLimits::uploads_ofAConnection_areLimited()
{
    HubStage stage;
    NetClient mallory = connected(stage, "mallory.1");
    const int most = HubSettings().maxStreams;
    for (int i = 0; i <= most; ++i)
        say(mallory, uploadCall(QByteArray::number(i), "s" + QByteArray::number(i)));
    QCOMPARE(record(mallory),
             R"({"type":3,"invocationId":")" + QByteArray::number(most) + "\",\"error\":\"Too many streams.\"}\x1e");
    say(mallory, "{\"type\":2,\"invocationId\":\"s7\",\"item\":\"seven\"}\x1e{\"type\":3,\"invocationId\":\"s7\"}\x1e");
    QCOMPARE(record(mallory), R"({"type":3,"invocationId":"7","result":"seven"})" + QByteArray("\x1e"));
    say(mallory, uploadCall("n", "next") + call("e", "Echo", "the rest goes on"));
    QVERIFY(record(mallory).contains("the rest goes on"));
}

void TestHubLimits::uploadWithAnIdInUse_isRefused_andTheFirstGoesOn()
{
    HubStage stage;
    NetClient ana = connected(stage, "ana.1");
    say(ana, uploadCall("1", "s") + uploadCall("2", "s"));
    QCOMPARE(record(ana),
             QByteArray("{\"type\":3,\"invocationId\":\"2\",\"error\":\"Stream ID 's' is already in use.\"}\x1e"));
    say(ana, "{\"type\":2,\"invocationId\":\"s\",\"item\":\"first\"}\x1e{\"type\":3,\"invocationId\":\"s\"}\x1e");
    QCOMPARE(record(ana), QByteArray("{\"type\":3,\"invocationId\":\"1\",\"result\":\"first\"}\x1e"));
}

void TestHubLimits::awaitedResults_ofAConnection_areLimited()
{
    HubStage stage;
    NetClient mallory = connected(stage, "mallory.1");
    const int most = HubSettings().maxClientResults;
    QByteArray asked;
    for (int i = 0; i < most; ++i) {
        say(mallory, bare(QByteArray::number(i), "Ask"));
        asked = record(mallory);
        QVERIFY(asked.contains("\"target\":\"Answer\""));
    }
    say(mallory, bare("more", "Ask"));
    QVERIFY(record(mallory).startsWith(R"({"type":3,"invocationId":"more","error")"));
    const qsizetype from = asked.indexOf("\"invocationId\":\"") + 16;
    const QByteArray id = asked.mid(from, asked.indexOf('"', from) - from);
    say(mallory, R"({"type":3,"invocationId":")" + id + "\",\"result\":\"yes\"}\x1e");
    QCOMPARE(record(mallory),
             R"({"type":3,"invocationId":")" + QByteArray::number(most - 1) + "\",\"result\":\"yes\"}\x1e");
    say(mallory, bare("again", "Ask"));
    QVERIFY(record(mallory).contains("\"target\":\"Answer\""));
}

TERTULIA_TEST(tst_hublimits, TestHubLimits)
#include "tst_hublimits.moc"
