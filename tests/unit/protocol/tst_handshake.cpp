// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/handshake.h"
#include "protocol/negotiate.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

class TestHandshake : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void request_isAccepted_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QString>("protocol");
        QTest::addColumn<int>("version");
        const auto row = [](const char *record, const char *protocol, int version) {
            QTest::newRow(record) << QByteArray(record) << QString::fromLatin1(protocol) << version;
        };
        row("{\"protocol\":\"json\",\"version\":1}", "json", 1);
        row("{\"version\":2,\"protocol\":\"JSON\"}", "json", 2);
        row("{\"protocol\":\"MessagePack\",\"version\":0}", "messagepack", 0);
        row("{\"x\":[{}],\"protocol\":\"messagepack\",\"y\":null,\"version\":1}", "messagepack", 1);
        row("{\"protocol\":\"json\",\"version\":1}and more", "json", 1);
        row("{\"protocol\":\"json\",\"version\":-1}", "json", -1);
    }
    void request_isAccepted()
    {
        QFETCH(QByteArray, record);
        QFETCH(QString, protocol);
        QFETCH(int, version);
        const auto accepted = acceptHandshake(record, true);
        QVERIFY(accepted);
        QCOMPARE(accepted->protocol->name(), protocol);
        QCOMPARE(accepted->version, version);
    }

    void request_isRefused_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<bool>("binary");
        QTest::addColumn<QString>("text");
        const auto row = [](const char *record, bool binary, const char *text) {
            QTest::newRow(*record ? record : "empty") << QByteArray(record) << binary << QString::fromLatin1(text);
        };
        row("{\"protocol\":\"xml\",\"version\":1}", true, "The protocol 'xml' is not supported.");
        row("{\"protocol\":\"\",\"version\":1}", true, "The protocol '' is not supported.");
        row("{\"protocol\":\"json\",\"version\":3}", true,
            "The server does not support version 3 of the 'json' protocol.");
        row("{\"protocol\":\"messagepack\",\"version\":1}", false,
            "Cannot use the 'messagepack' protocol on the current transport. The transport does not support 'Binary' "
            "transfer format.");
        for (const char *bad :
             {"", "x", "[]", "5", "{}", "{\"protocol\":\"json\"}", "{\"version\":1}", "{\"protocol\":5,\"version\":1}",
              "{\"protocol\":null,\"version\":1}", "{\"protocol\":\"json\",\"version\":\"1\"}",
              "{\"protocol\":\"json\",\"version\":1.5}", "{\"protocol\":\"json\",\"version\":99999999999}",
              "{\"Protocol\":\"json\",\"version\":1}", "{\"type\":6}", "{\"type\":1,\"target\":\"T\",\"arguments\":[]}",
              "{\"protocol\":\"json\",\"version\":1"})
            row(bad, true, "An unexpected error occurred during connection handshake.");
    }
    void request_isRefused()
    {
        QFETCH(QByteArray, record);
        QFETCH(bool, binary);
        QFETCH(QString, text);
        const auto accepted = acceptHandshake(record, binary);
        QVERIFY(!accepted);
        QCOMPARE(accepted.error().message, text);
    }

    void response_roundTrips()
    {
        QCOMPARE(HandshakeResponse().encode(), QByteArray("{}\x1e"));
        const HandshakeResponse error{u"no \u001e"_s};
        QCOMPARE(error.encode(), QByteArray("{\"error\":\"no \\u001E\"}\x1e"));
        QCOMPARE(HandshakeResponse::decode("{\"error\":\"no \\u001E\"}")->error, error.error);
        QVERIFY(!HandshakeResponse::decode("{}")->error);
        QVERIFY(!HandshakeResponse::decode("{\"error\":null,\"minorVersion\":1}")->error);
        QVERIFY(!HandshakeResponse::decode("{\"type\":6}"));
        QVERIFY(!HandshakeResponse::decode("[]"));
        QVERIFY(!HandshakeResponse::decode("{\"error\":5}"));
        QCOMPARE((HandshakeRequest{u"json"_s, 2}).encode(), QByteArray("{\"protocol\":\"json\",\"version\":2}\x1e"));
    }

    void negotiate_version_data()
    {
        QTest::addColumn<std::optional<QString>>("asked");
        QTest::addColumn<int>("version");
        QTest::addColumn<QString>("error");
        const auto row = [](const char *asked, int version, const char *error = "") {
            QTest::newRow(asked) << std::optional(QString::fromLatin1(asked)) << version << QString::fromLatin1(error);
        };
        QTest::newRow("absent") << std::optional<QString>() << 0 << QString();
        row("0", 0);
        row("1", 1);
        row("2", 1);
        row("2000000000", 1);
        row("x", 0, "The client requested a non-integer protocol version.");
        row("", 0, "The client requested a non-integer protocol version.");
        row("1.5", 0, "The client requested a non-integer protocol version.");
        row("99999999999", 0, "The client requested a non-integer protocol version.");
        row("-1", 0, "The client requested version '-1', but the server does not support this version.");
    }
    void negotiate_version()
    {
        QFETCH(std::optional<QString>, asked);
        QFETCH(int, version);
        QFETCH(QString, error);
        const auto result = negotiatedVersion(asked);
        QCOMPARE(result ? QString() : result.error().message, error);
        if (result)
            QCOMPARE(*result, version);
    }

    void negotiate_version_belowTheMinimum()
    {
        QCOMPARE(negotiatedVersion({}, 1).error().message,
                 u"The client requested version '0', but the server does not support this version."_s);
    }

    void negotiate_encode_isTheReferencesBytes()
    {
        const std::vector all{HubTransport::WebSockets, HubTransport::ServerSentEvents, HubTransport::LongPolling};
        const QByteArray transports = "\"availableTransports\":["
                                      "{\"transport\":\"WebSockets\",\"transferFormats\":[\"Text\",\"Binary\"]},"
                                      "{\"transport\":\"ServerSentEvents\",\"transferFormats\":[\"Text\"]},"
                                      "{\"transport\":\"LongPolling\",\"transferFormats\":[\"Text\",\"Binary\"]}]}";
        QCOMPARE(NegotiateResponse::connection(1, u"id"_s, u"token"_s, all, false).encode(),
                 "{\"negotiateVersion\":1,\"connectionId\":\"id\",\"connectionToken\":\"token\"," + transports);
        QCOMPARE(NegotiateResponse::connection(0, u"id"_s, u"token"_s, all, false).encode(),
                 "{\"negotiateVersion\":0,\"connectionId\":\"id\"," + transports);
        QCOMPARE(NegotiateResponse::connection(1, u"id"_s, u"token"_s, all, true).encode(),
                 "{\"useStatefulReconnect\":true,\"negotiateVersion\":1,\"connectionId\":\"id\","
                 "\"connectionToken\":\"token\","
                     + transports);
        QCOMPARE(NegotiateResponse::refused(u"no"_s).encode(), QByteArray("{\"error\":\"no\"}"));
        QCOMPARE(NegotiateResponse::redirect(u"https://x"_s, u"t"_s).encode(),
                 QByteArray("{\"url\":\"https://x\",\"accessToken\":\"t\"}"));
    }

    void negotiate_decode_roundTrips()
    {
        const auto response = NegotiateResponse::connection(1, u"id"_s, u"token"_s, {HubTransport::WebSockets}, true);
        const auto decoded = NegotiateResponse::decode(response.encode());
        QVERIFY(decoded);
        QVERIFY(*decoded == response);
        QCOMPARE(decoded->id(), u"token"_s);
        const auto old =
            NegotiateResponse::decode("{\"connectionId\":\"id\",\"availableTransports\":[{\"transport\":\"New\","
                                      "\"transferFormats\":[\"Odd\"],\"x\":1}],\"y\":2}");
        QVERIFY(old);
        QCOMPARE(old->id(), u"id"_s);
        QCOMPARE(NegotiateResponse::decode("{\"error\":\"no\"}")->error, u"no"_s);
        QCOMPARE(NegotiateResponse::decode("{\"url\":\"u\",\"negotiateVersion\":1}")->url, u"u"_s);
    }

    void negotiate_decode_refuses_data()
    {
        QTest::addColumn<QByteArray>("json");
        for (const char *json :
             {"", "x", "[]", "{}", "{\"connectionId\":\"i\"}", "{\"connectionId\":5,\"availableTransports\":[]}",
              "{\"connectionId\":\"i\",\"availableTransports\":[]}",
              "{\"negotiateVersion\":1,\"connectionId\":\"i\",\"availableTransports\":[{\"transport\":\"W\","
              "\"transferFormats\":[]}]}",
              "{\"connectionId\":\"i\",\"availableTransports\":[{\"transport\":\"W\"}]}",
              "{\"ProtocolVersion\":\"2.0\",\"connectionId\":\"i\",\"availableTransports\":[{\"transport\":\"W\","
              "\"transferFormats\":[]}]}"})
            QTest::newRow(*json ? json : "empty") << QByteArray(json);
    }
    void negotiate_decode_refuses()
    {
        QFETCH(QByteArray, json);
        QVERIFY(!NegotiateResponse::decode(json));
    }
};

TERTULIA_TEST(tst_handshake, TestHandshake)
#include "tst_handshake.moc"
