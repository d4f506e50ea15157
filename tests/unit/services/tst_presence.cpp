// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"
#include "support/testmain.h"

#include "services/lastseenlog.h"
#include "services/presence.h"
#include "support/teststore.h"

#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// What a viewer is shown of somebody.
struct Shown
{
    bool isOnline = false;
    std::optional<Timestamp> lastSeenAt;

    friend bool operator==(const Shown &, const Shown &) = default;
};

/// Ben, whose presence is looked at by ada and himself, with what keeps presence on a server.
struct PresenceStage : ChatStage
{
    PresenceStage() { begin(); }

    /// The server starts: what was in memory is gone.
    void begin()
    {
        registry.emplace(clock);
        // as PresenceFeed does
        registry->setListener([this](const Presence &state) {
            if (state.isOnline)
                return;
            std::ignore = database.write([&](Transaction &tx) -> Result<void> {
                PresenceRules::recordLastSeen(tx, state.userId, *state.lastSeenAt);
                return {};
            });
        });
    }
    Shown in(Conversation conversation) const
    {
        registry->fill(conversation);
        for (const Participant &participant : conversation.participants) {
            if (participant.id == ben.id)
                return {participant.isOnline, participant.lastSeenAt};
        }
        qFatal("ben is not in it");
    }

    std::optional<PresenceRegistry> registry;
};

/// How ben comes to look; what somebody who may see him is shown then.
Shown becomes(PresenceStage &stage, const QString &look)
{
    PresenceRegistry &registry = *stage.registry;
    if (look == u"never here")
        return {};
    registry.connected(stage.ben.id);
    stage.clock.advance(1min);
    const Timestamp then = stage.clock.now();
    if (look == u"online")
        return {true, {}};
    if (look == u"away") {
        registry.setStatus(stage.ben.id, PresenceStatus::Away);
        return {true, {}};
    }
    const bool hides = look.startsWith(u"invisible");
    if (hides) {
        registry.setStatus(stage.ben.id, PresenceStatus::Invisible);
        stage.clock.advance(1h);
    }
    if (look == u"invisible")
        return {false, then};
    registry.disconnected(stage.ben.id);
    stage.clock.advance(10s);
    registry.expire();
    if (look.endsWith(u"restart"))
        stage.begin();
    return {false, then};
}

/// How ada comes to the conversation with ben. Returns whether something was said in it.
bool meets(PresenceStage &stage, const QString &relation, ConversationId &conversation)
{
    const bool isOpenedOnly = relation.startsWith(u"empty");
    if (isOpenedOnly) {
        const bool isByBen = relation == u"empty, opened by him";
        conversation = stage.open(isByBen ? stage.ben : stage.ada, isByBen ? stage.ada : stage.ben)->conversation.id;
        return false;
    }
    conversation = stage.send(stage.ada, stage.ben, u"hello"_s).conversationId;
    if (relation == u"deleted and opened again") {
        std::ignore = stage.remove(stage.ada, conversation);
        std::ignore = stage.open(stage.ada, stage.ben);
    }
    return true;
}

/// What an event says of the conversation to `viewer`: of a message, or, where nothing may be said, of its opening.
Conversation eventFor(PresenceStage &stage, const Actor &viewer, const ConversationId &id, bool isSpoken)
{
    const Actor &other = viewer.id == stage.ben.id ? stage.ada : stage.ben;
    stage.database.takeEvents();
    if (isSpoken) {
        stage.send(stage.ada, stage.ben, u"more"_s);
        return stage.database.takeEventsOf<MessageChanged>().front().conversationFor(viewer.id);
    }
    std::ignore = stage.remove(viewer, id);
    std::ignore = stage.open(viewer, other);
    return stage.database.takeEventsOf<ConversationChanged>().front().conversation;
}

