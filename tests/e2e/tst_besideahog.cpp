// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A hog beside an ordinary person, for each thing that one can take (docs/admin/limits.md): the hog takes all it gets,
// holds it and goes on asking, from behind a trusted proxy as on the open internet; meanwhile an ordinary person sends
// and lists. How much slower that is than alone is printed, not judged; judged is that each is served, how many of the
// hog's requests are served in between, and the server's memory.

#include "e2e/support/hand.h"
#include "e2e/support/serverprocess.h"
#include "e2e/support/town.h"

#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QTest>

#include <poll.h>
#include <sys/resource.h>

#include <atomic>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool memoryTells = false; // it is the sanitizer's
#else
constexpr bool memoryTells = true;
#endif

constexpr int people = 50'000;
constexpr int hog = 1;
constexpr int hogsConversations = 8'000;
constexpr int crowd = 20'000; ///< people from here on: those who come and go
constexpr int ordinary = 30'000; ///< and these are the ordinary ones: another for each scene

const QByteArray scrapersToken = "the-scrapers";

/// What the scenes play on.
struct Stage
{
    Town &town;
    quint16 port;
    QUrl url;
    std::vector<NetClient> held; ///< what the hog keeps open

    [[nodiscard]] NetClient client() const { return NetClient(port); }
};

struct Scene
{
    const char *name;
    int memoryMiB; ///< that the server may take more; stands in docs/admin/limits.md
    /// Of the hog's further requests, how many are served while one of the ordinary person's is on its way. None: they
    /// have no rate, and that they take turns with others is tested where it is decided (tst_executor); or a limit ends
    /// some of what the hog holds, so that it gets others in their place.
    std::optional<int> servedBetween;
    int hands; ///< how many go on asking at the same time
    /// Takes all there is. False when something else happened.
    std::function<bool(Stage &)> take;
    /// Asks once more, the n-th time. The status.
    std::function<int(Hand &, int)> goOn;
};

/// Asks until 429; whether that comes, and not before `least` were served.
bool takesUntilRefused(Stage &stage, int least, const std::function<int(Hand &, int)> &ask)
{
    Hand hand(stage.port, stage.town.token(hog));
    for (int n = 0; n < 5'000; ++n) {
        const int status = ask(hand, n);
        if (status == 429)
            return n >= least;
        if (status < 200 || status >= 300)
            return false;
    }
    return false;
}

// --- what is taken ---------------------------------------------------------------------------------------------------

/// Waits until the server has answered so many of those that are held.
bool areAnswered(const Stage &stage, int count)
{
    const auto isAnswered = [](const NetClient &client) {
        pollfd watched{client.fd(), POLLIN, 0};
        return ::poll(&watched, 1, 0) > 0;
    };
    return QTest::qWaitFor([&] { return std::count_if(stage.held.begin(), stage.held.end(), isAnswered) == count; },
                           patienceMs);
}

bool takeRequests(Stage &stage)
{
    constexpr int limit = 1'000, more = 20;
    // Each is under way for as long as its body is.
    const QByteArray part =
        request("POST", "/api/Authentication/login", {}, hogsNetwork, QByteArray(100, 'x')).chopped(1);
    for (int i = 0; i < limit + more; ++i) {
        stage.held.push_back(stage.client());
        stage.held.back().send(part);
    }
    return areAnswered(stage, more);
}

int goOnRequests(Hand &hand, int)
{
    return hand.ask("GET", "/health/live");
}

