// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "support/teststore.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

Result<void> put(Transaction &tx, const QString &name, int value = 1)
{
    tx.execute("INSERT INTO store_state (name, value) VALUES (?, ?)", name, value);
    return {};
}

QStringList namesIn(TestStore &store)
{
    return *store.read([](ReadTransaction &tx) -> Result<QStringList> {
        QStringList names;
        for (Rows rows = tx.query("SELECT name FROM store_state WHERE name LIKE 'x%' ORDER BY name"); rows.next();)
            names.append(rows.text(0));
        return names;
    });
}

DomainEvent deletedBy(UserId user)
{
    return ConversationDeleted{.user = user, .conversation = {}};
}

/// Units of work that write down when they ran.
class Order
{
public:
    explicit Order(TestStore &store)
        : m_store(store)
    {
    }
    template <class Tx> auto unit(const QString &name)
    {
        return [this, name](Tx &) -> Result<void> {
            const std::lock_guard lock(m_mutex);
            m_names.append(name);
            return {};
        };
    }
    void write(WorkOf of, const QString &name, int count = 1)
    {
        for (int i = 0; i < count; ++i)
            m_store.executor().write<void>(of, unit<Transaction>(name), Completion<void>());
    }
    void read(WorkOf of, const QString &name, int count = 1)
    {
        for (int i = 0; i < count; ++i)
            m_store.executor().read<void>(of, unit<ReadTransaction>(name), Completion<void>());
    }
    /// After TestStore::stop().
    [[nodiscard]] const QStringList &names() const { return m_names; }

private:
    TestStore &m_store;
    std::mutex m_mutex;
    QStringList m_names;
};

/// Runs nothing by itself; counts what it is given.
class CollectingLoop final : public Loop
{
public:
    void post(Task task) override
    {
        const std::lock_guard lock(m_mutex);
        m_tasks.push_back(std::move(task));
    }
    [[nodiscard]] bool isCurrent() const override { return false; }
    size_t posts()
    {
        const std::lock_guard lock(m_mutex);
        return m_tasks.size();
    }
    void runAll()
    {
        for (Task &task : m_tasks)
            task();
    }

private:
    std::mutex m_mutex;
    std::vector<Task> m_tasks;
};

} // namespace

class ExecutorTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void write_isSeenByTheNextRead();
    void queuedUnits_shareOneCommit();
    void aLoneUnit_doesNotWaitForOthers();
    void unitThatFails_isUndoneAlone();
    void unitWithAnSqlError_isUndoneAloneAndAnswersInternal();
    void insertOfWhatIsThere_letsTheUnitGoOn();
    void unitThatRefusesAfterARefusedWrite_breaksNoPromise();
    void unitThatBreaksItsPromise_takesTheBatchWithIt();
    void events_comeInOrderBeforeCompletionsAndOnlyOfKeptUnits();
    void lateSink_isToldBehindTheCompletions();
    void completions_areHandedOverWithOnePostForEachLoop();
    void fullQueue_answersUnavailableWithARetryHint();
    void onePersonsPart_isLimited_butNobodyElses();
    void hog_delaysAnotherPersonByOneUnit_data();
    void hog_delaysAnotherPersonByOneUnit();
    void costlyReads_leaveAReaderToTheOthers();
    void lanes_allMoveOn();
    void readThatFails_answersAnError();
    void damage_isToldOnceItIsMet();
    void reader_cannotWrite();
    void stop_finishesWhatIsQueuedAndRefusesTheRest();
    void changeNumbers_riseOverRestarts();
};

void ExecutorTest::write_isSeenByTheNextRead()
{
    TestStore store;
    QVERIFY(store.start());
    for (int i = 0; i < 50; ++i) {
        const QString name = u"x%1"_s.arg(i, 2, 10, QChar(u'0'));
        QVERIFY(store.write([&](Transaction &tx) { return put(tx, name); }));
        QCOMPARE(namesIn(store).last(), name);
    }
}