/// As PresenceHub answers GetOnlineUsers and SubscribePresence.
Shown byHub(PresenceStage &stage, UserId viewer)
{
    const auto visible = stage.database.read([&](ReadTransaction &tx) -> Result<std::vector<UserId>> {
        return PresenceRules::visibleTo(tx, viewer, {stage.ben.id});
    });
    if (visible->empty())
        return {};
    const Presence state = stage.registry->state(stage.ben.id);
    const auto stored = stage.database.read([&](ReadTransaction &tx) -> Result<std::optional<Timestamp>> {
        return PresenceRules::lastSeen(tx, stage.ben.id);
    });
    return {state.isOnline, state.isOnline || state.lastSeenAt ? state.lastSeenAt : *stored};
}

} // namespace

class PresenceTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void severalConnections_countOnce();
    void lastConnectionGone_isOfflineAfterTenSeconds();
    void reconnectInTime_isNotNoticed();
    void reconnectAndLeave_startsTheDelayAnew();
    void unknownPerson_isOffline();
    void strayDisconnect_doesNoHarm();
    void fill_setsParticipants();
    void manyThreads_endInTheRightState();
    void invisiblePerson_isToldAndShownAsOffline();
    void status_endsWithPresence();
    void status_ofWhoIsOffline_isNothing();
    void whoSeesWhom_isTheSameAtEveryEdge_data();
    void whoSeesWhom_isTheSameAtEveryEdge();
    void audience_isWhoSharesAConversation();
    void lastSeen_isStored();
    void manyWhoLeave_areWrittenTogether();
    void lastSeen_refusedByABusyStore_isWrittenLater();
};

void PresenceTest::severalConnections_countOnce()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    std::vector<Presence> told;
    registry.setListener([&](const Presence &presence) { told.push_back(presence); });
    const UserId ada = UserId::generate();
    registry.connected(ada);
    registry.connected(ada);
    QCOMPARE(told.size(), size_t(1));
    QVERIFY(told[0].isOnline && told[0].userId == ada && !told[0].lastSeenAt);
    QCOMPARE(registry.onlineCount(), size_t(1));
    registry.disconnected(ada);
    clock.advance(1min);
    registry.expire();
    QCOMPARE(told.size(), size_t(1));
    QVERIFY(registry.isOnline(ada));
}

void PresenceTest::lastConnectionGone_isOfflineAfterTenSeconds()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    std::vector<Presence> told;
    registry.setListener([&](const Presence &presence) { told.push_back(presence); });
    const UserId ada = UserId::generate();
    registry.connected(ada);
    clock.advance(1min);
    registry.disconnected(ada);
    const Timestamp left = clock.now();
    clock.advance(9'999ms);
    registry.expire();
    QVERIFY(registry.isOnline(ada));
    clock.advance(1ms);
    registry.expire();
    QVERIFY(!registry.isOnline(ada));
    QCOMPARE(told.size(), size_t(2));
    QVERIFY(!told[1].isOnline);
    QCOMPARE(told[1].lastSeenAt, std::optional(left));
    QCOMPARE(registry.state(ada).lastSeenAt, std::optional(left));
    registry.expire();
    QCOMPARE(told.size(), size_t(2));
    registry.connected(ada);
    QCOMPARE(told.size(), size_t(3));
}

void PresenceTest::reconnectInTime_isNotNoticed()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    int told = 0;
    registry.setListener([&](const Presence &) { ++told; });
    const UserId ada = UserId::generate();
    for (int i = 0; i < 5; ++i) {
        registry.connected(ada);
        registry.disconnected(ada);
        clock.advance(5s);
        registry.expire();
    }
    QCOMPARE(told, 1);
}

void PresenceTest::reconnectAndLeave_startsTheDelayAnew()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    const UserId ada = UserId::generate();
    registry.connected(ada);
    registry.disconnected(ada);
    clock.advance(9s);
    registry.connected(ada);
    registry.disconnected(ada);
    clock.advance(9s);
    registry.expire();
    QVERIFY(registry.isOnline(ada));
    clock.advance(1s);
    registry.expire();
    QVERIFY(!registry.isOnline(ada));
}

