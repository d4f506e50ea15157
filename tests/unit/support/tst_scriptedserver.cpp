// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/scriptedserver.h"

#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestScriptedServer : public QObject
{
    Q_OBJECT

    QNetworkAccessManager m_network;

    std::unique_ptr<QNetworkReply> get(const ScriptedServer &server, const QString &target)
    {
        return std::unique_ptr<QNetworkReply>(m_network.get(QNetworkRequest(QUrl(server.url().toString() + target))));
    }

private Q_SLOTS:
    void expected_isAnswered()
    {
        ScriptedServer server;
        server.expect("GET", u"/one"_s, [](const ScriptedRequest &request) {
            return request.queryItem(u"q"_s) == u"a b"_s ? ScriptedAnswer::data("1") : ScriptedAnswer::error(400, "NO");
        });
        QVERIFY(!server.isDone());
        const auto reply = get(server, u"/one?q=a%20b"_s);
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->readAll(), R"({"success":true,"data":1})");
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }

    void unexpected_isTold()
    {
        ScriptedServer server;
        const auto reply = get(server, u"/other"_s);
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(server.why(), u"not expected: GET /other"_s);
    }

    void held_waits()
    {
        ScriptedServer server;
        server.always("GET", u"/held"_s, ScriptedAnswer::held());
        const auto reply = get(server, u"/held"_s);
        QTRY_COMPARE(server.held(u"/held"_s).size(), 1U);
        QVERIFY(!reply->isFinished());
        server.held(u"/held"_s).front()->answer(ScriptedAnswer::json(202, "{}"));
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 202);
        QVERIFY(server.held(u"/held"_s).empty());
    }

    void stopped_refuses_andComesBack()
    {
        ScriptedServer server;
        server.always("GET", u"/held"_s, ScriptedAnswer::held());
        const auto broken = get(server, u"/held"_s);
        QTRY_COMPARE(server.held(u"/held"_s).size(), 1U);
        server.stop();
        QTRY_VERIFY(broken->isFinished());
        const auto refused = get(server, u"/held"_s);
        QTRY_VERIFY(refused->isFinished());
        QCOMPARE(refused->error(), QNetworkReply::ConnectionRefusedError);
        server.start();
        const auto again = get(server, u"/held"_s);
        QTRY_COMPARE(server.held(u"/held"_s).size(), 1U);
    }

    void webSocket_talksBothWays()
    {
        ScriptedServer server;
        server.acceptWebSockets(u"/hub"_s);
        QUrl url = server.url();
        url.setScheme(u"ws"_s);
        url.setPath(u"/hub"_s);
        url.setQuery(u"id=7"_s);
        QWebSocket first, second;
        first.open(url);
        second.open(url);
        QTRY_COMPARE(server.sockets().size(), 2U);
        QCOMPARE(server.socket()->requestUrl().query(), u"id=7"_s);
        QTRY_COMPARE(first.state(), QAbstractSocket::ConnectedState);
        QTRY_COMPARE(second.state(), QAbstractSocket::ConnectedState);
        first.sendTextMessage(u"hello"_s);
        QTRY_VERIFY(!server.sockets()[0]->received().isEmpty() || !server.sockets()[1]->received().isEmpty());
        ScriptedSocket *mine =
            server.sockets()[0]->received().isEmpty() ? server.sockets()[1].get() : server.sockets()[0].get();
        QCOMPARE(mine->take(), "hello");
        QSignalSpy binary(&first, &QWebSocket::binaryMessageReceived);
        mine->injectBinary("bytes");
        QTRY_COMPARE(binary.size(), 1);
        QSignalSpy gone(&first, &QWebSocket::disconnected);
        mine->injectRaw(QByteArray(64, '\xff'));
        QTRY_COMPARE(gone.size(), 1);
        server.stop();
        QTRY_COMPARE(second.state(), QAbstractSocket::UnconnectedState);
    }
};

QTEST_GUILESS_MAIN(TestScriptedServer)
#include "tst_scriptedserver.moc"
