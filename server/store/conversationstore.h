// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/conversationrow.h"
#include "store/transaction.h"

#include <limits>

namespace Tertulia::Server {

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
/// Those of the viewer's list that exist, each as find() has it, in this order; by one statement.
[[nodiscard]] std::vector<ConversationRow> findAll(ReadTransaction &tx, UserId viewer,
                                                   const std::vector<ConversationNumber> &numbers);
/// Without members.
[[nodiscard]] std::optional<ConversationRow> head(ReadTransaction &tx, ConversationId id);
/// For what one member does: with that member, and in a direct one with the other. Nothing: it does not exist, or is a
/// group that `viewer` is not in.
[[nodiscard]] std::optional<ConversationRow> findFor(ReadTransaction &tx, UserId viewer, ConversationId id);
[[nodiscard]] std::optional<ConversationRow> findFor(ReadTransaction &tx, UserId viewer, ConversationNumber number);
/// The same, but with all members where it is small: for what is shown of messages.
[[nodiscard]] std::optional<ConversationRow> findView(ReadTransaction &tx, UserId viewer, ConversationId id);
[[nodiscard]] std::optional<ConversationRow> findView(ReadTransaction &tx, UserId viewer, ConversationNumber number);
/// Without cards of the members: the quick way for marks. All members where it is small, else as findFor().
[[nodiscard]] std::optional<ConversationRow> findMarks(ReadTransaction &tx, UserId viewer, ConversationId id);
[[nodiscard]] std::optional<ConversationRow> findMarks(ReadTransaction &tx, UserId viewer, ConversationNumber number);
/// All members, without cards.
[[nodiscard]] std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationNumber number);
/// All members of a group, by heart where possible.
[[nodiscard]] std::shared_ptr<const Roster> roster(ReadTransaction &tx, const ConversationRow &conversation);

struct MadeConversation
{
    ConversationRow conversation;
    bool isNew = true; ///< nobody's list shows it yet
};
/// Makes the conversation of these two, or gives the one that was made since somebody looked for it.
[[nodiscard]] MadeConversation createDirect(Transaction &tx, const Person &one, const Person &two, Timestamp now);

/// Makes a group of these people, at least one; the first is its admin. With all of them in `members`.
[[nodiscard]] ConversationRow createGroup(Transaction &tx, const QString &name, const std::vector<Person> &people,
                                          Timestamp now);

/// The newest `count` entries of the person's list, in order, and possibly more.
[[nodiscard]] std::vector<ListEntry> newest(ReadTransaction &tx, UserId user, qint64 count);
/// Those of the person's list that are of a kind and in which another's name or username holds `part`, or a group's
/// name, in order; an empty `part` is in every name.
[[nodiscard]] std::vector<ListEntry> matching(ReadTransaction &tx, UserId user, std::optional<ConversationType> type,
                                              const QString &part);
[[nodiscard]] qint64 listedCount(ReadTransaction &tx, UserId user);

/// The unread counts of listed conversations that have any, in no order.
[[nodiscard]] std::vector<int> unreadOf(ReadTransaction &tx, UserId user);

/// One step of a walk over what changed for a person, rising by (changed, number). Groups come last, by number alone:
/// `changed` is then walkOfGroups.
struct ChangedEntry
{
    ChangeNumber changed = 0;
    ConversationNumber number = 0;
};
inline constexpr ChangeNumber walkOfGroups = std::numeric_limits<ChangeNumber>::max();
/// At most `count` entries, and possibly some in which nothing has changed. @param base of groups: changed after it
[[nodiscard]] std::vector<ChangedEntry> changedSince(ReadTransaction &tx, UserId user, ChangedEntry from,
                                                     ChangeNumber base, int count);

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
void revise(Transaction &tx, ConversationRow &conversation, ChangeNumber change);
/// Counts a message of the member's own, which is never unread: with nothing unread before it, the mark moves along,
/// else it is counted in ownUnread. With nothing undelivered before it, that mark moves along too, and nobody's status
/// with it.
void countOwn(Transaction &tx, MemberRow &sender, Sequence sequence);
/// Counts ownUnread anew, after read.through or hiddenThrough have moved.
void recountOwn(Transaction &tx, MemberRow &member);
// Of a group's member these do nothing: a message moves the group for all.

/// Puts the conversation at `change` in the member's list, if it is not about there.
void list(Transaction &tx, MemberRow &member, ChangeNumber change);
/// Takes it off the list.
void unlist(Transaction &tx, MemberRow &member);
/// For sync: something changed that does not move the list.
void touch(Transaction &tx, MemberRow &member, ChangeNumber change);
/// The same for all members.
void touch(Transaction &tx, ConversationRow &conversation, ChangeNumber change);

} // namespace ConversationStore

} // namespace Tertulia::Server
