// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/restserver.h"
#include "net/frontdoor.h"
#include "support/testmain.h"
#include "unit/net/netclient.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>
#include <QUrl>

#include <future>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

struct Word
{
    QString word;
    static constexpr auto fields() { return std::tuple{required("word", &Word::word)}; }
};

Result<Actor> actorOf(const QByteArray &token)
{
    if (token == "disabled")
        return failure(Error::forbidden(u"Disabled."_s));
    static const UserId user = UserId::generate();
    static const UserId moderator = UserId::generate();
    if (token == "user")
        return Actor{user, {}, Role::User};
    if (token == "moderator")
        return Actor{moderator, {}, Role::Moderator};
    if (token == "admin")
        return Actor{{}, {}, Role::Admin};
    return failure(Error::unauthenticated(u"Bad token."_s));
}

void authenticate(const QByteArray &token, Completion<Actor> done)
{
    done.finish(actorOf(token));
}

void sayWord(const RestRequest &request, Reply reply)
{
    const Result<Word> body = request.json<Word>();
    if (!body)
        return reply.fail(body.error());
    reply.ok(*body, ResponseStatus::Created);
}

void sayLater(const RestRequest &request, Reply reply)
{
    NetworkThread &thread = reply.thread();
    auto kept = std::make_shared<Reply>(std::move(reply));
    thread.startTimer(std::chrono::milliseconds(request.id().toInt()),
                      [kept, word = request.id()] { kept->ok(Word{word}); });
}

RouteTable makeRoutes()
{
    const RestHandler nothing = [](const RestRequest &, Reply reply) { reply.ok(Word{}); };
    const RestHandler dropped = [](const RestRequest &, Reply) {};
    const auto word = [](const QString &text) -> RestHandler {
        return [text](const RestRequest &, Reply reply) { reply.ok(Word{text}); };
    };
    const RestHandler id = [](const RestRequest &request, Reply reply) { reply.ok(Word{request.id()}); };
    const RestHandler ids = [](const RestRequest &request, Reply reply) {
        reply.ok(Word{request.id(0) + u'/' + request.id(1)});
    };
    const RestHandler size = [](const RestRequest &request, Reply reply) {
        reply.ok(Word{QString::number(request.exchange->body().size())}, ResponseStatus::Created);
    };
    using enum Method;
    constexpr RateClass uncounted = RateClass::None;
    RouteTable table;
    table.add({
        {Get, "/api/Plain"_L1, Access::Anonymous, RouteBody::None, uncounted, word(u"plain"_s)},
        {Post, "/api/Plain"_L1, Access::Anonymous, RouteBody::Small, uncounted, sayWord},
        {Get, "/api/Things/{id}"_L1, Access::User, RouteBody::None, uncounted, id},
        {Get, "/api/Things/search"_L1, Access::User, RouteBody::None, uncounted, word(u"search"_s)},
        {Get, "/api/Things/{id}/parts/{id}"_L1, Access::User, RouteBody::None, uncounted, ids},
        {Post, "/api/Things"_L1, Access::User, RouteBody::Large, uncounted, size},
        {Delete, "/api/Things/{id}"_L1, Access::User, RouteBody::None, uncounted, id},
        {Post, "/api/Moderators"_L1, Access::Moderator, RouteBody::Small, uncounted, nothing},
        {Post, "/api/Maybe"_L1, Access::Optional, RouteBody::Small, uncounted, nothing},
        {Get, "/api/Moderators"_L1, Access::Moderator, RouteBody::None, uncounted, nothing},
        {Get, "/api/Admins"_L1, Access::Admin, RouteBody::None, uncounted, nothing},
        {Get, "/api/Operators"_L1, Access::Operator, RouteBody::None, uncounted, nothing},
        {Get, "/api/Dropped"_L1, Access::Anonymous, RouteBody::None, uncounted, dropped},
        {Get, "/api/Later/{id}"_L1, Access::Anonymous, RouteBody::None, uncounted, sayLater},
    });
    return table;
}

