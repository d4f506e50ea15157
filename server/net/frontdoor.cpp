// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/frontdoor.h"

#include "net/acceptor.h"
#include "net/diskwriter.h"
#include "net/doorway.h"

#include "base/logging.h"

#include <QDir>
#include <QTimer>

#include <csignal>
#include <future>

#include <sys/resource.h>
#include <unistd.h>

namespace Tertulia::Server {

struct FrontDoor::Private
{
    Private(NetSettings settings, HandlerFactory handlerFactory)
        : shared(std::make_shared<DoorShared>(std::move(settings)))
        , factory(std::move(handlerFactory))
    {
    }

    [[nodiscard]] Result<void> check() const;
    [[nodiscard]] Result<std::vector<Listener>> listen() const;
    void startThreads();
    void stop();
    void pollDrain();

    std::shared_ptr<DoorShared> shared;
    HandlerFactory factory;
    std::vector<std::unique_ptr<NetworkThread>> threads;
    std::vector<std::unique_ptr<Doorway>> doorways;
    std::unique_ptr<Acceptor> acceptor;
    QTimer drainTimer; ///< on the main thread
    qint64 drainUntilMs = 0;
    Task drained;
};

namespace {

void closeListeners(const std::vector<Listener> &listeners)
{
    for (const Listener &listener : listeners)
        ::close(listener.fd);
}

/// @param tell once, for all threads, which way is used
std::unique_ptr<SendBatch> openBatch(const NetSettings &settings, bool tell)
{
    Result<std::unique_ptr<SendBatch>> batch = settings.ioUring
        ? SendBatch::open(settings.sendTogetherFrom)
        : failure(Error::unavailable(QStringLiteral("server.io_uring is false")));
    if (tell && batch)
        qCInfo(logNet, "Output for many clients is sent together, by io_uring.");
    else if (tell)
        qCInfo(logNet, "Output is sent to each client by itself: %ls.", qUtf16Printable(batch.error().message));
    return batch ? std::move(*batch) : nullptr;
}

/// Debian gives a service 1,024 descriptors and lets it take more: take what the connections need.
void raiseDescriptorLimit(int maxConnections)
{
    constexpr rlim_t others = 1000; // files, databases, threads' own
    const rlim_t wanted = static_cast<rlim_t>(std::max(maxConnections, 0)) + others;
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= wanted)
        return;
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted) {
        qCWarning(logNet,
                  "The system allows %llu open files: fewer connections than the configured %d. "
                  "Raise LimitNOFILE (systemd) or ulimit -n.",
                  static_cast<unsigned long long>(limit.rlim_cur), maxConnections);
    }
}

void ignoreSigPipe()
{
    // OpenSSL writes with write(2): a vanished client must not end the process. Left alone if somebody handles it.
    struct sigaction current
    {
    };
    if (::sigaction(SIGPIPE, nullptr, &current) == 0 && current.sa_handler == SIG_DFL) {
        current.sa_handler = SIG_IGN;
        ::sigaction(SIGPIPE, &current, nullptr);
    }
}

/// Who counts as local is a matter of what stands in front, which only the operator knows.
void tellWhoIsLocal(const NetSettings &settings, const TrustedProxies &proxies)
{
    const auto isHere = [](const ListenAddress &wanted) { return wanted.address.isLoopback(); };
    if (proxies.contains(NetAddress(QHostAddress(QHostAddress::LocalHost)))) {
        qCInfo(logNet,
               "Whoever comes from this machine is taken for a proxy (server.trusted_proxies): it must set "
               "X-Forwarded-For, and /metrics wants the token of metrics.token.");
    } else if (proxies.isEmpty() && !settings.listen.empty()
               && std::all_of(settings.listen.begin(), settings.listen.end(), isHere)) {
        qCInfo(logNet,
               "Only this machine can connect, and whoever does is not limited by address and may read /metrics. If a "
               "proxy here passes requests on, name it in server.trusted_proxies and let it set X-Forwarded-For.");
    }
}

} // namespace

FrontDoor::FrontDoor(NetSettings settings, HandlerFactory factory)
    : d(std::make_unique<Private>(std::move(settings), std::move(factory)))
{
}

FrontDoor::~FrontDoor()
{
    d->stop();
}

Result<void> FrontDoor::Private::check() const
{
    for (const ListenAddress &wanted : shared->settings.listen) {
        if (wanted.tls || wanted.address.isLoopback() || shared->settings.allowPlainOnPublicAddress)
            continue;
        return failure(Error::invalid(
            QStringLiteral("server.listen"),
            QStringLiteral("Refusing to serve %1 without TLS: passwords and messages would cross the network in the "
                           "clear. Set server.certificate_file and server.key_file, or listen on 127.0.0.1 behind a "
                           "proxy that speaks TLS, or, on a network you trust, set "
                           "server.allow_plain_on_public_address = true.")
                .arg(wanted.address.toString())));
    }
    const QString &folder = shared->settings.uploadFolder;
    if (!folder.isEmpty() && !QDir().mkpath(folder)) {
        return failure(Error::unavailable(QStringLiteral("Cannot create the folder for uploads: %1").arg(folder)));
    }
    return {};
}

