// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the client's store and its timelines cost, on a file in a temporary folder: medians of several rounds in
// milliseconds, one line each. No server.
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "support/messages.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QTemporaryDir>

#include <algorithm>
#include <cstdio>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr int conversations = 10'000;
constexpr Sequence messages = 100'000;
constexpr int batch = 200;

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const ConversationId large = conversationNamed(u"large"_s);

/// Milliseconds of the median round.
template <class Work> double median(int rounds, Work work)
{
    std::vector<double> times;
    for (int i = 0; i < rounds; ++i) {
        QElapsedTimer timer;
        timer.start();
        work();
        times.push_back(double(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

void fill(LocalStore &store)
{
    QElapsedTimer timer;
    timer.start();
    for (const UserCard &card : {ana, bo})
        store.people().save(card);
    store.conversations().save(conversationOf(large, {ana, bo}, messageFrom(bo, large, messages), 7));
    std::vector<Message> page;
    for (Sequence sequence = 1; sequence <= messages; ++sequence) {
        page.push_back(messageFrom(sequence % 3 ? ana : bo, large, sequence,
                                   u"Message %1 of a long conversation about nothing in particular."_s.arg(sequence)));
        if (page.size() == batch || sequence == messages) {
            store.messages().save(page);
            page.clear();
        }
    }
    std::printf("save %d messages, each of 100,000       %8.3f\n", batch,
                double(timer.elapsed()) * batch / double(messages));
    timer.restart();
    for (int i = 0; i < conversations; i += batch) {
        const SqliteTransaction together = store.transaction();
        for (int one = i; one < i + batch; ++one) {
            const ConversationId id = conversationNamed(QString::number(one));
            const UserCard other = person(u"person%1"_s.arg(one));
            store.people().save(other);
            store.conversations().save(conversationOf(id, {ana, other}, messageFrom(bo, id, one + 1), one % 5));
        }
    }
    std::printf("save %d conversations, each of 10,000   %8.3f\n", batch,
                double(timer.elapsed()) * batch / double(conversations));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QTemporaryDir folder;
    const QString path = folder.filePath(u"cache.sqlite"_s);
    ApiClient api(QUrl(u"http://127.0.0.1:9"_s));
    HubConnection hub(HubOptions{});
    const SystemClock clock;
    {
        auto store = LocalStore::open(path);
        if (!store)
            return 1;
        fill(**store);
    }
    std::unique_ptr<LocalStore> store;
    std::printf("open the file                             %8.3f\n", median(9, [&] {
                    store.reset();
                    store = std::move(*LocalStore::open(path));
                }));
    std::optional<Directory> directory;
    std::unique_ptr<ConversationClient> client;
    std::printf(
        "the list of 10,000 conversations          %8.3f\n", median(9, [&] {
            client.reset();
            directory.emplace(*store);
            client = std::make_unique<ConversationClient>(ClientParts{*store, *directory, api, hub, clock, ana});
        }));
    std::printf("open a conversation of 100,000            %8.3f\n", median(51, [&] {
                    client->close(large);
                    std::ignore = client->open(large);
                }));
    Timeline *const timeline = client->open(large);
    std::printf("a page of 50 older ones                   %8.3f\n", median(501, [&] { timeline->loadOlder(); }));
    Sequence at = messages;
    std::printf("a page of 50 from the store alone         %8.3f\n", median(501, [&] {
                    at = at > 200 ? at - 97 : messages;
                    std::ignore = store->messages().before(large, at, 50);
                }));
    timeline->jumpToLatest();
    Sequence next = messages;
    std::printf("a message that arrives                    %8.3f\n", median(501, [&] {
                    const Message message = messageFrom(bo, large, ++next);
                    store->messages().save(message);
                    timeline->apply(message);
                }));
    std::printf("a message that is sent, until it stands   %8.3f\n",
                median(501, [&] { std::ignore = client->send(large, u"Sent."_s); }));
    return 0;
}
