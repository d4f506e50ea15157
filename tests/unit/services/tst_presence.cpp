// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "chatstage.h"

#include "services/presence.h"

#include <thread>

using namespace Tertulia;
using namespace Tertulia::Test;

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
    void audience_isWhoSharesAConversation();
    void lastSeen_isStored();
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
    const Conversation conversation = *stage.conversation(stage.ben, id);
    QVERIFY(std::any_of(conversation.participants.begin(), conversation.participants.end(),
                        [](const Participant &participant) { return participant.lastSeenAt.has_value(); }));
}

QTEST_GUILESS_MAIN(PresenceTest)
#include "tst_presence.moc"
