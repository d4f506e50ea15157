// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/accountsmodule.h"

#include "app/waiting.h"
#include "hubs/chatcaller.h"

namespace Tertulia::Server {

using namespace std::chrono_literals;

namespace {

Actor asActor(const Identity &identity)
{
    return {identity.user, identity.session, identity.role,
            identity.isForeign ? std::optional(identity.expiresAt) : std::nullopt};
}

} // namespace

AccountsModule::AccountsModule(const Config &config, const ServerKeys &keys, const Clock &clock, Executor &executor)
    : m_leeway(config.auth.clockLeeway)
    , m_grace(config.hubs.tokenGrace + config.hubs.heartbeat)
    , m_sessions(clock, config.auth.accessLifetime)
    , m_hasher(config.auth.password)
    , m_authenticator(clock, config.auth, keys.accessTokens, m_sessions)
    , m_accounts(clock, config.auth, keys.refreshTokens)
    , m_devices(clock, config.auth.deviceLifetime, keys.devices)
    , m_flow(clock, config.auth, config.addressLimits, executor, m_hasher, m_authenticator, m_accounts, m_devices)
    , m_watch(clock, config.auth.accessLifetime, executor, m_sessions, m_authenticator)
    , m_parts{executor,
              m_accounts,
              m_flow,
              config.auth.refreshLifetime,
              config.auth.deviceLifetime,
              config.auth.refreshTokenInBody,
              config.net.corsOrigins}
{
    m_authenticator.setProvision([this](ForeignIdentity person, Completion<Role> done) {
        m_flow.provision(std::move(person), std::move(done));
    });
}

Result<void> AccountsModule::configure()
{
    return m_authenticator.configureForeign();
}

Result<void> AccountsModule::load()
{
    const auto loaded = waitFor<Empty>([this](Completion<Empty> done) { m_watch.load(std::move(done)); });
    return loaded ? Result<void>() : failure(loaded.error());
}

void AccountsModule::authenticate(const QByteArray &token, Completion<Actor> done)
{
    Loop *const loop = done.loop();
    m_authenticator.authenticate(token,
                                 Completion<Identity>(loop, [done = std::move(done)](Result<Identity> who) mutable {
                                     done.finish(who.map(asActor));
                                 }));
}

Result<Caller> AccountsModule::callerOf(const QByteArray &token)
{
    return m_authenticator.authenticateNow(token, m_grace).map([&](const Identity &identity) {
        return chatCaller(asActor(identity), identity.expiresAt + (identity.isForeign ? m_leeway : 0ms), token);
    });
}

} // namespace Tertulia::Server
