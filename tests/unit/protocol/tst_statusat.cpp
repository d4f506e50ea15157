// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"
#include "protocol/marks.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;

class TestStatusAt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void status_followsFromTheMarks_data()
    {
        QTest::addColumn<qint64>("sequence");
        QTest::addColumn<qint64>("delivered");
        QTest::addColumn<qint64>("read");
        QTest::addColumn<QByteArray>("status");
        QTest::newRow("nobody has anything") << 1LL << 0LL << 0LL << QByteArray("sent");
        QTest::newRow("the one before is delivered") << 5LL << 4LL << 0LL << QByteArray("sent");
        QTest::newRow("delivered to here") << 5LL << 5LL << 4LL << QByteArray("delivered");
        QTest::newRow("delivered beyond") << 5LL << 9LL << 0LL << QByteArray("delivered");
        QTest::newRow("read to here") << 5LL << 5LL << 5LL << QByteArray("read");
        QTest::newRow("read beyond") << 5LL << 9LL << 8LL << QByteArray("read");
        QTest::newRow("read counts as delivered") << 5LL << 0LL << 5LL << QByteArray("read");
    }
    void status_followsFromTheMarks()
    {
        QFETCH(qint64, sequence);
        QFETCH(qint64, delivered);
        QFETCH(qint64, read);
        QFETCH(QByteArray, status);
        const auto name = enumName(statusAt(sequence, {.delivered = delivered, .read = read}));
        QCOMPARE(QByteArray(name.data(), qsizetype(name.size())), status);
    }
};

TERTULIA_TEST(tst_statusat, TestStatusAt)
#include "tst_statusat.moc"
