// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The client library across the ends of its tokens (docs/decisions/0051), on the real server: nobody notices, and
// whoever gets no other token is gone.

#include "e2e/support/desk.h"
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/fakeclock.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30'000; // milliseconds; a loaded machine is slow, a hung test must end

QStringList settings(const QStringList &more)
{
    QStringList arguments;
    // Connections are looked at each second: a poll must have the time to come again.
    const QStringList common{u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s, u"hubs.token_grace=4s"_s,
                             u"limits.send_per_10_seconds=10000"_s, u"limits.send_per_minute=100000"_s};
    for (const QString &setting : common + more)
        arguments << u"--set"_s << setting;
    return arguments;
}

SendMessageRequest wordsTo(const UserCard &person)
{
    SendMessageRequest request;
    request.recipientId = person.id.toString();
    request.content = u"Still here."_s;
    return request;
}

} // namespace

class TestClientExpiry : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tokens_areRenewed_andNobodyNotices_data();
    void tokens_areRenewed_andNobodyNotices();
    void clientWhoseClockStands_pollsOn();
    void refusedRenewal_endsTheConnection();
};

void TestClientExpiry::tokens_areRenewed_andNobodyNotices_data()
{
    QTest::addColumn<HubTransport>("transport");
    QTest::addColumn<int>("renewals");
    // A socket asks for a token when it was cut: the first is over then. A request asks well before that.
    QTest::newRow("WebSocket") << HubTransport::WebSockets << 1;
    QTest::newRow("event stream") << HubTransport::ServerSentEvents << 3;
    QTest::newRow("long polling") << HubTransport::LongPolling << 3;
}

void TestClientExpiry::tokens_areRenewed_andNobodyNotices()
{
    QFETCH(HubTransport, transport);
    QFETCH(int, renewals);
    ServerProcess server;
    QVERIFY2(server.start(settings({u"auth.access_lifetime=5s"_s})), qPrintable(server.why()));
    RestClient(server.url()).signIn(u"ana"_s);
    RestClient(server.url()).signIn(u"bob"_s);
    Desk ana(server.url(), u"ana"_s, {.transport = transport});
    Desk bob(server.url(), u"bob"_s);
    ana.comesOnline();
    bob.comesOnline();
    QTRY_VERIFY_WITH_TIMEOUT(ana.isSettled() && bob.isSettled(), patience);
    const auto opened = bob.conversations().openDirect(ana.self().id);
    QTRY_VERIFY_WITH_TIMEOUT(opened.isAnswered(), patience);
    QVERIFY(opened.result());
    const ConversationId id = *opened.result();

    QSignalSpy received(&ana.conversations(), &ConversationClient::messageReceived);
    QSignalSpy changed(&ana.hub(), &HubConnection::stateChanged);
    QSignalSpy renewed(&ana.tokens(), &TokenKeeper::renewed);
    QSignalSpy answered(&bob.conversations(), &ConversationClient::messageReceived);
    int said = 0, answers = 0;
    const auto says = [&] {
        QVERIFY(bob.conversations().send(id, QString::number(++said)));
        QTRY_COMPARE_WITH_TIMEOUT(received.count(), said, patience);
    };
    says();
    bob.presence().watch({ana.self().id});
    QTRY_VERIFY_WITH_TIMEOUT(bob.presence().isOnline(ana.self().id), patience);
    bool wasSeenGoing = false;
    const auto look = [&] { wasSeenGoing = wasSeenGoing || !bob.presence().isOnline(ana.self().id); };
    connect(&bob.presence(), &PresenceClient::presenceChanged, this, look);
    while (renewed.count() < renewals) {
        if (received.count() == said)
            QVERIFY(bob.conversations().send(id, QString::number(++said)));
        // Her own words go, too: over the hub, by the way that it has.
        const auto sent = ana.hub().invoke<Message>(HubMethods::sendMessage, wordsTo(bob.self()));
        QTRY_VERIFY_WITH_TIMEOUT(sent.isAnswered(), patience);
        QVERIFY2(sent.result(), qPrintable(sent.result().error().message));
        ++answers;
        QTRY_VERIFY_WITH_TIMEOUT(received.count() >= said || renewed.count() >= renewals, patience);
    }
    says();
    QTRY_COMPARE_WITH_TIMEOUT(answered.count(), answers, patience);
    QCOMPARE(changed.count(), 0);
    QVERIFY(!wasSeenGoing);
    Timeline *const timeline = ana.conversations().open(id);
    timeline->jumpToLatest(); // it opened at what is unread
    QTRY_COMPARE_WITH_TIMEOUT(timeline->count() > 0 ? timeline->at(0).message.sequence : 0, said + answers, patience);
    for (int row = 0; row < timeline->count(); ++row) {
        if (const Message &message = timeline->at(row).message; message.senderId == bob.self().id)
            QCOMPARE(message.content, QString::number(said--));
    }
}

