// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plays: named people send, receive, read and are refused. Each is played over the hub and over REST, and after each
// act everybody's connected devices must show what a fresh fetch shows.

#include "e2e/support/frozendevice.h"
#include "e2e/support/person.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

#define THEY_AGREE(...)                                                                                                \
    for (Person * who : std::initializer_list<Person *>{__VA_ARGS__}) {                                                \
        const QString difference = who->converges();                                                                   \
        QVERIFY2(difference.isEmpty(), qPrintable(difference));                                                        \
    }
#define GOES_WELL(act) QCOMPARE(act, QString())

class TestScenarios : public QObject
{
    Q_OBJECT

    std::unique_ptr<ServerProcess> m_server;
    int m_play = 0;

    /// Fresh people for each play: "alice3".
    std::unique_ptr<Person> person(const char *name)
    {
        QFETCH_GLOBAL(Channel, channel);
        return std::make_unique<Person>(m_server->url(), QString::fromLatin1(name) + QString::number(m_play), channel);
    }

private Q_SLOTS:
    void initTestCase_data()
    {
        QTest::addColumn<Channel>("channel");
        QTest::newRow("rest") << Channel::Rest;
        QTest::newRow("hub") << Channel::Hub;
    }
    void initTestCase()
    {
        m_server = std::make_unique<ServerProcess>();
        QVERIFY2(m_server->start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s, u"--set"_s,
                                  u"chat.offline_delay=200ms"_s, u"--set"_s, u"chat.offline_messages=3"_s}),
                 qPrintable(m_server->why()));
    }
    void init() { ++m_play; }
    void cleanupTestCase() { m_server.reset(); }

    void aliceWritesToBob_andSeesItDeliveredAndRead()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        bob->addsDevice(); // phone
        bob->addsDevice(); // laptop

        GOES_WELL(alice->sends(u"Hello Bob"_s, *bob));
        QVERIFY(bob->receives(u"Hello Bob"_s));
        QVERIFY(alice->receives(u"Hello Bob"_s)); // on her own devices too
        QVERIFY(alice->seesStatus(alice->lastSent(), u"delivered"_s));
        THEY_AGREE(alice.get(), bob.get());

        GOES_WELL(bob->reads(alice->lastSent()));
        QVERIFY(alice->seesStatus(alice->lastSent(), u"read"_s));
        THEY_AGREE(alice.get(), bob.get());

        GOES_WELL(bob->writesInto(alice->lastSent()[u"conversationId"_s].toString(), u"Hello Alice"_s));
        QVERIFY(alice->receives(u"Hello Alice"_s));
        THEY_AGREE(alice.get(), bob.get());
    }

    void bobIsAway_andFindsEverythingWhenHeComesBack()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        for (const QString &text : {u"one"_s, u"two"_s, u"three"_s})
            GOES_WELL(alice->sends(text, *bob));
        THEY_AGREE(alice.get());
        bob->addsDevice();
        QVERIFY(bob->device().hub.waitForEvent(u"OfflineMessages"_s));
        QVERIFY(alice->seesStatus(alice->lastSent(), u"delivered"_s));
        THEY_AGREE(alice.get(), bob.get());
        GOES_WELL(bob->readsAll(alice->lastSent()[u"conversationId"_s].toString()));
        QVERIFY(alice->seesStatus(alice->lastSent(), u"read"_s));
        THEY_AGREE(alice.get(), bob.get());
    }

    void whoMissedMoreThanFitsInOneEvent_getsAllOfIt_oldestFirst()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        for (int i = 1; i <= 7; ++i)
            GOES_WELL(alice->sends(QString::number(i), *bob));
        bob->addsDevice();
        QVERIFY(alice->seesStatus(alice->lastSent(), u"delivered"_s));
        QStringList batches;
        for (const HubEvent &event : bob->device().hub.events()) {
            QString batch;
            if (event.target == u"OfflineMessages") {
                for (const QJsonValue &message : event.arguments[0].toArray())
                    batch += message[u"content"].toString();
                batches.append(batch);
            }
        }
        QCOMPARE(batches, (QStringList{u"123"_s, u"456"_s, u"7"_s}));
        THEY_AGREE(alice.get(), bob.get());
    }

    void aFrozenDevice_hasGotNothing_andFindsItWhenItComesBack()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        {
            FrozenDevice frozen;
            QVERIFY(frozen.connects(m_server->url(), bob->rest().token()));
            GOES_WELL(alice->sends(u"are you there?"_s, *bob));
            QVERIFY(frozen.isSent("are you there?"));
            GOES_WELL(alice->sends(u"hello?"_s, *bob));
            QVERIFY(frozen.isSent("hello?"));
        }
        bob->addsDevice();
        QVERIFY(bob->device().hub.waitForEvent(u"OfflineMessages"_s));
        const auto &events = bob->device().hub.events();
        const auto missed = std::find_if(events.begin(), events.end(),
                                         [](const HubEvent &event) { return event.target == u"OfflineMessages"; });
        QCOMPARE(missed->arguments[0].toArray().size(), 2);
        QVERIFY(alice->seesStatus(alice->lastSent(), u"delivered"_s));
        THEY_AGREE(alice.get(), bob.get());
    }

    void aClientThatAnswersNoPings_hasGotWhatCameBeforeItsNextWord()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        FrozenDevice simple;
        QVERIFY(simple.connects(m_server->url(), bob->rest().token()));
        GOES_WELL(alice->sends(u"are you there?"_s, *bob));
        QVERIFY(simple.isSent("are you there?"));
        simple.says(R"({"type":6})");
        QVERIFY(alice->seesStatus(alice->lastSent(), u"delivered"_s));
        GOES_WELL(bob->readsAll(alice->lastSent()[u"conversationId"_s].toString()));
    }

    void aDeviceThatLeft_hearsOnlyOfTheConversation_untilItJoinsAgain()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        HubClient &phone = bob->addsDevice().hub;
        HubClient &laptop = bob->addsDevice().hub;
        GOES_WELL(alice->sends(u"one"_s, *bob));
        QVERIFY(bob->receives(u"one"_s)); // never joined, never left
        const QString conversation = alice->lastSent()[u"conversationId"_s].toString();
        const auto says = [](const QString &text) {
            return [text](const QJsonObject &message) { return message[u"content"].toString() == text; };
        };
        const auto lists = [](const QString &text) {
            return
                [text](const QJsonObject &updated) { return updated[u"lastMessage"][u"content"].toString() == text; };
        };
        const auto leave = [&](HubClient &hub) { return hub.invoke(u"LeaveConversation"_s, {conversation}).isOk(); };
        const auto join = [&](HubClient &hub) { return hub.invoke(u"JoinConversation"_s, {conversation}).isOk(); };

        QVERIFY(join(phone) && join(laptop) && leave(phone));
        phone.forgetEvents();
        GOES_WELL(alice->types(conversation, true));
        GOES_WELL(alice->sends(u"two"_s, *bob));
        QVERIFY(laptop.waitForEvent(u"TypingIndicator"_s));
        QVERIFY(laptop.waitForEvent(u"ReceiveMessage"_s, says(u"two"_s)));
        QVERIFY(phone.waitForEvent(u"ConversationUpdated"_s, lists(u"two"_s)));
        QVERIFY(phone.events(u"ReceiveMessage"_s).isEmpty());
        QVERIFY(phone.events(u"TypingIndicator"_s).isEmpty());
        // What happens to a message that it may have, nothing else tells.
        const QString two = alice->lastSent()[u"id"_s].toString();
        QVERIFY(alice->device().hub.invoke(u"ReactToMessage"_s, {two, u"+"_s}).isOk());
        QVERIFY(phone.waitForEvent(u"MessageReaction"_s));

        QVERIFY(join(phone) && leave(laptop) && leave(laptop));
        laptop.forgetEvents();
        GOES_WELL(alice->sends(u"three"_s, *bob));
        QVERIFY(phone.waitForEvent(u"ReceiveMessage"_s, says(u"three"_s)));
        QVERIFY(laptop.waitForEvent(u"ConversationUpdated"_s, lists(u"three"_s)));
        QVERIFY(laptop.events(u"ReceiveMessage"_s).isEmpty());

        HubClient &tablet = bob->addsDevice().hub; // leaves without having joined
        QVERIFY(leave(tablet));
        GOES_WELL(alice->sends(u"four"_s, *bob));
        QVERIFY(tablet.waitForEvent(u"ConversationUpdated"_s, lists(u"four"_s)));
        QVERIFY(tablet.events(u"ReceiveMessage"_s).isEmpty());
    }

    void theSameSendTwice_isOneMessage()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        bob->addsDevice();
        GOES_WELL(alice->sends(u"only once"_s, *bob, u"key-1"_s));
        const QString first = alice->lastSent()[u"id"_s].toString();
        GOES_WELL(alice->sends(u"only once"_s, *bob, u"key-1"_s));
        QCOMPARE(alice->lastSent()[u"id"_s].toString(), first);
        GOES_WELL(alice->sends(u"after"_s, *bob));
        QVERIFY(bob->receives(u"after"_s));
        QCOMPARE(bob->device().hub.events(u"ReceiveMessage"_s).size(), 2);
        THEY_AGREE(bob.get());
    }

    void mallory_isRefusedEverywhere()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        const auto mallory = person("mallory");
        mallory->addsDevice();
        bob->addsDevice();
        GOES_WELL(alice->sends(u"between us"_s, *bob));
        const QString conversation = alice->lastSent()[u"conversationId"_s].toString();

        QCOMPARE(mallory->writesInto(conversation, u"let me in"_s), u"NOT_FOUND"_s);
        QCOMPARE(mallory->joins(conversation), u"NOT_FOUND"_s);
        QCOMPARE(mallory->types(conversation, true), u"NOT_FOUND"_s);
        QCOMPARE(mallory->readsAll(conversation), u"NOT_FOUND"_s);
        QCOMPARE(mallory->deletesConversation(conversation), u"NOT_FOUND"_s);
        QCOMPARE(mallory->rest().get(u"/api/Chat/messages?conversationId="_s + conversation).status, 404);
        // What does not exist looks the same.
        const RestReply other = mallory->rest().get(u"/api/Chat/messages?conversationId=conv-123"_s);
        QCOMPARE(other.status, 404);

        GOES_WELL(alice->sends(u"still between us"_s, *bob));
        QVERIFY(bob->receives(u"still between us"_s));
        QVERIFY(mallory->device().hub.invoke(u"Ping"_s).isOk());
        QVERIFY(!mallory->hasSeen(u"still between us"_s));
        QVERIFY(!bob->hasSeen(u"let me in"_s));
        THEY_AGREE(bob.get(), mallory.get());
    }

    void typing_isSeenByWhoLooksAtTheConversation()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        bob->addsDevice();
        GOES_WELL(alice->sends(u"hm"_s, *bob));
        const QString conversation = alice->lastSent()[u"conversationId"_s].toString();
        GOES_WELL(bob->joins(conversation));
        GOES_WELL(alice->types(conversation, true));
        QVERIFY(bob->seesTyping(*alice, true));
        GOES_WELL(alice->types(conversation, false));
        QVERIFY(bob->seesTyping(*alice, false));
    }

    void reactions_areSeenOnEveryDevice_andByWhoComesBack()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        bob->addsDevice();
        bob->addsDevice();
        GOES_WELL(alice->sends(u"Look at this"_s, *bob));
        const QJsonObject message = alice->lastSent();
        QVERIFY(bob->receives(u"Look at this"_s));
        GOES_WELL(bob->reacts(u"\u2764"_s, message));
        QVERIFY(alice->seesReaction(message, *bob, u"\u2764"_s));
        QVERIFY(bob->seesReaction(message, *bob, u"\u2764"_s));
        GOES_WELL(alice->reacts(u"wow"_s, message));
        QVERIFY(bob->seesReaction(message, *alice, u"wow"_s));
        GOES_WELL(bob->reacts({}, message));
        QVERIFY(alice->seesReaction(message, *bob, {}));
        THEY_AGREE(alice.get(), bob.get());
        // Somebody who was away syncs, however old the message is.
        const QString cursor = bob->rest().get(u"/api/Chat/sync"_s).data()[u"cursor"_s].toString();
        bob->losesDevices();
        GOES_WELL(alice->sends(u"Later"_s, *bob));
        GOES_WELL(alice->reacts(u"!"_s, message));
        const QJsonArray changed = bob->rest().get(u"/api/Chat/sync?since="_s + cursor).data()[u"messages"_s].toArray();
        QCOMPARE(changed.size(), 2);
        QCOMPARE(changed[0][u"id"_s], message[u"id"_s]);
        QCOMPARE(changed[0][u"reactions"_s][0][u"reaction"_s].toString(), u"!"_s);
        QVERIFY(changed[0][u"revision"_s].toInteger() > changed[1][u"revision"_s].toInteger());
        const QString path = u"/api/Chat/messages/%1/reactions"_s.arg(message[u"id"_s].toString());
        QCOMPARE(bob->rest().post(path, {{u"reaction"_s, u" "_s}}).code(), u"VALIDATION_ERROR"_s);
        QCOMPARE(bob->rest().post(path, {}).code(), u"VALIDATION_ERROR"_s);
    }

    void aDeletedConversation_comesBackEmptyWithTheNextMessage()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        alice->addsDevice();
        bob->addsDevice();
        bob->addsDevice();
        GOES_WELL(alice->sends(u"before"_s, *bob));
        QVERIFY(bob->receives(u"before"_s));
        const QString conversation = alice->lastSent()[u"conversationId"_s].toString();
        GOES_WELL(bob->deletesConversation(conversation));
        THEY_AGREE(alice.get(), bob.get());
        GOES_WELL(alice->sends(u"after"_s, *bob));
        QVERIFY(bob->receives(u"after"_s));
        THEY_AGREE(alice.get(), bob.get());
        QCOMPARE(bob->device().mirror.conversations()[conversation].messages.size(), 1);
    }

    void badMessages_leaveNothingBehind()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        bob->addsDevice();
        QCOMPARE(alice->sends(QString(), *bob), u"VALIDATION_ERROR"_s);
        QCOMPARE(alice->sends(u"   \n"_s, *bob), u"VALIDATION_ERROR"_s);
        QCOMPARE(alice->sends(QString(5001, u'x'), *bob), u"VALIDATION_ERROR"_s);
        QCOMPARE(alice->writesInto(u"conv-123"_s, u"hello?"_s), u"NOT_FOUND"_s);
        QCOMPARE(alice->rest().get(u"/api/Chat/conversations"_s).data().toArray().size(), 0);
        GOES_WELL(alice->sends(QString(5000, u'x'), *bob));
        GOES_WELL(alice->sends(u"\u05d0\u202e \U0001F468\u200D\U0001F469\u200D\U0001F467 <b>&amp;\\\"'"_s, *bob));
        QVERIFY(bob->receives(alice->lastSent()[u"content"_s].toString()));
        THEY_AGREE(bob.get());
    }

    void tooManyMessages_areRefusedUntilLater()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        for (int i = 0; i < 30; ++i)
            GOES_WELL(alice->sends(u"spam %1"_s.arg(i), *bob));
        QCOMPARE(alice->sends(u"spam"_s, *bob), u"RATE_LIMITED"_s);
        // The limit is one for both ways.
        const RestReply reply =
            alice->rest().post(u"/api/Chat/messages"_s, {{u"recipientId"_s, bob->id()}, {u"content"_s, u"spam"_s}});
        QCOMPARE(reply.status, 429);
        QVERIFY(reply.headers.value("retry-after").toInt() > 0);
        GOES_WELL(bob->sends(u"stop it"_s, *alice));
    }

    void presence_countsConnectionsOnce()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        GOES_WELL(alice->sends(u"hi"_s, *bob));
        alice->losesDevices();
        HubClient watch(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(watch.open(alice->rest().token()));
        QVERIFY(watch.invoke(u"SubscribePresence"_s, QJsonArray{QJsonValue(QJsonArray{bob->id()})}).isOk());
        const auto isBob = [&](const QJsonObject &event) { return event[u"userId"_s].toString() == bob->id(); };
        bob->addsDevice();
        bob->addsDevice();
        QVERIFY(watch.waitForEvent(u"UserOnline"_s, isBob));
        bob->losesDevices();
        QVERIFY(watch.waitForEvent(u"UserOffline"_s, isBob));
        QCOMPARE(watch.events(u"UserOnline"_s).size(), 1);
        QCOMPARE(watch.events(u"UserOffline"_s).size(), 1);
    }

    void presence_ofWhomOneHasJustMet_isToldAtOnce()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        const RestReply opened = alice->rest().post(u"/api/Chat/conversations"_s, {{u"recipientId"_s, bob->id()}});
        QCOMPARE(opened.status, 201);
        HubClient alices(m_server->url(), u"/hubs/chat-online"_s);
        HubClient bobs(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(alices.open(alice->rest().token()));
        QVERIFY(bobs.open(bob->rest().token()));
        const auto is = [](const Person &person) {
            return [id = person.id()](const QJsonObject &event) { return event[u"userId"_s].toString() == id; };
        };
        QCOMPARE(alices.events(u"UserOnline"_s).size(), 0); // an empty conversation shows nothing
        GOES_WELL(bob->sends(u"hi"_s, *alice));
        QVERIFY(alices.waitForEvent(u"UserOnline"_s, is(*bob)));
        QVERIFY(bobs.waitForEvent(u"UserOnline"_s, is(*alice)));
        QVERIFY(bobs.invoke(u"SetStatus"_s, {u"away"_s}).isOk());
        QVERIFY(alices.waitForEvent(u"StatusChanged"_s, is(*bob)));
    }
    void presence_byRestIsThatOfTheHub()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        const auto stranger = person("stranger");
        GOES_WELL(alice->sends(u"hi"_s, *bob));
        const RestReply opened = stranger->rest().post(u"/api/Chat/conversations"_s, {{u"recipientId"_s, bob->id()}});
        QCOMPARE(opened.status, 201);
        HubClient online(m_server->url(), u"/hubs/chat-online"_s);
        QVERIFY(online.open(bob->rest().token()));
        // What is shown of bob by the list of conversations, and by the hub.
        const auto shownTo = [&](Person &viewer) {
            const QJsonArray list = viewer.rest().get(u"/api/Chat/conversations"_s).data().toArray();
            for (const QJsonValue &one : list[0][u"participants"_s].toArray()) {
                if (one[u"id"_s].toString() == bob->id())
                    return QList<QJsonValue>{one[u"isOnline"_s], one[u"lastSeenAt"_s]};
            }
            return QList<QJsonValue>();
        };
        const auto toldTo = [&](Person &viewer) {
            HubClient watch(m_server->url(), u"/hubs/chat-online"_s);
            const QJsonArray asked{QJsonValue(QJsonArray{bob->id()})};
            if (!watch.open(viewer.rest().token()))
                return QList<QJsonValue>();
            const QJsonArray states = watch.invoke(u"GetOnlineUsers"_s, asked).result.toArray();
            return states.isEmpty() ? QList<QJsonValue>{false, QJsonValue::Null}
                                    : QList<QJsonValue>{states[0][u"isOnline"_s], states[0][u"lastSeenAt"_s]};
        };
        const QList<QJsonValue> nothing{false, QJsonValue::Null};
        QCOMPARE(shownTo(*alice), (QList<QJsonValue>{true, QJsonValue::Null}));
        QCOMPARE(toldTo(*alice), shownTo(*alice));
        QCOMPARE(shownTo(*stranger), nothing);
        QCOMPARE(toldTo(*stranger), nothing);
        QVERIFY(online.invoke(u"SetStatus"_s, {u"invisible"_s}).isOk());
        const QList<QJsonValue> hidden = shownTo(*alice);
        QCOMPARE(hidden[0], QJsonValue(false));
        QVERIFY(hidden[1].isString());
        QCOMPARE(toldTo(*alice), hidden);
        QCOMPARE(shownTo(*stranger), nothing);
    }

    void clientMessageId_ofAnotherMessage_isAConflictByHubAndRest()
    {
        const auto alice = person("alice");
        const auto bob = person("bob");
        GOES_WELL(alice->sends(u"first"_s, *bob, u"key"_s));
        GOES_WELL(alice->sends(u"first"_s, *bob, u"key"_s));
        QCOMPARE(alice->sends(u"second"_s, *bob, u"key"_s), u"CONFLICT"_s);
        QCOMPARE(bob->sends(u"second"_s, *alice, u"key"_s), QString()); // a key is the sender's own
    }

    void aRevokedSession_losesItsConnectionAndItsToken()
    {
        const auto alice = person("alice");
        alice->addsDevice();
        GOES_WELL(alice->rest().post(u"/api/Authentication/logout"_s).code());
        QTRY_VERIFY(!alice->device().hub.isOpen());
        QVERIFY(!alice->device().hub.farewell()[u"allowReconnect"_s].toBool());
        QCOMPARE(alice->rest().get(u"/api/Authentication/me"_s).status, 401);
        HubClient again(m_server->url(), u"/hubs/chat"_s);
        QVERIFY(!again.open(alice->rest().token()));
    }

    void aStoppingServer_asksItsClientsToComeBack()
    {
        ServerProcess server;
        QVERIFY2(server.start(), qPrintable(server.why()));
        Person alice(server.url(), u"alice"_s, Channel::Hub);
        Device &device = alice.addsDevice();
        QVERIFY(server.terminate());
        QTRY_VERIFY(!device.hub.isOpen());
        QVERIFY(device.hub.farewell()[u"allowReconnect"_s].toBool());
        QVERIFY2(server.start(), qPrintable(server.why()));
        RestClient rest(server.url());
        rest.setToken(alice.rest().token());
        QCOMPARE(rest.get(u"/api/Authentication/me"_s).status, 200);
    }
};

TERTULIA_TEST(tst_scenarios, TestScenarios)
#include "tst_scenarios.moc"