void PresenceTest::unknownPerson_isOffline()
{
    FakeClock clock;
    const PresenceRegistry registry(clock);
    const UserId ada = UserId::generate();
    QVERIFY(!registry.isOnline(ada));
    QVERIFY(!registry.state(ada).lastSeenAt);
}

void PresenceTest::strayDisconnect_doesNoHarm()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    const UserId ada = UserId::generate();
    registry.disconnected(ada);
    registry.connected(ada);
    registry.disconnected(ada);
    registry.disconnected(ada);
    registry.connected(ada);
    clock.advance(1min);
    registry.expire();
    QVERIFY(registry.isOnline(ada));
}

void PresenceTest::fill_setsParticipants()
{
    ChatStage stage;
    PresenceRegistry registry(stage.clock);
    const ConversationId id = stage.send(stage.ada, stage.ben, u"x"_s).conversationId;
    registry.connected(stage.ben.id);
    Conversation conversation = *stage.conversation(stage.ada, id);
    registry.fill(conversation);
    for (const Participant &participant : conversation.participants)
        QCOMPARE(participant.isOnline, participant.id == stage.ben.id);
}

void PresenceTest::manyThreads_endInTheRightState()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    const UserId ada = UserId::generate();
    std::mutex mutex;
    std::vector<bool> told;
    registry.setListener([&](const Presence &presence) {
        const std::lock_guard lock(mutex);
        told.push_back(presence.isOnline);
    });
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&] {
            for (int n = 0; n < 2'000; ++n) {
                registry.connected(ada);
                registry.disconnected(ada);
                clock.advance(10s);
                registry.expire();
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    clock.advance(10s);
    registry.expire();
    QVERIFY(!registry.isOnline(ada));
    // on, off, on, off …: nobody is left with the wrong picture
    for (size_t i = 0; i < told.size(); ++i)
        QCOMPARE(bool(told[i]), i % 2 == 0);
    QCOMPARE(told.size() % 2, size_t(0));
}

void PresenceTest::invisiblePerson_isToldAndShownAsOffline()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    std::vector<Presence> told;
    registry.setListener([&](const Presence &presence) { told.push_back(presence); });
    const UserId ada = UserId::generate();
    registry.connected(ada);
    QVERIFY(registry.setStatus(ada, PresenceStatus::Busy));
    QVERIFY(!registry.setStatus(ada, PresenceStatus::Busy)); // nothing new
    QCOMPARE(registry.state(ada).status, std::optional(PresenceStatus::Busy));
    clock.advance(1min);
    const Timestamp hidden = clock.now();
    QVERIFY(!registry.setStatus(ada, PresenceStatus::Invisible)); // nobody hears of a status
    QCOMPARE(told.size(), size_t(2));
    QVERIFY(!told[1].isOnline && !told[1].status);
    QCOMPARE(told[1].lastSeenAt, std::optional(hidden));
    clock.advance(1min);
    registry.connected(ada);
    registry.disconnected(ada);
    QCOMPARE(registry.state(ada), told[1]);
    QCOMPARE(registry.onlineCount(), size_t(1)); // for the operator she is here
    QVERIFY(registry.setStatus(ada, PresenceStatus::Away));
    QCOMPARE(told.size(), size_t(3));
    QVERIFY(told[2].isOnline && told[2].status == PresenceStatus::Away);
    // to leave while invisible is to leave unseen
    registry.setStatus(ada, PresenceStatus::Invisible);
    const auto seen = registry.state(ada).lastSeenAt;
    clock.advance(1h);
    registry.disconnected(ada);
    clock.advance(10s);
    registry.expire();
    QCOMPARE(told.size(), size_t(4));
    QCOMPARE(registry.state(ada).lastSeenAt, seen);
    QCOMPARE(registry.onlineCount(), size_t(0));
}

void PresenceTest::status_endsWithPresence()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    const UserId ada = UserId::generate();
    registry.connected(ada);
    registry.setStatus(ada, PresenceStatus::Away);
    registry.disconnected(ada);
    clock.advance(5s);
    registry.connected(ada); // in time
    QCOMPARE(registry.state(ada).status, std::optional(PresenceStatus::Away));
    registry.disconnected(ada);
    clock.advance(10s);
    registry.expire();
    QVERIFY(!registry.state(ada).status);
    registry.connected(ada);
    QCOMPARE(registry.state(ada).status, std::optional(PresenceStatus::Online));
}