void TestClientExpiry::clientWhoseClockStands_pollsOn()
{
    ServerProcess server;
    QVERIFY2(server.start(settings({u"auth.access_lifetime=3s"_s})), qPrintable(server.why()));
    RestClient(server.url()).signIn(u"ana"_s);
    RestClient bob(server.url());
    UserCard friendOfHers;
    friendOfHers.id = UserId::parse(bob.signIn(u"bob"_s)).value_or(UserId());

    const FakeClock clock; // her tokens look fresh for ever
    MemorySecretStore secrets;
    ApiClient api(server.url());
    TokenKeeper tokens(api, secrets, u"ana"_s, clock);
    LoginRequest login;
    login.username = u"ana"_s;
    login.password = u"correct horse battery"_s;
    const auto signedIn = api.postAnonymously<AuthResult>(QString(Routes::login), login);
    QTRY_VERIFY_WITH_TIMEOUT(signedIn.isAnswered(), patience);
    (void)tokens.begin(*signedIn.result());
    HubOptions options;
    options.url = server.url();
    options.url.setPath(Routes::chatHub);
    options.transports = {HubTransport::LongPolling};
    options.accessToken = [&tokens] { return tokens.accessToken(); };
    options.rejectToken = [&tokens](const QString &token) { tokens.reject(token); };
    HubConnection hub(options);
    const auto started = hub.start();
    QTRY_VERIFY_WITH_TIMEOUT(started.isAnswered(), patience);
    QVERIFY(started.result());

    QSignalSpy changed(&hub, &HubConnection::stateChanged);
    QSignalSpy renewed(&tokens, &TokenKeeper::renewed);
    while (renewed.count() < 2) {
        const auto sent = hub.invoke<Message>(HubMethods::sendMessage, wordsTo(friendOfHers));
        QTRY_VERIFY_WITH_TIMEOUT(sent.isAnswered(), patience);
        QVERIFY2(sent.result(), qPrintable(sent.result().error().message));
    }
    QCOMPARE(changed.count(), 0);
}

void TestClientExpiry::refusedRenewal_endsTheConnection()
{
    ServerProcess server;
    QVERIFY2(server.start(settings({u"auth.access_lifetime=3s"_s, u"auth.refresh_lifetime=1s"_s,
                                    u"hubs.disconnect_timeout=1s"_s, u"chat.offline_delay=100ms"_s})),
             qPrintable(server.why()));
    RestClient(server.url()).signIn(u"ana"_s);
    Desk ana(server.url(), u"ana"_s);
    QSignalSpy ended(&ana.tokens(), &TokenKeeper::sessionEnded);
    QSignalSpy closed(&ana.hub(), &HubConnection::closed);
    ana.comesOnline();
    QTRY_VERIFY_WITH_TIMEOUT(ana.hub().state() == HubConnection::State::Connected, patience);
    QTRY_COMPARE_WITH_TIMEOUT(ended.count(), 1, patience);
    QTRY_COMPARE_WITH_TIMEOUT(closed.count(), 1, patience);
    QCOMPARE(closed.first().first().value<Error>().code, ErrorCode::Unauthenticated);
    QVERIFY(!ana.tokens().hasSession());
}

TERTULIA_TEST(tst_clientexpiry, TestClientExpiry)
#include "tst_clientexpiry.moc"
