// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/envelope.h"
#include "store/executor.h"
#include "store/outboxstore.h"

#include <mutex>

namespace Tertulia::Server {

/// Brings a consumer what its rows in the outbox say, in their order, some at a time, until it has taken them: at least
/// once, for this process may die between the taking and the removal. Thread-safe; the executor must be stopped before
/// this object goes.
class OutboxRelay
{
public:
    /// Takes the events, on a store thread, and finishes on any thread: with a failure the same ones come again with
    /// the next tick().
    using Deliver = std::function<void(const std::vector<OutboxEntry> &entries, Completion<Empty> taken)>;

    OutboxRelay(Executor &executor, QString consumer, Deliver deliver)
        : m_executor(executor)
        , m_consumer(std::move(consumer))
        , m_deliver(std::move(deliver))
    {
    }

    /// Something was committed.
    void wake();
    /// Each second: what was refused, and what an earlier process has left.
    void tick() { wake(); }

    static constexpr int most = 100; ///< entries at a time

private:
    void deliver(std::vector<OutboxEntry> entries);
    void remove(const std::vector<OutboxEntry> &entries);
    /// @param mayBeMore looks again at once
    void rest(bool mayBeMore);

    Executor &m_executor;
    const QString m_consumer;
    const Deliver m_deliver;
    std::mutex m_mutex; ///< guards what follows
    bool m_isBusy = false;
    bool m_isWoken = false; ///< while it was busy
};

} // namespace Tertulia::Server
