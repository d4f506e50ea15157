// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/secretstore.h"
#include "client/session/tokenkeeper.h"
#include "client/transport/apiclient.h"
#include "client/transport/networkreasons.h"
#include "protocol/chat.h"
#include "protocol/names.h"
#include "support/fakeclock.h"
#include "support/futures.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const auto unreadJson = R"({"total":3,"conversations":2})"_ba;

QByteArray authJson(const QByteArray &number)
{
    return R"({"accessToken":"access-)" + number + R"(","refreshToken":"refresh-)" + number
        + R"(","expiresIn":900,"user":{"id":"0190f5a2-0000-7000-8000-000000000001","fullName":"Ana","username":"ana"}})";
}

AuthResult authResult(const QByteArray &number)
{
    return *fromJson<AuthResult>(authJson(number));
}

} // namespace

class TestApiClient : public QObject
{
    Q_OBJECT

    static Client::Future<UnreadCount> unread(ApiClient &api) { return api.get<UnreadCount>(Routes::unreadCount); }

private Q_SLOTS:
    void get_unwrapsTheEnvelope()
    {
        ScriptedServer server;
        ApiClient api(server.url());
        server.expect("GET", Routes::unreadCount, [](const ScriptedRequest &request) {
            return request.token().isEmpty() && request.headers.value("accept-encoding") == "identity"
                ? ScriptedAnswer::data(unreadJson)
                : ScriptedAnswer::error(400, "VALIDATION_ERROR");
        });
        const auto answer = await(unread(api));
        QVERIFY2(answer, why(answer).constData());
        QCOMPARE(answer->total, 3);
        QVERIFY2(server.isDone(), qPrintable(server.why()));
        QCOMPARE(api.pendingCount(), 0);
    }

    void requests_sayWhatIsMeant()
    {
        ScriptedServer server;
        QUrl below = server.url();
        below.setPath(u"/chat"_s);
        ApiClient api(below);
        const QString path = routePath(Routes::messageRead, {u"a/b c?"_s});
        server.expect("POST", u"/chat/api/Chat/messages/a/b c?/read"_s, [](const ScriptedRequest &request) {
            return request.json()[u"messageIds"_s].toArray().size() == 1 ? ScriptedAnswer::data("{}", 201)
                                                                         : ScriptedAnswer::hangUp();
        });
        QVERIFY(await(api.post<void>(path, MarkMessagesRequest{QStringList{u"m"_s}})));
        server.expect("DELETE", u"/chat/x"_s, [](const ScriptedRequest &request) {
            return request.body.isEmpty() ? ScriptedAnswer::data("{}") : ScriptedAnswer::hangUp();
        });
        QVERIFY(await(api.remove<void>(u"/x"_s)));
        server.expect("GET", u"/chat/s"_s, [](const ScriptedRequest &request) {
            return request.queryItem(u"q"_s) == u"a+b & c%ü"_s ? ScriptedAnswer::data("{}") : ScriptedAnswer::hangUp();
        });
        QUrlQuery query;
        query.addQueryItem(u"q"_s, QString::fromLatin1(QUrl::toPercentEncoding(u"a+b & c%ü"_s)));
        QVERIFY(await(api.get<void>(u"/s"_s, query)));
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }

