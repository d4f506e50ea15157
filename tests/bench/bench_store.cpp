// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the store costs without the network: `bench_store [--dir D] [--messages N] [--seconds S]`. Makes (or takes
// again) a database with one person in 10,000 conversations and prints one line for each figure.
#include "services/conversationservice.h"
#include "services/deliverytracker.h"
#include "services/messageservice.h"
#include "store/database.h"
#include "store/executor.h"
#include "store/migrations.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QCommandLineParser>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>

#include <condition_variable>
#include <cstdio>
#include <ctime>
#include <deque>
#include <random>
#include <thread>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

constexpr int conversationCount = 10'000;
constexpr int clientCount = 200;

double threadCpuMicroseconds()
{
    timespec time{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return double(time.tv_sec) * 1e6 + double(time.tv_nsec) / 1e3;
}

/// System calls that write, of this process.
double writeCalls()
{
    QFile file(u"/proc/self/io"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("syscw:"))
            return line.mid(7).toDouble();
    }
    return 0;
}

/// CPU time of a thread of this process by its name.
double cpuMicrosecondsOf(const QByteArray &name)
{
    double total = 0;
    for (const QString &task : QDir(u"/proc/self/task"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const auto read = [&](const QString &file) {
            QFile source(u"/proc/self/task/"_s + task + u'/' + file);
            return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
        };
        if (read(u"comm"_s).trimmed() == name)
            total += read(u"schedstat"_s).split(' ').value(0).toDouble() / 1e3;
    }
    return total;
}

void figure(const char *name, double value, const char *unit)
{
    std::printf("%-58s %12.1f %s\n", name, value, unit);
    std::fflush(stdout);
}

/// Numbered people: 0 has all the conversations, 1 … 10,000 one each; 20,001 … are the clients of the flood.
UserId person(int number)
{
    return UserId(Uuid::fromName("bench", QByteArray::number(number)));
}

Actor actor(int number)
{
    return {.id = person(number), .session = {}, .role = Role::User};
}

QString words(std::mt19937 &random)
{
    static const QStringList list =
        u"the meeting is at nine tomorrow please bring your notes and some coffee for everybody "
        "who helped with yesterday's long move"_s.split(u' ');
    QStringList text;
    for (auto count = 6 + random() % 20; count > 0; --count)
        text.append(list[qsizetype(random() % size_t(list.size()))]);
    return text.join(u' ');
}

SendMessageRequest request(int to, const QString &text, int number)
{
    SendMessageRequest wanted;
    wanted.recipientId = person(to).toString();
    wanted.content = text;
    wanted.clientMessageId = Uuid::generate().toString();
    Q_UNUSED(number)
    return wanted;
}

void check(bool ok, const char *what)
{
    if (!ok)
        qFatal("%s", what);
}

void seed(const StoreSettings &settings, int messageCount)
{
    auto opened = Database::open(settings, Database::Mode::Writer);
    check(opened.has_value(), "cannot open");
    Database &database = **opened;
    check(migrate(database).has_value(), "cannot migrate");
    check(database.run("PRAGMA synchronous=OFF").has_value(), "no pragma");
    const SystemClock clock;
    const MessageService service(clock, {});
    std::mt19937 random(7);
    QElapsedTimer timer;
    timer.start();
    const auto unit = [&](auto work) {
        check(database.beginWrite().has_value(), "no transaction");
        work();
        check(database.commit().has_value(), "no commit");
        if (database.walFrames() > 8'000)
            database.checkpoint();
    };
    const auto addPerson = [&](int number) {
        Transaction tx(database, 0);
        Account account;
        account.id = person(number);
        account.username = u"user%1"_s.arg(number);
        account.fullName = u"Full Name %1"_s.arg(number);
        account.createdAt = clock.now();
        check(UserStore::insert(tx, account) && tx.endUnit(true), "no person");
    };
    unit([&] {
        for (int i = 0; i <= conversationCount; ++i)
            addPerson(i);
        for (int i = 1; i <= clientCount; ++i)
            addPerson(20'000 + i);
    });
    for (int done = 0; done < messageCount;) {
        unit([&] {
            for (int i = 0; i < 10'000 && done < messageCount; ++i, ++done) {
                // everybody once, then at random
                const int other = done < conversationCount ? done + 1 : 1 + int(random() % conversationCount);
                const bool isOut = random() % 2 == 0;
                Transaction tx(database, 0);
                const auto sent =
                    service.send(tx, actor(isOut ? 0 : other), request(isOut ? other : 0, words(random), done));
                if (sent && random() % 4 == 0)
                    service.markDelivered(tx, person(isOut ? other : 0), sent->message.conversationId, 1,
                                          sent->message.sequence, sent->message.createdAt);
                check(sent.has_value() && tx.endUnit(true), "not sent");
            }
        });
    }
    figure("seed: a send in commits of 10,000, no fsync", double(timer.nsecsElapsed()) / 1e3 / messageCount, "us");
    database.checkpoint(true);
}

void benchReads(const StoreSettings &settings)
{
    auto opened = Database::open(settings, Database::Mode::Reader);
    check(opened.has_value(), "cannot open");
    Database &database = **opened;
    const SystemClock clock;
    const MessageService messages(clock, {});
    const ConversationService conversations(clock, {});
    std::mt19937 random(11);
    std::vector<ConversationId> ids;
    {
        ReadTransaction tx(database, 0);
        for (Rows rows = tx.query("SELECT id FROM conversations WHERE number <= 10000"); rows.next();)
            ids.push_back(rows.id<ConversationId>(0));
    }
    const auto measure = [&](const char *name, int rounds, auto work) {
        std::vector<double> times;
        for (int i = 0; i < rounds; ++i) {
            const double before = threadCpuMicroseconds();
            database.beginRead();
            {
                ReadTransaction tx(database, 0);
                work(tx);
            }
            database.endRead();
            times.push_back(threadCpuMicroseconds() - before);
        }
        std::sort(times.begin(), times.end());
        figure(name, times[times.size() / 2], "us CPU (median)");
    };
    measure("GET messages: page of 50, conversation at random", 4'000, [&](ReadTransaction &tx) {
        const HistoryQuery query{
            .conversationId = ids[random() % ids.size()].toString(), .page = {}, .before = {}, .after = {}};
        check(messages.history(tx, actor(0), query).has_value(), "no history");
    });
    const QString one = ids[42].toString();
    measure("GET messages: page of 50, the same conversation", 4'000, [&](ReadTransaction &tx) {
        check(
            messages.history(tx, actor(0), {.conversationId = one, .page = {}, .before = {}, .after = {}}).has_value(),
            "no history");
    });
    measure("GET conversations: 50 of 10,000", 2'000, [&](ReadTransaction &tx) {
        const auto list = conversations.list(tx, actor(0), {});
        check(list && list->conversations.size() == 50 && list->pagination.total == conversationCount, "no list");
    });
    measure("GET conversations: 50 of 10,000, from 5,000 on", 200, [&](ReadTransaction &tx) {
        check(conversations.list(tx, actor(0), {.page = {.skip = 5'000, .take = 50}, .type = {}, .search = {}})
                  .has_value(),
              "no list");
    });
    measure("GET friends/search: 20 of 10,000, a word that all have", 200, [&](ReadTransaction &tx) {
        check(UserStore::search(tx, u"full"_s, person(0), 20).size() == 20, "nobody found");
    });
    measure("GET friends/search: one of 10,000, two words", 200, [&](ReadTransaction &tx) {
        const auto found = UserStore::search(tx, u"name user4242"_s, person(0), 20);
        check(found.size() == 1 && found[0].username == u"user4242"_s, "not found");
    });
    measure("GET unread-count over 10,000 conversations", 200,
            [&](ReadTransaction &tx) { check(messages.unreadCount(tx, actor(0)).has_value(), "no count"); });
}

/// A thread of its own that runs what the store hands over, as a network thread would.
class BenchLoop final : public Loop
{
public:
    BenchLoop()
        : m_thread([this] { run(); })
    {
    }
    ~BenchLoop() override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_isEnding = true;
        }
        m_ready.notify_all();
        m_thread.join();
    }
    void post(Task task) override
    {
        {
            const std::lock_guard lock(m_mutex);
            m_tasks.push_back(std::move(task));
        }
        m_ready.notify_one();
    }
    [[nodiscard]] bool isCurrent() const override { return std::this_thread::get_id() == m_thread.get_id(); }

private:
    void run()
    {
        std::unique_lock lock(m_mutex);
        while (true) {
            m_ready.wait(lock, [this] { return m_isEnding || !m_tasks.empty(); });
            if (m_tasks.empty())
                return;
            Task task = std::move(m_tasks.front());
            m_tasks.pop_front();
            lock.unlock();
            task();
            lock.lock();
        }
    }
    std::mutex m_mutex;
    std::condition_variable m_ready;
    std::deque<Task> m_tasks;
    bool m_isEnding = false;
    std::thread m_thread;
};

/// Pairs of clients, each sending its next message when the last one is acknowledged.
void benchSends(Executor &executor, int clients, double seconds, bool withDelivery)
{
    const SystemClock clock;
    const MessageService service(clock, {});
    DeliveryTracker tracker(executor, service, clock);
    std::atomic<bool> isOver = false;
    std::atomic<int> open = 0;
    std::vector<double> latencies;
    std::mt19937 random(3);
    BenchLoop loop;
    QElapsedTimer timer;
    std::function<void(int)> send = [&](int client) {
        const int to = 20'000 + (client % 2 == 0 ? client + 2 : client);
        const qint64 start = timer.nsecsElapsed();
        ++open;
        executor.write<SentMessage>(
            [&service, from = actor(20'000 + client + 1), wanted = request(to, words(random), 0)](Transaction &tx) {
                return service.send(tx, from, wanted);
            },
            Completion<SentMessage>(&loop, [&, client, start](const Result<SentMessage> &sent) {
                check(sent.has_value(), "not sent");
                latencies.push_back(double(timer.nsecsElapsed() - start) / 1e6);
                if (withDelivery)
                    tracker.delivered(*sent->message.recipientId, sent->message.conversationId, sent->message.sequence,
                                      sent->message.sequence);
                if (!isOver)
                    send(client);
                --open;
            }));
    };
    const auto before = executor.statistics();
    const double cpuBefore = cpuMicrosecondsOf("store-writer");
    const double callsBefore = writeCalls();
    timer.start();
    loop.post([&] {
        for (int client = 0; client < clients; ++client)
            send(client);
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(int(seconds * 1000)));
    const double elapsed = double(timer.nsecsElapsed()) / 1e9;
    isOver = true;
    while (open > 0)
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const double cpu = cpuMicrosecondsOf("store-writer") - cpuBefore;
    const double calls = writeCalls() - callsBefore;
    const auto after = executor.statistics();
    std::sort(latencies.begin(), latencies.end());
    const auto sends = double(latencies.size());
    std::printf("-- %d clients%s\n", clients, withDelivery ? ", each message also marked delivered" : "");
    figure("sends", sends / elapsed, "/s");
    figure("writer thread, a send", cpu / sends, "us CPU");
    figure("write calls, a send", calls / sends, "");
    figure("units of work in a commit",
           double(after.writeUnits - before.writeUnits) / double(after.commits - before.commits), "");
    figure("acknowledged, p50", latencies[latencies.size() / 2], "ms");
    figure("acknowledged, p99", latencies[latencies.size() * 99 / 100], "ms");
}

double pssMiB()
{
    QFile file(u"/proc/self/smaps_rollup"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("Pss:"))
            return line.simplified().split(' ').value(1).toDouble() / 1024;
    }
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOptions({{u"dir"_s, u"Folder for the database."_s, u"folder"_s, u"/tmp/tertulia-bench"_s},
                       {u"messages"_s, u"How many messages to begin with."_s, u"number"_s, u"1000000"_s},
                       {u"seconds"_s, u"How long each flood lasts."_s, u"number"_s, u"5"_s}});
    parser.process(application);
    QDir().mkpath(parser.value(u"dir"_s));
    StoreSettings settings;
    settings.path = parser.value(u"dir"_s) + u"/bench.db"_s;
    if (!QFile::exists(settings.path))
        seed(settings, parser.value(u"messages"_s).toInt());
    QElapsedTimer timer;
    timer.start();
    auto executor = std::make_unique<Executor>(settings);
    check(executor->start().has_value(), "no start");
    figure("start to ready", double(timer.nsecsElapsed()) / 1e6, "ms");
    figure("memory after start", pssMiB(), "MiB PSS");
    benchReads(settings);
    const double seconds = parser.value(u"seconds"_s).toDouble();
    for (const int clients : {1, 20, clientCount}) {
        benchSends(*executor, clients, seconds, false);
        benchSends(*executor, clients, seconds, true);
    }
    figure("memory after all", pssMiB(), "MiB PSS");
    timer.start();
    executor.reset();
    figure("close", double(timer.nsecsElapsed()) / 1e6, "ms");
    figure("database", double(QFile(settings.path).size()) / 1048576, "MiB");
}
