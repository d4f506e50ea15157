// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/presence.h"
#include "support/testmain.h"
#include "unit/signalr/hubtalk.h"

#include <QTest>

#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;
using namespace std::chrono_literals;

namespace {

HubSettings settings()
{
    HubSettings settings;
    settings.heartbeat = 10ms;
    settings.maxOutputBytes = 64 * 1024;
    settings.statefulBufferBytes = 32 * 1024;
    return settings;
}

NetSettings net()
{
    NetSettings settings;
    settings.webSocketCloseTimeout = 50ms; // nobody answers the close frame here
    settings.halfClosedTimeout = 10ms;
    settings.lingerTimeout = 10ms;
    return settings;
}

/// Who is here, as the chat hubs have it.
class PresenceBeside final : public Beside
{
public:
    explicit PresenceBeside(const Clock &clock)
        : registry(clock)
    {
    }
    void connected(const UserId &user) override { registry.connected(user); }
    void disconnected(const UserId &user) override { registry.disconnected(user); }

    PresenceRegistry registry;
};

/// What a person does and has done to them.
struct Place
{
    PresenceRegistry *presence = nullptr; ///< owned by the stage
    HubStage stage{settings(), net(), [this](HubServer &, const Clock &clock) {
                       auto beside = std::make_unique<PresenceBeside>(clock);
                       presence = &beside->registry;
                       return beside;
                   }};
    std::vector<NetClient> held = {}; ///< sockets that nobody closes
    QByteArray token = {};
    int signIns = 0;