    void serversWord_isTyped()
    {
        ScriptedServer server;
        ApiClient api(server.url());
        server.expect("GET", Routes::unreadCount, ScriptedAnswer::error(429, "RATE_LIMITED").with("Retry-After", "12"));
        const auto answer = await(unread(api));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::RateLimited);
        QCOMPARE(answer.error().retryAfterSeconds, 12);
    }

    void networkFailures_areUnavailable_data()
    {
        QTest::addColumn<QByteArray>("raw");
        QTest::addColumn<QString>("reason");
        const auto row = [](const char *name, const QByteArray &raw, QLatin1StringView reason) {
            QTest::newRow(name) << raw << QString(reason);
        };
        row("closed at once", {}, NetworkReason::connectionLost);
        row("closed in the body", "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", NetworkReason::connectionLost);
        row("garbage", QByteArray(5'000, '\x07') + "\r\n\r\n", NetworkReason::connectionLost);
        row("not HTTP", "SSH-2.0-OpenSSH_9.2\r\n", NetworkReason::connectionLost);
        row("page", "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", NetworkReason::badAnswer);
        row("large body", "HTTP/1.1 200 OK\r\nContent-Length: 10000000\r\n\r\n" + QByteArray(10'000'000, ' '),
            NetworkReason::answerTooLarge);
        row("large body without a length", "HTTP/1.1 200 OK\r\n\r\n" + QByteArray(10'000'000, ' '),
            NetworkReason::answerTooLarge);
        row("swelling body",
            "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 20\r\n\r\n" + QByteArray(20, '\x1f'),
            NetworkReason::badAnswer);
        row("elsewhere", "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
            NetworkReason::redirected);
    }
    void networkFailures_areUnavailable()
    {
        QFETCH(QByteArray, raw);
        QFETCH(QString, reason);
        ScriptedServer server;
        ApiClient api(server.url());
        server.always("GET", Routes::unreadCount, raw.isEmpty() ? ScriptedAnswer::hangUp() : ScriptedAnswer::raw(raw));
        const auto answer = await(unread(api));
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QCOMPARE(answer.error().reason, reason);
        QVERIFY(!answer.error().message.isEmpty());
    }

    void nobodyThere_isRefused()
    {
        ScriptedServer server;
        server.stop();
        ApiClient api(server.url());
        const auto answer = await(unread(api));
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, QString(NetworkReason::connectionRefused));
    }

    void unknownHost_isNamed()
    {
        ApiClient api(QUrl(u"http://no-such-host.invalid"_s));
        const auto answer = await(unread(api));
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, QString(NetworkReason::hostNotFound));
    }

    void plainServer_speaksNoTls()
    {
        ScriptedServer server;
        QUrl url = server.url();
        url.setScheme(u"https"_s);
        ApiClient api(url);
        api.setLimits({.deadline = std::chrono::milliseconds(500)}); // the script waits for a head that never ends
        const auto answer = await(unread(api));
        QVERIFY(!answer);
        QVERIFY(answer.error().reason == NetworkReason::tlsError || answer.error().reason == NetworkReason::timeout
                || answer.error().reason == NetworkReason::connectionLost);
    }

    void slowAnswers_endAtTheDeadline_data()
    {
        QTest::addColumn<QByteArray>("begin");
        QTest::addColumn<QByteArray>("drop");
        QTest::newRow("silence") << QByteArray() << QByteArray();
        QTest::newRow("body that never ends") << QByteArray("HTTP/1.1 200 OK\r\n\r\n") << QByteArray(" ");
        QTest::newRow("head that never ends") << QByteArray("HTTP/1.1 200 OK\r\n") << QByteArray("X-A: b\r\n");
    }
    void slowAnswers_endAtTheDeadline()
    {
        QFETCH(QByteArray, begin);
        QFETCH(QByteArray, drop);
        ScriptedServer server;
        ApiClient api(server.url());
        api.setLimits({.deadline = std::chrono::milliseconds(200)});
        server.always("GET", Routes::unreadCount, ScriptedAnswer::held());
        const auto future = unread(api);
        QTRY_COMPARE(server.held(Routes::unreadCount).size(), 1U);
        ScriptedExchange *exchange = server.held(Routes::unreadCount).front();
        exchange->write(begin);
        QTimer drip;
        connect(&drip, &QTimer::timeout, this, [&] { exchange->write(drop); });
        drip.start(5);
        const auto answer = await(future);
        QVERIFY(!answer);
        QCOMPARE(answer.error().reason, QString(NetworkReason::timeout));
        QTRY_COMPARE(server.connectionCount(), 0);
    }

    void cancelling_abortsTheRequest()
    {
        ScriptedServer server;
        ApiClient api(server.url());
        server.always("GET", Routes::unreadCount, ScriptedAnswer::held());
        auto future = unread(api);
        QTRY_COMPARE(server.held(Routes::unreadCount).size(), 1U);
        future.cancel();
        QTRY_COMPARE(server.connectionCount(), 0);
        QVERIFY(future.isAnswered());
        QCOMPARE(api.pendingCount(), 0);
    }

    void destroying_deliversCancelled()
    {
        ScriptedServer server;
        auto api = std::make_unique<ApiClient>(server.url());
        server.always("GET", Routes::unreadCount, ScriptedAnswer::held());
        const auto first = unread(*api), second = unread(*api);
        QTRY_COMPARE(server.held(Routes::unreadCount).size(), 2U);
        api.reset();
        QCOMPARE(await(first).error().code, ErrorCode::Cancelled);
        QCOMPARE(await(second).error().code, ErrorCode::Cancelled);
        QTRY_COMPARE(server.connectionCount(), 0);
    }

    void callback_mayDestroyTheClient()
    {
        ScriptedServer server;
        auto api = std::make_unique<ApiClient>(server.url());
        server.always("GET", Routes::unreadCount, ScriptedAnswer::data(unreadJson));
        whenAnswered(unread(*api), this, [&](const Result<UnreadCount> &) { api.reset(); });
        QTRY_VERIFY(!api);
    }

    void cookies_areNotKept()
    {
        ScriptedServer server;
        ApiClient api(server.url());
        server.expect("GET", Routes::unreadCount,
                      ScriptedAnswer::data(unreadJson).with("Set-Cookie", "tertulia_refresh=x; Path=/"));
        server.expect("GET", Routes::unreadCount, [](const ScriptedRequest &request) {
            return request.headers.contains("cookie") ? ScriptedAnswer::hangUp() : ScriptedAnswer::data(unreadJson);
        });
        QVERIFY(await(unread(api)));
        QVERIFY(await(unread(api)));
    }

    // With tokens

    void oneRefresh_servesAllThatWait()
    {
        ScriptedServer server;
        FakeClock clock;
        MemorySecretStore secrets;
        ApiClient api(server.url());
        TokenKeeper keeper(api, secrets, u"k"_s, clock);
        api.setTokenKeeper(&keeper);
        QVERIFY(await(keeper.begin(authResult("1"))));
        clock.advance(std::chrono::minutes(20));
        server.expect("POST", Routes::refreshToken, ScriptedAnswer::held());
        server.always("GET", Routes::unreadCount, [](const ScriptedRequest &request) {
            return request.token() == u"access-2"_s ? ScriptedAnswer::data(unreadJson) : ScriptedAnswer::hangUp();
        });
        std::vector<Client::Future<UnreadCount>> waiting;
        for (int i = 0; i < 10; ++i)
            waiting.push_back(unread(api));
        QTRY_COMPARE(server.held(Routes::refreshToken).size(), 1U);
        QCOMPARE(server.held(Routes::refreshToken).front()->request().json()[u"refreshToken"_s].toString(),
                 u"refresh-1"_s);
        QCOMPARE(server.count(Routes::unreadCount), 0);
        server.held(Routes::refreshToken).front()->answer(ScriptedAnswer::data(authJson("2")));
        for (const auto &future : waiting)
            QVERIFY(await(future));
        QCOMPARE(server.count(Routes::refreshToken), 1);
        QCOMPARE(secrets.secrets().value(u"k"_s), "refresh-2");
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }

    void refusedToken_isRenewedAndTheRequestSentOnceMore()
    {
        ScriptedServer server;
        FakeClock clock;
        MemorySecretStore secrets;
        ApiClient api(server.url());
        TokenKeeper keeper(api, secrets, u"k"_s, clock);
        api.setTokenKeeper(&keeper);
        QVERIFY(await(keeper.begin(authResult("1"))));
        server.always("GET", Routes::unreadCount, [](const ScriptedRequest &request) {
            return request.token() == u"access-2"_s ? ScriptedAnswer::data(unreadJson)
                                                    : ScriptedAnswer::error(401, "UNAUTHORIZED");
        });
        server.expect("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        const auto first = unread(api), second = unread(api);
        QVERIFY(await(first));
        QVERIFY(await(second));
        QCOMPARE(server.count(Routes::refreshToken), 1);
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }

    void tokensThatAreNeverTaken_endAsUnauthenticated()
    {
        ScriptedServer server;
        FakeClock clock;
        MemorySecretStore secrets;
        ApiClient api(server.url());
        TokenKeeper keeper(api, secrets, u"k"_s, clock);
        api.setTokenKeeper(&keeper);
        QVERIFY(await(keeper.begin(authResult("1"))));
        server.always("GET", Routes::unreadCount, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        server.always("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        const auto answer = await(unread(api));
        QCOMPARE(answer.error().code, ErrorCode::Unauthenticated);
        QCOMPARE(server.count(Routes::unreadCount), 2);
        QVERIFY(keeper.hasSession());
    }

    void refusedRefresh_endsTheSessionOnce()
    {
        ScriptedServer server;
        FakeClock clock;
        MemorySecretStore secrets;
        ApiClient api(server.url());
        TokenKeeper keeper(api, secrets, u"k"_s, clock);
        api.setTokenKeeper(&keeper);
        QSignalSpy ended(&api, &ApiClient::sessionEnded);
        QVERIFY(await(keeper.begin(authResult("1"))));
        server.always("GET", Routes::unreadCount, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        server.expect("POST", Routes::refreshToken, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        const auto first = unread(api), second = unread(api);
        QCOMPARE(await(first).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(await(second).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(ended.size(), 1);
        QVERIFY(secrets.secrets().isEmpty());
        QCOMPARE(await(unread(api)).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(ended.size(), 1);
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }

    void cancellingOneThatWaits_leavesTheRefreshToTheOthers()
    {
        ScriptedServer server;
        FakeClock clock;
        MemorySecretStore secrets;
        ApiClient api(server.url());
        TokenKeeper keeper(api, secrets, u"k"_s, clock);
        api.setTokenKeeper(&keeper);
        QVERIFY(await(keeper.begin(authResult("1"))));
        clock.advance(std::chrono::minutes(20));
        server.expect("POST", Routes::refreshToken, ScriptedAnswer::held());
        server.expect("GET", Routes::unreadCount, ScriptedAnswer::data(unreadJson));
        auto first = unread(api);
        const auto second = unread(api);
        QTRY_COMPARE(server.held(Routes::refreshToken).size(), 1U);
        first.cancel();
        QTRY_COMPARE(api.pendingCount(), 2); // the other one and the refresh
        server.held(Routes::refreshToken).front()->answer(ScriptedAnswer::data(authJson("2")));
        QVERIFY(await(second));
        QVERIFY2(server.isDone(), qPrintable(server.why()));
    }
};

TERTULIA_TEST(tst_apiclient, TestApiClient)
#include "tst_apiclient.moc"
