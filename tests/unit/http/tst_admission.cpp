// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is asked of a request once, when its head is there: its caller and its rate.

#include "http/restserver.h"
#include "net/frontdoor.h"
#include "support/fakeclock.h"
#include "support/testmain.h"
#include "unit/net/netclient.h"

#include <QTest>
#include <QUrl>

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

constexpr char goodBody[] = R"({"word":"w"})";

void sayNothing(const RestRequest &, Reply reply)
{
    reply.ok(Word());
}

/// As a message is sent: a good body is counted, and "full" is what the server cannot do.
void sendWord(const RestRequest &request, Reply reply)
{
    const Result<Word> body = request.json<Word>();
    if (!body)
        return reply.fail(body.error());
    if (const Result<void> allowed = request.charge(); !allowed)
        return reply.fail(allowed.error());
    Completion<Word> done = request.forgiving(deferredReply<Word>(std::move(reply)));
    if (body->word == u"full")
        done.finish(failure(Error::unavailable(u"The disk is full."_s, 1)));
    else
        done.finish(*body);
}

void listWords(const RestRequest &request, Reply reply)
{
    using Cost = RestRequest::Cost;
    if (const Result<void> allowed = request.charge(request.query("all") ? Cost::High : Cost::Usual); !allowed)
        return reply.fail(allowed.error());
    reply.ok(Word());
}

RouteTable makeRoutes()
{
    RouteTable table;
    table.add({
        {Method::Get, "/free"_L1, Access::User, RouteBody::None, RateClass::None, sayNothing},
        {Method::Get, "/lists"_L1, Access::User, RouteBody::None, RateClass::Lists, sayNothing},
        {Method::Post, "/openings"_L1, Access::User, RouteBody::Small, RateClass::Openings, sayNothing},
        {Method::Post, "/sends"_L1, Access::User, RouteBody::Small, RateClass::Sends, sendWord},
        {Method::Get, "/words"_L1, Access::User, RouteBody::None, RateClass::ConversationLists, listWords},
        {Method::Post, "/maybe"_L1, Access::Optional, RouteBody::Small, RateClass::None, sayNothing},
    });
    return table;
}

ChatSettings oneOfEach()
{
    ChatSettings settings;
    settings.listsPer10Seconds = settings.searchesPer10Seconds = settings.opensPerMinute = 1;
    return settings;
}

} // namespace

class TestAdmission : public QObject
{
    Q_OBJECT

    FakeClock m_clock;
    const RouteTable m_routes = makeRoutes();
    RequestMetrics m_metrics;
    std::unique_ptr<PersonLimits> m_limits;
    std::unique_ptr<RateLimiter> m_sends;
    std::optional<RestSettings> m_settings;
    std::unique_ptr<FrontDoor> m_door;
    std::unique_ptr<NetClient> m_client;

    std::mutex m_mutex; // guards what follows
    std::map<QByteArray, UserId> m_people;
    std::vector<Completion<Actor>> m_waiting; ///< of "later"
    int m_asked = 0;

