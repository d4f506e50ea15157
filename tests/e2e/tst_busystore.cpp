// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the hubs tell of their own accord when the store's queue is full at that moment: later, not never.

#include "e2e/support/hubclient.h"
#include "hubs/chatcaller.h"
#include "hubs/chathubs.h"
#include "net/frontdoor.h"
#include "signalr/hubserver.h"
#include "support/teststore.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

/// The chat hubs on a store with one reader and room for one unit; a token is the id of a person.
class Stage
{
public:
    Stage()
        : m_store(small())
        , m_isOpen(m_store.start().has_value())
        , m_deliveries(m_store.executor(), m_messages, m_clock,
                       [this](const MessageStatusChanged &event) { m_hubs.publish({event}); })
        , m_hubServer(HubSettings(), m_clock, callerOf)
        , m_hubs(m_hubServer,
                 {m_clock, m_store.executor(), m_messages, m_conversations, m_presence, m_sendLimiter, m_limits,
                  m_typingLimiter, m_deliveries})
        , m_door(net(), [this](NetworkThread &thread) { return m_hubServer.makeRouter(thread); })
    {
        m_isOpen = m_isOpen && m_door.start();
    }
    ~Stage() { m_store.executor().stop(); } // while the network threads run

    [[nodiscard]] bool isOpen() const { return m_isOpen; }
    [[nodiscard]] QUrl url() const { return QUrl(m_door.urls().front()); }
    [[nodiscard]] TestStore &store() { return m_store; }

    UserId add(const QString &name)
    {
        const UserId id = UserId::generate();
        std::ignore = m_store.write([&](Transaction &tx) -> Result<void> {
            tx.execute("INSERT INTO users (id, username, username_key, full_name, created_at) VALUES (?, ?, ?, ?, 0)",
                       id, name, name, name);
            return {};
        });
        return id;
    }
    [[nodiscard]] bool send(UserId from, UserId to)
    {
        SendMessageRequest request;
        request.recipientId = to.toString();
        request.content = u"missed"_s;
        return m_store.write([&](Transaction &tx) {
                          return m_messages.send(tx, {from, {}, Role::User}, request);
                      })
            .has_value();
    }

private:
    static StoreSettings small()
    {
        StoreSettings settings;
        settings.readerThreads = 1;
        settings.queueLimit = 1;
        return settings;
    }
    static NetSettings net()
    {
        NetSettings settings;
        settings.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
        settings.threads = 1;
        return settings;
    }
    static Result<Caller> callerOf(const QByteArray &token)
    {
        const auto id = UserId::parse(QString::fromLatin1(token));
        return id ? Result<Caller>(chatCaller({*id, {}, Role::User}, {}, token))
                  : failure(Error::unauthenticated(u"Who?"_s));
    }

    SystemClock m_clock;
    ChatSettings m_settings;
    TestStore m_store;
    bool m_isOpen;
    const MessageService m_messages{m_clock, m_settings};
    const ConversationService m_conversations{m_clock, m_settings};
    PresenceRegistry m_presence{m_clock};
    RateLimiter m_sendLimiter{m_clock, {}};
    PersonLimits m_limits{m_clock, m_settings};
    TypingLimiter m_typingLimiter{m_clock, m_settings.typingInterval};
    DeliveryTracker m_deliveries;
    HubServer m_hubServer;
    ChatHubs m_hubs;
    FrontDoor m_door;
};

} // namespace

class TestBusyStore : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void whatIsToldAfterConnecting_comesWhenTheStoreHasTime_data()
    {
        QTest::addColumn<QString>("hub");
        QTest::addColumn<QString>("call");
        QTest::addColumn<QString>("event");
        QTest::newRow("missed messages") << u"/hubs/chat"_s << u"Ping"_s << u"OfflineMessages"_s;
        QTest::newRow("who is here") << u"/hubs/chat-online"_s << u"Heartbeat"_s << u"OnlineUsers"_s;
    }
    void whatIsToldAfterConnecting_comesWhenTheStoreHasTime()
    {
        QFETCH(QString, hub);
        QFETCH(QString, call);
        QFETCH(QString, event);
        Stage stage;
        QVERIFY(stage.isOpen());
        const UserId ada = stage.add(u"ada"_s);
        const UserId ben = stage.add(u"ben"_s);
        QVERIFY(stage.send(ben, ada));
        auto release = stage.store().holdReader();
        stage.store().executor().read<void>([](ReadTransaction &) -> Result<void> { return {}; }, Completion<void>());
        QCOMPARE(stage.store().executor().statistics().queuedReads, size_t(1)); // full
        HubClient client(stage.url(), hub);
        QVERIFY(client.open(ada.toString()));
        QVERIFY(client.invoke(call).isOk()); // answered after all that connecting does
        QVERIFY(client.events(event).isEmpty());
        release.set_value();
        QVERIFY(client.waitForEvent(event));
        QCOMPARE(client.events(event).size(), qsizetype(1));
    }
};

QTEST_GUILESS_MAIN(TestBusyStore)
#include "tst_busystore.moc"
