// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/timeline.h"

#include <deque>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

/// The rows of a timeline, newest first, and the keeping of their order: pending ones by position, then the server's
/// by sequence; each message once. Each change is announced before and told after, as QAbstractItemModel wants it, so
/// that a model can read rows straight from here.
class TimelineRows : public QObject
{
    Q_OBJECT
public:
    explicit TimelineRows(const UserCard &self, QObject *parent = nullptr);

    [[nodiscard]] const UserCard &self() const { return m_self; }
    [[nodiscard]] int count() const { return int(m_rows.size()); }
    [[nodiscard]] int pendingCount() const { return m_pendingCount; }
    [[nodiscard]] int messageCount() const { return count() - m_pendingCount; }
    [[nodiscard]] const TimelineEntry &at(int row) const { return m_rows[size_t(row)]; }
    [[nodiscard]] int indexOfRow(quint64 rowId) const;
    [[nodiscard]] int indexOfSequence(Sequence sequence) const;
    [[nodiscard]] int indexOfMessage(const MessageId &id) const;
    [[nodiscard]] int indexOfPending(const QString &clientMessageId) const;
    /// Null when there is no message.
    [[nodiscard]] const Message *newest() const;
    [[nodiscard]] const Message *oldest() const;

    [[nodiscard]] MessageStatus statusOf(const TimelineEntry &entry) const;

    /// A pending row of the same client message id becomes the message; a known one is merged; others get their place.
    /// True when anything was added.
    bool add(std::vector<Message> messages);
    void update(const Message &message);
    /// Own messages that stand otherwise after it are told of.
    void setMarks(const RecipientMarks &others);
    void setPending(const Command &pending);
    void removePending(const QString &clientMessageId);
    /// Remembered for messages that come later, too.
    void setPendingReaction(const MessageId &id, const std::optional<QString> &reaction);
    void removeMessage(const MessageId &id);
    /// All messages up to this sequence.
    void removeThrough(Sequence sequence);
    void removeAllPending();
    /// Lets the oldest or the newest messages go, until `count` are left.
    void keepNewest(int count);
    void keepOldest(int count);
    /// All other ones, between aboutToReset() and wasReset(); rows of messages that stay keep their ids.
    void reset(std::vector<Message> messages, const std::vector<Command> &pending);

Q_SIGNALS:
    void rowsAboutToBeInserted(int first, int last);
    void rowsInserted(int first, int last);
    void rowsAboutToBeRemoved(int first, int last);
    void rowsRemoved(int first, int last);
    void rowAboutToBeMoved(int from, int to); ///< `to`: the index after the move
    void rowMoved(int from, int to);
    void rowsChanged(int first, int last);
    void aboutToReset(); ///< at open and jump only
    void wasReset();

private:
    using Row = std::deque<TimelineEntry>::iterator;

    [[nodiscard]] Row row(int index) { return m_rows.begin() + index; }
    [[nodiscard]] TimelineEntry entryOf(Message message);
    [[nodiscard]] TimelineEntry entryOf(const Command &pending);
    /// Where a message of this sequence stands or would stand.
    [[nodiscard]] int placeOf(Sequence sequence) const;
    bool promote(const Message &message);
    bool merge(const Message &message);
    void insert(std::vector<TimelineEntry> entries, int at);
    void remove(int first, int last);
    void move(int from, int to);

    UserCard m_self;
    std::deque<TimelineEntry> m_rows;
    std::unordered_set<MessageId> m_ids; ///< of the messages in m_rows
    RecipientMarks m_others;
    std::unordered_map<MessageId, QString> m_reactions; ///< that the server does not know yet
    int m_pendingCount = 0;
    quint64 m_lastRowId = 0;
};

} // namespace Tertulia::Client
