// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/statefulbuffer.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;

class TestStatefulBuffer : public QObject
{
    Q_OBJECT

private:
    static void receives(StatefulBuffer &buffer, int messages)
    {
        for (int i = 0; i < messages; ++i)
            buffer.counted();
    }

private Q_SLOTS:
    void fullBuffer_waitsForAnAck()
    {
        StatefulBuffer buffer(10);
        QVERIFY(buffer.mayWrite());
        buffer.written(QByteArray(10, 'a'));
        QVERIFY(!buffer.mayWrite());
        buffer.wait(QByteArray(7, 'b'));
        buffer.wait(QByteArray(7, 'c'));
        buffer.wait(QByteArray(7, 'd'));
        QCOMPARE(buffer.waitingBytes(), 21);
        const auto ready = buffer.acked(1);
        QCOMPARE(ready.size(), size_t(2)); // the second fills it again
        QCOMPARE(ready.front(), QByteArray(7, 'b'));
        QCOMPARE(buffer.firstUnacked(), 2);
        QCOMPARE(buffer.acked(3).size(), size_t(1));
        QCOMPARE(buffer.waitingBytes(), 0);
    }
    void ack_isTakenOnce()
    {
        StatefulBuffer buffer(10);
        QCOMPARE(buffer.takeAck(), 0);
        receives(buffer, 3);
        QCOMPARE(buffer.takeAck(), 3);
        QCOMPARE(buffer.takeAck(), 0);
    }
    void resume_leavesOutWhatCame()
    {
        StatefulBuffer buffer(10);
        receives(buffer, 3);
        buffer.awaitSequence();
        QVERIFY(buffer.isAwaitingSequence());
        QVERIFY(buffer.resumeAt(2));
        QVERIFY(!buffer.isAwaitingSequence());
        QVERIFY(buffer.isRepeat());
        receives(buffer, 2);
        QVERIFY(!buffer.isRepeat());
        QVERIFY(!buffer.resumeAt(5)); // beyond what came
        QVERIFY(!buffer.resumeAt(0));
    }
    void ackThatGotLost_isSaidAgain()
    {
        StatefulBuffer buffer(10);
        receives(buffer, 3);
        QCOMPARE(buffer.takeAck(), 3); // on a socket that breaks
        buffer.awaitSequence();
        QVERIFY(buffer.resumeAt(2)); // the peer still has 2 and 3, and may have room for nothing more
        QCOMPARE(buffer.takeAck(), 3);
        buffer.awaitSequence();
        QVERIFY(buffer.resumeAt(4)); // it has heard
        QCOMPARE(buffer.takeAck(), 0);
    }
};

TERTULIA_TEST(tst_statefulbuffer, TestStatefulBuffer)
#include "tst_statefulbuffer.moc"
