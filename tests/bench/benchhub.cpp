// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The hub classes with as little as possible on them: Echo, groups and a broadcast that is not stored.

#include "net/frontdoor.h"
#include "signalr/hubconnectioncontext.h"
#include "signalr/hubdispatcher.h"

#include <QCommandLineParser>
#include <QCoreApplication>

#include <cstdio>

namespace {

using namespace Tertulia;
using namespace Tertulia::Server;

class BenchHub final : public Hub
{
public:
    explicit BenchHub(HubLifetimeManager *const &clients)
        : m_clients(clients)
    {
    }

    [[nodiscard]] static HubMethods<BenchHub> methods()
    {
        HubMethods<BenchHub> table;
        table.add("Echo", &BenchHub::echo);
        table.add("Join", &BenchHub::join);
        table.add("Broadcast", &BenchHub::broadcast);
        return table;
    }

    QString echo(QString text) { return text; }
    void join(HubConnectionContext &caller, QString group) { caller.join(groupNamed(group.toUtf8())); }
    void broadcast(QString group, QString text)
    {
        m_clients->sendToGroup(groupNamed(group.toUtf8()),
                               SerializedHubMessage::make(QByteArrayLiteral("Message"), std::move(text)));
    }

private:
    HubLifetimeManager *const &m_clients; // set before the first connection
};

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("threads"), QStringLiteral("Network threads; 0: one a core."),
                      QStringLiteral("count"), QStringLiteral("1")});
    parser.process(application);

    NetSettings net;
    net.listen = {{QHostAddress(QHostAddress::LocalHost), 0, false}};
    net.threads = parser.value(QStringLiteral("threads")).toInt();

    const SystemClock clock;
    HubServer hubs(HubSettings(), clock, [](const QByteArray &) { return Result<Caller>(Caller()); });
    HubLifetimeManager *clients = nullptr;
    HubDispatcher dispatcher(hubs, BenchHub::methods(),
                             [&clients](HubThread &) { return std::make_unique<BenchHub>(clients); });
    clients = &dispatcher.clients();
    HubEndpointSettings endpoint;
    endpoint.path = QByteArrayLiteral("/bench");
    endpoint.authorized = false;
    dispatcher.serveAt(endpoint);

    FrontDoor door(std::move(net), [&](NetworkThread &thread) { return hubs.makeRouter(thread); });
    if (const auto started = door.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().message));
        return 1;
    }
    std::printf("listening on %s\n", qPrintable(door.urls().front()));
    std::fflush(stdout);
    return QCoreApplication::exec();
}
