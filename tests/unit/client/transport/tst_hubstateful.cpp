// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later

// Stateful reconnect (signalr.md 11): the rules against a scripted server, and the promise, nothing lost and nothing
// doubled, against the test hub behind a network that breaks.

#include "client/transport/huberrors.h"
#include "scriptedhub.h"
#include "support/droppingrelay.h"
#include "support/testmain.h"
#include "testhubprocess.h"

#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;

using State = HubConnection::State;

class HubStatefulTest final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup() { hub.reset(); }

    void resume_goesOnWhereItWas();
    void resume_dropsWhatCameBefore();
    void received_isAcknowledgedAfterASecond();
    void resume_silentServer_isGivenUp();
    void resume_refused_isAnOrdinaryReconnect();
    void resume_withoutAToken_isNotTriedAgain();
    void resume_serverAway_isTriedForAWhile();
    void resume_now_skipsTheWait();
    void resume_whileSuspended_callsFail();
    void sequence_beyondWhatCame_endsTheConnection();
    void closeFrame_isNotResumed();
    void closeMessage_isNotResumed();
    void silentServer_isResumed();
    void serverThatDropsAtOnce_isNotHammered();
    void stop_whileResuming_ends();
    void notGranted_isNotResumed();

    void breaking_calls_data() { formats(); }
    void breaking_calls();
    void breaking_events_data() { formats(); }
    void breaking_events();
    void breaking_upload_data() { formats(); }
    void breaking_upload();
    void breaking_longTexts_data() { formats(); }
    void breaking_longTexts();
    void breaking_withoutStatefulReconnect_losesButComesBack();

private:
    void formats();
    [[nodiscard]] QByteArray event(int i) const;
    [[nodiscard]] TestHubProcess &testHub();
    /// In the format of this row.
    [[nodiscard]] static HubOptions optionsBehind(const DroppingRelay &relay);
    void breakSomewhere(DroppingRelay &relay, quint32 within);

    std::unique_ptr<ScriptedHub> hub;
    std::unique_ptr<TestHubProcess> m_testHub;
    QRandomGenerator m_dice{1};
};

void HubStatefulTest::init()
{
    hub = std::make_unique<ScriptedHub>();
    hub->isStateful = true;
}

QByteArray HubStatefulTest::event(int i) const
{
    return R"({"type":1,"target":"Event","arguments":[)" + QByteArray::number(i) + "]}";
}

void HubStatefulTest::resume_goesOnWhereItWas()
{
    HubOptions options = hub->options();
    int asked = 0;
    options.accessToken = [&asked] { return answered<QString>(u"token %1"_s.arg(++asked)); };
    HubConnection connection(options);
    QSignalSpy states(&connection, &HubConnection::stateChanged);
    QVERIFY(hub->connect(connection));
    QCOMPARE(hub->handshake, QByteArray("{\"protocol\":\"json\",\"version\":2}\x1e"));
    const auto one = connection.invoke<int>("One"_L1);
    const auto two = connection.invoke<int>("Two"_L1);
    QVERIFY(hub->hear().contains("One"));
    QVERIFY(hub->hear().contains("Two"));
    hub->say(R"({"type":8,"sequenceId":1})");
    hub->say(R"({"type":3,"invocationId":"1","result":1})");
    QCOMPARE(await(one), Result<int>(1));
    hub->scheduler.advance(500ms);
    hub->socket->abort();

    // The same id, a fresh token, no handshake, then where we are and what was not acknowledged.
    QVERIFY(hub->nextSocket());
    QCOMPARE(QUrlQuery(hub->socket->requestUrl()).queryItemValue(u"id"_s, QUrl::FullyDecoded), u"secret/id"_s);
    QCOMPARE(hub->socket->requestHeader("Authorization"), QByteArray("Bearer token 3"));
    QCOMPARE(hub->hear(), QByteArray(R"({"type":9,"sequenceId":2})"));
    QVERIFY(hub->hear().contains("Two"));
    QCOMPARE(hub->socket->take(), ScriptedHub::ping());
    const auto three = connection.invoke<int>("Three"_L1);
    QVERIFY(hub->hear().contains("Three"));
    // Before its Sequence nothing of the server counts.
    hub->say(R"({"type":3,"invocationId":"2","result":99})");
    hub->say(R"({"type":9,"sequenceId":2})");
    hub->say(R"({"type":3,"invocationId":"2","result":2})");
    hub->say(R"({"type":3,"invocationId":"3","result":3})");
    QCOMPARE(await(two), Result<int>(2));
    QCOMPARE(await(three), Result<int>(3));
    QCOMPARE(states.size(), 2); // Connecting, Connected: nobody noticed
    QCOMPARE(connection.connectionId(), u"public-id"_s);
}