struct Answer
{
    int status = 0;
    QByteArray head;
    QJsonObject json;
    [[nodiscard]] QString word() const { return json[u"data"_s][u"word"_s].toString(); }
    [[nodiscard]] QString code() const { return json[u"code"_s].toString(); }
};

} // namespace

class TestRestServer : public QObject
{
    Q_OBJECT

    RouteTable m_routes = makeRoutes();
    RequestMetrics m_metrics;
    RestSettings m_settings{m_routes, authenticate, m_metrics, 1 << 20, 4096, "operators-token"};
    std::unique_ptr<FrontDoor> m_door;
    quint16 m_port = 0;
    RestServer *m_newest = nullptr;
    NetworkThread *m_newestThread = nullptr;

    std::unique_ptr<FrontDoor> open(NetSettings settings)
    {
        settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        settings.threads = 1;
        auto door = std::make_unique<FrontDoor>(std::move(settings), [this](NetworkThread &thread) {
            auto rest = std::make_unique<RestServer>(thread, m_settings);
            m_newest = rest.get();
            m_newestThread = &thread;
            return rest;
        });
        return door->start() ? std::move(door) : nullptr;
    }
    static quint16 portOf(const FrontDoor &door) { return quint16(QUrl(door.urls().front()).port()); }
    /// The head of a POST of `size` bytes, none of which are there.
    static QByteArray postHead(const QByteArray &path, qint64 size, const QByteArray &token = {})
    {
        return "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
            + QByteArray::number(size) + (token.isEmpty() ? "" : "\r\nAuthorization: Bearer " + token) + "\r\n\r\n";
    }
    Answer readAnswer(NetClient &client)
    {
        const NetClient::Answer answer = client.answer();
        return {answer.status, answer.head.toLower(), QJsonDocument::fromJson(answer.body).object()};
    }
    Answer request(const QByteArray &line, const QByteArray &token = {}, const QByteArray &body = {},
                   const QByteArray &type = "application/json")
    {
        NetClient client(m_port);
        client.send(text(line, token, body, type));
        return readAnswer(client);
    }
    static QByteArray text(const QByteArray &line, const QByteArray &token = {}, const QByteArray &body = {},
                           const QByteArray &type = "application/json")
    {
        QByteArray out = line + " HTTP/1.1\r\nHost: localhost\r\n";
        if (!token.isEmpty())
            out += "Authorization: Bearer " + token + "\r\n";
        if (!body.isEmpty())
            out += "Content-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
        return out + "\r\n" + body;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_door = open({});
        m_port = portOf(*m_door);
    }
    void cleanupTestCase() { m_door.reset(); }

    void manyRequestsAtOnce_withoutARoute_shareOneSocket()
    {
        const auto door = open({});
        std::vector<NetClient> clients;
        for (int i = 0; i < 100; ++i)
            clients.emplace_back(portOf(*door));
        std::promise<void> go;
        m_newestThread->post([held = go.get_future().share()] { held.wait(); });
        for (NetClient &client : clients)
            client.send(text("GET /nowhere"));
        go.set_value();
        for (NetClient &client : clients)
            QCOMPARE(readAnswer(client).status, 404);
        std::promise<qsizetype> count;
        m_newestThread->post([this, &count] { count.set_value(m_newest->socketCount()); });
        QCOMPARE(count.get_future().get(), 1);
    }

    void paths_matchWithoutCase()
    {
        QCOMPARE(request("GET /api/Plain").word(), u"plain"_s);
        QCOMPARE(request("GET /API/plain").word(), u"plain"_s);
        QCOMPARE(request("GET /api/things/AbC", "user").word(), u"AbC"_s);
        QCOMPARE(request("GET /api/Things/a/parts/b", "user").word(), u"a/b"_s);
        QCOMPARE(request("GET /api/Things/SEARCH", "user").word(), u"search"_s);
    }

    void unknownPath_is404_otherMethod_is405WithAllow()
    {
        const Answer missing = request("GET /api/Nothing");
        QCOMPARE(missing.status, 404);
        QCOMPARE(missing.code(), u"NOT_FOUND"_s);
        QCOMPARE(request("GET /api/Plain/more").status, 404);
        QCOMPARE(request("GET /api/Things/%2F..%2Fx%00", "user").status / 100, 4);
        const Answer other = request("DELETE /api/plain");
        QCOMPARE(other.status, 405);
        QVERIFY(other.head.contains("allow: get, head, post\r\n"));
        QCOMPARE(other.code(), u"METHOD_NOT_ALLOWED"_s);
    }

