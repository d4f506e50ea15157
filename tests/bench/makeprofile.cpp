// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// makeprofile --data-dir D [--server URL] [--conversations N] [--messages N]: a profile of the desktop client as a
// person leaves it who is signed in: N conversations in the cache, the newest of them with N messages. The session goes
// to the key store on the session bus, where the client will look for it.

#include "client/cache/localstore.h"
#include "client/session/accountsfile.h"
#include "client/session/tokenkeeper.h"
#include "client/transport/apiclient.h"
#include "platform/keychainsecretstore.h"
#include "platform/profile.h"
#include "support/messages.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QDir>
#include <QEventLoop>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

constexpr Sequence batch = 500;

void check(bool ok, const char *what)
{
    if (!ok)
        qFatal("makeprofile: %s", what);
}

template <class T> Result<T> wait(const Future<T> &future)
{
    QEventLoop loop;
    bool isOver = false;
    future.wait([&](const Result<T> &) {
        isOver = true;
        loop.quit();
    });
    if (!isOver)
        loop.exec();
    return future.result();
}

void fill(LocalStore &store, const UserCard &self, int conversations, Sequence messages)
{
    const std::vector<UserCard> others{person(u"alice"_s), person(u"bohdan"_s), person(u"chiara"_s)};
    {
        const SqliteTransaction together = store.transaction();
        for (const UserCard &card : others)
            store.people().save(card);
        store.people().save(self);
        for (int i = 1; i < conversations; ++i) {
            const ConversationId id = conversationNamed(QString::number(i));
            const UserCard other = person(u"person%1"_s.arg(i));
            store.people().save(other);
            store.conversations().save(
                conversationOf(id, {self, other},
                               messageFrom(i % 2 ? other : self, id, i,
                                           u"The last words of conversation %1, and a little more."_s.arg(i)),
                               i % 7 ? 0 : i % 5));
        }
    }
    const ConversationId large = conversationNamed(u"large"_s);
    Message last = messageFrom(others.front(), large, messages, u"The newest of them all."_s);
    last.createdAt = SystemClock().now();
    store.conversations().save(conversationOf(large, {self, others.front()}, last));
    std::vector<Message> page;
    for (Sequence sequence = 1; sequence <= messages; ++sequence) {
        Message message = sequence == messages
            ? last
            : messageFrom(sequence % 3 ? self : others.front(), large, sequence,
                          u"Message %1 of a long conversation. "_s.arg(sequence)
                              + u"Some are longer than others. "_s.repeated(int(sequence % 5)));
        page.push_back(std::move(message));
        if (qsizetype(page.size()) == batch || sequence == messages) {
            store.messages().save(page);
            page.clear();
        }
    }
    store.conversations().raiseMarks(large, messages, {.delivered = messages, .read = messages});
    // As after a first sync: the list is whole, and what is missing is asked for from here.
    store.setValue(u"sync-cursor"_s, QString::fromLatin1(toIso8601(last.createdAt)));
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    QCommandLineParser options;
    options.addOptions({{u"data-dir"_s, u"The profile's folder."_s, u"folder"_s},
                        {u"server"_s, u"Where the account is."_s, u"url"_s, u"http://127.0.0.1:9"_s},
                        {u"conversations"_s, u"How many."_s, u"count"_s, u"1000"_s},
                        {u"messages"_s, u"In the newest one."_s, u"count"_s, u"100000"_s}});
    options.process(app);
    const auto profile = Desktop::Profile::open({}, options.value(u"data-dir"_s));
    check(profile.has_value(), "no folder");

    const UserCard self = person(u"ana"_s);
    const AccountInfo info{Uuid::fromName("account", "bench").toString(),
                           QUrl(options.value(u"server"_s)),
                           self.id,
                           self.username,
                           self.fullName,
                           {}};
    const QString folder = profile->dataDir + u"/accounts/"_s + info.accountId;
    check(QDir().mkpath(folder), "no folder for the account");
    check(AccountsFile(profile->dataDir + u"/accounts.json"_s).save({info}).has_value(), "no accounts.json");

    const SystemClock clock;
    Desktop::KeychainSecretStore secrets;
    ApiClient api(info.server);
    TokenKeeper keeper(api, secrets, u"session/"_s + info.accountId, clock);
    AuthResult session;
    session.accessToken = u"access"_s;
    session.refreshToken = u"refresh"_s;
    session.user.id = self.id;
    session.user.username = self.username;
    session.user.fullName = self.fullName;
    check(wait(keeper.begin(session)).has_value(), "the key store does not take the session");

    auto store = LocalStore::open(folder + u"/cache.sqlite"_s);
    check(store.has_value(), "no cache");
    fill(**store, self, options.value(u"conversations"_s).toInt(), options.value(u"messages"_s).toLongLong());
    return 0;
}
