// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"
#include "app/serverkeys.h"
#include "http/accountroutes.h"
#include "services/accountwatch.h"
#include "signalr/caller.h"

namespace Tertulia::Server {

/// Who people are and who may come in: passwords, tokens, sessions, devices, accounts.
class AccountsModule
{
public:
    AccountsModule(const Config &config, const ServerKeys &keys, const Clock &clock, Executor &executor);

    /// Before the store runs: reads what is configured of a foreign identity provider.
    [[nodiscard]] Result<void> configure();
    /// When it runs: learns whose tokens are over. Main thread.
    [[nodiscard]] Result<void> load();
    /// Executor::EventSink.
    void committed(const std::vector<DomainEvent> &events) { m_watch.committed(events); }
    /// The people whose connections must go, of whom no event of ours tells.
    void setEnded(AccountWatch::Ended ended) { m_watch.setEnded(std::move(ended)); }

    void addRoutes(RouteTable &table) { addAccountRoutes(table, m_parts); }
    /// TokenCheck: for REST.
    void authenticate(const QByteArray &token, Completion<Actor> done);
    /// For hubs; at once.
    [[nodiscard]] Result<Caller> callerOf(const QByteArray &token);

    void tick() { m_watch.poll(); } ///< each second
    void tidy() { m_watch.tidy(); } ///< each hour
    /// What is being hashed is answered; later requests are refused.
    void stop() { m_hasher.stop(); }

    [[nodiscard]] PasswordHasher &hasher() { return m_hasher; }
    [[nodiscard]] const AccountService &accounts() const { return m_accounts; }

private:
    /// By which the foreign issuer's clock may be off: so much later its tokens are refused.
    const std::chrono::milliseconds m_leeway;
    /// So long a connection may have a token that is over.
    const std::chrono::milliseconds m_grace;
    SessionRegistry m_sessions;
    PasswordHasher m_hasher;
    Authenticator m_authenticator;
    const AccountService m_accounts;
    const DeviceTokens m_devices;
    AccountFlow m_flow;
    AccountWatch m_watch;
    const AccountParts m_parts;
};

} // namespace Tertulia::Server