    void head_isAnsweredAsGetWithoutBody()
    {
        NetClient client(m_port);
        client.send("HEAD /api/Plain HTTP/1.1\r\nHost: h\r\n\r\nGET /api/Plain HTTP/1.1\r\nHost: h\r\n\r\n");
        const QByteArray head = client.answer(false).head;
        QVERIFY(head.startsWith("HTTP/1.1 200"));
        QCOMPARE(readAnswer(client).word(), u"plain"_s);
    }

    void access_isCheckedBeforeTheHandler()
    {
        QCOMPARE(request("GET /api/Things/x").status, 401);
        QVERIFY(request("GET /api/Things/x").head.contains("www-authenticate: bearer"));
        QCOMPARE(request("GET /api/Things/x", "wrong").status, 401);
        QCOMPARE(request("GET /api/Things/x", "disabled").status, 403);
        QCOMPARE(request("GET /api/Things/x?access_token=user").status, 401);
        QCOMPARE(request("GET /api/Moderators", "user").status, 403);
        QCOMPARE(request("GET /api/Moderators", "moderator").status, 200);
        QCOMPARE(request("GET /api/Admins", "moderator").status, 403);
        QCOMPARE(request("GET /api/Admins", "admin").status, 200);
    }

    void operatorRoutes_areForThisMachine_notForPeopleBehindItsProxy()
    {
        QCOMPARE(request("GET /api/Operators").status, 200);
        NetClient client(m_port);
        client.send("GET /api/Operators HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n\r\n");
        QCOMPARE(readAnswer(client).status, 403);
        client.send("GET /api/Operators HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 203.0.113.7\r\n"
                    "Authorization: Bearer operators-token\r\n\r\n");
        QCOMPARE(readAnswer(client).status, 200);
        client.send("GET /api/Operators HTTP/1.1\r\nHost: chat.example.org\r\n\r\n");
        QCOMPARE(readAnswer(client).status, 403);
    }

    void trustedProxyHere_makesNobodyLocal()
    {
        NetSettings settings;
        settings.trustedProxies = {{QHostAddress(QHostAddress::LocalHost), 32}};
        const auto door = open(settings);
        NetClient client(portOf(*door));
        client.send(text("GET /api/Operators")); // it forwards no address
        QCOMPARE(readAnswer(client).status, 403);
        client.send("GET /api/Operators HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: 127.0.0.1\r\n\r\n");
        QCOMPARE(readAnswer(client).status, 403);
        client.send(text("GET /api/Operators", "operators-token"));
        QCOMPARE(readAnswer(client).status, 200);
    }

    void bodiesOfStrangers_areRefusedBeforeTheyCome()
    {
        std::vector<NetClient> clients;
        for (int i = 0; i < 66; ++i)
            clients.emplace_back(m_port).send(postHead("/api/Things", 1 << 20) + QByteArray((1 << 20) - 1, 'x'));
        for (NetClient &client : clients) {
            const Answer answer = readAnswer(client);
            QCOMPARE(answer.status, 401);
            QVERIFY(answer.head.contains("www-authenticate: bearer"));
            QVERIFY(answer.head.contains("cache-control: no-store"));
            QVERIFY(answer.head.contains("connection: close"));
        }
        QCOMPARE(m_door->counters().bodyBytesHeld, quint64(0));
        clients.clear();
        // Not a byte of the body is waited for.
        for (int i = 0; i < 1000; ++i)
            clients.emplace_back(m_port).send(postHead("/api/Things", 1 << 20, i % 2 == 0 ? "wrong" : ""));
        for (NetClient &client : clients)
            QCOMPARE(readAnswer(client).status, 401);
        QCOMPARE(m_door->counters().bodyBytesHeld, quint64(0));
    }

