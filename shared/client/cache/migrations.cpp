// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/migrations.h"

#include "client/cache/cachedatabase.h"

#include <QString>

#include <vector>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

/// The steps, in order; the place in the list is the version they lead to. Append; never change what was released.
const std::vector<std::vector<const char *>> steps = {
    {
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
    },
    {
        "ALTER TABLE conversations ADD COLUMN draft_cursor INTEGER",
    },
    {
        "ALTER TABLE conversations ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE messages ADD COLUMN revision INTEGER NOT NULL DEFAULT 0",
        // Commands of all kinds: Command::Kind, and the id of the message that it is about.
        "ALTER TABLE outbox ADD COLUMN kind INTEGER NOT NULL DEFAULT 0",
        "ALTER TABLE outbox ADD COLUMN target BLOB",
    },
};

Result<void> applyStep(CacheDatabase &database, int version)
{
    return allOrNothing(database, [&]() -> Result<void> {
        for (const char *sql : steps[size_t(version - 1)]) {
            if (auto done = database.run(sql); !done)
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

Result<void> migrateStore(CacheDatabase &database, int upTo)
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
        if (auto done = applyStep(database, ++version); !done)
            return done;
    }
    return {};
}

} // namespace Tertulia::Client
