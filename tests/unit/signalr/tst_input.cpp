// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubtalk.h"
#include "signalr/inputbuffer.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;

class TestInput final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void buffer_givesWhatIsLeft_thenWhatCameMeanwhile();
    void buffer_movesEachByteOnce_howeverSmallThePieces();
    void clearedBuffer_forgetsHowFarItWasSearched();
    void manyCalls_thatWaitForTheirTurn_areNotMovedForEach();
};

void TestInput::buffer_givesWhatIsLeft_thenWhatCameMeanwhile()
{
    InputBuffer buffer;
    QVERIFY(buffer.beginReading().isEmpty());
    buffer.append("meanwhile");
    QCOMPARE(buffer.size(), 9);
    buffer.endReading(0, "rest, ");
    QCOMPARE(buffer.beginReading().toByteArray(), "rest, meanwhile");
    buffer.append(" and more");
    buffer.endReading(6);
    QCOMPARE(buffer.beginReading().toByteArray(), "meanwhile and more");
    buffer.endReading(18);
    QVERIFY(buffer.isEmpty());
}

void TestInput::buffer_movesEachByteOnce_howeverSmallThePieces()
{
    InputBuffer buffer;
    constexpr qsizetype size = 1 << 20;
    buffer.append(QByteArray(size, 'x'));
    for (qsizetype left = size; left > 0; left -= 16) {
        QCOMPARE(buffer.beginReading().size(), left);
        buffer.endReading(16);
    }
    QVERIFY(buffer.isEmpty());
    QVERIFY2(buffer.moved() <= size, qPrintable(QString::number(buffer.moved())));
}

void TestInput::clearedBuffer_forgetsHowFarItWasSearched()
{
    InputBuffer buffer;
    buffer.append("half a mess");
    buffer.setSearched(11);
    QCOMPARE(buffer.takeSearched(), 11);
    QCOMPARE(buffer.takeSearched(), 0);
    buffer.setSearched(11);
    buffer.clear();
    QCOMPARE(buffer.takeSearched(), 0);
}

void TestInput::manyCalls_thatWaitForTheirTurn_areNotMovedForEach()
{
    HubSettings settings;
    settings.inputBytes = 8 << 20;
    HubStage stage(settings);
    const Negotiated negotiated = negotiate(stage, "ana.1");
    NetClient socket(stage.port());
    QCOMPARE(openSocket(socket, negotiated.token, "ana.1"), 101);
    say(socket, handshake());
    QVERIFY(!socket.readUntil("{}\x1e").isEmpty());

    QByteArray calls;
    int count = 0;
    while (calls.size() < (1 << 20))
        calls += call(QByteArray::number(count++), "Later", "x");
    say(socket, calls);
    for (int i = 0; i < count; ++i)
        QVERIFY(!socket.readUntil("\"invocationId\":\"" + QByteArray::number(i) + '"').isEmpty());

    const auto [connection, thread] = stage.find(negotiated.id);
    QVERIFY(connection);
    qint64 moved = 0;
    HubStage::run(*thread,
                  [&moved, one = connection] { moved = static_cast<HubConnectionContext &>(*one).input().moved(); });
    QVERIFY2(moved <= calls.size(), qPrintable(QString::number(moved)));
}

TERTULIA_TEST(tst_input, TestInput)
#include "tst_input.moc"
