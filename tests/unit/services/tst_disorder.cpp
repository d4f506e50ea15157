// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Several writers, as with PostgreSQL and several nodes: each unit of work is given its number when it begins, and they
// commit in any order. Whoever syncs meanwhile misses nothing.
#include "replica.h"
#include "support/testmain.h"

#include <functional>
#include <map>
#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

/// Units of work that have begun and not committed yet. One that changes a conversation waits for its row, so within a
/// conversation they happen in the order of their commits; that is all the order there is.
class Writers
{
public:
    explicit Writers(ChatStage &stage)
        : m_stage(stage)
    {
    }
    void begin(std::function<void()> work)
    {
        m_underWay.emplace(m_stage.database.database().nextChange(), std::move(work));
        lookAround();
    }
    [[nodiscard]] size_t count() const { return m_underWay.size(); }
    void commit(size_t which)
    {
        const auto at = std::next(m_underWay.begin(), std::ptrdiff_t(which));
        m_stage.database.change = at->first;
        at->second();
        m_stage.database.change.reset();
        m_underWay.erase(at);
        lookAround();
    }

private:
    /// Whoever reads now sees all there is, and can rely on everything below the oldest that is under way.
    void lookAround()
    {
        m_stage.database.horizon =
            m_underWay.empty() ? m_stage.database.database().lastChange() : m_underWay.begin()->first - 1;
    }

    ChatStage &m_stage;
    std::map<ChangeNumber, std::function<void()>> m_underWay;
};

} // namespace

class DisorderTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void laterNumber_thatCommitsFirst_hidesNothing()
    {
        ChatStage stage;
        stage.send(stage.ada, stage.ben, u"before"_s);
        Replica ben;
        ben.catchUp(stage, stage.ben);
        Writers writers(stage);
        for (const auto *text : {u"begun first", u"begun second"}) {
            writers.begin([&stage, text] {
                std::ignore = stage.trySend(stage.ada, ChatStage::text(stage.ben, QString::fromUtf16(text)));
            });
        }
        writers.commit(1);
        ben.catchUp(stage, stage.ben); // its cursor must not pass the one that is under way
        writers.commit(0);
        ben.catchUp(stage, stage.ben);
        QVERIFY(equalsTheServer(stage, stage.ben, ben));
        QCOMPARE(stage.list(stage.ben)->conversations.front().lastMessage->content, u"begun first"_s);
    }
    void reaction_begunBeforeANewerOne_isNotMissed()
    {
        ChatStage stage;
        const Message message = stage.send(stage.ada, stage.ben, u"hi"_s);
        stage.send(stage.ben, stage.ada, u"there"_s);
        Replica ada;
        ada.catchUp(stage, stage.ada);
        Writers writers(stage);
        writers.begin([&] { std::ignore = stage.react(stage.ada, message.id, u"a"_s); });
        writers.begin([&] { std::ignore = stage.react(stage.ben, message.id, u"b"_s); });
        writers.commit(1);
        ada.catchUp(stage, stage.ada);
        writers.commit(0);
        ada.catchUp(stage, stage.ada);
        QVERIFY(equalsTheServer(stage, stage.ada, ada));
        QCOMPARE(ada.messages.begin()->second.reactions.size(), size_t(2));
    }
    void anyDisorder_converges_data()
    {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 6; ++seed)
            QTest::addRow("%d", seed) << seed;
    }
    void anyDisorder_converges()
    {
        QFETCH(const int, seed);
        ChatStage stage;
        std::mt19937 random{quint32(seed)};
        const auto below = [&random](size_t limit) { return size_t(random() % limit); };
        const std::array<Actor, 3> people{stage.ada, stage.ben, stage.cleo};
        std::array<Replica, 3> replicas;
        std::vector<Message> sent;
        Writers writers(stage);
        const auto anyMessage = [&] { return sent[below(sent.size())].id; };
        for (int step = 0; step < 500; ++step) {
            const size_t who = below(3);
            const Actor &actor = people[who];
            const Actor &other = people[(who + 1 + below(2)) % 3];
            switch (sent.empty() ? 9 : below(10)) {
            case 0:
                writers.begin([&, id = anyMessage()] { std::ignore = stage.read(actor, id); });
                break;
            case 1:
                writers.begin([&, id = anyMessage()] { std::ignore = stage.deliver(actor, id); });
                break;
            case 2:
            case 3:
            case 4:
                writers.begin([&, id = anyMessage(), text = QString::number(below(4))] {
                    std::ignore = stage.react(actor, id, text == u"0" ? std::nullopt : std::optional(text));
                });
                break;
            case 5:
                replicas[who].catchUp(stage, actor, 1 + qint64(below(20)));
                break;
            default:
                writers.begin([&, step] {
                    const auto done = stage.trySend(actor, ChatStage::text(other, u"step %1"_s.arg(step)));
                    if (done)
                        sent.push_back(done->message);
                });
            }
            while (writers.count() > 0 && (writers.count() > 5 || below(2) == 0))
                writers.commit(below(writers.count()));
            stage.clock.advance(std::chrono::milliseconds(below(4) == 0 ? below(3'000) : below(3)));
        }
        while (writers.count() > 0)
            writers.commit(below(writers.count()));
        for (size_t i = 0; i < people.size(); ++i) {
            replicas[i].catchUp(stage, people[i], 7);
            QVERIFY(equalsTheServer(stage, people[i], replicas[i]));
        }
    }
};

TERTULIA_TEST(tst_disorder, DisorderTest)
#include "tst_disorder.moc"
