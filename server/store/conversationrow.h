// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/conversation.h"
#include "store/database.h"

#include <vector>

namespace Tertulia::Server {

/// Number of a conversation inside the store; part of the keys of its members and messages (docs/decisions/0031).
using ConversationNumber = qint64;
/// Keys of members: conversation * memberSlots + slot.
inline constexpr qint64 memberSlots = 65'536;

/// How far `listed` and `changed` of a member may lag behind, in change numbers (about microseconds): a busy
/// conversation then moves its index entries so seldom, not with every message. Readers look that much further, so the
/// list, read at every start of a client, has the smaller one.
inline constexpr ChangeNumber listingLag = 50'000;
inline constexpr ChangeNumber changedLag = 1'000'000;

/// In place of `listed` and `changed` of a group's member: where the conversation itself is (its last_change, and what
/// touched it), which a message moves for all members with one row.
inline constexpr ChangeNumber ofConversation = -1;

/// How far a member has come in a conversation. `at` is when the present step began (see receipts in migrations.cpp).
struct Mark
{
    Sequence through = 0;
    Timestamp at;
    ChangeNumber change = 0;
};

struct MemberRow
{
    qint64 key = 0;
    UserCard card;
    bool isDisabled = false;
    std::optional<Timestamp> lastSeenAt;
    MemberRole role = MemberRole::Member;
    Sequence hiddenThrough = 0;
    Mark read, delivered;
    Mark told; ///< a delivered mark beyond the one in the row, which is on its way there (ToldMarks); else nothing
    qint64 ownUnread = 0; ///< own messages after max(read, hiddenThrough)
    ChangeNumber hiddenChange = 0, listed = 0, changed = 0; ///< the last two: or ofConversation

    [[nodiscard]] UserId user() const { return card.id; }
    /// Up to here there is nothing left to be delivered.
    [[nodiscard]] Sequence received() const
    {
        return std::max({delivered.through, told.through, read.through, hiddenThrough});
    }
    /// What is not unread: all up to a mark, and the own ones behind it.
    [[nodiscard]] Sequence counted() const { return std::max(read.through, hiddenThrough) + ownUnread; }
    [[nodiscard]] int unread(Sequence lastSequence) const { return int(std::max<qint64>(0, lastSequence - counted())); }
};

/// A conversation in three parts: itself (the head), those of its members that were read with it, and, apart from it,
/// all members as a Roster.
struct ConversationRow
{
    ConversationNumber number = 0;
    ConversationId id;
    ConversationType type = ConversationType::Direct;
    Sequence lastSequence = 0;
    Revision revision = 0;
    ChangeNumber lastChange = 0; ///< of the last message, or of the beginning
    ChangeNumber touched = 0; ///< of what else happened to all members; of marks up to changedLag behind
    Timestamp updatedAt;
    int memberCount = 2;
    ChangeNumber membership = 0; ///< the change that made its members who they are; see Rosters
    std::vector<MemberRow> members; ///< find(): all; findFor(): who asks, and in a direct one the other

    /// All members may be read for one message, and their marks make its status.
    [[nodiscard]] bool isSmall() const { return memberCount <= smallGroup; }
    /// `members` are all members.
    [[nodiscard]] bool isWhole() const { return members.size() >= size_t(memberCount); }
    /// It is in this member's list. A group that was deleted comes back with its next message.
    [[nodiscard]] bool isListed(const MemberRow &member) const
    {
        return member.listed == ofConversation ? member.hiddenChange == 0 || lastSequence > member.hiddenThrough
                                               : member.listed > 0;
    }

    [[nodiscard]] MemberRow *member(UserId user);
    [[nodiscard]] const MemberRow *member(UserId user) const;
    /// Direct: the member who is not `user`.
    [[nodiscard]] const MemberRow *other(UserId user) const;
};

struct Person
{
    UserCard card;
    bool isDisabled = false;
    std::optional<Timestamp> lastSeenAt;
};

} // namespace Tertulia::Server
