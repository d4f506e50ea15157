// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/chathubsbeside.h"
#include "support/testmain.h"
#include "unit/signalr/hubtalk.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Everybody is an administrator here.
class Introducing final : public Beside
{
public:
    void introduce(Caller &caller) override
    {
        caller = chatCaller({.id = caller.user, .session = caller.session, .role = Role::Admin, .foreignUntil = end},
                            caller.until, "a token");
    }
    const Timestamp end{std::chrono::hours(1'000'000)};
};

int negotiateAs(const HubStage &stage, const QByteArray &hub, const QByteArray &userId)
{
    NetClient client(stage.port());
    client.send(hubRequest("POST", hub + "/negotiate?negotiateVersion=1&userId=" + userId, "ana.1"));
    return client.answer().status;
}

} // namespace

class TestChatCaller final : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void actor_isWhomAuthenticateFound()
    {
        HubStage stage({}, {}, [](HubServer &, const Clock &) { return std::make_unique<Introducing>(); });
        const Negotiated negotiated = negotiate(stage, "ana.1");
        NetClient socket(stage.port());
        QCOMPARE(openSocket(socket, negotiated.token, "ana.1"), 101);
        const auto [connection, thread] = stage.find(negotiated.id);
        QVERIFY(connection);
        Actor actor;
        HubStage::run(*thread,
                      [&actor, one = connection] { actor = actorOf(static_cast<const HubConnectionContext &>(*one)); });
        QCOMPARE(actor.id, HubStage::person("ana"));
        QCOMPARE(actor.session, HubStage::signIn("ana.1"));
        QCOMPARE(actor.role, Role::Admin);
        QCOMPARE(actor.foreignUntil, std::optional(Introducing().end));
    }

    void token_isKept_ofForeignPeopleOnly()
    {
        const Timestamp end{std::chrono::hours(1)};
        QCOMPARE(chatCaller({.id = HubStage::person("ana"), .session = {}}, end, "token").token, QByteArray());
        QCOMPARE(chatCaller({.id = HubStage::person("ana"), .session = {}, .foreignUntil = end}, end, "token").token,
                 QByteArray("token"));
    }

    void userIdOfAnother_isForbidden_data()
    {
        QTest::addColumn<QByteArray>("hub");
        QTest::newRow("chat") << QByteArray("/hubs/chat");
        QTest::newRow("presence") << QByteArray("/hubs/chat-online");
        QTest::newRow("presence by its other name") << QByteArray("/hubs/onlineusers");
    }
    void userIdOfAnother_isForbidden()
    {
        QFETCH(const QByteArray, hub);
        const HubStage stage({}, {}, [](HubServer &server, const Clock &clock) {
            return std::make_unique<ChatHubsBeside>(server, clock);
        });
        QCOMPARE(negotiateAs(stage, hub, HubStage::person("ben").uuid().toUtf8()), 403);
        QCOMPARE(negotiateAs(stage, hub, "ana"), 403);
        QCOMPARE(negotiateAs(stage, hub, HubStage::person("ana").uuid().toUtf8()), 200);
        QCOMPARE(negotiateAs(stage, hub, ""), 200);
    }
};

TERTULIA_TEST(tst_chatcaller, TestChatCaller)
#include "tst_chatcaller.moc"
