// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A client that does nothing but send, to be killed by tst_outbox: outboxprobe <store> <server> <conversation> <count>
// writes so many messages, then sends all that the store holds, and says "empty" when nothing waits any more.
#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/conversations/outbox.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "support/messages.h"

#include <QCoreApplication>
#include <QUrl>

#include <cstdio>

using namespace Tertulia;
using namespace Tertulia::Client;

int main(int argc, char **argv)
{
    const QCoreApplication app(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    auto store = LocalStore::open(arguments.value(1));
    const auto conversation = ConversationId::parse(arguments.value(3));
    if (!store || !conversation)
        return 1;
    ApiClient api(QUrl(arguments.value(2)));
    HubConnection hub(HubOptions{});
    const SystemClock clock;
    Directory directory(**store);
    const ClientParts parts{**store, directory, api, hub, clock, Test::person(QStringLiteral("ana"))};
    OutboxOptions options;
    options.firstDelay = std::chrono::milliseconds(10);
    Outbox outbox(parts, options);
    for (int i = 1; i <= arguments.value(4).toInt(); ++i) {
        if (!outbox.enqueue(*conversation, QStringLiteral("Message %1").arg(i)))
            return 1;
    }
    std::puts("written");
    std::fflush(stdout);
    const auto tell = [&outbox] {
        if (outbox.waitingCount() == 0) {
            std::puts("empty");
            std::fflush(stdout);
        }
    };
    QObject::connect(&outbox, &Outbox::waitingCountChanged, &outbox, tell);
    tell();
    outbox.start();
    return QCoreApplication::exec();
}