    void bodiesWithoutARoute_areRefusedBeforeTheyCome()
    {
        const auto statusOf = [this](const QByteArray &head) {
            NetClient client(m_port);
            client.send(head);
            return readAnswer(client).status;
        };
        QCOMPARE(statusOf(postHead("/api/Nothing", 1000)), 404);
        QCOMPARE(statusOf(postHead("/api/Admins", 1000, "admin")), 405);
        QCOMPARE(statusOf(postHead("/api/Moderators", 1000, "user")), 403);
        QCOMPARE(statusOf(postHead("/api/Things", 1000, "disabled")), 403);
        QCOMPARE(statusOf("POST /api/Things HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"), 401);
        // A client that asks first is not told to go on.
        QByteArray asking = postHead("/api/Things", 1000);
        asking.insert(asking.size() - 2, "Expect: 100-continue\r\n");
        QCOMPARE(statusOf(asking), 401);
    }

    void bodies_haveTheSizeOfTheirRoute()
    {
        QCOMPARE(request("POST /api/Things", "user", QByteArray(1 << 20, 'x')).word(), u"1048576"_s);
        QCOMPARE(request("POST /api/Plain", {}, "{\"word\":\"" + QByteArray(3000, 'w') + "\"}").status, 201);
        QCOMPARE(request("POST /api/Plain", {}, "{\"word\":\"" + QByteArray(5000, 'w') + "\"}").status, 413);
        QCOMPARE(request("POST /api/Maybe", "wrong", "{}").status, 200);
        QCOMPARE(request("DELETE /api/Things/x", "user", "{}").status, 200); // some clients always send one
        QCOMPARE(request("DELETE /api/Things/x", "user", QByteArray(2000, ' ')).status, 413);
    }

    void aHogsBodies_leaveRoomForOthers()
    {
        NetSettings settings;
        settings.maxBodyBytesTotal = 16 << 20;
        settings.maxBodyBytesPerNetwork = 8 << 20;
        settings.maxBodyBytesPerPerson = 2 << 20;
        const auto door = open(settings);
        std::vector<NetClient> clients;
        for (int i = 0; i < 66; ++i) {
            NetClient &client = clients.emplace_back(portOf(*door));
            client.send(postHead("/api/Things", 1 << 20, "user") + QByteArray((1 << 20) - 1, 'x'));
            if (i < 2)
                QTRY_COMPARE(door->counters().bodyBytesHeld, quint64(i + 1) << 20);
            else
                QCOMPARE(readAnswer(client).status, 429);
        }
        QCOMPARE(door->counters().bodyBytesHeld, quint64(2 << 20));
        NetClient other(portOf(*door));
        other.send(text("POST /api/Things", "moderator", QByteArray(1 << 20, 'x')));
        QCOMPARE(readAnswer(other).status, 201);
        clients[0].send("x");
        QCOMPARE(readAnswer(clients[0]).status, 201);
    }

    void slashAtTheEnd_isNoOtherPath()
    {
        QCOMPARE(request("GET /api/Plain/").word(), u"plain"_s);
        QCOMPARE(request("GET /api/Things/AbC//", "user").word(), u"AbC"_s);
        QCOMPARE(request("POST /api/Things/", "user", "x").status, 201);
        QCOMPARE(request("GET /api/Things/", "user").status, 405); // not a thing without a name
        QCOMPARE(request("GET /").status, 404);
        QCOMPARE(request("GET //").status, 404);
    }

    void twoTokens_areNone()
    {
        NetClient client(m_port);
        client.send("GET /api/Things/x HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer user\r\n"
                    "Authorization: Bearer admin\r\n\r\n");
        const Answer answer = readAnswer(client);
        QCOMPARE(answer.status, 401);
        QCOMPARE(answer.code(), u"UNAUTHORIZED"_s);
        QVERIFY(answer.head.contains("www-authenticate: bearer"));
    }

