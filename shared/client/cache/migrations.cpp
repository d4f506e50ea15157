// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/migrations.h"

#include "client/cache/cachedatabase.h"

#include <QString>

#include <vector>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

/// Version 4: how far the others have come, by the statuses of what `self` sent (2 delivered, 3 read), and how far was
/// read elsewhere, by those of the others' messages.
Result<void> fillMarks(CacheDatabase &database, const UserId &self)
{
    const bool isFilled =
        Rows(database,
             "UPDATE conversations SET others_delivered = max("
             " coalesce((SELECT max(sequence) FROM messages WHERE conversation = number AND sender = ?1"
             " AND status IN (2, 3)), 0),"
             " CASE WHEN last_sender = ?1 AND last_status IN (2, 3) THEN coalesce(last_sequence, 0) ELSE 0 END),"
             " others_read = max("
             " coalesce((SELECT max(sequence) FROM messages WHERE conversation = number AND sender = ?1"
             " AND status = 3), 0),"
             " CASE WHEN last_sender = ?1 AND last_status = 3 THEN coalesce(last_sequence, 0) ELSE 0 END)",
             self)
            .run()
        && Rows(database,
                "UPDATE conversations SET read_through = max(read_through, known), read_sent = max(read_sent, known)"
                " FROM (SELECT conversation AS its, max(sequence) AS known FROM messages WHERE sender <> ?"
                " AND status = 3 GROUP BY conversation) WHERE number = its",
                self)
               .run();
    return isFilled ? Result<void>() : failure(Error::unavailable(u"The marks could not be made of statuses."_s));
}

struct Step
{
    std::vector<const char *> statements;
    Result<void> (*fill)(CacheDatabase &database, const UserId &self) = nullptr;
};

