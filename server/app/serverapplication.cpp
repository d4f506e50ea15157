// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverapplication.h"

#include "app/accountsmodule.h"
#include "app/chatmodule.h"
#include "app/datafolder.h"
#include "app/demodata.h"
#include "app/edgehandler.h"
#include "app/metricspage.h"
#include "app/waiting.h"
#include "base/logging.h"
#include "http/healthroutes.h"
#include "net/frontdoor.h"
#include "services/clockwatch.h"
#include "services/searchindex.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QTimer>

#include <atomic>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

/// In the order in which they are built; destroyed the other way round. A module has what belongs to one thing, from
/// its rules to its edges; the door, the routes and the store are all modules' own.
struct ServerApplication::Parts
{
    Parts(const Config &config, const ServerKeys &keys)
        : executor(storeSettings(config))
        , searchIndex(executor)
        , clockWatch(clock, executor)
        , accounts(config, keys, clock, executor)
        , chat(config, keys.cursors, clock, executor,
               [this](const QByteArray &token) { return accounts.callerOf(token); })
        , rest{routes,
               [this](const QByteArray &token, Completion<Actor> done) {
                   accounts.authenticate(token, std::move(done));
               },
               requestMetrics,
               config.net.maxBodyBytes,
               config.net.maxSmallBodyBytes,
               config.metricsToken.toUtf8(),
               chat.rates()}
    {
    }

    static StoreSettings storeSettings(const Config &config)
    {
        StoreSettings settings = config.store;
        settings.path = config.dataFolder + u"/tertulia.db"_s;
        return settings;
    }

    SystemClock clock;
    std::chrono::steady_clock::time_point startedAt = clock.steadyNow();
    std::atomic<bool> isStopping = false;
    Executor executor;
    SearchIndex searchIndex;
    ClockWatch clockWatch;
    AccountsModule accounts;
    ChatModule chat;
    RequestMetrics requestMetrics;
    RouteTable routes;
    HealthParts health;
    RestSettings rest;
    QTimer seconds, hours;
    std::unique_ptr<FrontDoor> door;
};

ServerApplication::ServerApplication(Config config)
    : m_config(std::move(config))
{
}

ServerApplication::~ServerApplication()
{
    if (!m_parts)
        return;
    // What finishes requests ends before the network threads on which they are answered.
    m_parts->accounts.stop();
    m_parts->executor.stop();
    m_parts->door.reset();
}

Result<void> ServerApplication::start(bool withDemoData)
{
    m_folder = std::make_unique<DataFolder>();
    if (auto opened = m_folder->open(m_config.dataFolder); !opened)
        return opened;
    m_config.dataFolder = m_folder->path();
    m_config.net.uploadFolder = m_folder->uploads();
    const auto keys = ServerKeys::read(m_folder->keys());
    if (!keys)
        return failure(keys.error());
    m_parts = std::make_unique<Parts>(m_config, *keys);
    Parts &parts = *m_parts;
    if (auto configured = parts.accounts.configure(); !configured)
        return configured;
    if (auto opened = openStore(); !opened)
        return opened;
    if (withDemoData) {
        if (auto added =
                addDemoData(parts.executor, parts.accounts.hasher(), parts.accounts.accounts(), parts.chat.messages());
            !added)
            return added;
    }
    if (auto loaded = parts.accounts.load(); !loaded)
        return loaded;
    addRoutes();
    startTimers();
    parts.door = std::make_unique<FrontDoor>(m_config.net, [&parts](NetworkThread &thread) {
        return std::make_unique<EdgeHandler>(thread, parts.rest, parts.chat.makeRouter(thread));
    });
    return parts.door->start();
}

