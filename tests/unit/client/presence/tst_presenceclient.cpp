// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/presence/presenceclient.h"

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/limits.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "protocol/codec.h"
#include "protocol/names.h"
#include "support/fakeclock.h"
#include "support/fakescheduler.h"
#include "support/messages.h"
#include "support/scriptedserver.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserId bo = person(u"bo"_s).id;
const UserId cleo = person(u"cleo"_s).id;
const ConversationId talk = conversationNamed(u"talk"_s);

/// Ana's presence on two scripted hubs; typing's time stands until the test moves it.
class Script
{
public:
    Script()
        : store(LocalStore::inMemory())
        , directory(*store)
        , api(server.url())
        , chat(options(Routes::chatHub))
        , online(options(Routes::onlineHub))
        , presence(online, ClientParts{*store, directory, api, chat, clock, ana, &scheduler})
    {
    }

    [[nodiscard]] HubOptions options(QLatin1StringView path)
    {
        server.acceptWebSockets(QString(path));
        HubOptions hub;
        hub.url = server.url();
        hub.url.setPath(path);
        hub.format = WireFormat::Json;
        hub.skipNegotiation = true;
        hub.transports = {HubTransport::WebSockets};
        hub.statefulReconnect = false;
        hub.reconnect = ReconnectPolicy::none();
        return hub;
    }
    /// @returns the server's end, null when it did not come to that
    [[nodiscard]] ScriptedSocket *connect(HubConnection &hub)
    {
        const size_t before = server.sockets().size();
        std::ignore = hub.start();
        if (!QTest::qWaitFor(
                [&] { return server.sockets().size() > before && !server.socket()->received().isEmpty(); }))
            return nullptr;
        ScriptedSocket *const socket = server.socket();
        std::ignore = socket->take();
        socket->injectText(u"{}\u001e"_s);
        return QTest::qWaitFor([&] { return hub.state() == HubConnection::State::Connected; }) ? socket : nullptr;
    }
    template <class T> static void inject(ScriptedSocket *socket, QLatin1StringView event, const T &argument)
    {
        socket->injectText(QString::fromUtf8("{\"type\":1,\"target\":\"" + QByteArray(event.data(), event.size())
                                             + "\",\"arguments\":[" + toJson(argument) + "]}\x1e"));
    }
    /// The next call of this method that the client made.
    [[nodiscard]] static QByteArray takeCall(ScriptedSocket *socket, const QByteArray &method)
    {
        QByteArray sent;
        while (!sent.contains(method)) {
            if (!QTest::qWaitFor([socket] { return !socket->received().isEmpty(); }))
                return {};
            sent = socket->take();
        }
        return sent;
    }
    /// Answers a call that takeCall() gave.
    template <class T> static void answer(ScriptedSocket *socket, const QByteArray &call, const T &result)
    {
        static const QByteArray key = "\"invocationId\":\"";
        const qsizetype at = call.indexOf(key) + key.size();
        const QByteArray id = call.mid(at, call.indexOf('"', at) - at);
        socket->injectText(
            QString::fromUtf8("{\"type\":3,\"invocationId\":\"" + id + "\",\"result\":" + toJson(result) + "}\x1e"));
    }
    static void types(ScriptedSocket *socket, const UserId &who, bool isTyping = true)
    {
        inject(socket, HubEvents::typingIndicator, TypingIndicator{talk, who, isTyping});
    }

    ScriptedServer server;
    FakeClock clock;
    FakeScheduler scheduler;
    std::unique_ptr<LocalStore> store;
    Directory directory;
    ApiClient api;
    HubConnection chat, online;
    PresenceClient presence;
};

} // namespace

class TestPresenceClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { m_script = std::make_unique<Script>(); }
    void cleanup() { m_script.reset(); }

    void people_comeAndGo()
    {
        PresenceClient &presence = m_script->presence;
        ScriptedSocket *const hub = m_script->connect(m_script->online);
        QVERIFY(hub);
        QSignalSpy changed(&presence, &PresenceClient::presenceChanged);
        Script::inject(hub, HubEvents::userOnline, UserOnline{bo, testTime});
        Script::inject(hub, HubEvents::onlineUsers, std::vector<UserId>{bo, cleo});
        QTRY_VERIFY(presence.isOnline(cleo));
        QVERIFY(presence.isOnline(bo));
        QCOMPARE(changed.count(), 2); // what is known already is no news
        Script::inject(hub, HubEvents::userOffline, UserOffline{bo, testTime + 1h});
        QTRY_VERIFY(!presence.isOnline(bo));
        QCOMPARE(presence.presence(bo).lastSeenAt, testTime + 1h);
    }
    void withoutTheHub_everybodyIsOffline()
    {
        PresenceClient &presence = m_script->presence;
        ScriptedSocket *const hub = m_script->connect(m_script->online);
        QVERIFY(hub);
        Script::inject(hub, HubEvents::userOnline, UserOnline{bo, testTime});
        QTRY_VERIFY(presence.isOnline(bo));
        QSignalSpy reset(&presence, &PresenceClient::presenceReset);
        hub->abort();
        QTRY_COMPARE(reset.count(), 1);
        QVERIFY(!presence.isOnline(bo));
        // What a list of conversations says now may be as old as the list.
        Participant seen = participant(person(u"bo"_s));
        seen.isOnline = true;
        seen.lastSeenAt = testTime;
        presence.learn({seen});
        QVERIFY(!presence.isOnline(bo));
        QCOMPARE(presence.presence(bo).lastSeenAt, testTime);
    }
    void watched_areAskedFor_withEachConnection()
    {
        m_script->presence.watch({bo, ana.id});
        ScriptedSocket *hub = m_script->connect(m_script->online);
        QVERIFY(hub);
        QByteArray sent = hub->take();
        while (!sent.isEmpty() && !sent.contains("SubscribePresence"))
            sent = hub->take();
        QVERIFY(sent.contains(bo.toString().toUtf8()));
        QVERIFY(!sent.contains(ana.id.toString().toUtf8())); // who is asking is online
        hub->abort();
        QTRY_VERIFY(m_script->online.state() == HubConnection::State::Disconnected);
        hub = m_script->connect(m_script->online);
        QVERIFY(hub);
        sent = hub->take();
        while (!sent.isEmpty() && !sent.contains("SubscribePresence"))
            sent = hub->take();
        QVERIFY(sent.contains(bo.toString().toUtf8()));
    }
    void newContact_isFollowed_andAskedForUntilItMayBeSeen()
    {
        PresenceClient &presence = m_script->presence;
        const Conversation old = conversationOf(talk, {ana, person(u"cleo"_s)}, messageFrom(ana, talk, 1));
        m_script->store->conversations().save(old);
        ConversationClient conversations(ClientParts{*m_script->store, m_script->directory, m_script->api,
                                                     m_script->chat, m_script->clock, ana, &m_script->scheduler});
        presence.follow(conversations);
        ScriptedSocket *const hub = m_script->connect(m_script->online);
        QVERIFY(hub);
        const auto meet = [&](const UserCard &other) {
            Q_EMIT conversations.participantsSeen({participant(ana), participant(other)});
            m_script->scheduler.advance(200ms);
        };
        meet(person(u"cleo"_s)); // the server follows her by itself
        for (const bool mayBeSeen : {false, true}) {
            meet(person(u"bo"_s));
            meet(person(u"bo"_s)); // one call is under way
            const QByteArray call = Script::takeCall(hub, "SubscribePresence");
            QVERIFY(call.contains(bo.toString().toUtf8()));
            QVERIFY(!call.contains(cleo.toString().toUtf8()));
            QVERIFY(!call.contains(ana.id.toString().toUtf8()));
            const std::vector<Presence> people{{.userId = bo, .isOnline = true, .lastSeenAt = {}, .status = {}}};
            Script::answer(hub, call, mayBeSeen ? people : std::vector<Presence>());
            if (mayBeSeen)
                QTRY_VERIFY(presence.isOnline(bo));
            Script::inject(hub, HubEvents::userOnline, UserOnline{mayBeSeen ? ana.id : cleo, testTime});
            QTRY_VERIFY(presence.isOnline(mayBeSeen ? ana.id : cleo)); // so the answer has been taken
        }
        meet(person(u"bo"_s));
        QCOMPARE(m_script->scheduler.waitingCount(), size_t(0)); // followed: nothing to ask
        Script::inject(hub, HubEvents::userOffline, UserOffline{bo, testTime + 1h});
        QTRY_VERIFY(!presence.isOnline(bo));
    }

    void typing_lapses()
    {
        PresenceClient &presence = m_script->presence;
        ScriptedSocket *const hub = m_script->connect(m_script->chat);
        QVERIFY(hub);
        QSignalSpy changed(&presence, &PresenceClient::typingChanged);
        Script::types(hub, bo);
        QTRY_VERIFY(presence.isTyping(talk));
        m_script->scheduler.advance(4s);
        Script::types(hub, cleo);
        QTRY_COMPARE(presence.typists(talk), (std::vector<UserId>{bo, cleo}));
        m_script->scheduler.advance(2s);
        QCOMPARE(presence.typists(talk), std::vector<UserId>{cleo});
        m_script->scheduler.advance(4s);
        QVERIFY(!presence.isTyping(talk));
        QCOMPARE(changed.count(), 4);
        QCOMPARE(m_script->scheduler.waitingCount(), size_t(0)); // nothing wakes a quiet client
    }
    void typing_goesOn_whileItIsTold()
    {
        ScriptedSocket *const hub = m_script->connect(m_script->chat);
        QVERIFY(hub);
        QSignalSpy changed(&m_script->presence, &PresenceClient::typingChanged);
        for (int i = 0; i < 5; ++i) {
            Script::types(hub, bo);
            Script::types(hub, cleo, i % 2 == 0); // comes behind the other: then both have been heard
            QTRY_COMPARE(m_script->presence.typists(talk).size(), size_t(i % 2 == 0 ? 2 : 1));
            m_script->scheduler.advance(4s);
            QVERIFY(m_script->presence.isTyping(talk));
        }
    }
    void typing_ends()
    {
        PresenceClient &presence = m_script->presence;
        ScriptedSocket *const hub = m_script->connect(m_script->chat);
        QVERIFY(hub);
        Script::types(hub, ana.id); // oneself: never
        Script::types(hub, bo);
        QTRY_COMPARE(presence.typists(talk), std::vector<UserId>{bo});
        Script::types(hub, bo, false);
        QTRY_VERIFY(!presence.isTyping(talk));
        Script::types(hub, bo);
        QTRY_VERIFY(presence.isTyping(talk));
        Script::inject(hub, HubEvents::receiveMessage, messageFrom(person(u"bo"_s), talk, 1)); // has sent
        QTRY_VERIFY(!presence.isTyping(talk));
        Script::types(hub, bo);
        QTRY_VERIFY(presence.isTyping(talk));
        hub->abort();
        QTRY_VERIFY(!presence.isTyping(talk));
    }
    void endlessTypists_areBounded()
    {
        ScriptedSocket *const hub = m_script->connect(m_script->chat);
        QVERIFY(hub);
        for (int i = 0; i < int(Limits::typists) + 50; ++i)
            Script::types(hub, person(u"p%1"_s.arg(i)).id);
        Script::types(hub, person(u"p0"_s).id, false);
        QTRY_COMPARE(m_script->presence.typists(talk).size(), size_t(Limits::typists) - 1);
    }

private:
    std::unique_ptr<Script> m_script;
};

QTEST_GUILESS_MAIN(TestPresenceClient)
#include "tst_presenceclient.moc"
