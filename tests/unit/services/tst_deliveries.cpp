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
        stage.tracker->writeWaiting(); // a second later it is full still
        release.set_value();
        QVERIFY(filler.get());
        QCOMPARE(int(stage.status(first)), int(MessageStatus::Sent));
        if (byDelivery)
            stage.tracker->delivered(stage.ben, first.conversationId, 2, 2);
        else
            stage.tracker->writeWaiting();
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
        stage.tracker->writeWaiting();
        stage.settle();
        QCOMPARE(int(stage.status(message)), int(MessageStatus::Delivered));
    }
};

TERTULIA_TEST(tst_deliveries, DeliveriesTest)
#include "tst_deliveries.moc"
