// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A server with the hub of the SignalR functional tests on the server's own hub classes, for the scenarios of
// tests/interop. The same scenarios run against ASP.NET Core (tests/interop/reference).

#include "detours.h"
#include "echoconnection.h"
#include "net/frontdoor.h"
#include "testhub.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <sys/signalfd.h>

namespace {

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::TestHub;

HubSettings hubSettings(bool fast)
{
    HubSettings settings;
    settings.detailedErrors = true;
    if (fast) {
        settings.keepAliveInterval = 1s;
        settings.clientTimeout = 2s;
        settings.handshakeTimeout = 1s;
        settings.disconnectTimeout = 2s;
        settings.pollTimeout = 2s;
        settings.heartbeat = 200ms;
    }
    return settings;
}

std::vector<HeaderField> cookies()
{
    const auto field = [](const char *value) { return HeaderField{QByteArrayLiteral("set-cookie"), value}; };
    return {field("testCookie=testValue; path=/"), field("testCookie2=testValue2; path=/"),
            field("expiredCookie=doesntmatter; expires=Thu, 01 Jan 2015 00:00:00 GMT; path=/")};
}

HubEndpointSettings endpoint(const char *path)
{
    HubEndpointSettings settings;
    settings.path = path;
    settings.allowStateful = false;
    settings.authorized = false;
    settings.keepRequest = true;
    settings.negotiateHeaders = cookies();
    return settings;
}

/// Ends the program's loop at SIGTERM and SIGINT.
std::unique_ptr<QSocketNotifier> stopOnSignals()
{
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    return std::make_unique<QSocketNotifier>(signalfd(-1, &signals, SFD_CLOEXEC), QSocketNotifier::Read);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCommandLineParser parser;
    parser.addHelpOption();
    parser.addOption({QStringLiteral("listen"), QStringLiteral("Where to listen."), QStringLiteral("address:port"),
                      QStringLiteral("127.0.0.1:0")});
    parser.addOption({QStringLiteral("fast-timings"), QStringLiteral("Short intervals, for tests of time-outs.")});
    parser.addOption(
        {QStringLiteral("threads"), QStringLiteral("Network threads."), QStringLiteral("count"), QStringLiteral("2")});
    parser.process(application);
    const auto stop = stopOnSignals();

    const QString listen = parser.value(QStringLiteral("listen"));
    NetSettings net;
    net.listen = {{QHostAddress(listen.section(u':', 0, 0)), listen.section(u':', 1).toUShort(), false}};
    net.threads = parser.value(QStringLiteral("threads")).toInt();
    net.anyCorsOrigin = true;

    const SystemClock clock;
    const Tokens tokens;
    HubServer hubs(hubSettings(parser.isSet(QStringLiteral("fast-timings"))), clock,
                   [&tokens](const QByteArray &token) { return tokens.check(token); });
    HubDispatcher testHub(hubs, TestHub::TestHub::methods(),
                          [](HubThread &) { return std::make_unique<TestHub::TestHub>(); });
    HubEndpointSettings all = endpoint("/testhub");
    all.allowStateful = true;
    testHub.serveAt(all);
    HubEndpointSettings noWebSockets = endpoint("/testhub-nowebsockets");
    noWebSockets.transports = quint8(TransportKind::ServerSentEvents) | quint8(TransportKind::LongPolling);
    testHub.serveAt(noWebSockets);
    HubDispatcher authorizedHub(hubs, AuthorizedHub::methods(),
                                [](HubThread &) { return std::make_unique<AuthorizedHub>(); });
    HubEndpointSettings closed = endpoint("/authorizedhub");
    closed.authorized = true;
    authorizedHub.serveAt(closed);
    HubDispatcher uncreatableHub(hubs, HubMethods<UncreatableHub>(),
                                 [](HubThread &) { return std::make_unique<UncreatableHub>(); });
    uncreatableHub.serveAt(endpoint("/uncreatable"));
    hubs.addEndpoint(endpoint("/echo"),
                     [](HttpConnection::Setup setup) { return std::make_shared<EchoConnection>(std::move(setup)); });

    FrontDoor door(std::move(net), [&](NetworkThread &thread) {
        return std::make_unique<Detours>(hubs.makeRouter(thread), testHub.clients(), tokens);
    });
    if (const auto started = door.start(); !started) {
        std::fprintf(stderr, "%s\n", qPrintable(started.error().message));
        return 1;
    }
    std::printf("listening on %s\n", qPrintable(door.urls().front()));
    std::fflush(stdout);
    QObject::connect(stop.get(), &QSocketNotifier::activated, &application, [&] {
        stop->setEnabled(false);
        door.drain([] { QCoreApplication::quit(); });
    });
    return QCoreApplication::exec();
}
