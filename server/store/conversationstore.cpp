// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/conversationstore.h"

#include "store/messagestore.h"
#include "text/searchwords.h"

namespace Tertulia::Server {

namespace {

constexpr qint64 memberSlots = 65'536;

/// Both ids in one value that does not depend on who asks.
QByteArray directKey(UserId one, UserId two)
{
    if (two < one)
        std::swap(one, two);
    return one.uuid().toBytes() + two.uuid().toBytes();
}

// The columns that readMember() and readConversation() expect. CROSS JOIN fixes the order of the loops in SQLite.
#define CONVERSATION_COLUMNS "SELECT c.number, c.id, c.type, c.last_sequence, c.last_change, c.updated_at, c.revision,"
#define MEMBER_COLUMNS                                                                                                 \
    " m.key, m.user_id, m.role, m.hidden_through, m.read_through, m.read_at, m.read_change, m.delivered_through,"      \
    " m.delivered_at, m.delivered_change, m.own_unread, m.hidden_change, m.listed, m.changed"
#define CARD_COLUMNS ", u.full_name, u.username, u.avatar, u.status, u.last_seen_at"
#define WITH_MEMBERS " FROM conversations c CROSS JOIN conversation_members m"
#define WITH_CARDS " CROSS JOIN users u"
#define OF_CONVERSATION " AND m.key >= c.number * 65536 AND m.key < c.number * 65536 + 65536"
#define OF_MEMBER " AND u.id = m.user_id"

constexpr int firstMemberColumn = 7;
constexpr int firstCardColumn = firstMemberColumn + 14;

void readConversation(const Rows &rows, ConversationRow &row)
{
    row.number = rows.integer(0);
    row.id = rows.id<ConversationId>(1);
    row.type = ConversationType(rows.number(2));
    row.lastSequence = rows.integer(3);
    row.lastChange = rows.integer(4);
    row.updatedAt = rows.time(5);
    row.revision = rows.integer(6);
}

MemberRow readMember(const Rows &rows)
{
    constexpr int at = firstMemberColumn;
    MemberRow member;
    member.key = rows.integer(at);
    member.card.id = rows.id<UserId>(at + 1);
    member.role = MemberRole(rows.number(at + 2));
    member.hiddenThrough = rows.integer(at + 3);
    member.read = {rows.integer(at + 4), rows.time(at + 5), rows.integer(at + 6)};
    member.delivered = {rows.integer(at + 7), rows.time(at + 8), rows.integer(at + 9)};
    member.ownUnread = rows.integer(at + 10);
    member.hiddenChange = rows.integer(at + 11);
    member.listed = rows.integer(at + 12);
    member.changed = rows.integer(at + 13);
    return member;
}

std::optional<ConversationRow> readAll(Rows rows, bool hasCards)
{
    ConversationRow conversation;
    while (rows.next()) {
        if (conversation.members.empty()) {
            readConversation(rows, conversation);
            conversation.members.reserve(2);
        }
        MemberRow &member = conversation.members.emplace_back(readMember(rows));
        if (hasCards) {
            member.card.fullName = rows.text(firstCardColumn);
            member.card.username = rows.text(firstCardColumn + 1);
            member.card.avatar = rows.optionalText(firstCardColumn + 2);
            member.isDisabled = rows.flag(firstCardColumn + 3);
            member.lastSeenAt = rows.optionalTime(firstCardColumn + 4);
        }
    }
    if (conversation.members.empty())
        return std::nullopt;
    return conversation;
}

/// The number of the new row; nothing where the two have a conversation.
std::optional<ConversationNumber> insertDirect(Transaction &tx, const ConversationRow &conversation,
                                               const QByteArray &key, Timestamp now, UserId creator)
{
    Rows rows = tx.change("INSERT INTO conversations (id, type, direct_key, last_change, updated_at, created_at,"
                          " creator_id) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (direct_key) DO NOTHING"
                          " RETURNING number",
                          conversation.id, conversation.type, key, conversation.lastChange, now, now, creator);
    return rows.next() ? std::optional(rows.integer(0)) : std::nullopt;
}

} // namespace

MemberRow *ConversationRow::member(UserId user)
{
    const auto found =
        std::find_if(members.begin(), members.end(), [user](const MemberRow &row) { return row.user() == user; });
    return found == members.end() ? nullptr : &*found;
}

const MemberRow *ConversationRow::member(UserId user) const
{
    return const_cast<ConversationRow *>(this)->member(user);
}

const MemberRow *ConversationRow::other(UserId user) const
{
    const auto found =
        std::find_if(members.begin(), members.end(), [user](const MemberRow &row) { return row.user() != user; });
    return found == members.end() ? nullptr : &*found;
}

namespace ConversationStore {

std::optional<Person> person(ReadTransaction &tx, UserId user)
{
    Rows rows = tx.query("SELECT full_name, username, avatar, status, last_seen_at FROM users WHERE id = ?", user);
    if (!rows.next())
        return std::nullopt;
    return Person{.card = {user, rows.text(0), rows.text(1), rows.optionalText(2)},
                  .isDisabled = rows.flag(3),
                  .lastSeenAt = rows.optionalTime(4)};
}

std::optional<Timestamp> lastSeen(ReadTransaction &tx, UserId user)
{
    Rows rows = tx.query("SELECT last_seen_at FROM users WHERE id = ?", user);
    return rows.next() ? rows.optionalTime(0) : std::nullopt;
}

void saveLastSeen(Transaction &tx, UserId user, Timestamp at)
{
    tx.execute("UPDATE users SET last_seen_at = ? WHERE id = ?", at, user);
}

std::vector<UserId> partners(ReadTransaction &tx, UserId user)
{
    std::vector<UserId> found;
    Rows rows = tx.query("SELECT DISTINCT o.user_id"
                         " FROM conversation_members m CROSS JOIN conversations c CROSS JOIN conversation_members o"
                         " WHERE m.user_id = ? AND c.number = m.key / 65536 AND c.last_sequence > 0"
                         " AND o.key >= c.number * 65536 AND o.key < c.number * 65536 + 65536 AND o.user_id <> ?",
                         user, user);
    while (rows.next())
        found.push_back(rows.id<UserId>(0));
    return found;
}

bool arePartners(ReadTransaction &tx, UserId one, UserId two)
{
    return tx.query("SELECT 1 FROM conversations WHERE direct_key = ? AND last_sequence > 0", directKey(one, two))
        .next();
}

std::optional<ConversationRow> find(ReadTransaction &tx, ConversationId id)
{
    return readAll(tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.id = ?" OF_CONVERSATION OF_MEMBER,
                            id),
                   true);
}

std::optional<ConversationRow> find(ReadTransaction &tx, ConversationNumber number)
{
    return readAll(tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.number = ?" OF_CONVERSATION OF_MEMBER,
                            number),
                   true);
}

