// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/domainevents.h"
#include "protocol/receipts.h"
#include "store/executor.h"

#include <QHash>

#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Server {

/// How many of a large group have received and read its latest messages. Their marks change no status there and are
/// told to nobody one by one: every few ticks those groups in which some moved are counted, with one walk over their
/// members, and each sender is told of their own. Thread-safe; the executor must be stopped before this object goes.
class ReceiptCounter
{
public:
    /// For the sender's connections; any thread.
    using Tell = std::function<void(UserId sender, const MessageReceiptCounts &counts)>;

    ReceiptCounter(Executor &executor, Tell tell)
        : m_executor(executor)
        , m_tell(std::move(tell))
    {
    }

    /// Executor::EventSink.
    void committed(const std::vector<DomainEvent> &events);
    /// Each second.
    void tick();

    static constexpr int patience = 5; ///< ticks from one counting to the next
    static constexpr int latest = 20; ///< messages of a group that are counted
    static constexpr size_t mostGroups = 1'000; ///< of which is kept what was told; beyond it all are told anew

private:
    struct Told
    {
        int delivered = 0, read = 0;
        friend bool operator==(const Told &, const Told &) = default;
    };
    using Latest = QHash<MessageId, Told>;

    void count(const std::vector<ConversationId> &groups);
    void tell(const std::vector<std::pair<UserId, MessageReceiptCounts>> &counted);

    Executor &m_executor;
    const Tell m_tell;
    std::mutex m_mutex; ///< guards what follows
    std::unordered_set<ConversationId> m_moved;
    std::unordered_map<ConversationId, Latest> m_told;
    int m_ticks = 0;
    bool m_isCounting = false;
};

} // namespace Tertulia::Server
