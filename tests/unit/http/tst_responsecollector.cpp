// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/responsecollector.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;
using State = ResponseCollector::State;

class TestResponseCollector : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anySplit_givesTheSameResponse()
    {
        const QByteArray bytes = "HTTP/1.1 201 Created\r\nContent-Length: 5\r\nContent-Type: application/json\r\n"
                                 "Server: x\r\nRetry-After: 3\r\n\r\nhello";
        for (qsizetype split = 0; split <= bytes.size(); ++split) {
            ResponseCollector collector;
            collector.append(bytes.first(split));
            QCOMPARE(collector.state() == State::Complete, split == bytes.size());
            collector.append(bytes.sliced(split));
            QCOMPARE(collector.state(), State::Complete);
            const Response response = collector.take();
            QCOMPARE(response.status, 201);
            QCOMPARE(response.contentType, QByteArray("application/json"));
            QCOMPARE(response.body, QByteArray("hello"));
            QCOMPARE(response.headers.size(), size_t(1));
            QCOMPARE(response.headers.front().name, QByteArray("retry-after"));
            QCOMPARE(collector.state(), State::Head);
        }
    }

    void bad_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no length") << QByteArray("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n\r\n");
        QTest::newRow("no status") << QByteArray("HTTP/1.1 what\r\nContent-Length: 0\r\n\r\n");
        QTest::newRow("no colon") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length 0\r\n\r\n");
        QTest::newRow("too much") << QByteArray("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab");
    }
    void bad()
    {
        QFETCH(QByteArray, bytes);
        ResponseCollector collector;
        collector.append(bytes);
        QCOMPARE(collector.state(), State::Broken);
        collector.reset();
        QCOMPARE(collector.state(), State::Head);
    }
};

TERTULIA_TEST(tst_responsecollector, TestResponseCollector)
#include "tst_responsecollector.moc"