void HubStatefulTest::resume_dropsWhatCameBefore()
{
    HubConnection connection(hub->options());
    QList<int> got;
    connection.on<int>("Event"_L1, this, [&got](int i) { got.append(i); });
    QVERIFY(hub->connect(connection));
    for (int i = 1; i <= 3; ++i)
        hub->say(event(i));
    hub->socket->injectText(u"{\"type\":1,\"tar"_s); // half a record is thrown away
    QTRY_COMPARE(got.size(), 3);
    hub->scheduler.advance(1s);
    QCOMPARE(hub->hear(), QByteArray(R"({"type":8,"sequenceId":3})"));
    hub->socket->abort();
    QVERIFY(hub->nextSocket());
    QCOMPARE(hub->hear(), QByteArray(R"({"type":9,"sequenceId":1})"));
    hub->say(R"({"type":9,"sequenceId":2})");
    for (int i = 2; i <= 5; ++i)
        hub->say(event(i));
    QTRY_COMPARE(got, QList<int>({1, 2, 3, 4, 5}));

    // A replay that is cut off, and a server that had our Ack before it said its Sequence again.
    hub->scheduler.advance(1s);
    hub->socket->abort();
    QVERIFY(hub->nextSocket());
    QCOMPARE(hub->hear(), QByteArray(R"({"type":9,"sequenceId":1})"));
    hub->say(R"({"type":9,"sequenceId":2})");
    hub->say(event(2));
    hub->scheduler.advance(1s);
    QTest::qWait(20);
    hub->socket->abort();
    QVERIFY(hub->nextSocket());
    hub->say(R"({"type":9,"sequenceId":6})");
    hub->say(event(6));
    QTRY_COMPARE(got.size(), 6);
    QCOMPARE(got.last(), 6);
    QCOMPARE(connection.state(), State::Connected);
}

void HubStatefulTest::received_isAcknowledgedAfterASecond()
{
    HubConnection connection(hub->options());
    int got = 0;
    connection.on<int>("Event"_L1, this, [&got](int) { ++got; });
    QVERIFY(hub->connect(connection));
    hub->say(event(1));
    hub->say("{\"type\":6}"); // not counted
    hub->say(R"({"type":3,"invocationId":"77"})"); // counted, though nobody waits for it
    QTRY_COMPARE(got, 1);
    QTest::qWait(20);
    hub->scheduler.advance(1s);
    QCOMPARE(hub->hear(), QByteArray(R"({"type":8,"sequenceId":2})"));
    hub->scheduler.advance(5s);
    QTest::qWait(20);
    QVERIFY(hub->socket->received().isEmpty());
}

void HubStatefulTest::resume_silentServer_isGivenUp()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    const auto answer = connection.invoke<int>("One"_L1);
    QVERIFY(hub->hear().contains("One"));
    hub->scheduler.advance(1s);
    hub->socket->abort();
    QVERIFY(hub->nextSocket());
    QVERIFY(hub->hear().contains("sequenceId"));
    hub->scheduler.advance(15s); // it opens the socket and says nothing
    QCOMPARE(await(answer).error().reason, HubReasons::connectionLost);
    QCOMPARE(connection.state(), State::Reconnecting);
}

