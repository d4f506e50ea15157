// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/serverapplication.h"

#include "app/datafolder.h"
#include "app/demodata.h"
#include "app/edgehandler.h"
#include "app/metricspage.h"
#include "app/waiting.h"
#include "auth/keystore.h"
#include "base/logging.h"
#include "http/accountroutes.h"
#include "http/conversationroutes.h"
#include "http/healthroutes.h"
#include "http/messageroutes.h"
#include "hubs/chatcaller.h"
#include "hubs/chathubs.h"
#include "net/frontdoor.h"
#include "services/accountwatch.h"
#include "services/clockwatch.h"
#include "services/searchindex.h"
#include "signalr/hubserver.h"
#include "store/transaction.h"
#include "store/userstore.h"

#include <QTimer>

#include <atomic>

namespace Tertulia::Server {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

Actor asActor(const Identity &identity)
{
    return {identity.user, identity.session, identity.role,
            identity.isForeign ? std::optional(identity.expiresAt) : std::nullopt};
}

/// @param leeway by which the foreign issuer's clock may be off: so much later its tokens are refused
Caller asCaller(const Identity &identity, std::chrono::milliseconds leeway, const QByteArray &token)
{
    return chatCaller(asActor(identity), identity.expiresAt + (identity.isForeign ? leeway : 0ms), token);
}

std::vector<RateRule> sendRules(const ChatSettings &settings)
{
    return {{settings.sendsPer10Seconds, 10s}, {settings.sendsPerMinute, 60s}};
}

} // namespace

/// In the order in which they are built; destroyed the other way round.
struct ServerApplication::Parts
{
    explicit Parts(const Config &config)
        : executor(storeSettings(config))
        , searchIndex(executor)
        , clockWatch(clock, executor)
        , sessions(clock, config.auth.accessLifetime)
        , hasher(config.auth.password)
        , messages(clock, config.chat)
        , conversations(clock, config.chat)
        , presence(clock, config.chat.offlineDelay)
        , sendLimiter(clock, sendRules(config.chat))
        , limits(clock, config.chat)
        , typingLimiter(clock, config.chat.typingInterval, config.chat.typingConversations)
        , deliveries(executor, messages)
        , hubServer(config.hubs, clock,
                    [this, leeway = config.auth.clockLeeway,
                     grace = config.hubs.tokenGrace + config.hubs.heartbeat](const QByteArray &token) {
                        return authenticator->authenticateNow(token, grace).map([&](const Identity &identity) {
                            return asCaller(identity, leeway, token);
                        });
                    })
        , chatHubs(hubServer,
                   {clock, executor, messages, conversations, presence, sendLimiter, limits, typingLimiter, deliveries,
                    config.chat.offlineMessages})
        , rest{routes,
               [this](const QByteArray &token, Completion<Actor> done) { authenticate(token, std::move(done)); },
               requestMetrics,
               config.net.maxBodyBytes,
               config.net.maxSmallBodyBytes,
               config.metricsToken.toUtf8(),
               RouteRates(limits, sendLimiter)}
    {
    }

    static StoreSettings storeSettings(const Config &config)
    {
        StoreSettings settings = config.store;
        settings.path = config.dataFolder + u"/tertulia.db"_s;
        return settings;
    }
    void authenticate(const QByteArray &token, Completion<Actor> done)
    {
        Loop *loop = done.loop();
        authenticator->authenticate(token,
                                    Completion<Identity>(loop, [done = std::move(done)](Result<Identity> who) mutable {
                                        done.finish(who.map(asActor));
                                    }));
    }

    SystemClock clock;
    std::chrono::steady_clock::time_point startedAt = clock.steadyNow();
    std::atomic<bool> isStopping = false;
    Executor executor;
    SearchIndex searchIndex;
    ClockWatch clockWatch;
    SessionRegistry sessions;
    PasswordHasher hasher;
    std::optional<Authenticator> authenticator;
    std::optional<AccountService> accounts;
    std::optional<DeviceTokens> devices;
    std::optional<AccountFlow> accountFlow;
    std::optional<AccountWatch> accountWatch;
    const MessageService messages;
    const ConversationService conversations;
    std::optional<SyncService> sync;
    PresenceRegistry presence;
    RateLimiter sendLimiter;
    PersonLimits limits;
    TypingLimiter typingLimiter;
    DeliveryTracker deliveries;
    HubServer hubServer;
    ChatHubs chatHubs;
    RequestMetrics requestMetrics;
    RouteTable routes;
    std::optional<AccountParts> accountParts;
    std::optional<ChatParts> chatParts;
    HealthParts healthParts;
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
    m_parts->hasher.stop();
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
    m_parts = std::make_unique<Parts>(m_config);
    Parts &parts = *m_parts;
    if (auto opened = openAccounts(); !opened)
        return opened;
    // First the accounts: who is put out must not come back with an old token.
    parts.executor.addSink([&parts](const std::vector<DomainEvent> &events) { parts.accountWatch->committed(events); });
    parts.executor.addSink([&parts](const std::vector<DomainEvent> &events) { parts.chatHubs.publish(events); });
    if (auto opened = parts.executor.start(); !opened)
        return opened;
    if (auto known = waitFor<Empty>([&parts](Completion<Empty> done) {
            parts.executor.write<Empty>(
                [](Transaction &tx) -> Result<Empty> {
                    UserStore::completeSkeletons(tx);
                    return Empty{};
                },
                std::move(done));
        });
        !known)
        return failure(known.error());
    if (withDemoData) {
        if (auto added = addDemoData(parts.executor, parts.hasher, *parts.accounts, parts.messages); !added)
            return added;
    }
    if (auto loaded = waitFor<Empty>([&parts](Completion<Empty> done) { parts.accountWatch->load(std::move(done)); });
        !loaded)
        return failure(loaded.error());
    addRoutes();
    startTimers();
    parts.door = std::make_unique<FrontDoor>(m_config.net, [&parts](NetworkThread &thread) {
        return std::make_unique<EdgeHandler>(thread, parts.rest, parts.hubServer.makeRouter(thread));
    });
    return parts.door->start();
}

