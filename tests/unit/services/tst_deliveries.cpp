// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Delivered marks that the store cannot take at the moment: written later, once, and none is lost.

#include "chatstage.h"
#include "services/deliverytracker.h"
#include "support/testmain.h"
#include "support/teststore.h"

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Ada writes to Ben; the store has room for so many units that wait.
struct Stage
{
    explicit Stage(int room)
        : store(small(room))
    {
        if (!store.start())
            qFatal("no store");
        tracker.emplace(store.executor(), messages);
        std::ignore = store.write([this](Transaction &tx) -> Result<void> {
            for (const auto &[id, name] : {std::pair{ada, u"ada"_s}, std::pair{ben, u"ben"_s}}) {
                tx.execute(
                    "INSERT INTO users (id, username, username_key, full_name, created_at) VALUES (?, ?, ?, ?, 0)", id,
                    name, name, name);
            }
            return {};
        });
    }
    ~Stage() { store.stop(); } // before the tracker goes

    static StoreSettings small(int room)
    {
        StoreSettings settings;
        settings.queueLimit = room;
        return settings;
    }
    Message send()
    {
        return store
            .write([&](Transaction &tx) {
                return messages.send(tx, {ada, {}, Role::User}, ChatStage::text({ben, {}, Role::User}, u"hi"_s));
            })
            ->message;
    }
    MessageStatus status(const Message &message)
    {
        return store
            .read([&](ReadTransaction &tx) {
                return messages.message(tx, {ada, {}, Role::User}, message.id.toString());
            })
            ->status;
    }
    void settle()
    {
        std::ignore = store.write([](Transaction &) -> Result<void> { return {}; });
    }

    FakeClock clock;
    ChatSettings settings;
    MessageService messages{clock, settings};
    UserId ada = UserId::generate(), ben = UserId::generate();
    TestStore store;
    std::optional<DeliveryTracker> tracker;
};

} // namespace

class DeliveriesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mark_refusedByAFullQueue_isWrittenLater_data()
    {
        QTest::addColumn<bool>("byDelivery");
        QTest::newRow("with the next second") << false;
        QTest::newRow("with the next delivery") << true;
    }
    void mark_refusedByAFullQueue_isWrittenLater()
    {
        QFETCH(const bool, byDelivery);
        Stage stage(1);
        const Message first = stage.send(), second = stage.send();
        auto release = stage.store.holdWriter();
        auto filler = stage.store.startWrite([](Transaction &) -> Result<void> { return {}; });
        QCOMPARE(stage.store.executor().statistics().queuedWrites, size_t(1)); // full
        stage.tracker->delivered(stage.ben, first.conversationId, 1, 1);
        stage.tracker->tick(); // a second later it is full still
        release.set_value();
        QVERIFY(filler.get());
        QCOMPARE(int(stage.status(first)), int(MessageStatus::Sent));
        if (byDelivery)
            stage.tracker->delivered(stage.ben, first.conversationId, 2, 2);
        else
            stage.tracker->tick();
        QTRY_COMPARE(int(stage.status(first)), int(MessageStatus::Delivered));
        QCOMPARE(int(stage.status(second)), int(byDelivery ? MessageStatus::Delivered : MessageStatus::Sent));
    }
    void marks_thatComeWhileOthersAreWritten_areWrittenToo()
    {
        Stage stage(9);
        const Message first = stage.send(), second = stage.send();
        auto release = stage.store.holdWriter();
        stage.tracker->delivered(stage.ben, first.conversationId, 1, 1);
        stage.tracker->delivered(stage.ben, first.conversationId, 2, 2); // one unit for both
        QCOMPARE(stage.store.executor().statistics().queuedWrites, size_t(1));
        release.set_value();
        QTRY_COMPARE(int(stage.status(second)), int(MessageStatus::Delivered));
    }
    /// The unit has run, and its batch cannot be kept.
    void marks_whoseBatchIsLost_areWrittenLater()
    {
        Stage stage(9);
        const Message message = stage.send();
        auto release = stage.store.holdWriter();
        stage.tracker->delivered(stage.ben, message.conversationId, 1, 1);
        auto breaker = stage.store.startWrite([](Transaction &tx) -> Result<void> {
            tx.promiseSuccess();
            tx.execute("UPDATE store_state SET value = value");
            return failure(Error::conflict(u"no"_s));
        });
        release.set_value();
        QVERIFY(!breaker.get());
        stage.settle();
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Sent));
        stage.tracker->tick();
        stage.settle();
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
    }
    /// In a large group nobody waits for a mark: what comes in some seconds is one row for each person.
    void marks_thatMayWait_areWrittenTogether_data()
    {
        QTest::addColumn<bool>("atTheEnd");
        QTest::newRow("in time") << false;
        QTest::newRow("before the store stops") << true;
    }
    void marks_thatMayWait_areWrittenTogether()
    {
        QFETCH(const bool, atTheEnd);
        Stage stage(9);
        const Message first = stage.send(), second = stage.send();
        const quint64 units = stage.store.executor().statistics().writeUnits;
        for (const Sequence sequence : {1, 2}) {
            stage.tracker->delivered(stage.ben, first.conversationId, sequence, sequence,
                                     DeliveryTracker::Haste::Later);
        }
        for (int i = 1; i < DeliveryTracker::patience; ++i)
            stage.tracker->tick();
        stage.settle();
        QCOMPARE(int(stage.status(first)), int(MessageStatus::Sent));
        if (atTheEnd)
            stage.tracker->finish();
        else
            stage.tracker->tick();
        stage.settle();
        QCOMPARE(int(stage.status(first)), int(MessageStatus::Delivered));
        QCOMPARE(int(stage.status(second)), int(MessageStatus::Delivered));
        QCOMPARE(stage.store.executor().statistics().writeUnits, units + 3); // with the two that settled
    }
    /// Others' units come in between, and nobody's mark is left behind.
    void marks_ofManyPeople_areWrittenInParts()
    {
        constexpr int size = 450;
        Stage stage(9);
        std::vector<UserId> people;
        const auto group = stage.store.write([&](Transaction &tx) -> Result<ConversationId> {
            std::vector<Person> members{*ConversationStore::person(tx, stage.ada)};
            for (int i = 0; i < size; ++i)
                members.emplace_back().card.id = people.emplace_back(UserId::generate());
            return ConversationStore::createGroup(tx, u"Choir"_s, members, stage.clock.now()).id;
        });
        SendMessageRequest request;
        request.conversationId = group->toString();
        request.content = u"hi"_s;
        QVERIFY(stage.store.write([&](Transaction &tx) {
            return stage.messages.send(tx, {stage.ada, {}, Role::User}, request);
        }));
        const quint64 units = stage.store.executor().statistics().writeUnits;
        for (const UserId &user : people)
            stage.tracker->delivered(user, *group, 1, 1, DeliveryTracker::Haste::Later);
        for (int i = 0; i < DeliveryTracker::patience; ++i)
            stage.tracker->tick();
        QTRY_COMPARE(stage.store.executor().statistics().writeUnits, units + 3);
        const auto row = stage.store.read(
            [&](ReadTransaction &tx) -> Result<ConversationRow> { return *ConversationStore::findMarks(tx, 1); });
        QCOMPARE(std::count_if(row->members.begin(), row->members.end(),
                               [](const MemberRow &member) { return member.delivered.through == 1; }),
                 size);
    }
};

TERTULIA_TEST(tst_deliveries, DeliveriesTest)
#include "tst_deliveries.moc"
