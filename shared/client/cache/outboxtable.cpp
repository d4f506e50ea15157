// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/outboxtable.h"

#include "client/cache/cachedatabase.h"

namespace Tertulia::Client {

namespace {

#define OUTBOX_COLUMNS                                                                                                 \
    "SELECT position, client_message_id, conversation, content, created_at, is_failed, attempts,"                      \
    " error_code, error_reason, error_message"
#define WITH_KINDS ", kind, target FROM outbox"
#define WITHOUT_KINDS ", 0, NULL FROM outbox"

template <class Id> std::optional<Id> orNull(const Id &id)
{
    return id.isNull() ? std::nullopt : std::optional(id);
}

std::vector<Command> allOf(Rows &&rows)
{
    std::vector<Command> found;
    while (rows.next()) {
        Command pending;
        pending.position = rows.integer(0);
        pending.clientMessageId = rows.text(1);
        pending.conversation = rows.id<ConversationId>(2);
        pending.content = rows.text(3);
        pending.createdAt = rows.time(4);
        pending.state = rows.flag(5) ? Command::State::Failed : Command::State::Waiting;
        pending.attempts = rows.number(6);
        if (!rows.isNull(7)) {
            pending.failure = Error{.code = ErrorCode(rows.number(7)),
                                    .reason = rows.text(8),
                                    .message = rows.text(9),
                                    .field = {},
                                    .retryAfterSeconds = 0};
        }
        pending.kind = Command::Kind(rows.number(10));
        pending.target = rows.id<MessageId>(11);
        if (pending.kind > Command::Kind::React)
            continue; // of a newer version's
        found.push_back(std::move(pending));
    }
    return found;
}

} // namespace

std::vector<Command> OutboxTable::all()
{
    return hasKinds() ? allOf(Rows(m_database, OUTBOX_COLUMNS WITH_KINDS " ORDER BY position"))
                      : allOf(Rows(m_database, OUTBOX_COLUMNS WITHOUT_KINDS " ORDER BY position"));
}

std::vector<Command> OutboxTable::allBackwards()
{
    return hasKinds() ? allOf(Rows(m_database, OUTBOX_COLUMNS WITH_KINDS " ORDER BY position DESC"))
                      : allOf(Rows(m_database, OUTBOX_COLUMNS WITHOUT_KINDS " ORDER BY position DESC"));
}

#undef OUTBOX_COLUMNS
#undef WITH_KINDS
#undef WITHOUT_KINDS

/// A damaged file that is being rescued may be of an earlier version.
bool OutboxTable::hasKinds()
{
    Rows rows(m_database, "SELECT 1 FROM pragma_table_info('outbox') WHERE name = 'kind'");
    return rows.next();
}

Result<qint64> OutboxTable::insert(const Command &pending)
{
    Rows insert(m_database,
                "INSERT INTO outbox (position, client_message_id, conversation, kind, target, content, created_at)"
                " VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?) RETURNING position",
                pending.position, pending.clientMessageId, orNull(pending.conversation), int(pending.kind),
                orNull(pending.target), pending.content, pending.createdAt);
    const qint64 position = insert.next() ? insert.integer(0) : 0;
    if (position == 0 || !insert.run())
        return failure(Error::unavailable(QStringLiteral("What was done could not be written to the disk.")));
    return position;
}

qint64 OutboxTable::nextPosition()
{
    Rows rows(m_database,
              "SELECT 1 + max(coalesce((SELECT max(position) FROM outbox), 0),"
              " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'outbox'), 0))");
    return rows.next() ? rows.integer(0) : 1;
}

void OutboxTable::update(const Command &pending)
{
    const auto code = pending.failure ? std::optional(qint64(pending.failure->code)) : std::nullopt;
    const Error error = pending.failure.value_or(Error());
    Rows(m_database,
         "UPDATE outbox SET position = ?, conversation = ?, content = ?, is_failed = ?, attempts = ?, error_code = ?,"
         " error_reason = ?, error_message = ? WHERE client_message_id = ?",
         pending.position, orNull(pending.conversation), pending.content, pending.state == Command::State::Failed,
         pending.attempts, code, error.reason, error.message, pending.clientMessageId)
        .run();
}

void OutboxTable::remove(const QString &clientMessageId)
{
    Rows(m_database, "DELETE FROM outbox WHERE client_message_id = ?", clientMessageId).run();
}

void OutboxTable::clear()
{
    Rows(m_database, "DELETE FROM outbox").run();
}

} // namespace Tertulia::Client