void ExecutorTest::queuedUnits_shareOneCommit()
{
    TestStore store;
    QVERIFY(store.start());
    auto release = store.holdWriter();
    std::vector<std::future<Result<void>>> answers;
    for (int i = 0; i < 50; ++i)
        answers.push_back(store.startWrite([i](Transaction &tx) { return put(tx, u"x%1"_s.arg(i)); }));
    QCOMPARE(store.executor().statistics().queuedWrites, size_t(50));
    release.set_value();
    for (auto &answer : answers)
        QVERIFY(answer.get());
    QCOMPARE(store.executor().statistics().commits, 2ULL);
    QCOMPARE(store.executor().statistics().writeUnits, 51ULL);
    QCOMPARE(namesIn(store).size(), 50);
}

void ExecutorTest::aLoneUnit_doesNotWaitForOthers()
{
    TestStore store;
    QVERIFY(store.start());
    for (quint64 i = 1; i <= 5; ++i) {
        QVERIFY(store.write([](Transaction &tx) { return put(tx, u"x"_s + Uuid::generate().toString()); }));
        QCOMPARE(store.executor().statistics().commits, i);
    }
}

void ExecutorTest::unitThatFails_isUndoneAlone()
{
    TestStore store;
    QVERIFY(store.start());
    auto release = store.holdWriter();
    auto first = store.startWrite([](Transaction &tx) { return put(tx, u"x1"_s); });
    auto second = store.startWrite([](Transaction &tx) -> Result<void> {
        std::ignore = put(tx, u"x2"_s);
        return failure(Error::conflict(u"changed my mind"_s));
    });
    auto third = store.startWrite([](Transaction &tx) { return put(tx, u"x3"_s); });
    release.set_value();
    QVERIFY(first.get());
    QCOMPARE(second.get().error().message, u"changed my mind"_s);
    QVERIFY(third.get());
    QCOMPARE(namesIn(store), QStringList({u"x1"_s, u"x3"_s}));
}

void ExecutorTest::unitWithAnSqlError_isUndoneAloneAndAnswersInternal()
{
    TestStore store;
    QVERIFY(store.start());
    auto release = store.holdWriter();
    auto first = store.startWrite([](Transaction &tx) { return put(tx, u"x1"_s); });
    auto second = store.startWrite([](Transaction &tx) {
        std::ignore = put(tx, u"x2"_s);
        return put(tx, u"x1"_s); // there already
    });
    auto third = store.startWrite([](Transaction &tx) -> Result<void> {
        tx.execute("INSERT INTO no_such_table VALUES (1)");
        return {};
    });
    auto fourth = store.startWrite([](Transaction &tx) { return put(tx, u"x4"_s); });
    release.set_value();
    QVERIFY(first.get());
    QCOMPARE(int(second.get().error().code), int(ErrorCode::Internal));
    QCOMPARE(int(third.get().error().code), int(ErrorCode::Internal));
    QVERIFY(fourth.get());
    QCOMPARE(namesIn(store), QStringList({u"x1"_s, u"x4"_s}));
}

void ExecutorTest::insertOfWhatIsThere_letsTheUnitGoOn()
{
    TestStore store;
    QVERIFY(store.start());
    const auto answer = store.write([](Transaction &tx) -> Result<int> {
        std::ignore = put(tx, u"x1"_s);
        const int repeated =
            tx.execute("INSERT INTO store_state (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", u"x1"_s, 2);
        std::ignore = put(tx, u"x2"_s);
        return repeated;
    });
    QCOMPARE(answer.value_or(-1), 0);
    QCOMPARE(namesIn(store), QStringList({u"x1"_s, u"x2"_s}));
}

void ExecutorTest::unitThatRefusesAfterARefusedWrite_breaksNoPromise()
{
    // so is a repeated clientMessageId that contradicts the first: it must cost nobody else anything
    TestStore store;
    QVERIFY(store.start());
    QVERIFY(store.write([](Transaction &tx) { return put(tx, u"x1"_s); }));
    auto release = store.holdWriter();
    auto before = store.startWrite([](Transaction &tx) { return put(tx, u"x2"_s); });
    auto refused = store.startWrite([](Transaction &tx) -> Result<void> {
        tx.promiseSuccess();
        if (tx.execute("INSERT INTO store_state (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", u"x1"_s, 2) == 0)
            return failure(Error::conflict(u"no"_s));
        return {};
    });
    auto after = store.startWrite([](Transaction &tx) { return put(tx, u"x3"_s); });
    release.set_value();
    QVERIFY(before.get());
    QCOMPARE(int(refused.get().error().code), int(ErrorCode::Conflict));
    QVERIFY(after.get());
    QCOMPARE(namesIn(store), QStringList({u"x1"_s, u"x2"_s, u"x3"_s}));
}