    void authenticate(const QByteArray &token, Completion<Actor> done)
    {
        const std::lock_guard lock(m_mutex);
        ++m_asked;
        if (token == "later")
            m_waiting.push_back(std::move(done));
        else if (const auto person = m_people.find(token); person != m_people.end())
            done.finish(Actor{person->second, {}, Role::User});
        else
            done.finish(failure(Error::unauthenticated(u"Who?"_s)));
    }
    [[nodiscard]] int asked()
    {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    [[nodiscard]] size_t waiting()
    {
        const std::lock_guard lock(m_mutex);
        return m_waiting.size();
    }
    void finishLater(const Result<Actor> &actor)
    {
        const std::lock_guard lock(m_mutex);
        m_waiting.back().finish(actor);
        m_waiting.clear();
    }
    void remember(const QByteArray &token)
    {
        const std::lock_guard lock(m_mutex);
        m_people[token] = UserId::generate();
    }
    void forget(const QByteArray &token)
    {
        const std::lock_guard lock(m_mutex);
        m_people.erase(token);
    }
    void believeCallersFor(std::chrono::milliseconds time)
    {
        const std::lock_guard lock(m_mutex); // the network thread takes it before it looks
        m_settings->callerGoodFor = time;
    }
    void open()
    {
        NetSettings settings;
        settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        settings.threads = 1;
        m_door = std::make_unique<FrontDoor>(std::move(settings), [this](NetworkThread &thread) {
            return std::make_unique<RestServer>(thread, *m_settings);
        });
        QVERIFY(m_door->start());
        m_client = std::make_unique<NetClient>(quint16(QUrl(m_door->urls().front()).port()));
    }

    static QByteArray head(const QByteArray &line, const QByteArray &token, qsizetype size = 0)
    {
        return line + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token
            + "\r\nContent-Length: " + QByteArray::number(size) + "\r\n\r\n";
    }
    int get(const QByteArray &path, const QByteArray &token = "ada")
    {
        m_client->send(head("GET " + path, token));
        return m_client->answer().status;
    }
    int post(const QByteArray &path, const QByteArray &body, const QByteArray &token = "ada")
    {
        m_client->send(head("POST " + path, token, body.size()) + body);
        return m_client->answer().status;
    }

private Q_SLOTS:
    void init()
    {
        m_people = {{"ada", UserId::generate()}, {"ben", UserId::generate()}};
        m_asked = 0;
        m_limits = std::make_unique<PersonLimits>(m_clock, oneOfEach());
        m_sends = std::make_unique<RateLimiter>(m_clock, std::vector<RateRule>{{1, 10s}});
        m_settings.emplace(RestSettings{
            m_routes, [this](const QByteArray &token, Completion<Actor> done) { authenticate(token, std::move(done)); },
            m_metrics, 1 << 20, 4096, QByteArray(), RouteRates(*m_limits, *m_sends), 1h});
        open();
    }
    void cleanup()
    {
        m_client.reset();
        m_waiting.clear(); // their thread must be there
        m_door.reset();
    }

    void caller_isAskedOnce_withABodyToo()
    {
        QCOMPARE(get("/free"), 200);
        QCOMPARE(asked(), 1);
        QCOMPARE(post("/sends", goodBody), 200);
        QCOMPARE(asked(), 2);
        QCOMPARE(get("/nowhere"), 404);
        QCOMPARE(asked(), 2);
    }
    void quickBody_isBelieved_slowOneIsAskedAgain()
    {
        for (const bool isQuick : {true, false}) {
            believeCallersFor(isQuick ? 1h : 0h);
            remember("ada");
            const int before = asked();
            m_client->send(head("POST /openings", "ada", sizeof goodBody - 1));
            QTRY_COMPARE(asked(), before + 1);
            forget("ada"); // signed out meanwhile
            m_client->send(goodBody);
            QCOMPARE(m_client->answer().status, isQuick ? 200 : 401);
            QCOMPARE(asked(), isQuick ? before + 1 : before + 2);
        }
    }
    void secondQuestion_isNotCountedAgain()
    {
        believeCallersFor(0h);
        QCOMPARE(post("/openings", goodBody), 200);
        QCOMPARE(asked(), 2);
    }

    void rate_isOfAPerson_andOfAClass()
    {
        QCOMPARE(get("/lists"), 200);
        m_client->send(head("GET /lists", "ada"));
        const NetClient::Answer refused = m_client->answer();
        QCOMPARE(refused.status, 429);
        QVERIFY(refused.head.toLower().contains("retry-after: 10\r\n"));
        QCOMPARE(get("/free"), 200);
        QCOMPARE(post("/openings", goodBody), 200);
        QCOMPARE(get("/lists", "ben"), 200);
        m_clock.advance(10s);
        QCOMPARE(get("/lists"), 200);
    }
    void rate_isAskedBeforeABodyIsRead()
    {
        QCOMPARE(post("/openings", "not JSON at all"), 200);
        m_client->send(head("POST /openings", "ada", 4000));
        QCOMPARE(m_client->answer().status, 429);
        QCOMPARE(m_door->counters().bodyBytesHeld, quint64(0));
    }
    void whatBreaksTheRules_isNotCounted_whereTheHandlerCounts()
    {
        for (int i = 0; i < 3; ++i)
            QCOMPARE(post("/sends", R"({"word":5})"), 400);
        QCOMPARE(post("/sends", QByteArray(5000, ' ')), 413);
        m_client = std::make_unique<NetClient>(quint16(QUrl(m_door->urls().front()).port()));
        QCOMPARE(post("/sends", goodBody), 200);
        QCOMPARE(post("/sends", goodBody), 429);
    }
    void whatTheServerCouldNotDo_isForgiven()
    {
        QCOMPARE(post("/sends", R"({"word":"full"})"), 503);
        QCOMPARE(post("/sends", goodBody), 200);
        QCOMPARE(post("/sends", R"({"word":"full"})"), 429);
    }
    void costlyRequests_countElsewhere()
    {
        QCOMPARE(get("/words?all"), 200);
        QCOMPARE(get("/words?all"), 429);
        QCOMPARE(get("/words"), 200);
        QCOMPARE(get("/lists"), 429); // the same class as the usual ones
    }

    void callerWhoIsKnownLater_isAnswered_data()
    {
        QTest::addColumn<bool>("isGood");
        QTest::addColumn<bool>("isBodyFirst");
        QTest::newRow("good, before the body") << true << false;
        QTest::newRow("good, after the body") << true << true;
        QTest::newRow("bad, before the body") << false << false;
        QTest::newRow("bad, after the body") << false << true;
    }
    void callerWhoIsKnownLater_isAnswered()
    {
        QFETCH(bool, isGood);
        QFETCH(bool, isBodyFirst);
        const auto finish = [&] {
            finishLater(isGood ? Result<Actor>(Actor{UserId::generate(), {}, Role::User})
                               : failure(Error::forbidden(u"Disabled."_s)));
        };
        m_client->send(head("POST /sends", "later", sizeof goodBody - 1));
        QTRY_COMPARE(waiting(), size_t(1));
        if (!isBodyFirst)
            finish();
        m_client->send(goodBody);
        if (isBodyFirst)
            finish();
        QCOMPARE(m_client->answer().status, isGood ? 200 : 403);
        QCOMPARE(asked(), 1);
    }
    void callerWhoIsKnownLater_isCounted()
    {
        const UserId carla = UserId::generate();
        for (const int status : {200, 429}) {
            m_client->send(head("GET /lists", "later"));
            QTRY_COMPARE(waiting(), size_t(1));
            finishLater(Actor{carla, {}, Role::User});
            QCOMPARE(m_client->answer().status, status);
        }
    }
    void callerWhoIsRefusedLater_isNobody_whereNobodyNeedsToBeKnown()
    {
        m_client->send(head("POST /maybe", "later", sizeof goodBody - 1) + goodBody);
        QTRY_COMPARE(waiting(), size_t(1));
        finishLater(failure(Error::unauthenticated(u"Who?"_s)));
        QCOMPARE(m_client->answer().status, 200);
    }
    void clientsThatGo_beforeTheyAreKnown_areForgotten()
    {
        m_client->send(head("GET /free", "later"));
        QTRY_COMPARE(waiting(), size_t(1));
        m_client->drop();
        QTRY_COMPARE(m_door->counters().open, quint64(0));
        finishLater(Actor{UserId::generate(), {}, Role::User});
        m_client = std::make_unique<NetClient>(quint16(QUrl(m_door->urls().front()).port()));
        QCOMPARE(get("/free"), 200);
        // And one that nobody will ever tell of, when the server goes.
        m_client->send(head("GET /free", "later"));
        QTRY_COMPARE(waiting(), size_t(1));
    }
};

TERTULIA_TEST(tst_admission, TestAdmission)
#include "tst_admission.moc"