std::optional<ConversationRow> findDirect(ReadTransaction &tx, UserId one, UserId two)
{
    return readAll(tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.direct_key = ?" OF_CONVERSATION OF_MEMBER,
                            directKey(one, two)),
                   true);
}

std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationId id)
{
    return readAll(tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS " WHERE c.id = ?" OF_CONVERSATION, id),
                   false);
}

std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationNumber number)
{
    return readAll(
        tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS " WHERE c.number = ?" OF_CONVERSATION, number),
        false);
}

MadeConversation createDirect(Transaction &tx, const Person &one, const Person &two, Timestamp now)
{
    ConversationRow conversation;
    conversation.id = ConversationId::generate();
    conversation.lastChange = tx.nextChange();
    conversation.updatedAt = now;
    const auto number =
        insertDirect(tx, conversation, directKey(one.card.id, two.card.id), conversation.updatedAt, one.card.id);
    if (auto theirs = number ? std::nullopt : findDirect(tx, one.card.id, two.card.id))
        return {.conversation = *std::move(theirs), .isNew = false};
    conversation.number = number.value_or(0); // without a number the unit has failed, and what follows is undone
    for (const Person *person : {&one, &two}) {
        MemberRow member;
        member.key = conversation.number * memberSlots + qint64(conversation.members.size());
        member.card = person->card;
        member.isDisabled = person->isDisabled;
        member.lastSeenAt = person->lastSeenAt;
        tx.execute("INSERT INTO conversation_members (key, user_id, role, joined_at) VALUES (?, ?, ?, ?)", member.key,
                   member.card.id, member.role, now);
        conversation.members.push_back(std::move(member));
    }
    return {.conversation = std::move(conversation), .isNew = true};
}

std::vector<ListEntry> newest(ReadTransaction &tx, UserId user, qint64 count)
{
    std::vector<ListEntry> entries;
    ChangeNumber enough = 0; // with `count` entries: the last change of the one in that place
    Rows rows = tx.query("SELECT m.listed, m.key / 65536, c.last_change"
                         " FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536 ORDER BY m.listed DESC",
                         user);
    const auto byChange = [](const ListEntry &a, const ListEntry &b) { return a.lastChange > b.lastChange; };
    while (rows.next()) {
        if (qint64(entries.size()) >= count && rows.integer(0) + listingLag < enough)
            break;
        entries.push_back({.number = rows.integer(1), .lastChange = rows.integer(2)});
        if (count > 0 && qint64(entries.size()) >= count && qint64(entries.size()) % 32 == count % 32) {
            auto place = entries.begin() + (count - 1);
            std::nth_element(entries.begin(), place, entries.end(), byChange);
            enough = place->lastChange;
        }
    }
    std::sort(entries.begin(), entries.end(), byChange);
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
    std::sort(entries.begin(), entries.end(),
              [](const ListEntry &a, const ListEntry &b) { return a.lastChange > b.lastChange; });
    return entries;
}