void ExecutorTest::unitThatBreaksItsPromise_takesTheBatchWithIt()
{
    TestStore store;
    size_t events = 0;
    QVERIFY(store.start([&](const std::vector<DomainEvent> &recorded) { events += recorded.size(); }));
    auto release = store.holdWriter();
    auto good = store.startWrite([](Transaction &tx) {
        tx.record(deletedBy(UserId::generate()));
        return put(tx, u"x1"_s);
    });
    auto bad = store.startWrite([](Transaction &tx) -> Result<void> {
        tx.promiseSuccess();
        std::ignore = put(tx, u"x2"_s);
        return failure(Error::conflict(u"no"_s));
    });
    auto late = store.startWrite([](Transaction &tx) { return put(tx, u"x3"_s); });
    release.set_value();
    QCOMPARE(int(good.get().error().code), int(ErrorCode::Unavailable));
    QCOMPARE(int(bad.get().error().code), int(ErrorCode::Conflict));
    QCOMPARE(int(late.get().error().code), int(ErrorCode::Unavailable));
    QVERIFY(namesIn(store).isEmpty());
    QCOMPARE(events, size_t(0));
    QVERIFY(store.executor().writable());
    QVERIFY(store.write([](Transaction &tx) { return put(tx, u"x4"_s); }));
}

void ExecutorTest::events_comeInOrderBeforeCompletionsAndOnlyOfKeptUnits()
{
    TestStore store;
    std::vector<UserId> heard;
    QVERIFY(store.start([&](const std::vector<DomainEvent> &events) {
        for (const DomainEvent &event : events)
            heard.push_back(std::get<ConversationDeleted>(event).user);
    }));
    const std::array<UserId, 4> users{UserId::generate(), UserId::generate(), UserId::generate(), UserId::generate()};
    auto release = store.holdWriter();
    std::vector<std::future<Result<size_t>>> answers;
    std::vector<size_t> heardAtCompletion;
    for (size_t i = 0; i < users.size(); ++i) {
        store.executor().write<void>(
            [&, i](Transaction &tx) -> Result<void> {
                tx.record(deletedBy(users[i]));
                if (i == 2)
                    return failure(Error::conflict(u"no"_s));
                return {};
            },
            Completion<void>(nullptr, [&](const Result<void> &) { heardAtCompletion.push_back(heard.size()); }));
    }
    release.set_value();
    store.stop();
    QCOMPARE(heard, std::vector<UserId>({users[0], users[1], users[3]}));
    QCOMPARE(heardAtCompletion, std::vector<size_t>({3, 3, 3, 3}));
}

void ExecutorTest::lateSink_isToldBehindTheCompletions()
{
    TestStore store;
    QStringList order;
    QVERIFY(store.start([&](const std::vector<DomainEvent> &) { order << u"sink"_s; },
                        [&](const std::vector<DomainEvent> &) { order << u"late sink"_s; }));
    store.executor().write<void>(
        [](Transaction &tx) -> Result<void> {
            tx.record(deletedBy(UserId::generate()));
            return {};
        },
        Completion<void>(nullptr, [&](const Result<void> &) { order << u"answer"_s; }));
    store.stop();
    QCOMPARE(order, QStringList({u"sink"_s, u"answer"_s, u"late sink"_s}));
}

void ExecutorTest::completions_areHandedOverWithOnePostForEachLoop()
{
    TestStore store;
    QVERIFY(store.start());
    CollectingLoop one;
    CollectingLoop two;
    int answers = 0;
    auto release = store.holdWriter();
    for (int i = 0; i < 20; ++i) {
        store.executor().write<void>(
            [i](Transaction &tx) { return put(tx, u"x%1"_s.arg(i)); },
            Completion<void>(i % 2 == 0 ? &one : &two, [&](const Result<void> &result) { answers += result ? 1 : 0; }));
    }
    release.set_value();
    store.stop();
    QCOMPARE(one.posts(), size_t(1));
    QCOMPARE(two.posts(), size_t(1));
    one.runAll();
    two.runAll();
    QCOMPARE(answers, 20);
}