    void json_isReadInUtf8_withOrWithoutItsMark()
    {
        const QByteArray good = R"({"word":"ü"})";
        QCOMPARE(request("POST /api/Plain", {}, "\xef\xbb\xbf" + good).word(), u"ü"_s);
        for (const char *type : {"application/json;charset=UTF-8", "application/json; charset=\"utf-8\"",
                                 "application/json; profile=x; charset=utf8", "application/problem+json"})
            QCOMPARE(request("POST /api/Plain", {}, good, type).status, 201);
        for (const char *type : {"application/json; charset=utf-16", "application/json;charset=iso-8859-1",
                                 "application/json; charset=\"latin1\"", "application/json; charset="})
            QCOMPARE(request("POST /api/Plain", {}, good, type).status, 415);
        QCOMPARE(request("POST /api/Plain", {}, "\xef\xbb\xbf").status, 400);
        QCOMPARE(request("POST /api/Plain", {}, "\xef\xbb\xbf\xef\xbb\xbf" + good).status, 400);
    }

    void jsonBodies_areCheckedForTypeAndShape()
    {
        const Answer good = request("POST /api/Plain", {}, R"({"word":"w"})", "Application/JSON; charset=utf-8");
        QCOMPARE(good.status, 201);
        QCOMPARE(good.word(), u"w"_s);
        QCOMPARE(request("POST /api/Plain", {}, R"({"word":"w"})", "text/plain").status, 415);
        QCOMPARE(request("POST /api/Plain", {}, R"({"word":)").status, 400);
        const Answer wrong = request("POST /api/Plain", {}, R"({"word":5})");
        QCOMPARE(wrong.status, 400);
        QVERIFY(wrong.json[u"errors"_s].toObject().contains(u"word"_s));
        QVERIFY(!wrong.json[u"traceId"_s].toString().isEmpty());
        NetClient client(m_port);
        client.send("POST /api/Plain HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n");
        QCOMPARE(readAnswer(client).status, 400);
    }

    void pipelinedRequests_areAnsweredInOrder()
    {
        NetClient client(m_port);
        client.send(text("GET /api/Later/120") + text("GET /api/Later/10") + text("GET /api/Plain"));
        QCOMPARE(readAnswer(client).word(), u"120"_s);
        QCOMPARE(readAnswer(client).word(), u"10"_s);
        QCOMPARE(readAnswer(client).word(), u"plain"_s);
    }

    void clientsThatHangUp_hurtNobody()
    {
        for (int i = 0; i < 100; ++i) {
            NetClient client(m_port);
            client.send(text("GET /api/Later/20"));
        }
        QCOMPARE(request("GET /api/Later/100").word(), u"100"_s);
    }

    void manyAtOnce_eachGetsItsOwn()
    {
        std::vector<NetClient> clients;
        for (int i = 0; i < 100; ++i) {
            clients.emplace_back(m_port);
            clients.back().send(text("GET /api/Later/" + QByteArray::number(100 + i)));
        }
        for (int i = 0; i < 100; ++i)
            QCOMPARE(readAnswer(clients[size_t(i)]).word(), QString::number(100 + i));
    }

    void droppedReply_is500()
    {
        const Answer answer = request("GET /api/Dropped");
        QCOMPARE(answer.status, 500);
        QCOMPARE(answer.code(), u"INTERNAL_ERROR"_s);
    }

    void answers_areNotCachedNorGuessed()
    {
        const Answer answer = request("GET /api/Plain");
        QVERIFY(answer.head.contains("cache-control: no-store"));
        QVERIFY(answer.head.contains("x-content-type-options: nosniff"));
        QVERIFY(answer.head.contains("content-type: application/json\r\n"));
        QVERIFY(answer.head.contains("x-request-id: "));
    }

    void cost_isReported()
    {
        NetClient client(m_port);
        const QByteArray one = text("GET /api/Things/0192d0c0-0000-7000-8000-000000000000", "user");
        QElapsedTimer timer;
        timer.start();
        constexpr int count = 5000;
        for (int i = 0; i < count; ++i) {
            client.send(one);
            QCOMPARE(readAnswer(client).status, 200);
        }
        qInfo("%.1f us a request, client included", double(timer.nsecsElapsed()) / 1000 / count);
    }
};

TERTULIA_TEST(tst_restserver, TestRestServer)
#include "tst_restserver.moc"