void HubStatefulTest::resume_refused_isAnOrdinaryReconnect()
{
    HubConnection connection(hub->options());
    QSignalSpy reconnected(&connection, &HubConnection::reconnected);
    QVERIFY(hub->connect(connection));
    const auto answer = connection.invoke<int>("One"_L1);
    hub->scheduler.advance(1s);
    hub->server.refuseWebSockets(u"/hub"_s);
    hub->server.always("GET", u"/hub"_s, ScriptedAnswer::json(404, "No Connection with that ID"));
    hub->socket->abort();
    QCOMPARE(await(answer).error().reason, HubReasons::connectionLost);
    hub->server.acceptWebSockets(u"/hub"_s);
    hub->scheduler.advance(0s);
    QVERIFY(hub->accept());
    QTRY_COMPARE(reconnected.size(), 1);
    QCOMPARE(hub->socket->take(), ScriptedHub::ping());
    // A new connection counts anew.
    hub->socket->abort();
    hub->scheduler.advance(1s);
    QVERIFY(hub->nextSocket());
    QCOMPARE(hub->hear(), QByteArray(R"({"type":9,"sequenceId":1})"));
}

void HubStatefulTest::resume_withoutAToken_isNotTriedAgain()
{
    HubOptions options = hub->options();
    Result<QString> token = u"token"_s;
    options.accessToken = [&token] { return answered<QString>(token); };
    HubConnection connection(options);
    QSignalSpy closed(&connection, &HubConnection::closed);
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(1s);
    token = failure(Error::unauthenticated(u"The session is over."_s));
    hub->socket->abort();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    hub->scheduler.advance(0s);
    QTRY_COMPARE(closed.size(), 1);
    QCOMPARE(closed[0][0].value<Error>().code, ErrorCode::Unauthenticated);
}

void HubStatefulTest::resume_serverAway_isTriedForAWhile()
{
    HubConnection connection(hub->options());
    QSignalSpy states(&connection, &HubConnection::stateChanged);
    QVERIFY(hub->connect(connection));
    const auto answer = connection.invoke<int>("One"_L1);
    QVERIFY(hub->hear().contains("One"));
    states.clear();
    hub->scheduler.advance(1s);
    hub->server.stop();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    QVERIFY(!answer.isAnswered()); // it may still come
    hub->server.start();
    hub->scheduler.advance(500ms);
    QVERIFY(hub->nextSocket());
    QVERIFY(hub->hear().contains("sequenceId"));
    hub->say(R"({"type":9,"sequenceId":1})");
    QTRY_COMPARE(connection.state(), State::Connected);
    hub->say(R"({"type":3,"invocationId":"1","result":1})");
    QCOMPARE(await(answer), Result<int>(1));

    hub->scheduler.advance(1s);
    hub->server.stop();
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    int tries = 0;
    while (lost.isEmpty() && tries < 20) {
        ++tries;
        QTest::qWait(50);
        hub->scheduler.advance(hub->scheduler.untilNext());
    }
    QTRY_COMPARE(lost.size(), 1); // 15 s are over
    QVERIFY(tries >= 4);
}

void HubStatefulTest::resume_now_skipsTheWait()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(1s);
    hub->server.stop();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    hub->server.start();
    connection.reconnectNow();
    QVERIFY(hub->nextSocket());
    hub->say(R"({"type":9,"sequenceId":1})");
    QTRY_COMPARE(connection.state(), State::Connected);
}

void HubStatefulTest::resume_whileSuspended_callsFail()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(1s);
    hub->server.stop();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    QCOMPARE(await(connection.invoke("One"_L1)).error().reason, HubReasons::notConnected);
}

void HubStatefulTest::sequence_beyondWhatCame_endsTheConnection()
{
    HubConnection connection(hub->options());
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(hub->connect(connection));
    hub->say(event(1));
    hub->say(R"({"type":9,"sequenceId":3})");
    QTRY_COMPARE(lost.size(), 1);
    QCOMPARE(lost[0][0].value<Error>().reason, HubReasons::protocolError);
}

void HubStatefulTest::closeFrame_isNotResumed()
{
    HubConnection connection(hub->options());
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(1s);
    hub->socket->close();
    QTRY_COMPARE(lost.size(), 1);
    hub->scheduler.advance(0s);
    QVERIFY(hub->accept()); // a handshake again
    QTRY_COMPARE(connection.state(), State::Connected);
}

void HubStatefulTest::closeMessage_isNotResumed()
{
    HubConnection connection(hub->options());
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(hub->connect(connection));
    hub->say(R"({"type":7,"allowReconnect":true})");
    QTRY_COMPARE(lost.size(), 1);
    hub->scheduler.advance(0s);
    QVERIFY(hub->accept());
}

