// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/messagecache.h"

#include "client/cache/cachedatabase.h"
#include "client/cache/conversationcache.h"
#include "protocol/codec.h"

namespace Tertulia::Client {

namespace {

/// What few messages have, as MessagePack in one column.
struct Extra
{
    std::optional<UserId> recipientId;
    std::optional<MediaInfo> media;
    std::optional<MessageId> replyToMessageId;
    std::vector<Reaction> reactions;

    static constexpr auto fields()
    {
        return std::tuple{omitEmpty("to", &Extra::recipientId), omitEmpty("media", &Extra::media),
                          omitEmpty("reply", &Extra::replyToMessageId), omitEmpty("reactions", &Extra::reactions)};
    }
};

/// The usual extra, a recipient and nothing else, is the sixteen bytes of the id.
QByteArray packedExtra(const Message &message)
{
    if (!message.media && !message.replyToMessageId && message.reactions.empty())
        return message.recipientId ? message.recipientId->uuid().toBytes() : QByteArray();
    return toMessagePack(Extra{message.recipientId, message.media, message.replyToMessageId, message.reactions});
}

void unpackExtra(QByteArrayView bytes, Message &message)
{
    if (bytes.isEmpty())
        return;
    if (bytes.size() == 16) {
        message.recipientId = UserId(Uuid::fromBytes(bytes));
        return;
    }
    auto extra = fromMessagePack<Extra>(bytes);
    if (!extra)
        return;
    message.recipientId = extra->recipientId;
    message.media = std::move(extra->media);
    message.replyToMessageId = extra->replyToMessageId;
    message.reactions = std::move(extra->reactions);
}

#define MESSAGE_COLUMNS                                                                                                \
    "SELECT sequence, id, sender, type, created_at, delivered_at, read_at, edited_at, is_edited, is_deleted,"          \
    " content, client_message_id, extra, revision FROM messages"

Message messageOf(const Rows &row, const ConversationId &conversation)
{
    Message message;
    message.conversationId = conversation;
    message.sequence = row.integer(0);
    message.id = row.id<MessageId>(1);
    message.senderId = row.id<UserId>(2);
    message.sender.id = message.senderId;
    message.type = MessageType(row.number(3));
    message.createdAt = row.time(4);
    message.deliveredAt = row.optionalTime(5);
    message.readAt = row.optionalTime(6);
    message.editedAt = row.optionalTime(7);
    message.isEdited = row.flag(8);
    message.isDeleted = row.flag(9);
    message.content = row.text(10);
    message.clientMessageId = row.optionalText(11);
    unpackExtra(row.bytes(12), message);
    message.revision = row.integer(13);
    return message;
}

template <class T> void takeIfSet(std::optional<T> &known, const std::optional<T> &incoming)
{
    if (incoming)
        known = incoming;
}

} // namespace

bool mergeMessage(Message &known, const Message &incoming)
{
    Message merged = incoming.revision < known.revision ? known : incoming;
    merged.status = known.status; // says nothing, see Marks
    merged.deliveredAt = known.deliveredAt;
    takeIfSet(merged.deliveredAt, incoming.deliveredAt);
    merged.readAt = known.readAt;
    takeIfSet(merged.readAt, incoming.readAt);
    if (!merged.clientMessageId)
        merged.clientMessageId = known.clientMessageId;
    if (merged == known)
        return false;
    known = std::move(merged);
    return true;
}

MessageCache::MessageCache(CacheDatabase &database, ConversationCache &conversations)
    : m_database(database)
    , m_conversations(conversations)
{
}

std::vector<Message> MessageCache::save(std::vector<Message> messages)
{
    SqliteTransaction transaction(m_database);
    std::erase_if(messages, [this](const Message &message) { return isHidden(message); });
    for (Message &message : messages) {
        const qint64 number = m_conversations.numberOf(message.conversationId);
        if (number == 0)
            continue;
        message.status = MessageStatus::Sent;
        bool isNews = true;
        {
            Rows known(m_database, MESSAGE_COLUMNS " WHERE conversation = ? AND sequence = ?", number,
                       message.sequence);
            if (known.next()) {
                Message before = messageOf(known, message.conversationId);
                if (before.id == message.id) {
                    isNews = mergeMessage(before, message);
                    message = std::move(before);
                }
            }
        }
        if (isNews)
            write(number, message);
    }
    return messages;
}

Message MessageCache::save(Message message)
{
    auto saved = save(std::vector<Message>{message});
    return saved.empty() ? message : std::move(saved.front());
}

bool MessageCache::isHidden(const Message &message)
{
    return message.sequence <= m_conversations.placeOf(message.conversationId).hiddenThrough;
}

void MessageCache::write(qint64 number, const Message &message)
{
    // The same sequence with another id, or the same id elsewhere: the last word counts.
    Rows(m_database,
         "INSERT OR REPLACE INTO messages (conversation, sequence, id, sender, type, created_at, delivered_at,"
         " read_at, edited_at, is_edited, is_deleted, content, client_message_id, extra, revision)"
         " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
         number, message.sequence, message.id, message.senderId, int(message.type), message.createdAt,
         message.deliveredAt, message.readAt, message.editedAt, message.isEdited, message.isDeleted, message.content,
         message.clientMessageId, packedExtra(message), message.revision)
        .run();
}

void MessageCache::remove(const MessageId &id)
{
    Rows(m_database, "DELETE FROM messages WHERE id = ?", id).run();
}

void MessageCache::removeAll(const ConversationId &conversation)
{
    Rows(m_database, "DELETE FROM messages WHERE conversation = ?", m_conversations.numberOf(conversation)).run();
}

void MessageCache::removeAll()
{
    Rows(m_database, "DELETE FROM messages").run();
}

std::vector<Message> MessageCache::before(const ConversationId &conversation, Sequence before, int limit)
{
    std::vector<Message> found;
    Rows rows(m_database, MESSAGE_COLUMNS " WHERE conversation = ? AND sequence < ? ORDER BY sequence DESC LIMIT ?",
              m_conversations.numberOf(conversation), before, limit);
    while (rows.next())
        found.push_back(messageOf(rows, conversation));
    return found;
}

std::vector<Message> MessageCache::after(const ConversationId &conversation, Sequence after, int limit)
{
    std::vector<Message> found;
    Rows rows(m_database, MESSAGE_COLUMNS " WHERE conversation = ? AND sequence > ? ORDER BY sequence LIMIT ?",
              m_conversations.numberOf(conversation), after, limit);
    while (rows.next())
        found.push_back(messageOf(rows, conversation));
    return found;
}

std::optional<Message> MessageCache::find(const MessageId &id)
{
    ConversationId conversation;
    {
        Rows rows(m_database,
                  "SELECT conversations.id FROM messages JOIN conversations ON conversations.number = conversation"
                  " WHERE messages.id = ?",
                  id);
        if (!rows.next())
            return std::nullopt;
        conversation = rows.id<ConversationId>(0);
    }
    Rows rows(m_database, MESSAGE_COLUMNS " WHERE id = ?", id);
    return rows.next() ? std::optional(messageOf(rows, conversation)) : std::nullopt;
}

std::optional<Message> MessageCache::at(const ConversationId &conversation, Sequence sequence)
{
    Rows rows(m_database, MESSAGE_COLUMNS " WHERE conversation = ? AND sequence = ?",
              m_conversations.numberOf(conversation), sequence);
    return rows.next() ? std::optional(messageOf(rows, conversation)) : std::nullopt;
}

#undef MESSAGE_COLUMNS

Sequence MessageCache::last(const ConversationId &conversation)
{
    Rows rows(m_database, "SELECT max(sequence) FROM messages WHERE conversation = ?",
              m_conversations.numberOf(conversation));
    return rows.next() ? rows.integer(0) : 0;
}

int MessageCache::countIncoming(const ConversationId &conversation, const UserId &self, Sequence after, Sequence upTo,
                                int limit)
{
    Rows rows(m_database,
              "SELECT count(*) FROM (SELECT 1 FROM messages WHERE conversation = ? AND sequence > ? AND sequence <= ?"
              " AND sender <> ? LIMIT ?)",
              m_conversations.numberOf(conversation), after, upTo, self, limit);
    return rows.next() ? rows.number(0) : 0;
}

Sequence MessageCache::newestIncoming(const ConversationId &conversation, const UserId &self, Sequence after, int count)
{
    Rows rows(m_database,
              "SELECT sequence FROM messages WHERE conversation = ? AND sequence > ? AND sender <> ?"
              " ORDER BY sequence DESC LIMIT 1 OFFSET ?",
              m_conversations.numberOf(conversation), after, self, count - 1);
    return rows.next() ? rows.integer(0) : 0;
}

qint64 MessageCache::count()
{
    Rows rows(m_database, "SELECT count(*) FROM messages");
    return rows.next() ? rows.integer(0) : 0;
}

} // namespace Tertulia::Client
