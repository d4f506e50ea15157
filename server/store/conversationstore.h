// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/conversation.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// Number of a conversation inside the store; part of the keys of its members and messages (docs/decisions/0031).
using ConversationNumber = qint64;

/// How far `listed` and `changed` of a member may lag behind, in change numbers (about microseconds): a busy
/// conversation then moves its index entries so seldom, not with every message. Readers look that much further, so the
/// list, read at every start of a client, has the smaller one.
inline constexpr ChangeNumber listingLag = 50'000;
inline constexpr ChangeNumber changedLag = 1'000'000;

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
    qint64 ownUnread = 0; ///< own messages after max(read, hiddenThrough)
    ChangeNumber hiddenChange = 0, listed = 0, changed = 0;

    [[nodiscard]] UserId user() const { return card.id; }
    [[nodiscard]] int unread(Sequence lastSequence) const
    {
        return int(std::max<qint64>(0, lastSequence - std::max(read.through, hiddenThrough) - ownUnread));
    }
};

/// A conversation with its members.
struct ConversationRow
{
    ConversationNumber number = 0;
    ConversationId id;
    ConversationType type = ConversationType::Direct;
    Sequence lastSequence = 0;
    Revision revision = 0;
    ChangeNumber lastChange = 0;
    Timestamp updatedAt;
    std::vector<MemberRow> members;

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

/// One place in a person's list.
struct ListEntry
{
    ConversationNumber number = 0;
    ChangeNumber lastChange = 0;
};

/// Rows of conversations and members. Functions on a unit of work; no rules.
namespace ConversationStore {

[[nodiscard]] std::optional<Person> person(ReadTransaction &tx, UserId user);
[[nodiscard]] std::optional<Timestamp> lastSeen(ReadTransaction &tx, UserId user);
void saveLastSeen(Transaction &tx, UserId user, Timestamp at);
/// Everybody with whom the person shares a conversation that holds a message.
[[nodiscard]] std::vector<UserId> partners(ReadTransaction &tx, UserId user);
/// Whether these two share such a conversation.
[[nodiscard]] bool arePartners(ReadTransaction &tx, UserId one, UserId two);

[[nodiscard]] std::optional<ConversationRow> find(ReadTransaction &tx, ConversationId id);
[[nodiscard]] std::optional<ConversationRow> find(ReadTransaction &tx, ConversationNumber number);
[[nodiscard]] std::optional<ConversationRow> findDirect(ReadTransaction &tx, UserId one, UserId two);
/// Without cards of the members: the quick way for marks.
[[nodiscard]] std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationId id);
[[nodiscard]] std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationNumber number);

struct MadeConversation
{
    ConversationRow conversation;
    bool isNew = true; ///< nobody's list shows it yet
};
/// Makes the conversation of these two, or gives the one that was made since somebody looked for it.
[[nodiscard]] MadeConversation createDirect(Transaction &tx, const Person &one, const Person &two, Timestamp now);

/// The newest `count` entries of the person's list, in order, and possibly more.
[[nodiscard]] std::vector<ListEntry> newest(ReadTransaction &tx, UserId user, qint64 count);
/// Those of the person's list that are of a kind and in which another's name or username holds `part`, in order; an
/// empty `part` is in every name.
[[nodiscard]] std::vector<ListEntry> matching(ReadTransaction &tx, UserId user, std::optional<ConversationType> type,
                                              const QString &part);
[[nodiscard]] qint64 listedCount(ReadTransaction &tx, UserId user);

/// The unread counts of listed conversations that have any, in no order.
[[nodiscard]] std::vector<int> unreadOf(ReadTransaction &tx, UserId user);

/// One step of a walk over what changed for a person, rising by (changed, number).
struct ChangedEntry
{
    ChangeNumber changed = 0;
    ConversationNumber number = 0;
};
[[nodiscard]] std::vector<ChangedEntry> changedSince(ReadTransaction &tx, UserId user, ChangedEntry from, int count);

/// The newest listed conversations with messages that the person's mark of delivery has not reached, at most `count`;
/// among them such as hold only the person's own.
[[nodiscard]] std::vector<ConversationNumber> undelivered(ReadTransaction &tx, UserId user, int count);

// What follows adds to the rows as they are, not as they were read: of two who do it at once, neither takes anything
// from the other. Marks never go back.

/// The mark as it is in `member`. False: it is there already, or further.
bool saveDelivered(Transaction &tx, const MemberRow &member);
bool saveRead(Transaction &tx, const MemberRow &member);
void saveHidden(Transaction &tx, const MemberRow &member);
/// Something that all members see has changed, but for a new message: takes the next revision.
void revise(Transaction &tx, ConversationRow &conversation);
/// Counts a message of the member's own, which is never unread: with nothing unread before it, the mark moves along,
/// else it is counted in ownUnread.
void countOwn(Transaction &tx, MemberRow &sender, Sequence sequence);
/// Counts ownUnread anew, after read.through or hiddenThrough have moved.
void recountOwn(Transaction &tx, MemberRow &member);
/// Puts the conversation at `change` in the member's list, if it is not about there.
void list(Transaction &tx, MemberRow &member, ChangeNumber change);
/// Takes it off the list.
void unlist(Transaction &tx, MemberRow &member);
/// For sync: something changed that does not move the list.
void touch(Transaction &tx, MemberRow &member, ChangeNumber change);

} // namespace ConversationStore

} // namespace Tertulia::Server