Result<std::vector<Listener>> FrontDoor::Private::listen() const
{
    std::vector<Listener> listeners;
    for (const ListenAddress &wanted : shared->settings.listen) {
        auto listener = openListener(wanted, shared->settings.listenBacklog);
        if (!listener) {
            closeListeners(listeners);
            return failure(listener.error());
        }
        listeners.push_back(*listener);
    }
    return listeners;
}

Result<void> FrontDoor::start()
{
    ignoreSigPipe();
    raiseDescriptorLimit(d->shared->settings.maxConnections);
    if (auto checked = d->check(); !checked)
        return checked;
    const auto &listen = d->shared->settings.listen;
    if (std::any_of(listen.begin(), listen.end(), [](const ListenAddress &wanted) { return wanted.tls; })) {
        if (auto loaded = reloadTls(); !loaded)
            return loaded;
    }
    auto listeners = d->listen();
    if (!listeners)
        return failure(listeners.error());
    tellWhoIsLocal(d->shared->settings, d->shared->proxies);
    d->startThreads();
    std::vector<Doorway *> doorways;
    for (const auto &doorway : d->doorways)
        doorways.push_back(doorway.get());
    d->acceptor = std::make_unique<Acceptor>(std::move(*listeners), std::move(doorways), *d->shared);
    d->acceptor->start();
    return {};
}

void FrontDoor::Private::startThreads()
{
    for (int i = 0; i < shared->threads; ++i) {
        threads.push_back(std::make_unique<NetworkThread>(i, openBatch(shared->settings, i == 0)));
        doorways.push_back(std::make_unique<Doorway>(*threads.back(), shared));
        NetworkThread &thread = *threads.back();
        Doorway &doorway = *doorways.back();
        thread.internals().setOnEnd([&doorway] { doorway.end(); });
        thread.start();
        // The handler is made on its thread: what it builds (QObjects, timers) belongs there.
        std::promise<void> made;
        thread.post([&] {
            doorway.setHandler(factory(thread));
            made.set_value();
        });
        made.get_future().wait();
    }
}

void FrontDoor::Private::stop()
{
    drainTimer.stop();
    if (acceptor)
        acceptor->stop();
    for (const auto &thread : threads)
        thread->stop();
    if (shared->disk)
        shared->disk->finish(); // its tasks refer to the threads
    acceptor.reset();
    doorways.clear();
    threads.clear();
}

std::vector<QString> FrontDoor::urls() const
{
    std::vector<QString> result;
    if (!d->acceptor)
        return result;
    for (const Listener &listener : d->acceptor->listeners()) {
        QString host = listener.address.toString();
        if (listener.address.protocol() == QAbstractSocket::AnyIPProtocol)
            host = QStringLiteral("0.0.0.0");
        else if (listener.address.protocol() == QAbstractSocket::IPv6Protocol)
            host = QLatin1Char('[') + host + QLatin1Char(']');
        result.push_back((listener.tls ? QStringLiteral("https://") : QStringLiteral("http://")) + host
                         + QLatin1Char(':') + QString::number(listener.port));
    }
    return result;
}

const std::vector<std::unique_ptr<NetworkThread>> &FrontDoor::threads() const
{
    return d->threads;
}

Result<void> FrontDoor::reloadTls()
{
    auto context = TlsContext::load(d->shared->settings.certificateFile, d->shared->settings.keyFile);
    if (!context)
        return failure(context.error());
    d->shared->setTls(std::move(*context));
    return {};
}

void FrontDoor::drain(Task done)
{
    d->drained = std::move(done);
    if (d->acceptor)
        d->acceptor->stop();
    d->drainUntilMs = monotonicMs() + d->shared->settings.drainTimeout.count();
    for (const auto &doorway : d->doorways)
        doorway->thread().post([target = doorway.get()] { target->shutDown(); });
    constexpr int pollMs = 20;
    QObject::connect(&d->drainTimer, &QTimer::timeout, &d->drainTimer, [this] { d->pollDrain(); });
    d->drainTimer.start(pollMs);
}

void FrontDoor::Private::pollDrain()
{
    const quint64 open = shared->open.load();
    const bool isLate = monotonicMs() >= drainUntilMs;
    if (open > 0 && !isLate)
        return;
    if (open > 0) {
        qCWarning(logNet, "%llu connections did not end in time; closing them.", static_cast<unsigned long long>(open));
        for (const auto &doorway : doorways)
            doorway->thread().post([target = doorway.get()] { target->closeAll(); });
    }
    drainTimer.stop();
    if (Task task = std::exchange(drained, {}))
        task();
}

FrontDoor::Counters FrontDoor::counters() const
{
    const DoorShared &shared = *d->shared;
    Counters counters;
    counters.accepted = shared.accepted.load();
    counters.refused = shared.refused.load();
    counters.open = shared.open.load();
    counters.requests = shared.requests.load();
    counters.webSockets = shared.webSockets.load();
    counters.overflows = shared.overflows.load();
    counters.bodyBytesHeld = static_cast<quint64>(std::max<qint64>(shared.bodyBudget.held(), 0));
    return counters;
}

} // namespace Tertulia::Server