Result<void> ServerApplication::openAccounts()
{
    Parts &parts = *m_parts;
    const auto tokenSecret = KeyStore::secret(m_folder->keys(), u"access-tokens.key"_s);
    if (!tokenSecret)
        return failure(tokenSecret.error());
    const auto refreshSecret = KeyStore::secret(m_folder->keys(), u"refresh-tokens.key"_s);
    if (!refreshSecret)
        return failure(refreshSecret.error());
    const auto deviceSecret = KeyStore::secret(m_folder->keys(), u"devices.key"_s);
    if (!deviceSecret)
        return failure(deviceSecret.error());
    const auto cursorSecret = KeyStore::secret(m_folder->keys(), u"cursors.key"_s);
    if (!cursorSecret)
        return failure(cursorSecret.error());
    parts.sync.emplace(m_config.chat, *cursorSecret);
    const auto key = JwtKey::fromSecret(*tokenSecret);
    if (!key)
        return failure(key.error());
    parts.authenticator.emplace(parts.clock, m_config.auth, *key, parts.sessions);
    if (auto configured = parts.authenticator->configureForeign(); !configured)
        return configured;
    parts.accounts.emplace(parts.clock, m_config.auth, *refreshSecret);
    parts.devices.emplace(parts.clock, m_config.auth.deviceLifetime, *deviceSecret);
    parts.accountFlow.emplace(parts.clock, m_config.auth, m_config.addressLimits, parts.executor, parts.hasher,
                              *parts.authenticator, *parts.accounts, *parts.devices);
    parts.accountWatch.emplace(parts.clock, m_config.auth.accessLifetime, parts.executor, parts.sessions,
                               *parts.authenticator);
    parts.accountWatch->setEnded([&parts](const SessionEnded &ended) { parts.chatHubs.publish({ended}); });
    parts.authenticator->setProvision([flow = &*parts.accountFlow](ForeignIdentity person, Completion<Role> done) {
        flow->provision(std::move(person), std::move(done));
    });
    return {};
}

void ServerApplication::startTimers()
{
    Parts &parts = *m_parts;
    QObject::connect(&parts.seconds, &QTimer::timeout, &parts.seconds, [&parts] {
        parts.chatHubs.tick();
        parts.accountWatch->poll();
        parts.clockWatch.tick();
    });
    parts.seconds.start(1s);
    QObject::connect(&parts.hours, &QTimer::timeout, &parts.hours, [&parts] {
        parts.accountWatch->tidy();
        parts.searchIndex.complete();
    });
    parts.hours.start(1h);
    parts.searchIndex.complete();
}

void ServerApplication::addRoutes()
{
    Parts &parts = *m_parts;
    parts.accountParts.emplace(AccountParts{parts.executor, *parts.accounts, *parts.accountFlow,
                                            m_config.auth.refreshLifetime, m_config.auth.deviceLifetime,
                                            m_config.auth.refreshTokenInBody, m_config.net.corsOrigins});
    parts.chatParts.emplace(ChatParts{parts.executor, parts.messages, parts.conversations, *parts.sync, parts.presence,
                                      parts.typingLimiter,
                                      [&parts](const TypingIndicator &notice) { parts.chatHubs.relayTyping(notice); }});
    parts.healthParts = {[&parts] { return healthOf(parts); }, [&parts] { return metricsOf(parts); }};
    addMessageRoutes(parts.routes, *parts.chatParts);
    addConversationRoutes(parts.routes, *parts.chatParts);
    addAccountRoutes(parts.routes, *parts.accountParts);
    addHealthRoutes(parts.routes, parts.healthParts);
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
    sample.hubConnections = parts.hubServer.connectionCount();
    sample.onlineUsers = parts.presence.onlineCount();
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
        m_parts->hasher.stop();
        m_parts->deliveries.finish();
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
