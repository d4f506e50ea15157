// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Delivered marks that the store cannot take at the moment: written later, once, and none is lost.

#include "chatstage.h"
#include "services/deliverytracker.h"
#include "support/testmain.h"
#include "support/teststore.h"

#include <map>
#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Ada writes to Ben; the store has room for so many units that wait.
struct Stage
{
    explicit Stage(int room)
        : store(small(room))
    {
        const auto keep = [this](const std::vector<DomainEvent> &committed) {
            const std::lock_guard lock(mutex);
            for (const DomainEvent &event : committed) {
                if (const auto *const news = std::get_if<MessageChanged>(&event))
                    sent[news->message.id] = std::make_shared<const MessageChanged>(*news);
                else if (const auto *const status = std::get_if<MessageStatusChanged>(&event))
                    statuses.push_back(*status);
            }
        };
        if (!store.start(keep))
            qFatal("no store");
        tracker.emplace(store.executor(), messages, clock,
                        [this](const MessageStatusChanged &event) { told.push_back(event); });
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
    Message send() { return send(ada, ben); }
    Message send(UserId from, UserId to)
    {
        return store
            .write([&](Transaction &tx) {
                return messages.send(tx, {from, {}, Role::User}, ChatStage::text({to, {}, Role::User}, u"hi"_s));
            })
            ->message;
    }
    /// The pong behind one message that was told as news.
    void arrived(UserId user, const Message &message)
    {
        std::shared_ptr<const MessageChanged> news;
        {
            const std::lock_guard lock(mutex);
            news = sent[message.id];
        }
        tracker->delivered(user, message.conversationId, message.sequence, message.sequence,
                           DeliveryTracker::Haste::Now, news);
    }
    Message look(MessageId id)
    {
        return *store.read([&](ReadTransaction &tx) {
            return messages.message(tx, {ada, {}, Role::User}, id.toString());
        });
    }
    MessageStatus status(MessageId id) { return look(id).status; }
    MessageStatus status(const Message &message) { return status(message.id); }
    /// Of the other one, as the file has it.
    Mark written(UserId user)
    {
        return store
            .read([&](ReadTransaction &tx) -> Result<Mark> {
                return ConversationStore::findMarks(tx, 1)->member(user)->delivered;
            })
            .value();
    }
    [[nodiscard]] StoreStatistics statistics() { return store.executor().statistics(); }
    void ticks(int count)
    {
        for (int i = 0; i < count; ++i)
            tracker->tick();
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
    std::vector<MessageStatusChanged> told; ///< before the commit
    std::mutex mutex; ///< for what follows, which the store's thread writes
    std::map<MessageId, std::shared_ptr<const MessageChanged>> sent;
    std::vector<MessageStatusChanged> statuses; ///< after it
};

} // namespace

class DeliveriesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void mark_whenTheQueueIsFull_isWrittenAllTheSame()
    {
        Stage stage(1);
        const Message message = stage.send();
        auto release = stage.store.holdWriter();
        auto filler = stage.store.startWrite([](Transaction &) -> Result<void> { return {}; });
        QCOMPARE(stage.statistics().queuedWrites, size_t(1)); // full
        stage.tracker->delivered(stage.ben, message.conversationId, 1, 1);
        release.set_value();
        QVERIFY(filler.get());
        QTRY_COMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
    }
    void marks_thatComeWhileOthersAreWritten_areWrittenToo()
    {
        Stage stage(9);
        const Message first = stage.send(), second = stage.send();
        auto release = stage.store.holdWriter();
        stage.tracker->delivered(stage.ben, first.conversationId, 1, 1);
        const quint64 units = stage.statistics().writeUnits;
        stage.tracker->delivered(stage.ben, first.conversationId, 2, 2); // one unit for both
        release.set_value();
        QTRY_COMPARE(int(stage.status(second)), int(MessageStatus::Delivered));
        QCOMPARE(stage.statistics().writeUnits, units + 2); // with the one that held the writer
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
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Sent));
        stage.tracker->tick();
        QTRY_COMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
    }
    void newMessage_isToldBeforeItsMarkIsWritten()
    {
        Stage stage(9);
        const Message message = stage.send();
        const quint64 commits = stage.statistics().commits;
        stage.arrived(stage.ben, message);
        QCOMPARE(stage.told.size(), size_t(1));
        QCOMPARE(stage.told[0].messages.size(), size_t(1));
        QCOMPARE(stage.told[0].messages[0].id, message.id);
        QCOMPARE(stage.told[0].by, stage.ben);
        QCOMPARE(int(stage.told[0].status), int(MessageStatus::Delivered));
        QCOMPARE(stage.told[0].audience.size(), size_t(2));
        // Whoever asks, hears the same, and nothing was written for it.
        const Message seen = stage.look(message.id);
        QCOMPARE(int(seen.status), int(MessageStatus::Delivered));
        QCOMPARE(seen.deliveredAt, std::optional(stage.told[0].messages[0].at));
        QCOMPARE(stage.written(stage.ben).through, Sequence(0));
        QCOMPARE(stage.statistics().commits, commits);
    }
    void toldMark_goesWithTheNextCommit()
    {
        Stage stage(9);
        const Message message = stage.send();
        stage.arrived(stage.ben, message);
        const StoreStatistics before = stage.statistics();
        stage.clock.advance(700ms);
        stage.settle();
        QCOMPARE(stage.statistics().commits, before.commits + 1);
        QCOMPARE(stage.statistics().writeUnits, before.writeUnits + 2);
        QCOMPARE(stage.written(stage.ben).through, Sequence(1));
        // The event of the commit is for others than the connections that have heard of it.
        QCOMPARE(stage.statuses.size(), size_t(1));
        QCOMPARE(stage.statuses[0].toldThrough, Sequence(1));
        QCOMPARE(stage.statuses[0].messages[0].at, stage.told[0].messages[0].at);
        // Still the same when the file alone tells it.
        stage.ticks(DeliveryTracker::patience);
        QCOMPARE(stage.store.executor().told().size(), size_t(0));
        QCOMPARE(stage.look(message.id).deliveredAt, std::optional(stage.told[0].messages[0].at));
        QCOMPARE(stage.statistics().writeUnits, before.writeUnits + 2);
    }
    void toldMark_withoutACommit_isWrittenInTime()
    {
        Stage stage(9);
        const Message message = stage.send();
        stage.arrived(stage.ben, message);
        stage.ticks(DeliveryTracker::patience - 1);
        QCOMPARE(stage.written(stage.ben).through, Sequence(0));
        stage.ticks(1);
        QTRY_COMPARE(stage.written(stage.ben).through, Sequence(1));
    }
    void toldMark_afterQuietTimes_waitsAsLong()
    {
        Stage stage(9);
        const Message message = stage.send();
        stage.ticks(DeliveryTracker::patience); // all is due, and there is nothing
        stage.arrived(stage.ben, message);
        stage.ticks(DeliveryTracker::patience - 1);
        stage.store.stop(); // what was to be written is
        QVERIFY(stage.store.start());
        QCOMPARE(stage.written(stage.ben).through, Sequence(0));
    }
    void toldMark_atTheEnd_isWritten()
    {
        Stage stage(9);
        stage.arrived(stage.ben, stage.send());
        stage.tracker->finish();
        stage.settle();
        QCOMPARE(stage.written(stage.ben).through, Sequence(1));
    }
    void toldMark_whoseBatchIsLost_isWrittenLater_andSeenAllTheWhile()
    {
        Stage stage(9);
        const Message message = stage.send();
        stage.arrived(stage.ben, message);
        QVERIFY(!stage.store.write([](Transaction &tx) -> Result<void> {
            tx.promiseSuccess();
            tx.execute("UPDATE store_state SET value = value");
            return failure(Error::conflict(u"no"_s));
        }));
        QCOMPARE(stage.written(stage.ben).through, Sequence(0));
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
        stage.ticks(1);
        QTRY_COMPARE(stage.written(stage.ben).through, Sequence(1));
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
    }
    /// Ben's second device has it a moment later.
    void messageThatWasTold_isNotToldAgain()
    {
        Stage stage(9);
        const Message message = stage.send();
        stage.arrived(stage.ben, message);
        stage.arrived(stage.ben, message);
        stage.settle();
        stage.arrived(stage.ben, message);
        stage.settle();
        QCOMPARE(stage.told.size(), size_t(1));
        QCOMPARE(stage.statuses.size(), size_t(1));
    }
    /// The line has a gap: an earlier message has not come to Ben.
    void messageBehindAGap_isNotTold()
    {
        Stage stage(9);
        const Message first = stage.send(), second = stage.send();
        stage.arrived(stage.ben, second);
        stage.settle();
        QCOMPARE(stage.told.size(), size_t(0));
        QCOMPARE(int(stage.status(second)), int(MessageStatus::Sent));
        stage.arrived(stage.ben, first);
        QCOMPARE(stage.told.size(), size_t(1));
        stage.settle();
        QCOMPARE(int(stage.status(first)), int(MessageStatus::Delivered));
        QCOMPARE(int(stage.status(second)), int(MessageStatus::Sent));
    }
    void ownAnswer_leavesNoGap()
    {
        Stage stage(9);
        stage.arrived(stage.ben, stage.send());
        std::ignore = stage.send(stage.ben, stage.ada); // the mark goes along, and over the answer
        QCOMPARE(stage.written(stage.ben).through, Sequence(2));
        stage.arrived(stage.ben, stage.send());
        QCOMPARE(stage.told.size(), size_t(2));
    }
    void messageThatWasRead_isNotToldAsDelivered()
    {
        Stage stage(9);
        const Message message = stage.send();
        QVERIFY(stage.store.write([&](Transaction &tx) {
            return stage.messages.markRead(tx, {stage.ben, {}, Role::User}, message.id.toString(), {});
        }));
        stage.arrived(stage.ben, message);
        stage.ticks(DeliveryTracker::patience);
        stage.settle();
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Read));
    }
    /// Messages both ways, arrivals in any order, lost batches, time: no status goes back, and in the end the file has
    /// what was told.
    void marks_inAnyOrder_neverGoBack_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("seed %d", seed) << seed;
    }
    void marks_inAnyOrder_neverGoBack()
    {
        QFETCH(const int, seed);
        Stage stage(50);
        std::mt19937 random{unsigned(seed)};
        const auto upTo = [&random](size_t n) { return size_t(random() % n); };
        std::vector<Message> all;
        std::map<MessageId, MessageStatus> seen;
        for (int step = 0; step < 120; ++step) {
            switch (upTo(6)) {
            case 0:
            case 1:
                all.push_back(upTo(3) ? stage.send() : stage.send(stage.ben, stage.ada));
                break;
            case 2:
            case 3:
                for (size_t i = 0; !all.empty() && i < 3; ++i) {
                    const Message &message = all[all.size() - 1 - upTo(std::min<size_t>(all.size(), 5))];
                    stage.arrived(message.senderId == stage.ada ? stage.ben : stage.ada, message);
                }
                break;
            case 4:
                std::ignore = stage.store.write([](Transaction &tx) -> Result<void> {
                    tx.promiseSuccess();
                    tx.execute("UPDATE store_state SET value = value");
                    return failure(Error::conflict(u"no"_s));
                });
                break;
            default:
                stage.clock.advance(400ms);
                stage.ticks(1);
            }
            for (size_t i = all.size() - std::min<size_t>(all.size(), 6); i < all.size(); ++i) {
                const MessageStatus now = stage.status(all[i]);
                QVERIFY2(int(now) >= int(seen[all[i].id]), qPrintable(u"step %1"_s.arg(step)));
                seen[all[i].id] = now;
            }
        }
        for (const MessageStatusChanged &told : stage.told)
            QCOMPARE(int(stage.status(told.messages[0].id)), int(MessageStatus::Delivered));
        stage.ticks(DeliveryTracker::patience);
        stage.settle();
        stage.ticks(2);
        QTRY_COMPARE(stage.store.executor().told().size(), size_t(0));
        for (const auto &[id, status] : seen)
            QVERIFY(int(stage.status(id)) >= int(status));
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
                 size + 1); // the sender's own goes along
    }
};

TERTULIA_TEST(tst_deliveries, DeliveriesTest)
#include "tst_deliveries.moc"