void HubStatefulTest::silentServer_isResumed()
{
    HubConnection connection(hub->options());
    QSignalSpy states(&connection, &HubConnection::stateChanged);
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(30s); // the path is dead
    QVERIFY(hub->nextSocket());
    QCOMPARE(hub->hear(), QByteArray(R"({"type":9,"sequenceId":1})"));
    hub->say(R"({"type":9,"sequenceId":1})");
    const auto answer = connection.invoke<int>("One"_L1);
    hub->say(R"({"type":3,"invocationId":"1","result":1})");
    QCOMPARE(await(answer), Result<int>(1));
    QCOMPARE(states.size(), 2);
}

void HubStatefulTest::serverThatDropsAtOnce_isNotHammered()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    for (int i = 0; i < 3; ++i) {
        hub->socket->abort();
        QTest::qWait(50);
        QCOMPARE(hub->server.sockets().size(), size_t(i + 1));
        hub->scheduler.advance(250ms);
        QVERIFY(hub->nextSocket());
        QVERIFY(hub->hear().contains("sequenceId"));
        hub->say(R"({"type":9,"sequenceId":1})");
        QTRY_COMPARE(hub->socket->received().size(), 1); // our ping
        QTest::qWait(20);
    }
}

void HubStatefulTest::stop_whileResuming_ends()
{
    HubConnection connection(hub->options());
    QVERIFY(hub->connect(connection));
    const auto answer = connection.invoke<int>("One"_L1);
    hub->scheduler.advance(1s);
    hub->server.stop();
    QTRY_COMPARE(connection.state(), State::Reconnecting);
    QVERIFY(await(connection.stop()));
    QCOMPARE(await(answer).error().code, ErrorCode::Cancelled);
    QCOMPARE(connection.state(), State::Disconnected);
    QCOMPARE(hub->scheduler.waitingCount(), size_t(0));
}

void HubStatefulTest::notGranted_isNotResumed()
{
    hub->isStateful = false;
    HubConnection connection(hub->options());
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(hub->connect(connection));
    hub->scheduler.advance(1s);
    hub->socket->abort();
    QTRY_COMPARE(lost.size(), 1);
}

// --- behind a network that breaks

void HubStatefulTest::formats()
{
    QTest::addColumn<int>("format");
    QTest::newRow("JSON") << int(WireFormat::Json);
    QTest::newRow("MessagePack") << int(WireFormat::MessagePack);
}

TestHubProcess &HubStatefulTest::testHub()
{
    if (!m_testHub) {
        m_testHub = std::make_unique<TestHubProcess>();
        if (!m_testHub->start())
            qFatal("testhub did not start: is TESTHUB set?");
    }
    return *m_testHub;
}

HubOptions HubStatefulTest::optionsBehind(const DroppingRelay &relay)
{
    QFETCH(int, format);
    HubOptions options;
    options.url = relay.url();
    options.format = WireFormat(format);
    return options;
}

void HubStatefulTest::breakSomewhere(DroppingRelay &relay, quint32 within)
{
    relay.breakAfter(m_dice.bounded(2) == 1, qint64(m_dice.bounded(1u, within)));
}

void HubStatefulTest::breaking_calls()
{
    DroppingRelay relay(testHub().url(u"/testhub"_s));
    HubConnection connection(optionsBehind(relay));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(await(connection.start()));
    const QString id = connection.connectionId();
    for (int round = 0; round < 12; ++round) {
        breakSomewhere(relay, 2000);
        std::vector<Client::Future<QString>> answers;
        for (int i = 0; i < 50; ++i)
            answers.push_back(connection.invoke<QString>("Echo"_L1, u"word %1 of round %2"_s.arg(i).arg(round)));
        for (int i = 0; i < 50; ++i)
            QCOMPARE(await(answers[size_t(i)]), Result<QString>(u"word %1 of round %2"_s.arg(i).arg(round)));
        if (lost.size() > 0)
            qWarning("%s", qUtf8Printable(connection.lastError().message));
        QCOMPARE(lost.size(), 0);
        // Calls are accepted again once the connection is up.
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, 10'000);
    }
    QVERIFY2(relay.drops() >= 9, qPrintable(QString::number(relay.drops())));
    QCOMPARE(await(connection.invoke<QString>("GetCallerConnectionId"_L1)), Result<QString>(id));
}