    /// Another sign-in of the same person. @param seconds how long it lasts; 0: without end
    void signIn(int seconds = 0)
    {
        token = "ana." + QByteArray::number(++signIns);
        if (seconds > 0)
            token += '.' + QByteArray::number(seconds);
    }
    /// A socket on which the first words were said and answered.
    NetClient socket(int version = 1) { return socket(negotiate(stage, token, version == 2), version); }
    NetClient socket(const Negotiated &negotiated, int version)
    {
        NetClient client(stage.port());
        openSocket(client, negotiated.token, token);
        say(client, handshake(version));
        client.readUntil("{}\x1e");
        return client;
    }
    NetClient resumed(const Negotiated &negotiated)
    {
        NetClient client(stage.port());
        openSocket(client, negotiated.token, token);
        client.readUntil("\"type\":9");
        return client;
    }
    int ask(NetClient &client, const QByteArray &method, const Negotiated &negotiated, const QByteArray &body = {})
    {
        client.send(hubRequest(method, "/hub?id=" + negotiated.token, token, {}, body));
        return client.answer().status;
    }
    /// Polling, and hello said and answered.
    Negotiated polling(NetClient &client)
    {
        const Negotiated negotiated = negotiate(stage, token);
        ask(client, "GET", negotiated);
        ask(client, "POST", negotiated, handshake());
        ask(client, "GET", negotiated);
        return negotiated;
    }
    NetClient events(const Negotiated &negotiated)
    {
        NetClient client(stage.port());
        client.send(hubRequest("GET", "/hub?id=" + negotiated.token, token, "Accept: text/event-stream\r\n"));
        client.readUntil(":\r\n");
        NetClient poster(stage.port());
        ask(poster, "POST", negotiated, handshake());
        client.readUntil("{}");
        return client;
    }
    NetClient events() { return events(negotiate(stage, token)); }
    void hold(NetClient client) { held.push_back(std::move(client)); }
    /// What clients did before has happened to the server, too.
    void settle()
    {
        // Sockets are accepted in their order; then some turns for all that a thread puts off or gives to another.
        NetClient last(stage.port());
        last.send(hubRequest("GET", "/hub?id=AAAAAAAAAAAAAAAAAAAAAA", "somebody.1"));
        last.answer();
        for (int i = 0; i < 6; ++i)
            onEachThread([](HubThread &) {});
    }
    /// Time goes by, and all deadlines are looked at.
    void pass(std::chrono::seconds span)
    {
        stage.clock().advance(span);
        onEachThread([this](HubThread &thread) {
            thread.forEach([this](HttpConnection &one) { one.tick(stage.clock().steadyNow()); });
        });
        settle();
    }
    template <class F> void onEachThread(F work)
    {
        for (HubThread *const thread : stage.threads())
            HubStage::run(*thread, [&work, thread] { work(*thread); });
    }
};

/// How a connection ends, and what time has to go by until the server must have seen it.
struct Way
{
    const char *name;
    std::vector<std::chrono::seconds> until;
    void (*go)(Place &);
};

const Way ways[] = {
    {"reset", {}, [](Place &place) { place.socket().drop(); }},
    {"closed", {}, [](Place &place) { place.socket().close(); }},
    {"half-closed",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         client.endWriting();
         place.hold(std::move(client));
     }},
    {"close frame",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         client.send(clientFrame(0x88, {}));
         place.hold(std::move(client));
     }},
    {"frame that breaks RFC 6455",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         client.send(clientFrame(0x81, "{}", false));
         place.hold(std::move(client));
     }},
    {"the same before the handshake",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         openSocket(client, negotiate(place.stage, place.token).token, place.token);
         client.send(clientFrame(0x81, "{}", false));
         place.hold(std::move(client));
     }},
    {"record that is none",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, "nonsense\x1e");
         place.hold(std::move(client));
     }},
    {"handshake that is none",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         openSocket(client, negotiate(place.stage, place.token).token, place.token);
         say(client, "nonsense\x1e");
         place.hold(std::move(client));
     }},
    {"handshake and nonsense in one",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         openSocket(client, negotiate(place.stage, place.token).token, place.token);
         say(client, handshake() + "nonsense\x1e");
         place.hold(std::move(client));
     }},
    {"handshake and reset at once",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         openSocket(client, negotiate(place.stage, place.token).token, place.token);
         say(client, handshake());
         client.drop();
     }},
    {"request, handshake and end at once",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         client.send(socketRequest({}, place.token) + clientFrame(0x81, handshake()));
         client.endWriting();
         place.hold(std::move(client));
     }},
    {"no handshake",
     {16s},
     [](Place &place) {
         NetClient client(place.stage.port());
         openSocket(client, negotiate(place.stage, place.token).token, place.token);
         place.hold(std::move(client));
     }},
    {"Close of the client",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, "{\"type\":7}\x1e");
         place.hold(std::move(client));
     }},
    {"Close of the hub",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, call("1", "End", {}).replace("\"\"", ""));
         place.hold(std::move(client));
     }},
    {"aborted by the hub",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, call("1", "Abort", {}).replace("\"\"", ""));
         place.hold(std::move(client));
     }},
    {"reset while a call runs",
     {},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, call("1", "Slow", "x") + call("2", "Slow", "y"));
         client.drop();
     }},
    {"vanished before its first ping", {31s, 31s}, [](Place &place) { place.hold(place.socket()); }},
    {"vanished after a ping",
     {31s},
     [](Place &place) {
         NetClient client = place.socket();
         say(client, "{\"type\":6}\x1e" + call("1", "Echo", "pinged"));
         client.readUntil("pinged");
         place.hold(std::move(client));
     }},
    {"never resumed", {16s}, [](Place &place) { place.socket(2).drop(); }},
    {"stateful, of which the frame is broken",
     {16s},
     [](Place &place) {
         NetClient client = place.socket(2);
         client.send(clientFrame(0x81, "{}", false));
         place.hold(std::move(client));
     }},
    {"stateful, record that is none",
     {},
     [](Place &place) {
         NetClient client = place.socket(2);
         say(client, "nonsense\x1e");
         place.hold(std::move(client));
     }},
    {"resumed on each thread, then cut",
     {16s},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token, true);
         NetClient client = place.socket(negotiated, 2);
         for (int i = 0; i < 3; ++i)
             client = place.resumed(negotiated);
         client.drop();
     }},
    {"resumed on each thread, then vanished",
     {31s, 31s},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token, true);
         place.hold(place.socket(negotiated, 2));
         for (int i = 0; i < 3; ++i)
             place.hold(place.resumed(negotiated));
     }},
    {"resumed, then Close of the client",
     {},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token, true);
         place.hold(place.socket(negotiated, 2));
         for (int i = 0; i < 2; ++i) {
             NetClient client = place.resumed(negotiated);
             say(client, i == 0 ? "{\"type\":6}\x1e" : "{\"type\":9,\"sequenceId\":1}\x1e{\"type\":7}\x1e");
             place.hold(std::move(client));
         }
     }},
    {"two that resume at once, both reset",
     {16s},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token, true);
         place.socket(negotiated, 2).drop();
         NetClient one(place.stage.port());
         NetClient two(place.stage.port());
         one.send(socketRequest(negotiated.token, place.token));
         two.send(socketRequest(negotiated.token, place.token));
         one.drop();
         two.drop();
     }},
    {"never acknowledges",
     {},
     [](Place &place) {
         NetClient client = place.socket(2);
         for (int i = 0; i < 5; ++i)
             say(client, call(QByteArray::number(i), "Echo", QByteArray(20'000, 'x')));
         place.hold(std::move(client));
     }},
    {"never polls again for its output",
     {16s},
     [](Place &place) {
         NetClient client(place.stage.port());
         const Negotiated negotiated = place.polling(client);
         for (int i = 0; i < 5; ++i)
             place.ask(client, "POST", negotiated, call(QByteArray::number(i), "Echo", QByteArray(20'000, 'x')));
     }},
    {"DELETE",
     {},
     [](Place &place) {
         NetClient client(place.stage.port());
         place.ask(client, "DELETE", place.polling(client));
     }},
    {"polls no more",
     {16s},
     [](Place &place) {
         NetClient client(place.stage.port());
         static_cast<void>(place.polling(client));
     }},
    {"vanished behind a poll",
     {26s, 16s},
     [](Place &place) {
         NetClient client(place.stage.port());
         const Negotiated negotiated = place.polling(client);
         client.send(hubRequest("GET", "/hub?id=" + negotiated.token, place.token));
         place.hold(std::move(client));
     }},
    {"hello before the first poll, which is dropped",
     {16s},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token);
         NetClient client(place.stage.port());
         place.ask(client, "POST", negotiated, handshake());
         client.send(hubRequest("GET", "/hub?id=" + negotiated.token, place.token));
         client.drop();
     }},
    {"Close of a client that polls",
     {16s},
     [](Place &place) {
         NetClient client(place.stage.port());
         const Negotiated negotiated = place.polling(client);
         place.ask(client, "POST", negotiated, "{\"type\":7}\x1e");
     }},
    {"events, reset", {}, [](Place &place) { place.events().drop(); }},
    {"events, half-closed",
     {},
     [](Place &place) {
         NetClient client = place.events();
         client.endWriting();
         place.hold(std::move(client));
     }},
    {"events, vanished", {31s, 31s}, [](Place &place) { place.hold(place.events()); }},
    {"events, record that is none",
     {},
     [](Place &place) {
         const Negotiated negotiated = negotiate(place.stage, place.token);
         place.hold(place.events(negotiated));
         NetClient poster(place.stage.port());
         place.ask(poster, "POST", negotiated, "nonsense\x1e");
     }},
    {"end of the token",
     {161s},
     [](Place &place) {
         place.signIn(100);
         place.hold(place.socket());
     }},
    {"stateful, end of the token",
     {161s, 16s},
     [](Place &place) {
         place.signIn(100);
         place.hold(place.socket(2));
     }},
    {"end of the sign-in",
     {},
     [](Place &place) {
         place.hold(place.socket(2));
         place.stage.endSignIn(place.token);
     }},
    {"end of the account",
     {},
     [](Place &place) {
         place.hold(place.socket());
         place.hold(place.events());
         place.stage.server().disconnect(HubStage::person("ana"));
     }},
};

} // namespace

/// However a person's last connection ends, they go offline after the grace.
class TestOffline final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void person_whoseLastConnectionEnded_goesOffline_data();
    void person_whoseLastConnectionEnded_goesOffline();
    void everybody_goesOffline_whenTheServerGoesDown();
};

void TestOffline::person_whoseLastConnectionEnded_goesOffline_data()
{
    QTest::addColumn<int>("last");
    for (int i = 0; i < int(std::size(ways)); ++i)
        QTest::newRow(ways[i].name) << i;
}

void TestOffline::person_whoseLastConnectionEnded_goesOffline()
{
    QFETCH(const int, last);
    Place place;
    HubStage &stage = place.stage;
    const UserId ana = HubStage::person("ana");
    std::mutex mutex;
    std::vector<bool> told;
    place.presence->setListener([&](const Presence &state) {
        const std::lock_guard lock(mutex);
        told.push_back(state.isOnline);
    });

    std::mt19937 random{unsigned(last)};
    std::vector<const Way *> done{&ways[0]};
    for (int i = 0; i < 6; ++i)
        done.push_back(&ways[random() % std::size(ways)]);
    done.push_back(&ways[last]);
    std::vector<std::chrono::seconds> until;
    for (const Way *const way : done) {
        place.signIn();
        way->go(place);
        for (size_t i = 0; i < way->until.size(); ++i) {
            if (i < until.size())
                until[i] = std::max(until[i], way->until[i]);
            else
                until.push_back(way->until[i]);
        }
        if (random() % 3 == 0)
            stage.clock().advance(5s);
    }
    place.settle();
    for (const auto span : until)
        place.pass(span);
    QTRY_COMPARE(stage.server().connectionCount(), 0);
    stage.clock().advance(10s);
    place.presence->expire();
    QVERIFY(!place.presence->isOnline(ana));
    QCOMPARE(place.presence->onlineCount(), 0U);
    const std::lock_guard lock(mutex);
    QVERIFY(!told.empty());
    QVERIFY(!told.back());
}

void TestOffline::everybody_goesOffline_whenTheServerGoesDown()
{
    Place place;
    place.signIn();
    place.hold(place.socket());
    place.hold(place.socket(2));
    place.hold(place.events());
    NetClient client(place.stage.port());
    static_cast<void>(place.polling(client));
    place.socket(2).drop();
    QVERIFY(place.presence->isOnline(HubStage::person("ana")));
    bool isDrained = false;
    place.stage.door().drain([&isDrained] { isDrained = true; });
    const auto inHubs = [&place] {
        qsizetype count = 0;
        place.onEachThread([&](HubThread &thread) {
            count += qsizetype(place.stage.dispatcher().clients().shard(thread).all().size());
        });
        return count;
    };
    QTRY_COMPARE(inHubs(), 0);
    place.stage.clock().advance(10s);
    place.presence->expire();
    QCOMPARE(place.presence->onlineCount(), 0U);
    place.held.clear();
    client.close();
    QTRY_VERIFY(isDrained);
}

TERTULIA_TEST(tst_offline, TestOffline)
#include "tst_offline.moc"