std::vector<ConversationNumber> undelivered(ReadTransaction &tx, UserId user, int count)
{
    std::vector<ConversationNumber> numbers;
    Rows rows = tx.query("SELECT c.number FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536"
                         " AND c.last_sequence > m.delivered_through AND c.last_sequence > m.read_through"
                         " AND c.last_sequence > m.hidden_through ORDER BY m.listed DESC LIMIT ?",
                         user, count);
    while (rows.next())
        numbers.push_back(rows.integer(0));
    return numbers;
}

qint64 listedCount(ReadTransaction &tx, UserId user)
{
    Rows rows = tx.query("SELECT listed_conversations FROM users WHERE id = ?", user);
    return rows.next() ? rows.integer(0) : 0;
}

std::vector<int> unreadOf(ReadTransaction &tx, UserId user)
{
    std::vector<int> counts;
    Rows rows = tx.query("SELECT c.last_sequence, m.read_through, m.hidden_through, m.own_unread"
                         " FROM conversation_members m CROSS JOIN conversations c"
                         " WHERE m.user_id = ? AND m.listed > 0 AND c.number = m.key / 65536",
                         user);
    while (rows.next()) {
        const qint64 unread = rows.integer(0) - std::max(rows.integer(1), rows.integer(2)) - rows.integer(3);
        if (unread > 0)
            counts.push_back(int(unread));
    }
    return counts;
}

std::vector<ChangedEntry> changedSince(ReadTransaction &tx, UserId user, ChangedEntry from, int count)
{
    std::vector<ChangedEntry> entries;
    Rows rows = tx.query("SELECT changed, key / 65536 FROM conversation_members"
                         " WHERE user_id = ? AND changed >= ? AND (changed > ? OR key >= ?)"
                         " ORDER BY changed, key LIMIT ?",
                         user, from.changed, from.changed, from.number * memberSlots, count);
    while (rows.next())
        entries.push_back({.changed = rows.integer(0), .number = rows.integer(1)});
    return entries;
}

void revise(Transaction &tx, ConversationRow &conversation)
{
    // The row is ours from here to the commit, so its revision is, too.
    tx.execute("UPDATE conversations SET revision = revision + 1 WHERE number = ?", conversation.number);
    Rows rows = tx.query("SELECT revision FROM conversations WHERE number = ?", conversation.number);
    if (rows.next())
        conversation.revision = rows.integer(0);
}

bool saveDelivered(Transaction &tx, const MemberRow &member)
{
    return tx.execute("UPDATE conversation_members SET delivered_through = ?, delivered_at = ?, delivered_change = ?"
                      " WHERE key = ? AND delivered_through < ?",
                      member.delivered.through, member.delivered.at, member.delivered.change, member.key,
                      member.delivered.through)
        == 1;
}

bool saveRead(Transaction &tx, const MemberRow &member)
{
    return tx.execute("UPDATE conversation_members SET read_through = ?, read_at = ?, read_change = ?"
                      " WHERE key = ? AND read_through < ?",
                      member.read.through, member.read.at, member.read.change, member.key, member.read.through)
        == 1;
}

void saveHidden(Transaction &tx, const MemberRow &member)
{
    tx.execute("UPDATE conversation_members SET hidden_through = ?, hidden_change = ?"
               " WHERE key = ? AND hidden_through <= ?",
               member.hiddenThrough, member.hiddenChange, member.key, member.hiddenThrough);
}

void countOwn(Transaction &tx, MemberRow &sender, Sequence sequence)
{
    tx.execute("UPDATE conversation_members SET"
               " own_unread = CASE WHEN read_through = ? THEN own_unread ELSE own_unread + 1 END,"
               " read_through = CASE WHEN read_through = ? THEN ? ELSE read_through END WHERE key = ?",
               sequence - 1, sequence - 1, sequence, sender.key);
    if (sender.read.through == sequence - 1)
        sender.read.through = sequence;
    else
        ++sender.ownUnread;
}

void recountOwn(Transaction &tx, MemberRow &member)
{
    // Whoever moved the mark holds the row, and the messages are read after that.
    member.ownUnread = MessageStore::countOf(tx, member.key / memberSlots, member.user(),
                                             std::max(member.read.through, member.hiddenThrough));
    tx.execute("UPDATE conversation_members SET own_unread = ? WHERE key = ?", member.ownUnread, member.key);
}

void list(Transaction &tx, MemberRow &member, ChangeNumber change)
{
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
    if (tx.execute("UPDATE conversation_members SET listed = 0 WHERE key = ? AND listed > 0", member.key) == 1)
        tx.execute("UPDATE users SET listed_conversations = listed_conversations - 1 WHERE id = ?", member.user());
    member.listed = 0;
}

void touch(Transaction &tx, MemberRow &member, ChangeNumber change)
{
    if (change - member.changed <= changedLag)
        return;
    member.changed = change;
    tx.execute("UPDATE conversation_members SET changed = ? WHERE key = ? AND changed < ?", change, member.key, change);
}

} // namespace ConversationStore

} // namespace Tertulia::Server
