// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/serverprobe.h"
#include "client/transport/networkreasons.h"
#include "protocol/names.h"
#include "support/futures.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"
#include "support/tlsserver.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestServerProbe : public QObject
{
    Q_OBJECT

    static QString typed(const ScriptedServer &server) { return u"127.0.0.1:%1"_s.arg(server.url().port()); }

private Q_SLOTS:
    void whatIsTyped_becomesAddresses_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QStringList>("urls");
        const auto row = [](const char *typed, const QStringList &urls) {
            QTest::newRow(typed) << QString::fromUtf8(typed) << urls;
        };
        row("chat.example.org", {u"https://chat.example.org"_s});
        row("  Chat.Example.ORG/ ", {u"https://chat.example.org"_s});
        row("chat.example.org:443", {u"https://chat.example.org"_s});
        row("chat.example.org:8443", {u"https://chat.example.org:8443"_s});
        row("https://example.org/tertulia/", {u"https://example.org/tertulia"_s});
        row("https://example.org/api", {u"https://example.org"_s});
        row("https://example.org/chat/hubs/chat?id=1#x", {u"https://example.org/chat"_s});
        row("http://example.org", {u"http://example.org"_s});
        row("HTTP://example.org:80", {u"http://example.org"_s});
        row("localhost:5000", {u"https://localhost:5000"_s, u"http://localhost:5000"_s});
        row("127.0.0.1", {u"https://127.0.0.1"_s, u"http://127.0.0.1"_s});
        row("[::1]:5000", {u"https://[::1]:5000"_s, u"http://[::1]:5000"_s});
        row("https://localhost", {u"https://localhost"_s});
        row("bücher.example", {u"https://xn--bcher-kva.example"_s});
        row("", {});
        row("   ", {});
        row("two words", {});
        row("ana@example.org", {});
        row("https://ana:secret@example.org", {});
        row("ftp://example.org", {});
        row("file:///etc/passwd", {});
        row("https://", {});
        row("example.org:99999", {});
        row("example.org:0", {});
        row("javascript:alert(1)", {});
    }
    void whatIsTyped_becomesAddresses()
    {
        QFETCH(QString, typed);
        QFETCH(QStringList, urls);
        QStringList found;
        for (const QUrl &url : ServerProbe::candidates(typed))
            found.append(url.toString());
        QCOMPARE(found, urls);
    }

    void thisMachine_isKnownByNameAndAddress_data()
    {
        QTest::addColumn<bool>("isHere");
        for (const char *url : {"http://localhost:8080", "http://LOCALHOST", "http://chat.localhost",
                                "http://127.0.0.1:8080", "http://127.8.9.10", "http://[::1]:8080"})
            QTest::newRow(url) << true;
        for (const char *url : {"http://chat.example.org", "http://192.168.0.7", "http://localhost.example.org",
                                "http://127.0.0.1.example.org", "http://[fe80::1]", "http://mylocalhost", ""})
            QTest::newRow(url) << false;
    }
    void thisMachine_isKnownByNameAndAddress()
    {
        QFETCH(bool, isHere);
        QCOMPARE(isThisMachine(QUrl(QString::fromLatin1(QTest::currentDataTag()))), isHere);
    }

    void server_isFound()
    {
        ScriptedServer server;
        server.always("GET", Routes::health, ScriptedAnswer::data(R"({"status":"healthy","version":"1.2.3"})"));
        ServerProbe probe;
        const auto info = await(probe.check(server.url().toString() + u'/'));
        QVERIFY2(info, why(info).constData());
        QCOMPARE(info->url, server.url());
        QCOMPARE(info->version, u"1.2.3"_s);
        QVERIFY(info->isHealthy);
    }

    void sickServer_isAServer()
    {
        ScriptedServer server;
        server.always("GET", Routes::health,
                      ScriptedAnswer::json(503, R"({"success":false,"data":{"status":"degraded","version":"1"}})"));
        ServerProbe probe;
        const auto info = await(probe.check(server.url().toString()));
        QVERIFY2(info, why(info).constData());
        QVERIFY(!info->isHealthy);
    }

    void others_areNotTertulia_data()
    {
        QTest::addColumn<ScriptedAnswer>("answer");
        QTest::newRow("page") << ScriptedAnswer::json(200, "<html>");
        QTest::newRow("other JSON") << ScriptedAnswer::json(200, R"({"ok":true})");
        QTest::newRow("not found") << ScriptedAnswer::json(404, "nothing");
        QTest::newRow("garbage") << ScriptedAnswer::raw(QByteArray(3'000, '\x01'));
        QTest::newRow("endless") << ScriptedAnswer::json(200, QByteArray(1'000'000, ' '));
        QTest::newRow("elsewhere") << ScriptedAnswer::json(302, {}).with("Location", "http://192.0.2.1/");
        QTest::newRow("hangs up") << ScriptedAnswer::hangUp();
    }
    void proxyWithoutItsServer_isNoStranger()
    {
        for (const int status : {502, 503, 504}) {
            ScriptedServer server;
            server.always("GET", Routes::health, ScriptedAnswer::json(status, "<html>Bad Gateway</html>"));
            ServerProbe probe;
            QCOMPARE(await(probe.check(server.url().toString())).error().reason, QString(ProbeReason::away));
        }
    }
    void others_areNotTertulia()
    {
        QFETCH(ScriptedAnswer, answer);
        ScriptedServer server;
        server.always("GET", Routes::health, answer);
        ServerProbe probe;
        const auto info = await(probe.check(server.url().toString()));
        QVERIFY(!info);
        QCOMPARE(info.error().reason, QString(ProbeReason::notTertulia));
        QCOMPARE(info.error().field, u"address"_s);
    }

    void failures_haveTheirWords()
    {
        ServerProbe probe;
        ScriptedServer server;
        server.always("GET", Routes::health, ScriptedAnswer::held());
        probe.setLimits({.deadline = std::chrono::milliseconds(200)});
        QCOMPARE(await(probe.check(server.url().toString())).error().reason, QString(ProbeReason::timeout));
        probe.setLimits({});
        server.stop();
        QCOMPARE(await(probe.check(typed(server))).error().reason, QString(ProbeReason::refused));
        QCOMPARE(await(probe.check(u"no-such-host.invalid"_s)).error().reason, QString(ProbeReason::noSuchHost));
        const auto bad = await(probe.check(u"not an address"_s));
        QCOMPARE(bad.error().code, ErrorCode::Invalid);
        QCOMPARE(bad.error().reason, QString(ProbeReason::badAddress));
    }

    void unknownCertificate_isNamed()
    {
        TlsServer server; // signed by itself
        if (!server.isListening())
            QSKIP("no certificate could be made");
        ServerProbe probe;
        const auto info = await(probe.check(u"https://127.0.0.1:%1"_s.arg(server.serverPort())));
        QVERIFY(!info);
        QCOMPARE(info.error().reason, QString(ProbeReason::certificate));
        QVERIFY(!server.hasHeard()); // nothing was said to it
    }

    void newCheck_cancelsTheOneBefore()
    {
        ScriptedServer server;
        server.expect("GET", Routes::health, ScriptedAnswer::held());
        ServerProbe probe;
        const auto first = probe.check(server.url().toString());
        QTRY_COMPARE(server.held(Routes::health).size(), 1U);
        server.expect("GET", Routes::health, ScriptedAnswer::data(R"({"status":"healthy"})"));
        const auto second = probe.check(server.url().toString());
        QCOMPARE(await(first).error().code, ErrorCode::Cancelled);
        QVERIFY(await(second));
        auto third = std::make_unique<ServerProbe>();
        server.expect("GET", Routes::health, ScriptedAnswer::held());
        const auto last = third->check(server.url().toString());
        third.reset();
        QCOMPARE(await(last).error().code, ErrorCode::Cancelled);
    }
};

TERTULIA_TEST(tst_serverprobe, TestServerProbe)
#include "tst_serverprobe.moc"