void HubStatefulTest::breaking_events()
{
    DroppingRelay relay(testHub().url(u"/testhub"_s));
    HubConnection connection(optionsBehind(relay));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QStringList said, heard;
    connection.on<QString>("Message"_L1, this, [&heard](const QString &text) { heard.append(text); });
    QVERIFY(await(connection.start()));
    for (int i = 0; i < 600; ++i) {
        if (i % 50 == 0)
            breakSomewhere(relay, 2000);
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, 10'000);
        said.append(u"message %1"_s.arg(i));
        QVERIFY(await(connection.send("InvokeWithString"_L1, said.last())));
        if (i % 50 == 49)
            QVERIFY(await(connection.invoke<QString>("Echo"_L1, u"the end of a round"_s)));
    }
    QTRY_COMPARE_WITH_TIMEOUT(heard.size(), said.size(), 20'000);
    QCOMPARE(heard, said);
    QCOMPARE(lost.size(), 0);
    QVERIFY2(relay.drops() >= 9, qPrintable(QString::number(relay.drops())));
}

void HubStatefulTest::breaking_upload()
{
    DroppingRelay relay(testHub().url(u"/testhub"_s));
    HubConnection connection(optionsBehind(relay));
    QVERIFY(await(connection.start()));
    auto upload = connection.upload<QString>();
    const auto whole = connection.invoke<QString>("StreamingConcat"_L1, upload);
    QString expected;
    for (int i = 0; i < 500; ++i) {
        if (i % 50 == 0)
            relay.breakAfter(false, qint64(m_dice.bounded(1u, 400u)));
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, 10'000);
        expected += u"%1,"_s.arg(i);
        QVERIFY(upload.write(u"%1,"_s.arg(i)) != UploadResult::Closed);
        if (i % 50 == 49)
            QVERIFY(await(connection.invoke<QString>("Echo"_L1, u"the end of a round"_s)));
    }
    upload.finish();
    QCOMPARE(await(whole), Result<QString>(expected));
    QVERIFY2(relay.drops() >= 8, qPrintable(QString::number(relay.drops())));
}

void HubStatefulTest::breaking_longTexts()
{
    DroppingRelay relay(testHub().url(u"/testhub"_s));
    HubConnection connection(optionsBehind(relay));
    QSignalSpy lost(&connection, &HubConnection::reconnecting);
    QVERIFY(await(connection.start()));
    for (int round = 0; round < 4; ++round) {
        breakSomewhere(relay, 100'000);
        QTRY_COMPARE_WITH_TIMEOUT(connection.state(), State::Connected, 10'000);
        // Together more than the buffer of 100,000 bytes: some wait for an Ack.
        std::vector<Client::Future<QString>> answers;
        for (int i = 0; i < 8; ++i)
            answers.push_back(connection.invoke<QString>("Echo"_L1, QString(25'000, QChar(u'a' + i))));
        for (int i = 0; i < 8; ++i) {
            const auto answer = await(answers[size_t(i)]);
            QVERIFY2(answer, why(answer));
            QVERIFY(*answer == QString(25'000, QChar(u'a' + i)));
        }
    }
    QCOMPARE(lost.size(), 0);
    QVERIFY(relay.drops() >= 3);
}

void HubStatefulTest::breaking_withoutStatefulReconnect_losesButComesBack()
{
    DroppingRelay relay(testHub().url(u"/testhub"_s));
    HubOptions options;
    options.url = relay.url();
    options.statefulReconnect = false;
    HubConnection connection(options);
    QSignalSpy reconnected(&connection, &HubConnection::reconnected);
    QVERIFY(await(connection.start()));
    const QString id = connection.connectionId();
    relay.breakNow();
    QTRY_COMPARE_WITH_TIMEOUT(reconnected.size(), 1, 10'000);
    QVERIFY(connection.connectionId() != id);
    QCOMPARE(await(connection.invoke<QString>("Echo"_L1, u"x"_s)), Result<QString>(u"x"_s));
}

TERTULIA_TEST(tst_hubstateful, HubStatefulTest)
#include "tst_hubstateful.moc"