/// The steps, in order; the place in the list is the version they lead to. Append; never change what was released.
const std::vector<Step> steps = {
    {{
        "CREATE TABLE meta (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) WITHOUT ROWID",

        "CREATE TABLE people ("
        " id BLOB PRIMARY KEY NOT NULL,"
        " full_name TEXT NOT NULL,"
        " username TEXT NOT NULL,"
        " avatar TEXT) WITHOUT ROWID",

        // A row with listed = 0 only gives a number to messages, a draft or a read mark.
        "CREATE TABLE conversations ("
        " number INTEGER PRIMARY KEY,"
        " id BLOB NOT NULL UNIQUE,"
        " listed INTEGER NOT NULL DEFAULT 0,"
        " type INTEGER NOT NULL DEFAULT 0,"
        " participants BLOB," // see conversationcache.cpp
        " unread INTEGER NOT NULL DEFAULT 0,"
        " updated_at INTEGER NOT NULL DEFAULT 0,"
        " name TEXT, description TEXT, avatar TEXT,"
        " is_muted INTEGER NOT NULL DEFAULT 0,"
        " muted_until INTEGER,"
        " is_archived INTEGER NOT NULL DEFAULT 0,"
        " is_blocked INTEGER NOT NULL DEFAULT 0,"
        " last_id BLOB, last_sender BLOB, last_content TEXT, last_created_at INTEGER, last_type INTEGER,"
        " last_status INTEGER, last_sequence INTEGER, last_deleted INTEGER,"
        // of this machine only
        " draft TEXT NOT NULL DEFAULT '',"
        " read_through INTEGER NOT NULL DEFAULT 0,"
        " read_sent INTEGER NOT NULL DEFAULT 0," // what of it the server knows
        " view_sequence INTEGER NOT NULL DEFAULT 0,"
        " view_offset REAL NOT NULL DEFAULT 0,"
        " history_start INTEGER NOT NULL DEFAULT 0,"
        " opened_at INTEGER NOT NULL DEFAULT 0)",
        "CREATE INDEX conversations_unsent ON conversations (number) WHERE read_through > read_sent",

        // A page of history is one stretch of this tree.
        "CREATE TABLE messages ("
        " conversation INTEGER NOT NULL,"
        " sequence INTEGER NOT NULL,"
        " id BLOB NOT NULL,"
        " sender BLOB NOT NULL,"
        " status INTEGER NOT NULL,"
        " type INTEGER NOT NULL,"
        " created_at INTEGER NOT NULL,"
        " delivered_at INTEGER, read_at INTEGER, edited_at INTEGER,"
        " is_edited INTEGER NOT NULL, is_deleted INTEGER NOT NULL,"
        " content TEXT NOT NULL,"
        " client_message_id TEXT,"
        " extra BLOB," // what few messages have, see messagecache.cpp
        " PRIMARY KEY (conversation, sequence)) WITHOUT ROWID",
        "CREATE UNIQUE INDEX messages_by_id ON messages (id)",

        "CREATE TABLE outbox ("
        " position INTEGER PRIMARY KEY AUTOINCREMENT,"
        " client_message_id TEXT NOT NULL UNIQUE,"
        " conversation BLOB, recipient BLOB,"
        " content TEXT NOT NULL,"
        " created_at INTEGER NOT NULL,"
        " is_failed INTEGER NOT NULL DEFAULT 0,"
        " attempts INTEGER NOT NULL DEFAULT 0,"
        " error_code INTEGER, error_reason TEXT, error_message TEXT)",
    }},
    {{
        "ALTER TABLE conversations ADD COLUMN draft_cursor INTEGER",
    }},
    {{
        "ALTER TABLE conversations ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE messages ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        // Commands of all kinds: Command::Kind, and the id of the message that it is about.
        "ALTER TABLE outbox ADD COLUMN kind INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE outbox ADD COLUMN target BLOB",
    }},
    {{
         // Marks instead of a status of each message.
         "ALTER TABLE conversations ADD COLUMN others_delivered INTEGER NOT NULL DEFAULT 0",
         "ALTER TABLE conversations ADD COLUMN others_read INTEGER NOT NULL DEFAULT 0",
     },
     fillMarks},
    {{
        "ALTER TABLE messages DROP COLUMN status",
        "ALTER TABLE conversations DROP COLUMN last_status",
    }},
    {{
        "ALTER TABLE conversations ADD COLUMN hidden_through INTEGER NOT NULL DEFAULT 0",
    }},
    {{
        // The message that a read mark names. Of one that waits to be told: the newest that is here.
        "ALTER TABLE conversations ADD COLUMN read_message BLOB",
        "UPDATE conversations SET read_message = CASE WHEN last_sequence <= read_through THEN last_id ELSE"
        " (SELECT id FROM messages WHERE conversation = number AND sequence <= read_through"
        " ORDER BY sequence DESC LIMIT 1) END WHERE read_through > read_sent",
    }},
};

Result<void> applyStep(CacheDatabase &database, const UserId &self, int version)
{
    return allOrNothing(database, [&]() -> Result<void> {
        const Step &step = steps[size_t(version - 1)];
        for (const char *sql : step.statements) {
            if (auto done = database.run(sql); !done)
                return done;
        }
        if (step.fill) {
            if (auto done = step.fill(database, self); !done)
                return done;
        }
        return database.run("PRAGMA user_version=" + QByteArray::number(version));
    });
}

} // namespace

int newestSchema()
{
    return int(steps.size());
}

Result<void> migrateStore(CacheDatabase &database, const UserId &self, int upTo)
{
    int version = -1;
    if (Rows rows(database, "PRAGMA user_version"); rows.next())
        version = rows.number(0);
    if (version < 0)
        return failure(Error::unavailable(u"The file is no store."_s));
    if (version > newestSchema()) {
        return failure(
            Error{.code = ErrorCode::Gone,
                  .reason = {},
                  .message = u"The store has version %1, this program knows %2."_s.arg(version).arg(newestSchema()),
                  .field = {},
                  .retryAfterSeconds = 0});
    }
    while (version < upTo) {
        if (auto done = applyStep(database, self, ++version); !done)
            return done;
    }
    return {};
}

} // namespace Tertulia::Client
