// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/authenticator.h"
#include "model/account.h"
#include "model/domainevents.h"
#include "protocol/envelope.h"
#include "store/executor.h"

#include <atomic>
#include <mutex>

namespace Tertulia::Server {

/// Keeps in memory what every request must know of accounts without asking the store: which tokens are over, who is
/// disabled, which foreign people have an account. Learns it from the store at the start, from domain events while the
/// server runs, and from the table account_changes when tertulia-ctl worked beside it (docs/decisions/0041).
/// Thread-safe; the executor must be stopped before this object goes.
class AccountWatch
{
public:
    /// The people whose connections must go: told after the registry knows, on a store thread.
    using Ended = std::function<void(const SessionEnded &)>;

    AccountWatch(const Clock &clock, std::chrono::milliseconds accessLifetime, Executor &executor,
                 SessionRegistry &registry, Authenticator &authenticator);
    /// For changes by tertulia-ctl; before the first poll(). Those of our own units of work arrive as domain events.
    void setEnded(Ended ended) { m_ended = std::move(ended); }

    /// Once, before the first request is let in.
    void load(Completion<Empty> done);
    /// First of all who hear of a commit: a connection that is dropped must not come back with its old token.
    void committed(const std::vector<DomainEvent> &events);
    /// Each second: a read of one small table; again what the store was too busy for.
    void poll();
    /// Each hour: removes sessions and changes nobody asks for any more.
    void tidy();

private:
    struct Snapshot;
    void reread(UserId user); ///< is the account disabled, which role has it
    void rereadNext();
    using States = std::vector<std::pair<UserId, std::optional<Account>>>;
    void take(const States &states);
    void storeUses(); ///< which answers to a refresh arrived, all since the last time in one unit of work

    const Clock &m_clock;
    const std::chrono::milliseconds m_accessLifetime;
    Executor &m_executor;
    SessionRegistry &m_registry;
    Authenticator &m_authenticator;
    Ended m_ended;
    std::atomic<qint64> m_lastChange{0};
    std::atomic<bool> m_isPolling{false};
    std::atomic<bool> m_isStoring{false};
    std::mutex m_mutex;
    std::vector<UserId> m_toReread; ///< guarded by the mutex, as the next
    bool m_isRereading = false; ///< one read at a time: of two, the older one could be taken last
};

} // namespace Tertulia::Server
