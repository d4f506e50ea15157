// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Where people have connections: what is for one of them goes to these threads, and to all of them.

#include "hubtalk.h"
#include "support/testmain.h"

#include <random>

using namespace Tertulia;
using namespace Tertulia::Test;

namespace {

ThreadMask maskOf(const std::vector<int> &threads)
{
    ThreadMask mask = 0;
    for (const int thread : threads)
        mask |= ThreadMask(1) << thread;
    return mask;
}

} // namespace

class TestUserThreads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void threads_areRememberedForEachPerson()
    {
        UserThreads threads;
        const UserId ada = UserId::generate(), ben = UserId::generate();
        QCOMPARE(threads.of(ada), ThreadMask(0));
        threads.add(ada, 0);
        threads.add(ada, 63);
        threads.add(ben, 1);
        QCOMPARE(threads.of(ada), maskOf({0, 63}));
        QCOMPARE(threads.of(ben), maskOf({1}));
        threads.remove(ada, 0);
        threads.remove(ada, 5);
        QCOMPARE(threads.of(ada), maskOf({63}));
        threads.remove(ada, 63);
        threads.remove(ada, 63);
        QCOMPARE(threads.of(ada), ThreadMask(0));
        QCOMPARE(threads.of(ben), maskOf({1}));
    }
    /// People come and go on several threads: the mask is what the shards say, and each connection hears what is for
    /// its person.
    void connections_thatComeAndGo_areFound()
    {
        NetSettings net;
        net.threads = 3;
        HubStage stage({}, net);
        HubLifetimeManager &clients = stage.dispatcher().clients();
        struct Open
        {
            std::unique_ptr<NetClient> client;
            QByteArray name;
        };
        std::vector<Open> open;
        std::mt19937 random(7);
        const QByteArrayList names{"ada", "ben", "cleo"};
        for (int step = 0; step < 40; ++step) {
            if (open.size() < 4 || random() % 3 != 0) {
                const QByteArray &name = names[qsizetype(random() % 3)];
                Open added{std::make_unique<NetClient>(stage.port()), name};
                const QByteArray token = name + ".here";
                QCOMPARE(openSocket(*added.client, negotiate(stage, token).token, token), 101);
                say(*added.client, handshake());
                QVERIFY(!added.client->readUntil("{}\x1e").isEmpty());
                open.push_back(std::move(added));
            } else {
                open.erase(open.begin() + qsizetype(random() % open.size()));
            }
            for (const QByteArray &name : names) {
                const UserId user = HubStage::person(name);
                QTRY_COMPARE(connectionsOf(stage, clients, user).size(),
                             size_t(std::count_if(open.begin(), open.end(),
                                                  [&name](const Open &one) { return one.name == name; })));
                QCOMPARE(clients.threadsOf(user), maskOf(connectionsOf(stage, clients, user)));
                clients.sendToUser(user, SerializedHubMessage::make("News", QString::number(step)));
                for (const Open &one : open) {
                    if (one.name == name)
                        QVERIFY(!one.client->readUntil("[\"" + QByteArray::number(step) + "\"]}\x1e").isEmpty());
                }
            }
        }
    }

private:
    /// The thread of each connection.
    static std::vector<int> connectionsOf(HubStage &stage, HubLifetimeManager &clients, const UserId &user)
    {
        std::vector<int> found;
        for (HubThread *const thread : stage.threads()) {
            HubStage::run(*thread, [&] {
                if (const HubShard::List *const list = clients.shard(*thread).ofUser(user))
                    found.insert(found.end(), list->size(), thread->index());
            });
        }
        return found;
    }
};

TERTULIA_TEST(tst_userthreads, TestUserThreads)
#include "tst_userthreads.moc"