Result<void> ServerApplication::openStore()
{
    Parts &parts = *m_parts;
    // First the accounts: who is put out must not come back with an old token.
    parts.executor.addSink([&parts](const std::vector<DomainEvent> &events) { parts.accounts.committed(events); });
    // What is for many comes behind the answers: its sender does not wait until it is written to all of them.
    parts.executor.addSink([&parts](const std::vector<DomainEvent> &events) {
        if (!isForMany(events))
            parts.chat.publish(events);
    });
    parts.executor.addSink(
        [&parts](const std::vector<DomainEvent> &events) {
            if (isForMany(events))
                parts.chat.publish(events);
        },
        Executor::Turn::BehindAnswers);
    parts.accounts.setEnded([&parts](const SessionEnded &ended) { parts.chat.publish({ended}); });
    if (auto opened = parts.executor.start(); !opened)
        return opened;
    return waitForWrite<void>(parts.executor, [](Transaction &tx) -> Result<void> {
        UserStore::completeSkeletons(tx);
        return {};
    });
}

void ServerApplication::startTimers()
{
    Parts &parts = *m_parts;
    QObject::connect(&parts.seconds, &QTimer::timeout, &parts.seconds, [&parts] {
        parts.chat.tick();
        parts.accounts.tick();
        parts.clockWatch.tick();
    });
    parts.seconds.start(1s);
    QObject::connect(&parts.hours, &QTimer::timeout, &parts.hours, [&parts] {
        parts.accounts.tidy();
        parts.searchIndex.complete();
    });
    parts.hours.start(1h);
    parts.searchIndex.complete();
}

void ServerApplication::addRoutes()
{
    Parts &parts = *m_parts;
    parts.health = {[&parts] { return healthOf(parts); }, [&parts] { return metricsOf(parts); }};
    parts.chat.addRoutes(parts.routes);
    parts.accounts.addRoutes(parts.routes);
    addHealthRoutes(parts.routes, parts.health);
}

HealthReport ServerApplication::healthOf(const Parts &parts)
{
    HealthReport report;
    report.version = QStringLiteral(TERTULIA_VERSION);
    report.uptimeSeconds =
        std::chrono::duration_cast<std::chrono::seconds>(parts.clock.steadyNow() - parts.startedAt).count();
    report.status = u"healthy"_s;
    if (const auto writable = parts.executor.writable(); !writable)
        report.store = writable.error().message;
    const IntegrityState integrity = parts.executor.integrity();
    if (integrity.check == IntegrityState::Check::Damaged)
        report.store = u"The database is damaged; see the log."_s;
    if (report.store)
        report.status = u"degraded"_s;
    if (parts.isStopping)
        report.status = u"stopping"_s;
    return report;
}

QByteArray ServerApplication::metricsOf(Parts &parts)
{
    MetricsSample sample;
    sample.door = parts.door->counters();
    sample.store = parts.executor.statistics();
    sample.isWritable = parts.executor.writable().has_value();
    sample.hubConnections = parts.chat.connectionCount();
    sample.onlineUsers = parts.chat.onlineCount();
    sample.uptime = std::chrono::duration_cast<std::chrono::seconds>(parts.clock.steadyNow() - parts.startedAt);
    return metricsPage(sample, parts.requestMetrics);
}

std::vector<QString> ServerApplication::urls() const
{
    return m_parts->door->urls();
}

void ServerApplication::stop(Task done)
{
    if (m_parts->isStopping.exchange(true))
        return;
    qCInfo(logApp, "stopping");
    m_parts->door->drain([this, done = std::move(done)]() mutable {
        // While the network threads run still, so that late answers reach them.
        m_parts->accounts.stop();
        m_parts->chat.finish();
        m_parts->executor.stop();
        done();
    });
}

void ServerApplication::reloadTls()
{
    const auto reloaded = m_parts->door->reloadTls();
    if (reloaded)
        qCInfo(logApp, "certificate and key were read again");
    else
        qCWarning(logApp, "the certificate was not changed: %ls", qUtf16Printable(reloaded.error().message));
}

const RouteTable &ServerApplication::routes() const
{
    return m_parts->routes;
}

} // namespace Tertulia::Server
