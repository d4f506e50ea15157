// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "services/messageservice.h"
#include "store/executor.h"

#include <mutex>
#include <unordered_map>

namespace Tertulia::Server {

/// Collects "these reached a connection of that person" from all network threads. Thread-safe; the executor must be
/// stopped before this object goes.
///
/// A message of a direct conversation that the recipient's mark goes on from is told as delivered at once, and the mark
/// is written with the next commit that somebody waits for, or some seconds later (docs/decisions/0131). Of all else
/// the marks are written at once, with whatever came together meanwhile, and MessageStatusChanged comes with the
/// commit. A crash loses what is not written; these messages then count as delivered with the next fetch or delivery.
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
    /// Told of messages that are delivered, on the thread that said so.
    using Teller = std::function<void(const MessageStatusChanged &)>;

    /// @param tell nothing: all is told when it is written
    DeliveryTracker(Executor &executor, const MessageService &messages, const Clock &clock, Teller tell = {});

    /// @param news the message, where it is new and the only one of others in `from` … `through`
    void delivered(UserId user, ConversationId conversation, Sequence from, Sequence through, Haste haste = Haste::Now,
                   const std::shared_ptr<const MessageChanged> &news = {});
    /// Each second: what is due, and what the store refused.
    void tick();
    /// Before the executor stops: whatever has been collected.
    void finish();

private:
    using Key = ToldMarks::Key;
    struct Range
    {
        Sequence from = 0, through = 0;
        Timestamp at; ///< when the first of them arrived
    };
    using Marks = std::unordered_map<Key, std::vector<Range>, ToldMarks::KeyHash>;
    static constexpr size_t marksPerUnit = 200;
    static void add(Marks &marks, const Key &key, Range range);
    [[nodiscard]] bool tellNow(const Key &key, Range range, const MessageChanged &news);
    void makeDue(); ///< with the lock
    /// What waits goes along with the commits of others; of at most `marksPerUnit` people, so that theirs come in
    /// between.
    [[nodiscard]] std::unique_ptr<StoreJob> companion();
    /// Where somebody waits for it, there is a commit in any case.
    void wakeWhenDue();
    void write(Transaction &tx, Marks &marks) const;
    void written(const Result<void> &result, const Marks &marks);

    Executor &m_executor;
    const MessageService &m_messages;
    const Clock &m_clock;
    const Teller m_tell;
    std::mutex m_mutex;
    Marks m_later;
    int m_ticks = 0; ///< since the last time that all was due
    /// What was told is here too: a range that is written before one that it goes on from would move no mark.
    Marks m_waiting;
    bool m_isDue = false; ///< somebody waits for one of them
};

} // namespace Tertulia::Server
