// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/conversationcache.h"

#include "client/cache/cachedatabase.h"

#include <QtEndian>

#include <cstring>
#include <utility>

namespace Tertulia::Client {

namespace {

// Participants of one conversation: 25 bytes each, id, role, when last seen (-1 = never).
constexpr qsizetype participantSize = 16 + 1 + 8;

QByteArray packed(const std::vector<Participant> &participants)
{
    QByteArray bytes(qsizetype(participants.size()) * participantSize, Qt::Uninitialized);
    char *out = bytes.data();
    for (const Participant &one : participants) {
        std::memcpy(out, one.id.uuid().data(), 16);
        out[16] = char(one.role);
        qToLittleEndian(qint64(one.lastSeenAt ? one.lastSeenAt->time_since_epoch().count() : -1), out + 17);
        out += participantSize;
    }
    return bytes;
}

std::vector<Participant> unpacked(QByteArrayView bytes)
{
    std::vector<Participant> participants;
    participants.reserve(size_t(bytes.size() / participantSize));
    for (; bytes.size() >= participantSize; bytes = bytes.sliced(participantSize)) {
        const auto seen = qFromLittleEndian<qint64>(bytes.data() + 17);
        participants.push_back(
            {.id = UserId(Uuid::fromBytes(bytes.first(16))),
             .fullName = {},
             .username = {},
             .avatar = {},
             .role = bytes[16] == char(MemberRole::Admin) ? MemberRole::Admin : MemberRole::Member,
             .isOnline = false,
             .lastSeenAt = seen < 0 ? std::nullopt : std::optional(Timestamp(std::chrono::milliseconds(seen)))});
    }
    return participants;
}

ConversationEntry entryOf(const Rows &row)
{
    ConversationEntry entry;
    Conversation &conversation = entry.conversation;
    conversation.id = row.id<ConversationId>(0);
    conversation.type =
        row.integer(1) == qint64(ConversationType::Group) ? ConversationType::Group : ConversationType::Direct;
    conversation.participants = unpacked(row.bytes(2));
    conversation.unreadCount = row.number(3);
    conversation.updatedAt = row.time(4);
    conversation.name = row.optionalText(5);
    conversation.description = row.optionalText(6);
    conversation.avatar = row.optionalText(7);
    conversation.isMuted = row.flag(8);
    conversation.mutedUntil = row.optionalTime(9);
    conversation.isArchived = row.flag(10);
    conversation.isBlocked = row.flag(11);
    if (!row.isNull(12)) {
        conversation.lastMessage = LastMessage{.id = row.id<MessageId>(12),
                                               .content = row.text(14),
                                               .senderId = row.id<UserId>(13),
                                               .createdAt = row.time(15),
                                               .type = MessageType(row.number(16)),
                                               .status = MessageStatus::Sent,
                                               .sequence = row.integer(17),
                                               .isDeleted = row.flag(18)};
    }
    entry.draft = row.text(19);
    conversation.readThrough = row.integer(20);
    conversation.othersDelivered = row.integer(21);
    conversation.othersRead = row.integer(22);
    conversation.revision = row.integer(23);
    conversation.hiddenThrough = row.integer(24);
    return entry;
}

#define ENTRY_COLUMNS                                                                                                  \
    "SELECT id, type, participants, unread, updated_at, name, description, avatar, is_muted, muted_until,"             \
    " is_archived, is_blocked, last_id, last_sender, last_content, last_created_at, last_type, last_sequence,"         \
    " last_deleted, draft, read_through, others_delivered, others_read, revision,"                                     \
    " hidden_through FROM conversations"

} // namespace

std::vector<ConversationEntry> ConversationCache::all()
{
    std::vector<ConversationEntry> entries;
    Rows rows(m_database, ENTRY_COLUMNS " WHERE listed = 1 ORDER BY updated_at DESC, id");
    while (rows.next())
        entries.push_back(entryOf(rows));
    return entries;
}

std::optional<ConversationEntry> ConversationCache::find(const ConversationId &id)
{
    Rows rows(m_database, ENTRY_COLUMNS " WHERE id = ?", id);
    return rows.next() ? std::optional(entryOf(rows)) : std::nullopt;
}

#undef ENTRY_COLUMNS

void ConversationCache::save(const Conversation &conversation)
{
    SqliteTransaction transaction(m_database);
    const Place place = madePlace(conversation.id);
    const auto last = [&conversation](auto LastMessage::*member) {
        return conversation.lastMessage ? std::optional(conversation.lastMessage.value().*member) : std::nullopt;
    };
    const auto lastNumber = [&conversation](auto LastMessage::*member) {
        return conversation.lastMessage ? std::optional(qint64(conversation.lastMessage.value().*member))
                                        : std::nullopt;
    };
    Rows(m_database,
         "UPDATE conversations SET listed = 1, type = ?, participants = ?, unread = ?, updated_at = ?, name = ?,"
         " description = ?, avatar = ?, is_muted = ?, muted_until = ?, is_archived = ?, is_blocked = ?, last_id = ?,"
         " last_sender = ?, last_content = ?, last_created_at = ?, last_type = ?, last_sequence = ?,"
         " last_deleted = ?, revision = ?, hidden_through = max(hidden_through, ?) WHERE number = ?",
         int(conversation.type), packed(conversation.participants), conversation.unreadCount, conversation.updatedAt,
         conversation.name, conversation.description, conversation.avatar, conversation.isMuted,
         conversation.mutedUntil, conversation.isArchived, conversation.isBlocked, last(&LastMessage::id),
         last(&LastMessage::senderId), last(&LastMessage::content), last(&LastMessage::createdAt),
         lastNumber(&LastMessage::type), last(&LastMessage::sequence), lastNumber(&LastMessage::isDeleted),
         conversation.revision, conversation.hiddenThrough, place.number)
        .run();
    if (conversation.hiddenThrough <= place.hiddenThrough)
        return;
    Rows(m_database, "DELETE FROM messages WHERE conversation = ? AND sequence <= ?", place.number,
         conversation.hiddenThrough)
        .run();
    m_places.erase(conversation.id);
}

void ConversationCache::remove(const ConversationId &id)
{
    const qint64 number = numberOf(id);
    if (number == 0)
        return;
    // Deleting very many messages takes time: the number loses its name at once, LocalStore::trim() does the rest.
    Rows(m_database,
         "UPDATE conversations SET id = randomblob(16), listed = 0, opened_at = -1, draft = '',"
         " last_content = NULL, read_through = read_sent WHERE number = ?",
         number)
        .run();
    m_places.erase(id);
}

void ConversationCache::setDraft(const ConversationId &id, const QString &text, int cursor)
{
    Rows(m_database, "UPDATE conversations SET draft = ?, draft_cursor = ? WHERE number = ?", text, cursor,
         numberOf(id))
        .run();
}

std::optional<int> ConversationCache::draftCursor(const ConversationId &id)
{
    Rows rows(m_database, "SELECT draft_cursor FROM conversations WHERE id = ? AND draft <> ''", id);
    return rows.next() && !rows.isNull(0) ? std::optional(rows.number(0)) : std::nullopt;
}

void ConversationCache::setReadThrough(const ConversationId &id, Sequence sequence, const MessageId &message)
{
    Rows(m_database,
         "UPDATE conversations SET read_through = ?1, read_message = ?2 WHERE number = ?3 AND read_through < ?1",
         sequence, message, numberOf(id))
        .run();
}

void ConversationCache::raiseMarks(const ConversationId &id, Sequence readThrough, const RecipientMarks &others)
{
    Rows(m_database,
         "UPDATE conversations SET read_sent = max(read_sent, ?1), read_through = max(read_through, ?1),"
         " others_delivered = max(others_delivered, ?2), others_read = max(others_read, ?3) WHERE number = ?4",
         readThrough, others.delivered, others.read, numberOf(id))
        .run();
}

void ConversationCache::forgetMarks()
{
    Rows(m_database,
         "UPDATE conversations SET read_sent = 0, read_through = 0, others_delivered = 0, others_read = 0,"
         " hidden_through = 0")
        .run();
    m_places.clear();
}

ViewPosition ConversationCache::viewPosition(const ConversationId &id)
{
    Rows rows(m_database, "SELECT view_sequence, view_offset FROM conversations WHERE id = ?", id);
    return rows.next() ? ViewPosition{rows.integer(0), rows.real(1)} : ViewPosition();
}

void ConversationCache::setViewPosition(const ConversationId &id, const ViewPosition &position)
{
    Rows(m_database, "UPDATE conversations SET view_sequence = ?, view_offset = ? WHERE number = ?", position.sequence,
         position.offset, numberOf(id))
        .run();
}

void ConversationCache::touch(const ConversationId &id, Timestamp now)
{
    Rows(m_database, "UPDATE conversations SET opened_at = ? WHERE number = ?", now, numberOf(id)).run();
}

Sequence ConversationCache::historyStart(const ConversationId &id)
{
    Rows rows(m_database, "SELECT history_start FROM conversations WHERE id = ?", id);
    return rows.next() ? rows.integer(0) : 0;
}

void ConversationCache::setHistoryStart(const ConversationId &id, Sequence sequence)
{
    Rows(m_database, "UPDATE conversations SET history_start = ? WHERE number = ?", sequence, numberOf(id)).run();
}

std::vector<ConversationCache::UnsentMark> ConversationCache::unsentReadMarks()
{
    std::vector<UnsentMark> marks;
    Rows rows(m_database, "SELECT id, read_through, read_message FROM conversations WHERE read_through > read_sent");
    while (rows.next())
        marks.push_back({rows.id<ConversationId>(0), rows.integer(1), rows.id<MessageId>(2)});
    return marks;
}

bool ConversationCache::isReadMarkUnsent(const ConversationId &id)
{
    Rows rows(m_database, "SELECT read_through > read_sent FROM conversations WHERE number = ?", numberOf(id));
    return rows.next() && rows.integer(0) != 0;
}

void ConversationCache::setReadMarkSent(const ConversationId &id, Sequence sequence)
{
    Rows(m_database, "UPDATE conversations SET read_sent = max(read_sent, min(?1, read_through)) WHERE number = ?2",
         sequence, numberOf(id))
        .run();
}

ConversationCache::Place ConversationCache::placeOf(const ConversationId &id)
{
    if (std::exchange(m_rollbacks, m_database.rollbacks()) != m_database.rollbacks())
        m_places.clear();
    const auto at = m_places.find(id);
    if (at != m_places.end())
        return at->second;
    Rows rows(m_database, "SELECT number, hidden_through FROM conversations WHERE id = ?", id);
    if (!rows.next())
        return {};
    return m_places[id] = {.number = rows.integer(0), .hiddenThrough = rows.integer(1)};
}

ConversationCache::Place ConversationCache::madePlace(const ConversationId &id)
{
    if (const Place known = placeOf(id); known.number != 0)
        return known;
    Rows made(m_database, "INSERT INTO conversations (id) VALUES (?) RETURNING number", id);
    const Place place{.number = made.next() ? made.integer(0) : 0, .hiddenThrough = 0};
    if (place.number == 0 || !made.run())
        return {};
    return m_places[id] = place;
}

} // namespace Tertulia::Client
