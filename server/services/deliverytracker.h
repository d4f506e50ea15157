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
///
/// In a large group nobody waits for one of its members' marks, and each message would write them all: there a person's
/// mark is written some seconds later, with what came in between.
class DeliveryTracker
{
public:
    enum class Haste : quint8 {
        Now, ///< somebody looks at the message's status
        Later, ///< within `patience` ticks
    };
    static constexpr int patience = 5;

    DeliveryTracker(Executor &executor, const MessageService &messages)
        : m_executor(executor)
        , m_messages(messages)
    {
    }

    void delivered(UserId user, ConversationId conversation, Sequence from, Sequence through, Haste haste = Haste::Now);
    /// Each second: what is due, and what the store refused.
    void tick();
    /// Before the executor stops: whatever has been collected.
    void finish();

private:
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
    static constexpr size_t marksPerUnit = 200;
    static void add(Marks &marks, const Key &key, Range range);
    void takeLater(); ///< with the lock
    /// One unit of work at a time, of at most `marksPerUnit` people, so that others' units come in between.
    void writeWaiting();
    void write(Transaction &tx, Marks &marks) const;
    void written(const Result<void> &result);

    Executor &m_executor;
    const MessageService &m_messages;
    std::mutex m_mutex;
    Marks m_later;
    int m_ticks = 0; ///< since the last time that they were due
    Marks m_waiting;
    Marks m_writing; ///< in the unit of work that is on its way
    bool m_isWriting = false;
};

} // namespace Tertulia::Server
