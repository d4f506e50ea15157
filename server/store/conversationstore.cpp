// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/conversationstore.h"

#include "store/messagestore.h"

namespace Tertulia::Server {

namespace {

/// Both ids in one value that does not depend on who asks.
QByteArray directKey(UserId one, UserId two)
{
    if (two < one)
        std::swap(one, two);
    return one.uuid().toBytes() + two.uuid().toBytes();
}

// The columns that readMember() and readConversation() expect. CROSS JOIN fixes the order of the loops in SQLite.
#define CONVERSATION_COLUMNS                                                                                           \
    "SELECT c.number, c.id, c.type, c.last_sequence, c.last_change, c.updated_at, c.revision,"                         \
    " c.member_count, c.membership, c.touched,"
#define MEMBER_COLUMNS                                                                                                 \
    " m.key, m.user_id, m.role, m.hidden_through, m.read_through, m.read_at, m.read_change, m.delivered_through,"      \
    " m.delivered_at, m.delivered_change, m.own_unread, m.hidden_change, m.listed, m.changed"
#define CARD_COLUMNS ", u.full_name, u.username, u.avatar, u.status, u.last_seen_at"
#define WITH_MEMBERS " FROM conversations c CROSS JOIN conversation_members m"
#define WITH_CARDS " CROSS JOIN users u"
// The viewer's own card would be the same each time.
#define OF_WANTED_WITH_OTHERS_CARDS                                                                                    \
    " CROSS JOIN conversations c CROSS JOIN conversation_members m LEFT JOIN users u ON u.id = nullif(m.user_id, ?2)"
#define OF_CONVERSATION " AND m.key >= c.number * 65536 AND m.key < c.number * 65536 + 65536"
#define OF_FIRST_TWO " AND m.key >= c.number * 65536 AND m.key < c.number * 65536 + 2"
#define OF_MEMBER " AND u.id = m.user_id"

constexpr int firstMemberColumn = 10;
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
    row.memberCount = rows.number(7);
    row.membership = rows.integer(8);
    row.touched = rows.integer(9);
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

void addMember(ReadTransaction &tx, const Rows &rows, ConversationRow &conversation, bool hasCards)
{
    if (conversation.members.empty()) {
        readConversation(rows, conversation);
        conversation.members.reserve(2);
    }
    MemberRow &member = conversation.members.emplace_back(readMember(rows));
    if (const auto told = tx.told(member.user(), conversation.id); told && told->through > member.delivered.through)
        member.told = {.through = told->through, .at = told->at};
    if (!hasCards)
        return;
    member.card.fullName = rows.text(firstCardColumn);
    member.card.username = rows.text(firstCardColumn + 1);
    member.card.avatar = rows.optionalText(firstCardColumn + 2);
    member.isDisabled = rows.flag(firstCardColumn + 3);
    member.lastSeenAt = rows.optionalTime(firstCardColumn + 4);
}

std::optional<ConversationRow> readAll(ReadTransaction &tx, Rows rows, bool hasCards)
{
    ConversationRow conversation;
    while (rows.next())
        addMember(tx, rows, conversation, hasCards);
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

/// Tells the roster, where there is one, how far the member has come.
void note(ReadTransaction &tx, const MemberRow &member)
{
    if (Roster::Entry *const entry = tx.rosters().entry(member.key / memberSlots, member.user()))
        entry->note(member.hiddenThrough, member.read.through, member.ownUnread);
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
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.id = ?" OF_CONVERSATION OF_MEMBER,
                            id),
                   true);
}

std::optional<ConversationRow> find(ReadTransaction &tx, ConversationNumber number)
{
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.number = ?" OF_CONVERSATION OF_MEMBER,
                            number),
                   true);
}

std::vector<ConversationRow> findAll(ReadTransaction &tx, UserId viewer, const std::vector<ConversationNumber> &numbers)
{
    std::vector<ConversationRow> found;
    const auto self = numbers.empty() ? std::nullopt : person(tx, viewer);
    if (!self)
        return found;
    found.reserve(numbers.size());
    Rows rows = tx.query(
        Sql({.sqlite = CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS
             " FROM json_each(?1) wanted" OF_WANTED_WITH_OTHERS_CARDS " WHERE c.number = wanted.value" OF_CONVERSATION,
             .postgresql = CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS
             " FROM json_array_elements_text(?1) WITH ORDINALITY wanted (value, place)" OF_WANTED_WITH_OTHERS_CARDS
             " WHERE c.number = wanted.value::bigint" OF_CONVERSATION " ORDER BY wanted.place, m.key"}),
        numbers, viewer);
    while (rows.next()) {
        if (found.empty() || found.back().number != rows.integer(0))
            found.emplace_back();
        addMember(tx, rows, found.back(), true);
    }
    for (ConversationRow &conversation : found) {
        if (MemberRow *own = conversation.member(viewer)) {
            own->card = self->card;
            own->isDisabled = self->isDisabled;
            own->lastSeenAt = self->lastSeenAt;
        }
    }
    return found;
}