void PresenceTest::status_ofWhoIsOffline_isNothing()
{
    FakeClock clock;
    PresenceRegistry registry(clock);
    int told = 0;
    registry.setListener([&](const Presence &) { ++told; });
    const UserId ada = UserId::generate();
    QVERIFY(!registry.setStatus(ada, PresenceStatus::Away));
    QVERIFY(!registry.state(ada).isOnline);
    QCOMPARE(told, 0);
}

void PresenceTest::whoSeesWhom_isTheSameAtEveryEdge_data()
{
    QTest::addColumn<QString>("relation");
    QTest::addColumn<QString>("look");
    for (const char *relation : {"they have spoken", "deleted and opened again", "empty, opened by her",
                                 "empty, opened by him", "himself", "himself in an empty one"}) {
        for (const char *look : {"never here", "online", "away", "invisible", "left", "invisible, left",
                                 "left before the restart", "invisible, left before the restart"})
            QTest::addRow("%s, %s", relation, look) << QString::fromLatin1(relation) << QString::fromLatin1(look);
    }
}

void PresenceTest::whoSeesWhom_isTheSameAtEveryEdge()
{
    QFETCH(QString, relation);
    QFETCH(QString, look);
    PresenceStage stage;
    const bool isSelf = relation.startsWith(u"himself");
    if (isSelf)
        relation = relation.endsWith(u"empty one") ? u"empty, opened by him"_s : u"they have spoken"_s;
    ConversationId id;
    const bool isSpoken = meets(stage, relation, id);
    const Actor viewer = isSelf ? stage.ben : stage.ada;
    const Shown truth = becomes(stage, look.replace(u"before the restart"_s, u"restart"_s));
    const Shown expected = isSpoken || isSelf ? truth : Shown{};

    const bool isListed = isSelf || relation != u"empty, opened by him";
    const auto list = stage.list(viewer)->conversations;
    QCOMPARE(list.size(), size_t(isListed ? 1 : 0));
    const auto changes = stage.sync(viewer)->conversations;
    QCOMPARE(changes.size(), list.size());
    if (isListed) {
        QCOMPARE(stage.in(list[0]), expected);
        QCOMPARE(stage.in(changes[0]), expected);
    }
    QCOMPARE(stage.in(*stage.conversation(viewer, id)), expected);
    QCOMPARE(stage.in(stage.open(viewer, isSelf ? stage.ada : stage.ben)->conversation), expected);
    QCOMPARE(byHub(stage, viewer.id), expected);
    QCOMPARE(stage.in(eventFor(stage, viewer, id, isSpoken)), expected);
}

void PresenceTest::audience_isWhoSharesAConversation()
{
    ChatStage stage;
    stage.send(stage.ada, stage.ben, u"x"_s);
    QVERIFY(stage.open(stage.cleo, stage.ada)); // opened, but nothing was said
    const auto audience = [&](const Actor &who) {
        return *stage.database.read(
            [&](ReadTransaction &tx) -> Result<std::vector<UserId>> { return PresenceRules::audience(tx, who.id); });
    };
    QCOMPARE(audience(stage.ada), std::vector{stage.ben.id});
    QCOMPARE(audience(stage.ben), std::vector{stage.ada.id});
    QVERIFY(audience(stage.cleo).empty());
    const auto visible = stage.database.read([&](ReadTransaction &tx) -> Result<std::vector<UserId>> {
        return PresenceRules::visibleTo(tx, stage.ada.id,
                                        {stage.ben.id, stage.cleo.id, stage.ada.id, UserId::generate()});
    });
    QCOMPARE(*visible, std::vector({stage.ben.id, stage.ada.id}));
}

