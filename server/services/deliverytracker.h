// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messageservice.h"
#include "store/executor.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Collects "these reached a connection of that person" from all network threads and writes it as one unit of work for
/// whatever came together meanwhile: many deliveries cost little more than one. Thread-safe; the executor must be
/// stopped before this object goes. The marks and the MessageStatusChanged events come with the next commit, or later
/// when the store is busy or cannot write; a crash loses the collected ones, and the messages then count as delivered
/// with the next fetch or delivery.
class DeliveryTracker
{
public:
    DeliveryTracker(Executor &executor, const MessageService &messages)
        : m_executor(executor)
        , m_messages(messages)
    {
    }

    void delivered(UserId user, ConversationId conversation, Sequence from, Sequence through);
    /// Each second, for what the store refused. One unit of work at a time.
    void writeWaiting();

private:
    void written(const Result<void> &result);

    struct Key
    {
        UserId user;
        ConversationId conversation;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct KeyHash
    {
        size_t operator()(const Key &key) const { return qHash(key.user) ^ (qHash(key.conversation) * 31); }
    };
    struct Range
    {
        Sequence from = 0, through = 0;
    };
    using Marks = std::unordered_map<Key, std::vector<Range>, KeyHash>;

    Executor &m_executor;
    const MessageService &m_messages;
    std::mutex m_mutex;
    Marks m_waiting;
    Marks m_writing; ///< in the unit of work that is on its way
    bool m_isWriting = false;
};

} // namespace Tertulia::Server