std::optional<ConversationRow> head(ReadTransaction &tx, ConversationId id)
{
    Rows rows = tx.query(CONVERSATION_COLUMNS " 0 FROM conversations c WHERE c.id = ?", id);
    if (!rows.next())
        return std::nullopt;
    ConversationRow conversation;
    readConversation(rows, conversation);
    return conversation;
}

std::optional<ConversationRow> findFor(ReadTransaction &tx, UserId viewer, ConversationId id)
{
    auto direct = readAll(tx,
                          tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                                   " WHERE c.id = ?" OF_FIRST_TWO OF_MEMBER,
                                   id),
                          true);
    if (direct && direct->type == ConversationType::Direct)
        return direct;
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.id = ? AND m.user_id = ?" OF_CONVERSATION OF_MEMBER,
                            id, viewer),
                   true);
}

std::optional<ConversationRow> findFor(ReadTransaction &tx, UserId viewer, ConversationNumber number)
{
    auto direct = readAll(tx,
                          tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                                   " WHERE c.number = ?" OF_FIRST_TWO OF_MEMBER,
                                   number),
                          true);
    if (direct && direct->type == ConversationType::Direct)
        return direct;
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.number = ? AND m.user_id = ?" OF_CONVERSATION OF_MEMBER,
                            number, viewer),
                   true);
}

std::optional<ConversationRow> findView(ReadTransaction &tx, UserId viewer, ConversationId id)
{
    auto found = findFor(tx, viewer, id);
    return found && found->isSmall() && !found->isWhole() ? find(tx, id) : found;
}

std::optional<ConversationRow> findView(ReadTransaction &tx, UserId viewer, ConversationNumber number)
{
    auto found = findFor(tx, viewer, number);
    return found && found->isSmall() && !found->isWhole() ? find(tx, number) : found;
}

std::optional<ConversationRow> findDirect(ReadTransaction &tx, UserId one, UserId two)
{
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS CARD_COLUMNS WITH_MEMBERS WITH_CARDS
                            " WHERE c.direct_key = ?" OF_CONVERSATION OF_MEMBER,
                            directKey(one, two)),
                   true);
}

std::optional<ConversationRow> findMarks(ReadTransaction &tx, UserId viewer, ConversationId id)
{
    auto first = readAll(
        tx, tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS " WHERE c.id = ?" OF_FIRST_TWO, id), false);
    if (first && first->type == ConversationType::Direct)
        return first;
    if (first && first->isSmall())
        return findMarks(tx, first->number);
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS
                            " WHERE c.id = ? AND m.user_id = ?" OF_CONVERSATION,
                            id, viewer),
                   false);
}

std::optional<ConversationRow> findMarks(ReadTransaction &tx, UserId viewer, ConversationNumber number)
{
    auto first = readAll(
        tx, tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS " WHERE c.number = ?" OF_FIRST_TWO, number),
        false);
    if (first && first->type == ConversationType::Direct)
        return first;
    if (first && first->isSmall())
        return findMarks(tx, number);
    return readAll(tx,
                   tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS
                            " WHERE c.number = ? AND m.user_id = ?" OF_CONVERSATION,
                            number, viewer),
                   false);
}

std::optional<ConversationRow> findMarks(ReadTransaction &tx, ConversationNumber number)
{
    return readAll(
        tx, tx.query(CONVERSATION_COLUMNS MEMBER_COLUMNS WITH_MEMBERS " WHERE c.number = ?" OF_CONVERSATION, number),
        false);
}