void PresenceTest::lastSeen_isStored()
{
    ChatStage stage;
    const auto lastSeen = [&] {
        return *stage.database.read([&](ReadTransaction &tx) -> Result<std::optional<Timestamp>> {
            return PresenceRules::lastSeen(tx, stage.ada.id);
        });
    };
    QVERIFY(!lastSeen());
    std::ignore = stage.database.write([&](Transaction &tx) -> Result<void> {
        PresenceRules::recordLastSeen(tx, stage.ada.id, stage.clock.now());
        return {};
    });
    QCOMPARE(lastSeen(), std::optional(stage.clock.now()));
    const ConversationId id = stage.send(stage.ada, stage.ben, u"x"_s).conversationId;
    const Conversation conversation = withoutOthersMarks(*stage.conversation(stage.ben, id));
    QCOMPARE(stage.database.takeEventsOf<MessageChanged>().front().conversationFor(stage.ben.id), conversation);
    QVERIFY(std::any_of(conversation.participants.begin(), conversation.participants.end(),
                        [](const Participant &participant) { return participant.lastSeenAt.has_value(); }));
}

namespace {

/// People with rows of their own, and what is known of them.
struct People
{
    explicit People(TestStore &store, size_t count)
        : database(store)
    {
        std::ignore = store.write([&](Transaction &tx) -> Result<void> {
            for (size_t i = 0; i < count; ++i) {
                ids.push_back(UserId::generate());
                const QString name = ids.back().toString();
                tx.execute(
                    "INSERT INTO users (id, username, username_key, full_name, created_at) VALUES (?, ?, ?, ?, 0)",
                    ids.back(), name, name, name);
            }
            return {};
        });
    }
    size_t seen()
    {
        return *database.read([&](ReadTransaction &tx) -> Result<size_t> {
            return size_t(std::count_if(ids.begin(), ids.end(),
                                        [&](UserId id) { return PresenceRules::lastSeen(tx, id).has_value(); }));
        });
    }

    TestStore &database;
    std::vector<UserId> ids;
};

} // namespace

void PresenceTest::manyWhoLeave_areWrittenTogether()
{
    TestStore store;
    QVERIFY(store.start());
    People people(store, 2'500);
    LastSeenLog log(store.executor());
    const quint64 before = store.executor().statistics().writeUnits;
    auto release = store.holdWriter();
    for (const UserId &id : people.ids)
        log.note(id, Timestamp(1s));
    for (int second = 0; second < 5; ++second)
        log.save();
    QCOMPARE(store.executor().statistics().queuedWrites, size_t(1));
    release.set_value();
    QTRY_COMPARE(people.seen(), size_t(2'000)); // two units
    log.save();
    QTRY_COMPARE(people.seen(), size_t(2'500));
    QCOMPARE(store.executor().statistics().writeUnits - before, 4ULL); // the one that held the writer, and three
    log.save();
    QCOMPARE(store.executor().statistics().queuedWrites, size_t(0));
    store.stop();
}

void PresenceTest::lastSeen_refusedByABusyStore_isWrittenLater()
{
    StoreSettings settings;
    settings.queueLimit = 1;
    TestStore store(settings);
    QVERIFY(store.start());
    People people(store, 2);
    LastSeenLog log(store.executor());
    auto release = store.holdWriter();
    auto full = store.startWrite([](Transaction &) -> Result<void> { return {}; });
    log.note(people.ids[0], Timestamp(5s));
    log.save();
    log.note(people.ids[0], Timestamp(9s)); // came and went meanwhile
    release.set_value();
    QVERIFY(full.get());
    QCOMPARE(people.seen(), size_t(0));
    log.note(people.ids[1], Timestamp(7s));
    log.save();
    QTRY_COMPARE(people.seen(), size_t(2));
    const auto seen = store.read([&](ReadTransaction &tx) -> Result<std::optional<Timestamp>> {
        return PresenceRules::lastSeen(tx, people.ids[0]);
    });
    QCOMPARE(*seen, std::optional(Timestamp(9s)));
    store.stop();
}

TERTULIA_TEST(tst_presence, PresenceTest)
#include "tst_presence.moc"
