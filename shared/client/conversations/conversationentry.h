// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "protocol/conversation.h"
#include "protocol/marks.h"

namespace Tertulia::Client {

/// What a person did here, from that moment to the moment the server has it: a kind and what it needs.
struct Command
{
    enum class Kind : quint8 { // the numbers are in the stores
        Send = 0, ///< a message: `content`
        React = 1, ///< to the message `target`: `content`, empty for no more
    };
    enum class State : quint8 {
        Waiting, ///< for a connection, for its turn, or for the next attempt
        Sending, ///< under way
        Failed, ///< a message that was refused for good: `failure` says why; retry() or remove()
    };

    qint64 position = 0; ///< order of writing, over all conversations; unique in one store
    QString clientMessageId; ///< names the command, and the message that it sends
    ConversationId conversation;
    Kind kind = Kind::Send;
    MessageId target; ///< of all kinds but Send
    QString content;
    Timestamp createdAt;
    State state = State::Waiting;
    int attempts = 0;
    std::optional<Error> failure; ///< Failed: why. Waiting: what the last attempt met

    friend bool operator==(const Command &, const Command &) = default;
};

/// One row of the conversation list.
struct ConversationEntry
{
    /// As the server says it, joined with what happens here. Its marks are moved by Marks alone; the status of its last
    /// message says nothing, see lastStatus().
    Conversation conversation;
    QString draft; ///< what was written and not sent; empty: nothing
    std::optional<Command> pending; ///< the newest that is on its way or failed
    bool isWatched = false; ///< ConversationClient::setWatched()

    /// What the list is sorted by, newest first: the last thing that happened, an own pending message included.
    [[nodiscard]] Timestamp sortTime() const
    {
        return pending ? std::max(conversation.updatedAt, pending->createdAt) : conversation.updatedAt;
    }
    [[nodiscard]] Sequence lastSequence() const
    {
        return conversation.lastMessage ? conversation.lastMessage->sequence : 0;
    }
    /// Read up to here, whether the server knows it yet or not.
    [[nodiscard]] Sequence readThrough() const { return conversation.readThrough; }
    /// What is up to here was deleted, see Deletions.
    [[nodiscard]] Sequence hiddenThrough() const { return conversation.hiddenThrough; }
    [[nodiscard]] RecipientMarks others() const { return {conversation.othersDelivered, conversation.othersRead}; }
    /// How the last message stands, where it is this person's own.
    [[nodiscard]] MessageStatus lastStatus() const { return statusAt(lastSequence(), others()); }
    /// What a badge says: what comes while somebody watches is about to be read, and is not counted first.
    [[nodiscard]] int unread() const { return isWatched ? 0 : conversation.unreadCount; }
    /// Direct conversations: the other one; of a group, or of a conversation with oneself, null.
    [[nodiscard]] const Participant *other(const UserId &self) const;
    /// Null: not among them.
    [[nodiscard]] const Participant *participant(const UserId &user) const;
};

/// Where a person was in a conversation when it was left.
struct ViewPosition
{
    Sequence sequence = 0; ///< of the message at the anchor; 0 = at the latest message
    double offset = 0; ///< of the anchor in the view, in pixels; only the view knows what it means

    friend bool operator==(const ViewPosition &, const ViewPosition &) = default;
};

} // namespace Tertulia::Client
