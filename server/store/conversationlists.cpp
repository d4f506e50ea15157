// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/conversationstore.h"
#include "text/searchwords.h"

namespace Tertulia::Server {

namespace {

bool isNewer(const ListEntry &one, const ListEntry &other)
{
    return one.lastChange > other.lastChange;
}

// A person's groups have their place from the conversation; one that was deleted is back with its next message.
#define OF_GROUPS                                                                                                      \
    " FROM conversation_members m CROSS JOIN conversations c WHERE m.user_id = ? AND m.listed = -1"                    \
    " AND c.number = m.key / 65536"
#define WITHOUT_DELETED " AND (m.hidden_change = 0 OR c.last_sequence > m.hidden_through)"

} // namespace

namespace ConversationStore {

std::vector<ListEntry> newest(ReadTransaction &tx, UserId user, qint64 count)
{
    std::vector<ListEntry> entries;
    ChangeNumber enough = 0; // with `count` entries: the last change of the one in that place
    Rows rows = tx.query("SELECT m.listed, m.key / 65536, c.last_change"
                         " FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536 ORDER BY m.listed DESC",
                         user);
    while (rows.next()) {
        if (qint64(entries.size()) >= count && rows.integer(0) + listingLag < enough)
            break;
        entries.push_back({.number = rows.integer(1), .lastChange = rows.integer(2)});
        if (count > 0 && qint64(entries.size()) >= count && qint64(entries.size()) % 32 == count % 32) {
            auto place = entries.begin() + (count - 1);
            std::nth_element(entries.begin(), place, entries.end(), isNewer);
            enough = place->lastChange;
        }
    }
    for (Rows groups = tx.query("SELECT c.number, c.last_change" OF_GROUPS WITHOUT_DELETED, user); groups.next();)
        entries.push_back({.number = groups.integer(0), .lastChange = groups.integer(1)});
    std::sort(entries.begin(), entries.end(), isNewer);
    return entries;
}

std::vector<ListEntry> matching(ReadTransaction &tx, UserId user, std::optional<ConversationType> type,
                                const QString &part)
{
    std::vector<ListEntry> entries;
    const QString wanted = folded(part);
    const auto isFound = [&wanted](const QString &name) { return folded(name).contains(wanted); };
    // Names alone, one after the other: a hundred times cheaper than whole conversations.
    Rows rows =
        tx.query("SELECT c.number, c.last_change, u.full_name, u.username FROM conversation_members m"
                 " CROSS JOIN conversations c CROSS JOIN conversation_members o CROSS JOIN users u"
                 " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536 AND c.type = coalesce(?, c.type)"
                 " AND o.key >= c.number * 65536 AND o.key < c.number * 65536 + 65536"
                 " AND o.user_id <> m.user_id AND u.id = o.user_id",
                 user, type);
    while (rows.next()) {
        const bool isKnown = !entries.empty() && entries.back().number == rows.integer(0);
        if (isKnown || !(wanted.isEmpty() || isFound(rows.text(2)) || isFound(rows.text(3))))
            continue;
        entries.push_back({.number = rows.integer(0), .lastChange = rows.integer(1)});
    }
    Rows groups =
        tx.query("SELECT c.number, c.last_change, c.name" OF_GROUPS WITHOUT_DELETED " AND c.type = coalesce(?, c.type)",
                 user, type);
    while (groups.next()) {
        if (wanted.isEmpty() || isFound(groups.text(2)))
            entries.push_back({.number = groups.integer(0), .lastChange = groups.integer(1)});
    }
    std::sort(entries.begin(), entries.end(), isNewer);
    return entries;
}

std::vector<ConversationNumber> undelivered(ReadTransaction &tx, UserId user, int count)
{
    std::vector<ConversationNumber> numbers;
    Rows groups = tx.query("SELECT c.number" OF_GROUPS " AND c.last_sequence > m.delivered_through"
                           " AND c.last_sequence > m.read_through AND c.last_sequence > m.hidden_through"
                           " ORDER BY c.last_change DESC LIMIT ?",
                           user, count);
    while (groups.next())
        numbers.push_back(groups.integer(0));
    Rows rows = tx.query("SELECT c.number FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536"
                         " AND c.last_sequence > m.delivered_through AND c.last_sequence > m.read_through"
                         " AND c.last_sequence > m.hidden_through ORDER BY m.listed DESC LIMIT ?",
                         user, std::max(0, count - int(numbers.size())));
    while (rows.next())
        numbers.push_back(rows.integer(0));
    return numbers;
}

qint64 listedCount(ReadTransaction &tx, UserId user)
{
    qint64 count = 0;
    Rows rows = tx.query("SELECT listed_conversations FROM users WHERE id = ?", user);
    while (rows.next())
        count += rows.integer(0);
    Rows groups = tx.query("SELECT count(*)" OF_GROUPS WITHOUT_DELETED, user);
    while (groups.next())
        count += groups.integer(0);
    return count;
}

std::vector<int> unreadOf(ReadTransaction &tx, UserId user)
{
    std::vector<int> counts;
    Rows rows = tx.query("SELECT c.last_sequence, m.read_through, m.hidden_through, m.own_unread"
                         " FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed <> 0 AND c.number = m.key / 65536",
                         user);
    while (rows.next()) {
        const qint64 unread = rows.integer(0) - std::max(rows.integer(1), rows.integer(2)) - rows.integer(3);
        if (unread > 0)
            counts.push_back(int(unread));
    }
    return counts;
}

std::vector<ChangedEntry> changedSince(ReadTransaction &tx, UserId user, ChangedEntry from, ChangeNumber base,
                                       int count)
{
    std::vector<ChangedEntry> entries;
    if (from.changed < walkOfGroups) {
        Rows rows = tx.query("SELECT changed, key / 65536 FROM conversation_members"
                             " WHERE user_id = ? AND changed >= ? AND (changed > ? OR key >= ?)"
                             " ORDER BY changed, key LIMIT ?",
                             user, from.changed, from.changed, from.number * memberSlots, count);
        while (rows.next())
            entries.push_back({.changed = rows.integer(0), .number = rows.integer(1)});
        from = {.changed = walkOfGroups, .number = 0};
    }
    Rows rows = tx.query("SELECT c.number FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.changed = -1 AND m.key >= ? AND c.number = m.key / 65536"
                         " AND (c.last_change > ? OR c.touched > ? OR m.read_change > ? OR m.delivered_change > ?"
                         " OR m.hidden_change > ?) ORDER BY m.key LIMIT ?",
                         user, from.number * memberSlots, base, base - changedLag, base, base, base,
                         std::max(0, count - int(entries.size())));
    while (rows.next())
        entries.push_back({.changed = walkOfGroups, .number = rows.integer(0)});
    return entries;
}

void list(Transaction &tx, MemberRow &member, ChangeNumber change)
{
    if (member.listed == ofConversation)
        return;
    if (member.listed == 0 || change - member.listed > listingLag) {
        const bool isMoved = member.listed > 0
            && tx.execute("UPDATE conversation_members SET listed = ? WHERE key = ? AND listed > 0 AND listed < ?",
                          change, member.key, change)
                == 1;
        if (!isMoved
            && tx.execute("UPDATE conversation_members SET listed = ? WHERE key = ? AND listed = 0", change, member.key)
                == 1)
            tx.execute("UPDATE users SET listed_conversations = listed_conversations + 1 WHERE id = ?", member.user());
        member.listed = change;
    }
    touch(tx, member, change);
}

void unlist(Transaction &tx, MemberRow &member)
{
    if (member.listed == ofConversation)
        return; // that it is hidden says all
    if (tx.execute("UPDATE conversation_members SET listed = 0 WHERE key = ? AND listed > 0", member.key) == 1)
        tx.execute("UPDATE users SET listed_conversations = listed_conversations - 1 WHERE id = ?", member.user());
    member.listed = 0;
}

void touch(Transaction &tx, MemberRow &member, ChangeNumber change)
{
    if (member.changed == ofConversation || change - member.changed <= changedLag)
        return;
    member.changed = change;
    tx.execute("UPDATE conversation_members SET changed = ? WHERE key = ? AND changed < ?", change, member.key, change);
}

void touch(Transaction &tx, ConversationRow &conversation, ChangeNumber change)
{
    if (conversation.type == ConversationType::Group && change - conversation.touched > changedLag) {
        conversation.touched = change;
        tx.execute("UPDATE conversations SET touched = ? WHERE number = ? AND touched < ?", change, conversation.number,
                   change);
    }
    for (MemberRow &member : conversation.members)
        touch(tx, member, change);
}

} // namespace ConversationStore

} // namespace Tertulia::Server
