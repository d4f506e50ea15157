// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/messagestore.h"

namespace Tertulia::Server {

namespace {

constexpr qint64 sequences = 4'294'967'296;

constexpr qint64 messageKey(ConversationNumber conversation, Sequence sequence)
{
    return conversation * sequences + sequence;
}

#define MESSAGE_COLUMNS                                                                                                \
    "SELECT m.key, m.id, m.sender_id, m.client_message_id, m.type, m.created_at, m.edited_at, m.is_deleted,"           \
    " m.reply_to, m.content, m.revision, m.reactions"

constexpr int reactionsColumn = 11;

Message readMessage(const Rows &rows)
{
    Message message;
    message.sequence = rows.integer(0) % sequences;
    message.id = rows.id<MessageId>(1);
    message.senderId = rows.id<UserId>(2);
    message.clientMessageId = rows.optionalText(3);
    message.type = MessageType(rows.number(4));
    message.createdAt = rows.time(5);
    message.editedAt = rows.optionalTime(6);
    message.isEdited = message.editedAt.has_value();
    message.isDeleted = rows.flag(7);
    if (!rows.isNull(8))
        message.replyToMessageId = rows.id<MessageId>(8);
    message.content = rows.text(9);
    message.revision = rows.integer(10);
    return message;
}

#define LAST_MESSAGE_COLUMNS "SELECT m.key, m.id, m.content, m.sender_id, m.created_at, m.type, m.is_deleted"

LastMessage readLast(const Rows &rows)
{
    return {.id = rows.id<MessageId>(1),
            .content = rows.text(2),
            .senderId = rows.id<UserId>(3),
            .createdAt = rows.time(4),
            .type = MessageType(rows.number(5)),
            .status = MessageStatus::Sent,
            .sequence = rows.integer(0) % sequences,
            .isDeleted = rows.flag(6)};
}

/// Gives messages of one conversation, rising by sequence, their reactions.
void addReactions(ReadTransaction &tx, ConversationNumber conversation, Message *begin, Message *end)
{
    Rows rows = tx.query("SELECT message_key, user_id, reaction, created_at FROM reactions"
                         " WHERE message_key >= ? AND message_key <= ?",
                         messageKey(conversation, begin->sequence), messageKey(conversation, (end - 1)->sequence));
    Message *message = begin;
    while (rows.next()) {
        const Sequence sequence = rows.integer(0) % sequences;
        while (message != end && message->sequence < sequence)
            ++message;
        if (message == end)
            break;
        if (message->sequence == sequence)
            message->reactions.push_back(
                {.userId = rows.id<UserId>(1), .reaction = rows.text(2), .createdAt = rows.time(3)});
    }
    for (; begin != end; ++begin) {
        std::stable_sort(begin->reactions.begin(), begin->reactions.end(),
                         [](const Reaction &a, const Reaction &b) { return a.createdAt < b.createdAt; });
    }
}

std::optional<StoredMessage> readStored(ReadTransaction &tx, Rows rows)
{
    if (!rows.next())
        return std::nullopt;
    // The conversation is known by number only; the id of it is one small look-up.
    StoredMessage stored{.conversation = rows.integer(0) / sequences, .message = readMessage(rows)};
    stored.message.conversationId = rows.id<ConversationId>(12);
    if (rows.integer(reactionsColumn) > 0)
        addReactions(tx, stored.conversation, &stored.message, &stored.message + 1);
    return stored;
}

/// The last sequence for which `isWithin` holds, which holds for a beginning of the conversation.
template <class Test> Sequence lastWithin(Sequence last, Test isWithin)
{
    // New things are asked for most: look at the end first, in growing steps.
    Sequence high = last + 1; // not within
    Sequence low = last;
    for (Sequence step = 1; low > 0 && !isWithin(low); step *= 2) {
        high = low;
        low = std::max<Sequence>(0, low - step);
    }
    while (high - low > 1) {
        const Sequence middle = low + (high - low) / 2;
        if (isWithin(middle))
            low = middle;
        else
            high = middle;
    }
    return low;
}

} // namespace

namespace MessageStore {

bool append(Transaction &tx, ConversationRow &conversation, Message &message, ChangeNumber change)
{
    {
        // Until the unit ends no other writer of PostgreSQL gets the row. SQLite has one writer.
        Rows row = tx.query(
            Sql({.sqlite =
                     "SELECT last_sequence, updated_at, revision, last_change FROM conversations WHERE number = ?",
                 .postgresql = "SELECT last_sequence, updated_at, revision, last_change FROM conversations"
                               " WHERE number = ? FOR UPDATE"}),
            conversation.number);
        if (!row.next())
            return false;
        conversation.lastSequence = row.integer(0);
        conversation.updatedAt = row.time(1);
        conversation.revision = row.integer(2);
        // Rising with the sequence, whoever else took a number before us and commits after us: lastUpTo() rests on it.
        change = std::max(change, row.integer(3));
    }
    message.sequence = conversation.lastSequence + 1;
    message.revision = conversation.revision + 1;
    if (conversation.lastSequence > 0)
        message.createdAt = std::max(message.createdAt, conversation.updatedAt + std::chrono::milliseconds(1));
    // Of this one rule alone: any other that is broken is a mistake of ours.
    const int added = tx.execute(
        "INSERT INTO messages (key, id, sender_id, client_message_id, type, created_at, change,"
        " reply_to, content, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (client_message_id, sender_id) WHERE client_message_id IS NOT NULL DO NOTHING",
        messageKey(conversation.number, message.sequence), message.id, message.senderId, message.clientMessageId,
        message.type, message.createdAt, change, message.replyToMessageId, message.content, message.revision);
    if (added == 0)
        return false;
    conversation.lastSequence = message.sequence;
    conversation.revision = message.revision;
    conversation.updatedAt = message.createdAt;
    conversation.lastChange = change;
    tx.execute("UPDATE conversations SET last_sequence = last_sequence + 1, revision = revision + 1, last_change = ?,"
               " updated_at = ?"
               " WHERE number = ?",
               change, message.createdAt, conversation.number);
    return true;
}

std::optional<StoredMessage> find(ReadTransaction &tx, MessageId id)
{
    return readStored(tx,
                      tx.query(MESSAGE_COLUMNS ", c.id FROM messages m CROSS JOIN conversations c"
                                               " WHERE m.id = ? AND c.number = m.key / 4294967296",
                               id));
}

std::optional<StoredMessage> findByClientId(ReadTransaction &tx, UserId sender, const QString &clientMessageId)
{
    return readStored(tx,
                      tx.query(MESSAGE_COLUMNS ", c.id FROM messages m CROSS JOIN conversations c"
                                               " WHERE m.client_message_id = ? AND m.sender_id = ?"
                                               " AND c.number = m.key / 4294967296",
                               clientMessageId, sender));
}

std::optional<Place> place(ReadTransaction &tx, MessageId id)
{
    Rows rows = tx.query("SELECT key FROM messages WHERE id = ?", id);
    if (!rows.next())
        return std::nullopt;
    return Place{.conversation = rows.integer(0) / sequences, .sequence = rows.integer(0) % sequences};
}

std::vector<Message> range(ReadTransaction &tx, const ConversationRow &conversation, Sequence first, Sequence last)
{
    std::vector<Message> messages;
    if (last < first)
        return messages;
    messages.reserve(size_t(std::min<Sequence>(last - first + 1, 1'000)));
    Rows rows = tx.query(MESSAGE_COLUMNS " FROM messages m WHERE m.key >= ? AND m.key <= ? ORDER BY m.key",
                         messageKey(conversation.number, first), messageKey(conversation.number, last));
    bool hasReactions = false;
    while (rows.next()) {
        messages.push_back(readMessage(rows));
        hasReactions = hasReactions || rows.integer(reactionsColumn) > 0;
    }
    for (Message &message : messages)
        message.conversationId = conversation.id;
    if (hasReactions)
        addReactions(tx, conversation.number, messages.data(), messages.data() + messages.size());
    return messages;
}

void touch(Transaction &tx, ConversationNumber conversation, Sequence sequence, Revision revision, ChangeNumber change)
{
    tx.execute("UPDATE messages SET revision = ?, touched = ? WHERE key = ?", revision, change,
               messageKey(conversation, sequence));
}

std::vector<Touched> touchedSince(ReadTransaction &tx, ConversationNumber conversation, Touched from, Sequence known,
                                  int count)
{
    std::vector<Touched> found;
    Rows rows = tx.query("SELECT touched, key FROM messages WHERE touched IS NOT NULL AND key / 4294967296 = ?"
                         " AND (touched, key) > (?, ?) AND key <= ? ORDER BY touched, key LIMIT ?",
                         conversation, from.at, messageKey(conversation, from.sequence),
                         messageKey(conversation, known), count);
    while (rows.next())
        found.push_back({.at = rows.integer(0), .sequence = rows.integer(1) % sequences});
    return found;
}

bool setReaction(Transaction &tx, ConversationNumber conversation, Sequence sequence, UserId user,
                 const std::optional<QString> &reaction, Timestamp now)
{
    const qint64 key = messageKey(conversation, sequence);
    if (!reaction) {
        if (tx.execute("DELETE FROM reactions WHERE message_key = ? AND user_id = ?", key, user) == 0)
            return false;
        tx.execute("UPDATE messages SET reactions = reactions - 1 WHERE key = ?", key);
        return true;
    }
    if (tx.execute("INSERT INTO reactions (message_key, user_id, reaction, created_at) VALUES (?, ?, ?, ?)"
                   " ON CONFLICT DO NOTHING",
                   key, user, *reaction, now)
        > 0) {
        tx.execute("UPDATE messages SET reactions = reactions + 1 WHERE key = ?", key);
        return true;
    }
    return tx.execute("UPDATE reactions SET reaction = ?, created_at = ? WHERE message_key = ? AND user_id = ?"
                      " AND reaction <> ?",
                      *reaction, now, key, user, *reaction)
        > 0;
}

std::optional<LastMessage> last(ReadTransaction &tx, const ConversationRow &conversation)
{
    Rows rows = tx.query(LAST_MESSAGE_COLUMNS " FROM messages m WHERE m.key = ?",
                         messageKey(conversation.number, conversation.lastSequence));
    return rows.next() ? std::optional(readLast(rows)) : std::nullopt;
}

std::vector<std::optional<LastMessage>> last(ReadTransaction &tx, const std::vector<ConversationRow> &conversations)
{
    std::vector<qint64> keys;
    keys.reserve(conversations.size());
    for (const ConversationRow &conversation : conversations)
        keys.push_back(messageKey(conversation.number, conversation.lastSequence));
    std::vector<std::optional<LastMessage>> found(keys.size());
    Rows rows =
        tx.query(Sql({.sqlite = LAST_MESSAGE_COLUMNS
                      " FROM json_each(?) wanted CROSS JOIN messages m WHERE m.key = wanted.value",
                      .postgresql = LAST_MESSAGE_COLUMNS
                      " FROM json_array_elements_text(?) WITH ORDINALITY wanted (value, place) CROSS JOIN messages m"
                      " WHERE m.key = wanted.value::bigint ORDER BY wanted.place"}),
                 keys);
    size_t at = 0;
    while (rows.next()) {
        while (keys[at] != rows.integer(0)) // a conversation without a message
            ++at;
        found[at] = readLast(rows);
    }
    return found;
}

std::vector<MessageHead> heads(ReadTransaction &tx, ConversationNumber conversation, Sequence after, Sequence through)
{
    std::vector<MessageHead> found;
    Rows rows = tx.query("SELECT key, id, sender_id, created_at FROM messages WHERE key > ? AND key <= ? ORDER BY key",
                         messageKey(conversation, after), messageKey(conversation, through));
    while (rows.next()) {
        found.push_back({.id = rows.id<MessageId>(1),
                         .sequence = rows.integer(0) % sequences,
                         .sender = rows.id<UserId>(2),
                         .createdAt = rows.time(3)});
    }
    return found;
}

std::vector<Reach> reachOf(ReadTransaction &tx, ConversationNumber conversation, const std::vector<MessageHead> &heads)
{
    std::vector<Reach> reach(heads.size());
    if (heads.empty())
        return reach;
    Rows rows =
        tx.query("SELECT user_id, delivered_through, read_through FROM conversation_members"
                 " WHERE key >= ? AND key < ? AND (delivered_through >= ? OR read_through >= ?)",
                 conversation * 65'536, (conversation + 1) * 65'536, heads.front().sequence, heads.front().sequence);
    while (rows.next()) {
        const auto user = rows.id<UserId>(0);
        const Sequence read = rows.integer(2), delivered = std::max(rows.integer(1), read);
        for (size_t i = 0; i < heads.size() && heads[i].sequence <= delivered; ++i) {
            if (heads[i].sender == user)
                continue;
            ++reach[i].delivered;
            reach[i].read += heads[i].sequence <= read ? 1 : 0;
        }
    }
    return reach;
}

qint64 countOf(ReadTransaction &tx, ConversationNumber conversation, UserId sender, Sequence after)
{
    Rows rows = tx.query("SELECT count(*) FROM messages WHERE key > ? AND key < ? AND sender_id = ?",
                         messageKey(conversation, after), messageKey(conversation + 1, 0), sender);
    return rows.next() ? rows.integer(0) : 0;
}

Sequence lastBefore(ReadTransaction &tx, const ConversationRow &conversation, Timestamp time)
{
    return lastWithin(conversation.lastSequence, [&](Sequence sequence) {
        Rows rows =
            tx.query("SELECT created_at FROM messages WHERE key = ?", messageKey(conversation.number, sequence));
        return !rows.next() || rows.time(0) < time;
    });
}

Sequence lastUpTo(ReadTransaction &tx, const ConversationRow &conversation, ChangeNumber change)
{
    return lastWithin(conversation.lastSequence, [&](Sequence sequence) {
        Rows rows = tx.query("SELECT change FROM messages WHERE key = ?", messageKey(conversation.number, sequence));
        return !rows.next() || rows.integer(0) <= change;
    });
}

std::vector<Mark> receiptSteps(ReadTransaction &tx, qint64 memberKey, ReceiptKind kind, Sequence from, Sequence through)
{
    std::vector<Mark> steps;
    Rows rows = tx.query("SELECT through, at, change FROM receipts WHERE member_key = ? AND kind = ? AND through >= ?"
                         " ORDER BY through",
                         memberKey, kind, from);
    while (rows.next()) {
        steps.push_back({.through = rows.integer(0), .at = rows.time(1), .change = rows.integer(2)});
        if (steps.back().through >= through)
            break;
    }
    return steps;
}

Sequence receiptAt(ReadTransaction &tx, qint64 memberKey, ReceiptKind kind, ChangeNumber change)
{
    Rows rows = tx.query("SELECT through, change FROM receipts WHERE member_key = ? AND kind = ? ORDER BY through DESC",
                         memberKey, kind);
    while (rows.next()) {
        if (rows.integer(1) <= change)
            return rows.integer(0);
    }
    return 0;
}

void addReceipt(Transaction &tx, qint64 memberKey, ReceiptKind kind, const Mark &step)
{
    tx.execute("INSERT INTO receipts (member_key, kind, through, at, change) VALUES (?, ?, ?, ?, ?)"
               " ON CONFLICT DO NOTHING",
               memberKey, kind, step.through, step.at, step.change);
}

} // namespace MessageStore

} // namespace Tertulia::Server
