// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/roster.h"
#include "protocol/conversation.h"

#include <variant>
#include <vector>

namespace Tertulia::Server {

/// One of the two of a direct conversation at the moment of an event.
struct MemberState
{
    UserCard card;
    MemberRole role = MemberRole::Member;
    Unread unread; ///< after the event
    std::optional<Timestamp> lastSeenAt; ///< as stored
    Sequence received = 0; ///< up to here there was nothing left to be delivered, before the event
    Timestamp deliveredAt; ///< when the present step of the delivered mark began
};

/// What happened to a message. The edges give each its name of the contract (hubs/messageevents.h); to all else it is
/// one thing: the message is other than it was, and the higher revision wins.
enum class MessageChange : quint8 { Sent, Reacted };

/// A message came or changed. For all members, the other connections of whoever did it included.
struct MessageChanged
{
    MessageChange what = MessageChange::Sent;
    UserId by; ///< whose doing it is; Sent: the sender
    Message message; ///< as it is now
    ConversationType conversationType = ConversationType::Direct;
    // Whom the event is for: the two of a direct conversation with what is told of them, or a group's roster, less
    // those who have deleted the message with their conversation.
    std::vector<MemberState> members;
    std::shared_ptr<const Roster> roster;

    [[nodiscard]] bool isNew() const { return what == MessageChange::Sent; }

    /// Of a new message: the conversation as somebody who has not read this sees it after it, without a read of the
    /// store; presence as in a view. Of a group only what the message changed: nobody's participants.
    [[nodiscard]] Conversation conversationWith(const Unread &unread) const;
    [[nodiscard]] Conversation conversationFor(UserId viewer) const { return conversationWith(unreadOf(viewer)); }
    [[nodiscard]] Unread unreadOf(UserId viewer) const;
};

struct MessageMark
{
    MessageId id;
    Sequence sequence = 0;
    Timestamp at; ///< what the message's deliveredAt or readAt is from now on
};

/// The status of messages changed by what one member received or read.
struct MessageStatusChanged
{
    ConversationId conversation;
    MessageStatus status = MessageStatus::Delivered; ///< Delivered or Read
    UserId by; ///< who received or read
    std::vector<MessageMark> messages; ///< rising by sequence
    std::vector<UserId>
        audience; ///< direct: both; EventFanout leaves `by` out where it is Delivered. Group: the sender
    Sequence toldThrough = 0; ///< people's connections were told of messages up to this one before the commit
};

/// Marks moved in a large group, where they change no status and are counted (ReceiptCounter).
struct MarksMoved
{
    ConversationId conversation;
};

/// A conversation looks different for one person by something else than a new message (opened, read elsewhere …).
struct ConversationChanged
{
    UserId user; ///< whom it is for
    Conversation conversation; ///< as that person sees it; presence as in a view
};

/// One person deleted (hid) a conversation: for that person's own connections only.
struct ConversationDeleted
{
    UserId user;
    ConversationId conversation;
    Sequence hiddenThrough = 0; ///< what is up to here is gone for this person
};

/// A session ended (logout, revoked, account disabled): its connections must go. A null session: all of the user's.
struct SessionEnded
{
    UserId user;
    SessionId session;
    /// Where the session is a foreign token: until when that would have been good.
    std::optional<Timestamp> until = {};
};

/// What a unit of work did, for those who must hear of it after the commit.
using DomainEvent = std::variant<MessageChanged, MessageStatusChanged, MarksMoved, ConversationChanged,
                                 ConversationDeleted, SessionEnded>;

/// Whether it takes long to tell everybody: there is a message to a large group among them.
[[nodiscard]] bool isForMany(const std::vector<DomainEvent> &events);

} // namespace Tertulia::Server