void ExecutorTest::fullQueue_answersUnavailableWithARetryHint()
{
    StoreSettings settings;
    settings.queueLimit = 3;
    TestStore store(settings);
    QVERIFY(store.start());
    auto release = store.holdWriter();
    std::vector<std::future<Result<void>>> answers;
    for (int i = 0; i < 4; ++i)
        answers.push_back(store.startWrite([i](Transaction &tx) { return put(tx, u"x%1"_s.arg(i)); }));
    const Result<void> refused = answers[3].get(); // answered while the others wait
    QCOMPARE(int(refused.error().code), int(ErrorCode::Unavailable));
    QVERIFY(refused.error().retryAfterSeconds > 0);
    release.set_value();
    for (int i = 0; i < 3; ++i)
        QVERIFY(answers[size_t(i)].get());
}

void ExecutorTest::onePersonsPart_isLimited_butNobodyElses()
{
    StoreSettings settings;
    settings.queueLimitPerPerson = 3;
    TestStore store(settings);
    QVERIFY(store.start());
    const UserId hog = UserId::generate();
    auto release = store.holdWriter();
    std::vector<ErrorCode> refusals;
    const auto write = [&](WorkOf of) {
        store.executor().write<void>(
            of, [](Transaction &) -> Result<void> { return {}; },
            Completion<void>(nullptr, [&](const Result<void> &result) {
                if (!result)
                    refusals.push_back(result.error().code);
            }));
    };
    for (int i = 0; i < 5; ++i)
        write({hog});
    QCOMPARE(refusals, std::vector(2, ErrorCode::RateLimited));
    write({hog, Lane::Housekeeping});
    write({UserId::generate()});
    for (int i = 0; i < 5; ++i)
        write({});
    release.set_value();
    store.stop();
    QCOMPARE(refusals.size(), size_t(2));
}

void ExecutorTest::hog_delaysAnotherPersonByOneUnit_data()
{
    QTest::addColumn<bool>("isWrite");
    QTest::newRow("writes") << true;
    QTest::newRow("reads") << false;
}