std::shared_ptr<const Roster> roster(ReadTransaction &tx, const ConversationRow &conversation)
{
    if (auto known = tx.rosters().find(conversation.number, conversation.membership))
        return known;
    struct Seat
    {
        UserId user;
        Sequence hiddenThrough, readThrough, ownUnread;
    };
    std::vector<Seat> seats;
    seats.reserve(size_t(conversation.memberCount));
    for (Rows rows = tx.query("SELECT user_id, hidden_through, read_through, own_unread FROM conversation_members"
                              " WHERE key >= ? AND key < ?",
                              conversation.number * memberSlots, (conversation.number + 1) * memberSlots);
         rows.next();)
        seats.push_back({rows.id<UserId>(0), rows.integer(1), rows.integer(2), rows.integer(3)});
    std::sort(seats.begin(), seats.end(), [](const Seat &one, const Seat &other) { return one.user < other.user; });
    auto made = std::make_shared<Roster>(seats.size());
    for (size_t i = 0; i < seats.size(); ++i) {
        Roster::Entry &entry = made->begin()[i];
        entry.user = seats[i].user;
        entry.note(seats[i].hiddenThrough, seats[i].readThrough, seats[i].ownUnread);
    }
    tx.rosters().keep(conversation.number, conversation.membership, made);
    return made;
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

ConversationRow createGroup(Transaction &tx, const QString &name, const std::vector<Person> &people, Timestamp now)
{
    ConversationRow group;
    group.id = ConversationId::generate();
    group.type = ConversationType::Group;
    group.lastChange = tx.nextChange();
    group.membership = group.lastChange;
    group.memberCount = int(people.size());
    group.updatedAt = now;
    {
        Rows rows = tx.change("INSERT INTO conversations (id, type, last_change, touched, membership, member_count,"
                              " updated_at, created_at, creator_id, name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                              " RETURNING number",
                              group.id, group.type, group.lastChange, group.lastChange, group.membership,
                              group.memberCount, now, now, people.front().card.id, name);
        group.number = rows.next() ? rows.integer(0) : 0; // without a number the unit has failed
    }
    group.members.reserve(people.size());
    for (const Person &person : people) {
        MemberRow &member = group.members.emplace_back();
        member.key = group.number * memberSlots + qint64(group.members.size()) - 1;
        member.card = person.card;
        member.isDisabled = person.isDisabled;
        member.lastSeenAt = person.lastSeenAt;
        member.role = group.members.size() == 1 ? MemberRole::Admin : MemberRole::Member;
        member.listed = member.changed = ofConversation;
        tx.execute("INSERT INTO conversation_members (key, user_id, role, joined_at, listed, changed)"
                   " VALUES (?, ?, ?, ?, ?, ?)",
                   member.key, member.card.id, member.role, now, member.listed, member.changed);
    }
    return group;
}

void revise(Transaction &tx, ConversationRow &conversation, ChangeNumber change)
{
    // The row is ours from here to the commit, so its revision is, too.
    tx.execute("UPDATE conversations SET revision = revision + 1, touched = ? WHERE number = ?", change,
               conversation.number);
    conversation.touched = change;
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
    note(tx, member);
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
    note(tx, member);
}

void countOwn(Transaction &tx, MemberRow &sender, Sequence sequence)
{
    tx.execute("UPDATE conversation_members SET"
               " own_unread = CASE WHEN read_through = ? THEN own_unread ELSE own_unread + 1 END,"
               " read_through = CASE WHEN read_through = ? THEN ? ELSE read_through END,"
               " delivered_through = CASE WHEN delivered_through = ? THEN ? ELSE delivered_through END WHERE key = ?",
               sequence - 1, sequence - 1, sequence, sequence - 1, sequence, sender.key);
    if (Roster::Entry *const entry = tx.rosters().entry(sender.key / memberSlots, sender.user()))
        entry->lastSent.store(sequence, std::memory_order_relaxed); // before the count, see Roster::Entry::unread()
    if (sender.delivered.through == sequence - 1)
        sender.delivered.through = sequence;
    if (sender.read.through == sequence - 1)
        sender.read.through = sequence;
    else
        ++sender.ownUnread;
    note(tx, sender);
}

void recountOwn(Transaction &tx, MemberRow &member)
{
    // Whoever moved the mark holds the row, and the messages are read after that.
    member.ownUnread = MessageStore::countOf(tx, member.key / memberSlots, member.user(),
                                             std::max(member.read.through, member.hiddenThrough));
    tx.execute("UPDATE conversation_members SET own_unread = ? WHERE key = ?", member.ownUnread, member.key);
    note(tx, member);
}

} // namespace ConversationStore

} // namespace Tertulia::Server
