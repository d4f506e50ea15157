// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hubprotocol.h"
#include "support/testmain.h"

#include "support/describe.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

const HubProtocol *const protocols[] = {&jsonHubProtocol(), &messagePackHubProtocol()};

/// What the reader has now; "error" ends the list.
QByteArrayList drain(HubMessageReader &reader)
{
    QByteArrayList all;
    for (;;) {
        const auto message = reader.next();
        if (!message) {
            all += "error";
            return all;
        }
        if (!*message)
            return all;
        all += Testing::describe(**message);
    }
}

QByteArray stream(const HubProtocol &protocol)
{
    return encodeInvocation(protocol, "One"_L1, u"\u00e9"_s) + protocol.writePing()
        + protocol.writeResult("12", encode(protocol.format(), QString(300, u'y'))) + protocol.writeClose({}, true)
        + encodeInvocation(protocol, "Two"_L1);
}

/// A record of exactly `size` bytes with its framing.
QByteArray recordOfSize(const HubProtocol &protocol, qsizetype size)
{
    QByteArray record;
    for (qsizetype text = size - 60; record.size() < size; ++text)
        record = encodeInvocation(protocol, "T"_L1, QString(text, u'x'));
    return record;
}

} // namespace

class TestHubReader : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anySplit_givesTheSameMessages()
    {
        for (const HubProtocol *protocol : protocols) {
            const QByteArray bytes = stream(*protocol);
            HubMessageReader whole;
            whole.setProtocol(*protocol);
            whole.append(bytes);
            const QByteArrayList expected = drain(whole);
            QCOMPARE(expected.size(), 5);
            QCOMPARE(whole.buffered(), 0);
            for (qsizetype chunk = 1; chunk < bytes.size(); ++chunk) {
                HubMessageReader reader;
                reader.setProtocol(*protocol);
                QByteArrayList got;
                for (qsizetype at = 0; at < bytes.size(); at += chunk) {
                    reader.append(bytes.mid(at, chunk));
                    got += drain(reader);
                }
                QCOMPARE(got, expected);
                QCOMPARE(reader.buffered(), 0);
            }
        }
    }

    void append_withoutTaking_keepsTheOrder()
    {
        for (const HubProtocol *protocol : protocols) {
            const QByteArray bytes = stream(*protocol);
            HubMessageReader reader;
            reader.setProtocol(*protocol);
            reader.append(bytes);
            QVERIFY(*reader.next());
            reader.append(bytes);
            QCOMPARE(drain(reader).size(), 9);
        }
    }

    void limit_isSliding()
    {
        for (const HubProtocol *protocol : protocols) {
            const QByteArray fits = recordOfSize(*protocol, 1000);
            QCOMPARE(fits.size(), 1000);
            HubMessageReader reader(1000);
            reader.setProtocol(*protocol);
            reader.append(fits + fits + fits);
            QCOMPARE(drain(reader).size(), 3);

            reader.append(recordOfSize(*protocol, 1001));
            QCOMPARE(drain(reader), QByteArrayList{"error"});

            HubMessageReader slow(1000);
            slow.setProtocol(*protocol);
            const QByteArray large = recordOfSize(*protocol, 1200);
            slow.append(large.first(1000));
            QCOMPARE(drain(slow), QByteArrayList());
            slow.append(large.mid(1000, 1));
            const auto error = slow.next();
            QVERIFY(!error);
            QCOMPARE(error.error().code, ErrorCode::TooLarge);

            HubMessageReader unlimited(0);
            unlimited.setProtocol(*protocol);
            unlimited.append(recordOfSize(*protocol, 200000));
            QCOMPARE(drain(unlimited).size(), 1);
        }
    }

    void messagePack_prefixBeyondTheLimit_waitsForTheLimit()
    {
        HubMessageReader reader(100);
        reader.setProtocol(messagePackHubProtocol());
        reader.append(QByteArray::fromHex("ffffffff07"));
        QCOMPARE(drain(reader), QByteArrayList());
        reader.append(QByteArray(95, 'x'));
        QCOMPARE(drain(reader), QByteArrayList());
        reader.append("x");
        QCOMPARE(drain(reader), QByteArrayList{"error"});
    }

    void messagePack_prefix_rules_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArrayList>("expected");
        const auto row = [](const char *bytes, const QByteArrayList &expected) {
            QTest::newRow(bytes) << QByteArray::fromHex(bytes) << expected;
        };
        row("029106", {"Ping"});
        row("82009106", {"Ping"});
        row("82808080009106", {"Ping"});
        row("ffffffff08", {"error"});
        row("8080808080", {"error"});
        row("808080808001", {"error"});
        row("00", {"error"});
        row("80", {});
        row("ffffffff", {});
        row("0191029106", {"error"});
        row("029106029106", {"Ping", "Ping"});
        row("02910a029106", {"Ping"});
    }
    void messagePack_prefix_rules()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArrayList, expected);
        HubMessageReader reader;
        reader.setProtocol(messagePackHubProtocol());
        reader.append(bytes);
        QCOMPARE(drain(reader), expected);
    }

    void json_unknownTypesAndErrors()
    {
        HubMessageReader reader;
        reader.setProtocol(jsonHubProtocol());
        reader.append("{\"type\":99}\x1e{\"type\":6}\x1e");
        QCOMPARE(drain(reader), QByteArrayList{"Ping"});
        reader.append("\x1e");
        QCOMPARE(drain(reader), QByteArrayList{"error"});
    }

    void handshake_thenMessagesInTheSameChunk()
    {
        for (const HubProtocol *protocol : protocols) {
            HubMessageReader reader;
            reader.append("{\"protocol\":\"x\",");
            QVERIFY(!*reader.nextHandshake());
            reader.append("\"version\":1}\x1e" + protocol->writePing() + protocol->writePing().first(1));
            const auto handshake = reader.nextHandshake();
            QVERIFY(handshake && *handshake);
            QCOMPARE(**handshake, QByteArray("{\"protocol\":\"x\",\"version\":1}"));
            reader.setProtocol(*protocol);
            QCOMPARE(drain(reader), QByteArrayList{"Ping"});
            QCOMPARE(reader.buffered(), 1);
            reader.discard();
            reader.append(protocol->writePing());
            QCOMPARE(drain(reader), QByteArrayList{"Ping"});
        }
    }

    void handshake_overTheLimit_isTooLarge()
    {
        HubMessageReader reader(100);
        reader.append(QByteArray(100, ' '));
        QVERIFY(reader.nextHandshake());
        reader.append(" ");
        QCOMPARE(reader.nextHandshake().error().code, ErrorCode::TooLarge);
    }
};

TERTULIA_TEST(tst_hubreader, TestHubReader)
#include "tst_hubreader.moc"