bool takeHalfHeads(Stage &stage)
{
    for (int i = 0; i < 2'000; ++i) {
        stage.held.push_back(stage.client());
        if (!stage.held.back().send("GET / HTTP/1.1\r\nHost: x\r\nX-Half: " + QByteArray(1'000, 'x')))
            return false;
    }
    return true;
}

bool takeBodies(Stage &stage)
{
    constexpr int all = 4, more = 62; // limits.body_bytes_per_person
    const QByteArray token = stage.town.token(hog);
    const QByteArray whole = request("POST", "/api/Chat/messages", token, hogsNetwork, QByteArray(1 << 20, ' '));
    const auto sends = [&](int count) {
        for (int i = 0; i < count; ++i) {
            stage.held.push_back(stage.client());
            std::ignore = stage.held.back().send(whole.chopped(1)); // is cut off where it is refused
        }
    };
    NetClient scraper = stage.client();
    const auto areHeld = [&scraper] {
        scraper.send(request("GET", "/metrics", scrapersToken, hogsNetwork));
        return scraper.answer().body.contains("\ntertulia_request_body_bytes_held 4194304\n");
    };
    sends(all);
    // What grows at the same time is refused by chance, and room would be left for others.
    if (!QTest::qWaitFor(areHeld, patienceMs))
        return false;
    sends(more);
    return areAnswered(stage, more);
}

int goOnBodies(Hand &hand, int)
{
    return hand.ask("POST", "/api/Chat/messages", QByteArray(1 << 20, ' '));
}

bool takeNegotiations(Stage &stage)
{
    constexpr int sockets = 8, each = 6'250, inOne = 50; // together all there are for everybody
    const QByteArray one =
        request("POST", "/hubs/chat/negotiate?negotiateVersion=1", stage.town.token(hog), hogsNetwork);
    std::atomic<int> given = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < sockets; ++i) {
        threads.emplace_back([&] {
            NetClient client = stage.client();
            for (int n = 0; n < each; n += inOne) {
                client.send(one.repeated(inOne));
                for (int k = 0; k < inOne; ++k)
                    given += client.answer().status == 200 ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    return given == sockets * each;
}

int goOnNegotiations(Hand &hand, int)
{
    return hand.ask("POST", "/hubs/chat/negotiate?negotiateVersion=1");
}

/// A poll or an event stream that has shaken hands; the waiting poll's connection is kept.
bool takesByHttp(Stage &stage, Hand &hand, bool asEvents)
{
    hand.client().send(request("POST", "/hubs/chat/negotiate?negotiateVersion=1", hand.token(), hogsNetwork));
    const QJsonObject answer = QJsonDocument::fromJson(hand.client().answer().body).object();
    const QByteArray target = "/hubs/chat?id=" + answer[u"connectionToken"_s].toString().toLatin1();
    NetClient client = stage.client();
    client.send(request("GET", target, hand.token(), hogsNetwork, {}, asEvents ? "Accept: text/event-stream\r\n" : ""));
    if (client.answer().status != 200 || hand.ask("POST", target, "{\"protocol\":\"json\",\"version\":1}\x1e") != 200)
        return false;
    if (!asEvents) {
        client.send(request("GET", target, hand.token(), hogsNetwork));
        return client.answer().body == "{}\x1e"; // and it polls no more: it keeps what it is told
    }
    const bool isOpen = !client.readUntil("{}\x1e").isEmpty();
    stage.held.push_back(std::move(client));
    return isOpen;
}

bool takeHubConnections(Stage &stage)
{
    constexpr int hogs = 3, each = 100, messages = 28;
    for (int who = hog; who < hog + hogs; ++who) {
        const QByteArray token = stage.town.token(who);
        Hand hand(stage.port, token);
        for (int i = 0; i < each; ++i) {
            bool isOpen = false;
            if (i < 10) {
                stage.held.push_back(stage.client());
                isOpen = joins(stage.held.back(), "/hubs/chat", token, hogsNetwork);
            } else {
                isOpen = takesByHttp(stage, hand, i < 20);
            }
            if (!isOpen)
                return false;
        }
        if (goOnNegotiations(hand, 0) != 429)
            return false;
        // Another tells them much, which they do not take.
        Hand friendly(stage.port, stage.town.token(ordinary + 900 + who));
        const QByteArray message =
            json({{u"recipientId"_s, Town::person(who).toString()}, {u"content"_s, u"\U0001F600"_s.repeated(4'000)}});
        for (int i = 0; i < messages; ++i) {
            if (friendly.ask("POST", "/api/Chat/messages", message, network(who)) != 201)
                return false;
        }
    }
    return true;
}

QByteArray messageOf(int size)
{
    return json({{u"recipientId"_s, Town::person(hog + 1).toString()}, {u"content"_s, QString(size, u'x')}});
}

int askSearch(Hand &hand, int n)
{
    return hand.ask("GET", n % 2 == 0 ? "/api/friends/search?q=f" : "/api/friends/search?q=name");
}

int askList(Hand &hand, int n)
{
    constexpr std::array targets{"/api/Chat/conversations?search=9", "/api/Chat/conversations?type=direct",
                                 "/api/Chat/conversations?limit=100&includeArchived=true", "/api/Chat/unread-count"};
    return hand.ask("GET", targets[size_t(n) % targets.size()]);
}

/// One of the hog's own.
const QByteArray &conversationOf(Hand &hand)
{
    static const QByteArray conversation = [&hand] {
        hand.client().send(request("GET", "/api/Chat/conversations?limit=1", hand.token(), hogsNetwork));
        return QJsonDocument::fromJson(hand.client().answer().body)
            .object()[u"data"_s][0][u"id"_s]
            .toString()
            .toLatin1();
    }();
    return conversation;
}

int askHistory(Hand &hand, int n)
{
    return hand.ask("GET",
                    n % 2 == 0 ? "/api/Chat/sync?take=500"
                               : "/api/Chat/messages?take=100&conversationId=" + conversationOf(hand));
}

int askOpening(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Chat/conversations",
                    json({{u"recipientId"_s, Town::person(hog + hogsConversations + 1 + n % 5'000).toString()}}));
}

int askSend(Hand &hand, int)
{
    return hand.ask("POST", "/api/Chat/messages", messageOf(5'000));
}

int askMark(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Chat/conversations/" + conversationOf(hand) + (n % 2 == 0 ? "/typing" : "/read"),
                    n % 2 == 0 ? "{\"isTyping\":true}" : "");
}

bool takeInput(Stage &stage)
{
    const QByteArray token = stage.town.token(hog);
    for (int i = 0; i < 100; ++i) {
        stage.held.push_back(stage.client());
        if (!joins(stage.held.back(), "/hubs/chat", token, hogsNetwork))
            return false;
        stage.held.back().send(clientFrame(0x81, R"({"type":1,"target":")" + QByteArray(30'000, 'x')));
    }
    Hand hand(stage.port, token);
    return goOnNegotiations(hand, 0) == 429;
}

int askStatus(Hand &hand, int n)
{
    NetClient &socket = hand.client();
    if (!hand.isOnHub) {
        hand.isOnHub = joins(socket, "/hubs/chat-online", hand.token(), hogsNetwork);
        if (!hand.isOnHub)
            return -1;
    }
    const QByteArray id = "\"invocationId\":\"" + QByteArray::number(n) + '"';
    socket.send(clientFrame(0x81,
                            "{\"type\":1," + id + R"(,"target":"SetStatus","arguments":[")"
                                + (n % 2 == 0 ? "away" : "online") + "\"]}\x1e"));
    if (socket.readUntil(id).isEmpty())
        return -1;
    return socket.readUntil("\x1e").contains("RATE_LIMITED") ? 429 : 200;
}

QByteArray networkOfHogs64(int n)
{
    return "2001:db8:0:7::" + QByteArray::number(n % 65'535 + 1, 16);
}

int askSignIn(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Authentication/login",
                    json({{u"username"_s, u"person%1"_s.arg(n % people)}, {u"password"_s, u"not the one"_s}}),
                    networkOfHogs64(n));
}

bool takeSignIns(Stage &stage)
{
    Hand hand(stage.port, {});
    int tried = 0;
    while (tried < 100 && askSignIn(hand, tried) == 401)
        ++tried;
    int registered = 0;
    const auto registers = [&](int n) {
        const QString name = u"guest%1"_s.arg(n);
        return hand.ask(
            "POST", "/api/Authentication/register",
            json({{u"username"_s, name}, {u"fullName"_s, name}, {u"password"_s, u"correct horse battery"_s}}),
            networkOfHogs64(n));
    };
    while (registered < 100 && registers(registered) / 100 == 2)
        ++registered;
    // Somebody else's network has its own.
    return tried == 10 && registered == 3
        && hand.ask("POST", "/api/Authentication/login",
                    json({{u"username"_s, u"guest0"_s}, {u"password"_s, u"correct horse battery"_s}}), "203.0.113.77")
        == 200;
}

QByteArray sessionsSignIn()
{
    return json({{u"username"_s, u"collector"_s}, {u"password"_s, u"correct horse battery"_s}});
}

bool takeSessions(Stage &stage)
{
    Hand hand(stage.port, {});
    const QByteArray account = json({{u"username"_s, u"collector"_s},
                                     {u"fullName"_s, u"Collector"_s},
                                     {u"password"_s, u"correct horse battery"_s}});
    if (hand.ask("POST", "/api/Authentication/register", account, "203.0.113.78") / 100 != 2)
        return false;
    QByteArray token;
    for (int i = 0; i < 60; ++i) {
        hand.client().send(request("POST", "/api/Authentication/login", {}, network(1'000 + i), sessionsSignIn()));
        const auto answer = hand.client().answer();
        if (answer.status != 200)
            return false;
        token = QJsonDocument::fromJson(answer.body).object()[u"data"_s][u"accessToken"_s].toString().toLatin1();
    }
    hand.client().send(request("GET", "/api/Authentication/sessions", token, hogsNetwork));
    return QJsonDocument::fromJson(hand.client().answer().body).object()[u"data"_s].toArray().size() == 50;
}

int askSession(Hand &hand, int n)
{
    return hand.ask("POST", "/api/Authentication/login", sessionsSignIn(), network(2'000 + n));
}

bool takeAndLetGo(Stage &stage)
{
    constexpr int leaving = 5'000;
    std::vector<NetClient> sockets;
    for (int i = 0; i < leaving; ++i) {
        sockets.push_back(stage.client());
        if (!joins(sockets.back(), "/hubs/chat-online", stage.town.token(crowd + i), network(crowd + i)))
            return false;
    }
    return true; // and all go at once
}

std::function<bool(Stage &)> until(int least, std::function<int(Hand &, int)> ask)
{
    return [least, ask = std::move(ask)](Stage &stage) { return takesUntilRefused(stage, least, ask); };
}

const std::vector<Scene> &scenes()
{
    static const std::vector<Scene> all{
        {"1,000 requests under way", 8, 0, 4, takeRequests, goOnRequests},
        {"2,000 half heads", 8, {}, 4, takeHalfHeads, goOnRequests},
        {"66 bodies one byte short of 1 MiB", 16, 0, 4, takeBodies, goOnBodies},
        {"50,000 negotiations on 8 sockets", 8, {}, 4, takeNegotiations, goOnNegotiations},
        {"300 hub connections that are told 28 long messages", 96, {}, 4, takeHubConnections, goOnNegotiations},
        {"100 hub connections with half a message", 24, 0, 4, takeInput, goOnNegotiations},
        {"64 searches among 50,000 people at a time", 16, 60, 64, until(30, askSearch), askSearch},
        {"lists of 8,000 conversations, by name and kind", 16, 200, 16, until(30, askList), askList},
        {"history and sync", 16, 200, 16, until(100, askHistory), askHistory},
        {"conversations opened", 16, 120, 8, until(60, askOpening), askOpening},
        {"messages sent", 16, 60, 8, until(30, askSend), askSend},
        {"marks and typing", 16, {}, 8, {}, askMark},
        {"changes of status", 16, 40, 4, until(20, askStatus), askStatus},
        {"sign-ins and registrations from an IPv6 /64", 16, 0, 8, takeSignIns, askSignIn},
        {"sessions", 16, {}, 8, takeSessions, askSession},
        {"5,000 who leave at once", 32, 0, 0, takeAndLetGo, {}},
    };
    return all;
}

} // namespace

class TestBesideAHog : public QObject
{
    Q_OBJECT

    std::unique_ptr<Town> m_town;
    std::unique_ptr<ServerProcess> m_server; // another for each scene: what one took is no room for the next

    static constexpr int requestsOfADay = 20; // below every rate
    struct Day
    {
        int served = 0;
        double ms = 0; ///< of a send and a list, the middle one of all
        int most = 0; ///< of the hog's requests that were served during one of them
    };
    /// What an ordinary person does.
    Day day(int who, const std::atomic<int> &hogServed)
    {
        Hand hand(quint16(m_server->url().port()), m_town->token(who));
        const QByteArray message =
            json({{u"recipientId"_s, Town::person(who + 1).toString()}, {u"content"_s, u"good morning"_s}});
        Day done;
        std::vector<double> times;
        for (int i = 0; i < requestsOfADay / 2; ++i) {
            QElapsedTimer timer;
            timer.start();
            int before = hogServed;
            done.served += hand.ask("POST", "/api/Chat/messages", message, network(who)) == 201 ? 1 : 0;
            done.most = std::max(done.most, hogServed - before);
            before = hogServed;
            done.served += hand.ask("GET", "/api/Chat/conversations", {}, network(who)) == 200 ? 1 : 0;
            done.most = std::max(done.most, hogServed - before);
            times.push_back(double(timer.nsecsElapsed()) / 1e6);
        }
        std::sort(times.begin(), times.end());
        done.ms = times[times.size() / 2];
        return done;
    }

private Q_SLOTS:
    void initTestCase()
    {
        rlimit files{};
        ::getrlimit(RLIMIT_NOFILE, &files);
        files.rlim_cur = files.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &files);
        m_town = std::make_unique<Town>(people);
        m_town->openConversations(hog, hogsConversations);
    }
    void init()
    {
        m_server = std::make_unique<ServerProcess>(m_town->folder());
        QStringList arguments;
        // Nothing ends because the machine is slow, and it is fast enough to reach each rate.
        for (const QString &setting :
             {u"auth.hash_memory=8"_s, u"auth.hash_passes=1"_s, u"server.threads=2"_s,
              u"server.trusted_proxies=127.0.0.1"_s, u"hubs.disconnect_timeout=1h"_s, u"limits.head_timeout=1h"_s,
              u"limits.body_stall_timeout=1h"_s, u"limits.body_rate_grace=2h"_s, u"limits.lists_per_10_seconds=100"_s,
              u"limits.history_per_10_seconds=100"_s, u"metrics.token="_s + QString::fromLatin1(scrapersToken)})
            arguments << u"--set"_s << setting;
        QVERIFY2(m_server->start(arguments), qPrintable(m_server->why()));
    }
    void cleanup()
    {
        if (QTest::currentTestFailed())
            qInfo("%s", m_server->log().right(4'000).constData());
        m_server.reset();
    }

    void limitsPage_saysTheBounds()
    {
        QFile page(QStringLiteral(SOURCE_FOLDER "/docs/admin/limits.md"));
        QVERIFY(page.open(QIODevice::ReadOnly));
        const QByteArray text = page.readAll();
        for (const Scene &scene : scenes())
            QVERIFY2(
                text.contains("\n| " + QByteArray(scene.name) + " | " + QByteArray::number(scene.memoryMiB) + " |"),
                scene.name);
    }

    void anOrdinaryPerson_isServed_data()
    {
        QTest::addColumn<int>("number");
        for (size_t i = 0; i < scenes().size(); ++i)
            QTest::newRow(scenes()[i].name) << int(i);
    }
    void anOrdinaryPerson_isServed()
    {
        QFETCH(int, number);
        const Scene &scene = scenes()[size_t(number)];
        std::atomic<int> served = 0, refused = 0, strange = 0;
        const Day alone = day(ordinary + 4 * number, served);
        QCOMPARE(alone.served, requestsOfADay);
        const qint64 before = m_server->residentKiB();

        Stage stage{*m_town, quint16(m_server->url().port()), m_server->url(), {}};
        QVERIFY(!scene.take || scene.take(stage));
        std::atomic<bool> isOver = false;
        std::vector<std::thread> hands;
        for (int i = 0; i < scene.hands; ++i) {
            hands.emplace_back([&, i, token = m_town->token(hog)] {
                Hand hand(stage.port, token);
                for (int n = i; !isOver; n += scene.hands) {
                    const int status = scene.goOn(hand, n);
                    if (status / 100 == 2 || status == 401)
                        ++served;
                    else if (status == 429 || status == 503 || status == 0)
                        ++refused;
                    else
                        strange = status;
                }
            });
        }
        const Day beside = day(ordinary + 4 * number + 2, served);
        const qint64 grown = m_server->residentKiB() - before;
        isOver = true;
        for (std::thread &hand : hands)
            hand.join();

        qInfo("%s: %.1f ms alone, %.1f ms beside (%.1f times); %lld KiB; served beside: %d, at most %d at once; "
              "refused: %d",
              scene.name, alone.ms, beside.ms, beside.ms / alone.ms, static_cast<long long>(grown), served.load(),
              beside.most, refused.load());
        QCOMPARE(beside.served, requestsOfADay);
        QCOMPARE(strange.load(), 0);
        QVERIFY2(beside.most <= scene.servedBetween.value_or(beside.most), qPrintable(QString::number(beside.most)));
        QVERIFY2(!memoryTells || grown <= scene.memoryMiB * 1024, qPrintable(QString::number(grown)));
    }
};

QTEST_GUILESS_MAIN(TestBesideAHog)
#include "tst_besideahog.moc"