void ExecutorTest::hog_delaysAnotherPersonByOneUnit()
{
    QFETCH(bool, isWrite);
    StoreSettings settings;
    settings.readerThreads = 1;
    settings.batchLimit = 1;
    TestStore store(settings);
    QVERIFY(store.start());
    Order order(store);
    const UserId hog = UserId::generate();
    const UserId ada = UserId::generate();
    auto release = isWrite ? store.holdWriter() : store.holdReader();
    const auto queue = [&](const UserId &who, const QString &name, int count) {
        isWrite ? order.write({who}, name, count) : order.read({who}, name, count);
    };
    queue(hog, u"hog"_s, 1'000);
    queue(ada, u"first"_s, 1);
    queue(ada, u"second"_s, 1);
    queue(UserId::generate(), u"another"_s, 1);
    release.set_value();
    store.stop();
    QCOMPARE(order.names().size(), 1'003);
    QCOMPARE(order.names().mid(0, 5), QStringList({u"hog"_s, u"first"_s, u"another"_s, u"hog"_s, u"second"_s}));
}

void ExecutorTest::costlyReads_leaveAReaderToTheOthers()
{
    TestStore store;
    QVERIFY(store.start());
    const UserId hog = UserId::generate();
    std::promise<void> release;
    const auto gate = release.get_future().share();
    std::atomic<int> running = 0;
    for (int i = 0; i < 64; ++i) {
        store.executor().read<void>(
            {hog, Lane::Bulk},
            [&, gate](ReadTransaction &) -> Result<void> {
                ++running;
                gate.wait();
                return {};
            },
            Completion<void>());
    }
    // Answered although not one of the 64 ends.
    for (int i = 0; i < 10; ++i)
        QVERIFY(store.read([](ReadTransaction &) -> Result<int> { return 7; }));
    QVERIFY(running <= 1);
    release.set_value();
    store.stop();
    QCOMPARE(running.load(), 64);
}

void ExecutorTest::lanes_allMoveOn()
{
    TestStore store;
    QVERIFY(store.start());
    Order order(store);
    auto release = store.holdWriter();
    for (int i = 0; i < 300; ++i) {
        order.write({UserId::generate(), Lane::Housekeeping}, u"tidy"_s);
        order.write({UserId::generate(), Lane::Bulk}, u"bulk"_s);
        order.write({UserId::generate()}, u"send"_s);
    }
    release.set_value();
    store.stop();
    const QStringList sixteen = order.names().mid(160, 16);
    QCOMPARE(sixteen.count(u"send"_s), 12);
    QCOMPARE(sixteen.count(u"bulk"_s), 3);
    QCOMPARE(sixteen.count(u"tidy"_s), 1);
    QCOMPARE(order.names().size(), 900);
}

void ExecutorTest::damage_isToldOnceItIsMet()
{
    TestStore store;
    QVERIFY(store.start());
    QVERIFY(store.write([](Transaction &tx) -> Result<void> {
        tx.execute("CREATE TABLE filler (text TEXT)");
        for (int i = 0; i < 200; ++i)
            tx.execute("INSERT INTO filler VALUES (?)", QString(1'000, u'z'));
        return {};
    }));
    store.stop();
    QFile file(store.settings().path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QByteArray content = file.readAll();
    const qsizetype rows = content.lastIndexOf(QByteArray(1'000, 'z')) / 4096 * 4096;
    QVERIFY(rows > 0);
    QVERIFY(file.seek(rows) && file.write(QByteArray(4096, '\x7f')) == 4096);
    file.close();
    QVERIFY(store.start());
    QCOMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::NotNeeded));
    const auto answer = store.read([](ReadTransaction &tx) -> Result<int> {
        int count = 0;
        for (Rows found = tx.query("SELECT text FROM filler"); found.next();)
            count += int(found.text(0).size());
        return count;
    });
    QCOMPARE(int(answer.error().code), int(ErrorCode::Unavailable));
    QCOMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::Damaged));
    QVERIFY(store.write([](Transaction &tx) { return put(tx, u"x1"_s); }));
    QCOMPARE(int(store.executor().integrity().check), int(IntegrityState::Check::Damaged));
}

void ExecutorTest::readThatFails_answersAnError()
{
    TestStore store;
    QVERIFY(store.start());
    const auto answer = store.read(
        [](ReadTransaction &tx) -> Result<int> { return tx.query("SELECT 1 FROM no_such_table").next() ? 1 : 0; });
    QCOMPARE(int(answer.error().code), int(ErrorCode::Internal));
    QVERIFY(store.read([](ReadTransaction &) -> Result<int> { return 7; }));
}

void ExecutorTest::reader_cannotWrite()
{
    TestStore store;
    QVERIFY(store.start());
    const auto answer = store.read([](ReadTransaction &tx) -> Result<int> {
        Rows rows = tx.query("DELETE FROM store_state RETURNING 1");
        return rows.next() ? 1 : 0;
    });
    QVERIFY(!answer);
}

void ExecutorTest::stop_finishesWhatIsQueuedAndRefusesTheRest()
{
    TestStore store;
    QVERIFY(store.start());
    auto release = store.holdWriter();
    auto queued = store.startWrite([](Transaction &tx) { return put(tx, u"x1"_s); });
    std::thread stopper([&] { store.executor().stop(); });
    while (store.executor().writable())
        std::this_thread::yield();
    auto late = store.startWrite([](Transaction &tx) { return put(tx, u"x2"_s); });
    QCOMPARE(int(late.get().error().code), int(ErrorCode::Unavailable));
    release.set_value();
    stopper.join();
    QVERIFY(queued.get());
    QVERIFY(store.start());
    QCOMPARE(namesIn(store), QStringList({u"x1"_s}));
}

void ExecutorTest::changeNumbers_riseOverRestarts()
{
    TestStore store;
    ChangeNumber last = 0;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(store.start());
        const auto number = store.write([](Transaction &tx) -> Result<ChangeNumber> { return tx.nextChange(); });
        QVERIFY(*number > last);
        last = *number;
        // what was committed is in the next snapshot
        QVERIFY(*store.read([](ReadTransaction &tx) -> Result<ChangeNumber> { return tx.committedChange(); }) >= last);
        store.stop();
    }
}

TERTULIA_TEST(tst_executor, ExecutorTest)
#include "tst_executor.moc"
