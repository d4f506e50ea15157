// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is committed reaches whoever is outside this process: written with it, in order, at least once, whatever dies.

#include "chatstage.h"
#include "protocol/codec.h"
#include "services/outboxrelay.h"
#include "support/testmain.h"
#include "support/teststore.h"

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

StoreSettings withConsumers(const QStringList &names)
{
    StoreSettings settings;
    settings.consumers = names;
    return settings;
}

DomainEvent deletedBy(UserId user)
{
    return ConversationDeleted{.user = user, .conversation = ConversationId::generate()};
}

/// Takes what it is brought, or refuses it.
struct Consumer
{
    void take(const std::vector<OutboxEntry> &entries, Completion<Empty> taken)
    {
        {
            const std::lock_guard lock(mutex);
            ++calls;
            if (!isRefusing) {
                for (const OutboxEntry &entry : entries)
                    users.push_back(*entry.event.user);
            }
        }
        taken.finish(isRefusing ? Result<Empty>(failure(Error::unavailable(u"not now"_s, 1))) : Result<Empty>(Empty{}));
    }
    [[nodiscard]] size_t count()
    {
        const std::lock_guard lock(mutex);
        return users.size();
    }

    std::mutex mutex;
    std::vector<UserId> users;
    std::atomic<int> calls = 0;
    std::atomic<bool> isRefusing = false;
};

size_t waiting(TestStore &store, const QString &consumer)
{
    return *store.read(
        [&](ReadTransaction &tx) -> Result<size_t> { return OutboxStore::oldest(tx, consumer, 10'000).size(); });
}

} // namespace

class OutboxTest : public QObject
{
    Q_OBJECT

    static std::vector<UserId> record(TestStore &store, int count)
    {
        std::vector<UserId> users;
        for (int i = 0; i < count; ++i)
            users.push_back(UserId::generate());
        std::ignore = store.write([&](Transaction &tx) -> Result<void> {
            for (const UserId &user : users)
                tx.record(deletedBy(user));
            return {};
        });
        return users;
    }

private Q_SLOTS:
    void record_isSmall_andSaysWhat()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, QString(4'000, u'x'));
        QVERIFY(stage.react(stage.ben, message.id, u"👍"_s));
        QVERIFY(stage.read(stage.ben, message.id));
        QVERIFY(stage.remove(stage.ada, message.conversationId));
        QStringList kinds;
        for (const DomainEvent &event : stage.database.takeEvents()) {
            const EventRecord record = recordOf(event);
            const QByteArray json = toJson(record);
            QVERIFY2(json.size() < 300, json.constData());
            QVERIFY(fromJson<EventRecord>(json).value() == record);
            QCOMPARE(record.conversation.value(), message.conversationId);
            kinds.append(record.kind);
            if (record.kind == u"message.reacted"_s) {
                QCOMPARE(record.message.value(), message.id);
                QCOMPARE(record.by.value(), stage.ben.id);
                QCOMPARE(record.revision.value(), message.revision + 1);
            }
        }
        QCOMPARE(kinds,
                 QStringList({u"message.sent"_s, u"message.reacted"_s, u"marks.delivered"_s, u"marks.read"_s,
                              u"conversation.changed"_s, u"conversation.deleted"_s}));
        const EventRecord ended = recordOf(SessionEnded{stage.ada.id, {}});
        QVERIFY(ended.kind == u"session.ended"_s && ended.user == stage.ada.id && !ended.session);
    }
    void withoutConsumers_nothingIsKept()
    {
        TestStore store;
        QVERIFY(store.start());
        record(store, 3);
        QCOMPARE(waiting(store, QString()), size_t(0));
        const auto last = store.read([](ReadTransaction &tx) -> Result<qint64> {
            Rows rows = tx.query("SELECT coalesce(max(number), 0) FROM outbox");
            return rows.next() ? rows.integer(0) : -1;
        });
        QCOMPARE(*last, 0);
    }
    void unitThatFails_leavesNothing_andEachConsumerHasItsOwn()
    {
        TestStore store(withConsumers({u"bus"_s, u"push"_s}));
        QVERIFY(store.start());
        QVERIFY(!store.write([](Transaction &tx) -> Result<void> {
            tx.execute("UPDATE store_state SET value = value");
            tx.record(deletedBy(UserId::generate()));
            return failure(Error::conflict(u"no"_s));
        }));
        QCOMPARE(waiting(store, u"bus"_s), size_t(0));
        record(store, 2);
        QCOMPARE(waiting(store, u"bus"_s), size_t(2));
        Consumer consumer;
        OutboxRelay relay(store.executor(), u"bus"_s,
                          [&](const auto &entries, auto taken) { consumer.take(entries, std::move(taken)); });
        relay.wake();
        QTRY_COMPARE(waiting(store, u"bus"_s), size_t(0));
        QCOMPARE(waiting(store, u"push"_s), size_t(2));
        store.stop();
    }
    /// As when a process dies between the commit and the telling: the next one tells it.
    void whatAnEarlierProcessLeft_isTold_inOrder()
    {
        TestStore store(withConsumers({u"bus"_s}));
        QVERIFY(store.start());
        auto users = record(store, OutboxRelay::most * 2 + 7);
        store.stop();
        QVERIFY(store.start());
        Consumer consumer;
        OutboxRelay relay(store.executor(), u"bus"_s,
                          [&](const auto &entries, auto taken) { consumer.take(entries, std::move(taken)); });
        relay.tick();
        QTRY_COMPARE(consumer.count(), users.size());
        QVERIFY(consumer.users == users);
        QTRY_COMPARE(waiting(store, u"bus"_s), size_t(0));
        QVERIFY(consumer.calls <= 4);
        store.stop();
    }
    void refused_comesAgain_andWhatCameMeanwhileFollows()
    {
        TestStore store(withConsumers({u"bus"_s}));
        QVERIFY(store.start());
        Consumer consumer;
        OutboxRelay relay(store.executor(), u"bus"_s,
                          [&](const auto &entries, auto taken) { consumer.take(entries, std::move(taken)); });
        consumer.isRefusing = true;
        auto users = record(store, 2);
        relay.wake();
        QTRY_COMPARE(int(consumer.calls), 1);
        for (const UserId &user : record(store, 3))
            users.push_back(user);
        QCOMPARE(waiting(store, u"bus"_s), size_t(5));
        consumer.isRefusing = false;
        // Until the refusal has been noted, a tick is no more than a word that something is there.
        QVERIFY(QTest::qWaitFor([&] {
            relay.tick();
            return consumer.count() >= users.size();
        }));
        QVERIFY(consumer.users == users);
        QTRY_COMPARE(waiting(store, u"bus"_s), size_t(0));
        store.stop();
    }
};

TERTULIA_TEST(tst_outbox, OutboxTest)
#include "tst_outbox.moc"
