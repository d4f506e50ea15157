// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How many of a large group a message has reached: counted now and then, told to its sender when it changed.

#include "chatstage.h"
#include "services/receiptcounter.h"
#include "support/testmain.h"
#include "support/teststore.h"

#include <atomic>
#include <mutex>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

struct CountingStage
{
    explicit CountingStage(int size)
    {
        const auto started = store.start([this](const std::vector<DomainEvent> &events) {
            if (counter)
                counter->committed(events);
        });
        if (!started)
            qFatal("no store");
        const auto made = store.write([&](Transaction &tx) -> Result<ConversationId> {
            std::vector<Person> members;
            for (int i = 0; i < size; ++i) {
                const UserId user = people.emplace_back(UserId::generate());
                members.emplace_back().card.id = user;
                tx.execute("INSERT INTO users (id, username, username_key, full_name, created_at)"
                           " VALUES (?, ?, ?, ?, 0)",
                           user, user.toString(), user.toString(), u"Somebody"_s);
            }
            return ConversationStore::createGroup(tx, u"Choir"_s, members, clock.now()).id;
        });
        group = made.value();
        counter.emplace(store.executor(), [this](UserId sender, const MessageReceiptCounts &counts) {
            const std::lock_guard lock(mutex);
            told.emplace_back(sender, counts);
        });
    }
    ~CountingStage() { store.stop(); } // before the counter goes

    Message say(size_t who)
    {
        SendMessageRequest request;
        request.conversationId = group.toString();
        request.content = u"hi"_s;
        return store.write([&](Transaction &tx) {
                        return messages.send(tx, {people[who], {}, Role::User}, request);
                    })
            ->message;
    }
    void delivered(size_t who, Sequence through)
    {
        std::ignore = store.write([&](Transaction &tx) -> Result<void> {
            messages.markDelivered(tx, people[who], group, 1, through, clock.now());
            return {};
        });
    }
    void read(size_t who, const Message &message)
    {
        std::ignore = store.write([&](Transaction &tx) {
            return messages.markRead(tx, {people[who], {}, Role::User}, message.id.toString(), {});
        });
    }
    /// One line for each that is told when the time has come: who of what, how many received and read it.
    QStringList counted()
    {
        for (int i = 0; i < ReceiptCounter::patience; ++i)
            counter->tick();
        // The only reader answers what is of one lane in order.
        std::promise<void> answered;
        store.executor().read<Empty>(
            {{}, Lane::Housekeeping}, [](ReadTransaction &) -> Result<Empty> { return Empty{}; },
            Completion<Empty>(nullptr, [&](const Result<Empty> &) { answered.set_value(); }));
        answered.get_future().wait();
        const std::lock_guard lock(mutex);
        QStringList lines;
        for (const auto &[sender, counts] : std::exchange(told, {})) {
            const auto who = std::find(people.begin(), people.end(), sender) - people.begin();
            lines += u"%1 of %2: %3 %4 of %5"_s.arg(who)
                         .arg(counts.sequence)
                         .arg(counts.deliveredCount)
                         .arg(counts.readCount)
                         .arg(counts.memberCount);
        }
        return lines;
    }
    static StoreSettings oneReader()
    {
        StoreSettings settings;
        settings.readerThreads = 1;
        return settings;
    }

    FakeClock clock;
    ChatSettings settings;
    MessageService messages{clock, settings};
    std::mutex mutex;
    std::vector<std::pair<UserId, MessageReceiptCounts>> told;
    std::vector<UserId> people;
    ConversationId group;
    TestStore store{oneReader()};
    std::optional<ReceiptCounter> counter;
};

} // namespace

class ReceiptCounterTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void eachSender_hearsOfTheirOwn_whenItChanged()
    {
        CountingStage stage(smallGroup + 2);
        const Message first = stage.say(0);
        const Message second = stage.say(1);
        QCOMPARE(stage.counted(), QStringList());
        stage.delivered(2, 2);
        stage.delivered(3, 1);
        stage.read(4, first);
        QCOMPARE(stage.counted(), QStringList({u"0 of 1: 3 1 of 65"_s, u"1 of 2: 1 0 of 65"_s}));
        QCOMPARE(stage.counted(), QStringList()); // nothing has moved
        stage.read(4, second);
        QCOMPARE(stage.counted(), QStringList(u"1 of 2: 2 1 of 65"_s));
        stage.read(0, second); // one's own does not count for what one wrote
        QCOMPARE(stage.counted(), QStringList(u"1 of 2: 3 2 of 65"_s));
    }
    void smallGroup_isNotCounted()
    {
        CountingStage stage(3);
        const Message first = stage.say(0);
        stage.delivered(1, 1);
        stage.read(2, first);
        QCOMPARE(stage.counted(), QStringList());
    }
    void olderMessages_areNotCounted()
    {
        CountingStage stage(smallGroup + 1);
        for (int i = 0; i < ReceiptCounter::latest + 5; ++i)
            stage.say(0);
        stage.delivered(1, ReceiptCounter::latest + 5);
        const QStringList lines = stage.counted();
        QCOMPARE(lines.size(), ReceiptCounter::latest);
        QCOMPARE(lines.front(), u"0 of 6: 1 0 of 64"_s);
    }
};

TERTULIA_TEST(tst_receiptcounter, ReceiptCounterTest)
#include "tst_receiptcounter.moc"
