// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/migrations.h"

#include "base/logging.h"
#include "sqlite/rows.h"
#include "sqlite/transaction.h"
#include "store/database.h"
#include "text/searchwords.h"

namespace Tertulia::Server {

namespace {

using namespace Qt::StringLiterals;

/// Version 2: the words of everybody's names.
Result<void> fillUserWords(Database &database)
{
    for (Rows people(database, "SELECT id, full_name, username FROM users"); people.next();) {
        const QStringList words = distinctFoldedWords(people.text(1) + QLatin1Char(' ') + people.text(2));
        for (const QString &word : words) {
            Rows(database, "INSERT INTO user_words (word, user_id) VALUES (?, ?)", word, people.bytes(0)).run();
        }
    }
    const auto error = database.takeFailure();
    return error ? failure(*error) : Result<void>();
}

/// The steps, in order. Append; never change what was released.
const std::vector<Migration> steps = {
    {1,
     "people, conversations, messages",
     {
         // Small facts of the store itself: change_ceiling, clean_shutdown.
         "CREATE TABLE store_state (name TEXT PRIMARY KEY NOT NULL, value BIGINT NOT NULL)",
         "INSERT INTO store_state (name, value) VALUES ('change_ceiling', 0), ('clean_shutdown', 1)",

         "CREATE TABLE users ("
         " id <bytes> PRIMARY KEY NOT NULL,"
         " username TEXT NOT NULL,"
         " username_key TEXT NOT NULL UNIQUE," // folded: names differ in more than case
         " full_name TEXT NOT NULL,"
         " name_key TEXT NOT NULL DEFAULT ''," // folded full name, for the search of people
         " email TEXT,"
         " email_key TEXT UNIQUE,"
         " avatar TEXT,"
         " bio TEXT, location TEXT, website TEXT,"
         " role SMALLINT NOT NULL DEFAULT 0," // Role
         " password_hash TEXT,"
         " status SMALLINT NOT NULL DEFAULT 0," // 0 active, 1 disabled
         " external_issuer TEXT, external_subject TEXT,"
         " created_at BIGINT NOT NULL,"
         " last_seen_at BIGINT,"
         " listed_conversations INTEGER NOT NULL DEFAULT 0)", // how many rows of conversation_members have listed > 0
         "CREATE UNIQUE INDEX users_external ON users (external_issuer, external_subject)"
         " WHERE external_subject IS NOT NULL",

         "CREATE TABLE sessions ("
         " id <bytes> PRIMARY KEY NOT NULL,"
         " user_id <bytes> NOT NULL REFERENCES users (id) ON DELETE CASCADE,"
         " created_at BIGINT NOT NULL,"
         " last_used_at BIGINT NOT NULL,"
         " expires_at BIGINT NOT NULL,"
         " device_name TEXT,"
         " ip TEXT,"
         " refresh_hash <bytes> NOT NULL," // of the one refresh token that is good now
         " revoked_at BIGINT)",
         "CREATE INDEX sessions_user ON sessions (user_id)",

         // What tertulia-ctl changed, for a server that is running.
         "CREATE TABLE account_changes ("
         " number <key>,"
         " user_id <bytes> NOT NULL,"
         " at BIGINT NOT NULL)",

         // Keys are integers that keep together what is read together (docs/decisions/0031):
         // member key = conversation * 65536 + slot, message key = conversation * 4294967296 + sequence.
         "CREATE TABLE conversations ("
         " number <key>,"
         " id <bytes> NOT NULL UNIQUE,"
         " type SMALLINT NOT NULL," // ConversationType
         " direct_key <bytes> UNIQUE," // both user ids, the lower first
         " last_sequence BIGINT NOT NULL DEFAULT 0,"
         " last_change BIGINT NOT NULL," // of the last message, or of the beginning
         " updated_at BIGINT NOT NULL,"
         " created_at BIGINT NOT NULL,"
         " name TEXT, description TEXT, avatar TEXT,"
         " creator_id <bytes>)",

         "CREATE TABLE conversation_members ("
         " key <key>,"
         " user_id <bytes> NOT NULL,"
         " role SMALLINT NOT NULL DEFAULT 0," // MemberRole
         " joined_at BIGINT NOT NULL,"
         " hidden_through BIGINT NOT NULL DEFAULT 0," // history up to here is gone for this member
         " read_through BIGINT NOT NULL DEFAULT 0,"
         " read_at BIGINT NOT NULL DEFAULT 0," // when the present step of read_through began
         " delivered_through BIGINT NOT NULL DEFAULT 0,"
         " delivered_at BIGINT NOT NULL DEFAULT 0,"
         " own_unread BIGINT NOT NULL DEFAULT 0," // own messages after read_through
         " read_change BIGINT NOT NULL DEFAULT 0," // when the mark moved last
         " delivered_change BIGINT NOT NULL DEFAULT 0,"
         " hidden_change BIGINT NOT NULL DEFAULT 0,"
         " listed BIGINT NOT NULL DEFAULT 0," // place in the list, a little behind last_change; 0 = hidden
         " changed BIGINT NOT NULL DEFAULT 0)", // for sync, up to one second behind
         "CREATE UNIQUE INDEX conversation_members_user ON conversation_members (user_id, key)",
         "CREATE INDEX conversation_members_listed ON conversation_members (user_id, listed)",
         "CREATE INDEX conversation_members_changed ON conversation_members (user_id, changed)",

         // Where a member's marks stood before the present step: their steps, at most one a second and kind.
         "CREATE TABLE receipts ("
         " member_key BIGINT NOT NULL,"
         " kind SMALLINT NOT NULL," // 0 delivered, 1 read
         " through BIGINT NOT NULL,"
         " at BIGINT NOT NULL,"
         " change BIGINT NOT NULL,"
         " PRIMARY KEY (member_key, kind, through)) <clustered>",

         "CREATE TABLE messages ("
         " key <key>,"
         " id <bytes> NOT NULL,"
         " sender_id <bytes> NOT NULL,"
         " client_message_id TEXT,"
         " type SMALLINT NOT NULL," // MessageType
         " created_at BIGINT NOT NULL," // rises strictly within a conversation
         " change BIGINT NOT NULL,"
         " edited_at BIGINT,"
         " is_deleted SMALLINT NOT NULL DEFAULT 0,"
         " reply_to <bytes>,"
         " content TEXT NOT NULL)",
         "CREATE UNIQUE INDEX messages_id ON messages (id)",
         // The key first: our clients make them of the time (UUIDv7), and then the index grows at one end.
         "CREATE UNIQUE INDEX messages_client ON messages (client_message_id, sender_id)"
         " WHERE client_message_id IS NOT NULL",
     }},
    {2,
     "names that look alike, foreign tokens that were signed out",
     {
         "ALTER TABLE users ADD COLUMN username_skeleton TEXT NOT NULL DEFAULT ''", // lookalikes.h
         "CREATE INDEX users_skeleton ON users (username_skeleton)",
         "INSERT INTO store_state (name, value) VALUES ('skeletons', 0)", // Lookalikes::edition
         "CREATE TABLE ended_tokens (id <bytes> PRIMARY KEY NOT NULL, until BIGINT NOT NULL) <clustered>",
         "CREATE INDEX ended_tokens_until ON ended_tokens (until)",
     }},
    {3,
     "indexes for what anybody may ask for",
     {
         // People are found by the beginnings of the words of their names (searchwords.h).
         "CREATE TABLE user_words ("
         " word TEXT NOT NULL,"
         " user_id <bytes> NOT NULL REFERENCES users (id) ON DELETE CASCADE,"
         " PRIMARY KEY (word, user_id)) <clustered>",
         "CREATE INDEX user_words_user ON user_words (user_id, word)",
         "ALTER TABLE users DROP COLUMN name_key",
         "CREATE INDEX sessions_expires ON sessions (expires_at)",
         "CREATE INDEX sessions_revoked ON sessions (revoked_at) WHERE revoked_at IS NOT NULL",
     },
     fillUserWords},
    {4,
     "whether the answer to a refresh arrived",
     {
         // Of the last refresh: an access token that came with it was used (docs/decisions/0046).
         "ALTER TABLE sessions ADD COLUMN answer_used SMALLINT NOT NULL DEFAULT 1",
         "CREATE INDEX sessions_unused ON sessions (last_used_at) WHERE answer_used = 0",
     }},
    {5,
     "devices that are known",
     {
         "ALTER TABLE users ADD COLUMN device_epoch BIGINT NOT NULL DEFAULT 0", // rises when all are forgotten
     }},
    {6,
     "which folding the words of names are of",
     {
         "INSERT INTO store_state (name, value) VALUES ('words', 0)", // foldingEdition; see SearchIndex
     }},
    {7,
     "messages that change: revisions and reactions",
     {
         // What was there before has revision 0, which is earlier than any.
         "ALTER TABLE conversations ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
         "ALTER TABLE messages ADD COLUMN revision BIGINT NOT NULL DEFAULT 0",
         // The change at which a message became other than it was sent, for sync; null, as nearly always: never.
         "ALTER TABLE messages ADD COLUMN touched BIGINT",
         "CREATE INDEX messages_touched ON messages ((key / 4294967296), touched, key) WHERE touched IS NOT NULL",
         "ALTER TABLE messages ADD COLUMN reactions INTEGER NOT NULL DEFAULT 0", // how many rows of reactions
         "CREATE TABLE reactions ("
         " message_key BIGINT NOT NULL,"
         " user_id <bytes> NOT NULL,"
         " reaction TEXT NOT NULL,"
         " created_at BIGINT NOT NULL,"
         " PRIMARY KEY (message_key, user_id)) <clustered>",
     }},
    {8,
     "groups of any size",
     {
         // When something other than a new message happened to all members, for sync; 0: never.
         "ALTER TABLE conversations ADD COLUMN touched BIGINT NOT NULL DEFAULT 0",
         "ALTER TABLE conversations ADD COLUMN member_count INTEGER NOT NULL DEFAULT 2",
         // The change that made its members who they are; another one, other members. See Rosters.
         "ALTER TABLE conversations ADD COLUMN membership BIGINT NOT NULL DEFAULT 0",
         // From now on `listed` and `changed` of a member may be -1: where the conversation itself is, which a message
         // moves for all members at once.
     }},
    {9,
     "events for others than this process",
     {
         "CREATE TABLE outbox (number <key>, consumer TEXT NOT NULL, event TEXT NOT NULL)",
         "CREATE INDEX outbox_consumer ON outbox (consumer, number)",
     }},
    {10,
     "stores that came from a copy",
     {
         "INSERT INTO store_state (name, value) VALUES ('epoch', 0)", // see copyDatabase()
     }},
};

Result<int> presentVersion(Database &database)
{
    if (auto done = database.run("CREATE TABLE IF NOT EXISTS schema_version (version INTEGER NOT NULL)"); !done)
        return failure(done.error());
    Rows rows(database, "SELECT coalesce(max(version), 0) FROM schema_version");
    const int version = rows.next() ? rows.number(0) : 0;
    if (auto error = database.takeFailure())
        return failure(*error);
    return version;
}

Result<void> apply(Database &database, const Migration &step)
{
    for (const char *statement : step.statements) {
        if (auto done = database.run(schemaText(statement, Dialect::Sqlite)); !done)
            return done;
    }
    if (step.fill) {
        if (auto done = step.fill(database); !done)
            return done;
    }
    if (auto done = database.run("DELETE FROM schema_version"); !done)
        return done;
    return database.run("INSERT INTO schema_version (version) VALUES (" + QByteArray::number(step.version) + ')');
}

} // namespace

const std::vector<Migration> &migrations()
{
    return steps;
}

QByteArray schemaText(const char *statement, Dialect dialect)
{
    QByteArray sql(statement);
    if (dialect == Dialect::Sqlite) {
        sql.replace("<key>", "INTEGER PRIMARY KEY NOT NULL");
        sql.replace("<bytes>", "BLOB");
        sql.replace("<clustered>", "WITHOUT ROWID");
    } else {
        sql.replace("<key>", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY");
        sql.replace("<bytes>", "BYTEA");
        sql.replace("<clustered>", "");
        sql.replace(" TEXT", " TEXT COLLATE \"C\""); // compared by code points, as SQLite does
    }
    return sql;
}

int schemaVersion()
{
    return steps.back().version;
}

Result<int> migrate(Database &database, int target)
{
    const auto found = presentVersion(database);
    if (!found)
        return found;
    if (*found > schemaVersion()) {
        return failure(Error::conflict(
            u"The database has schema version %1; this program knows versions up to %2. Install the newer program, or "
            "restore a backup made before the update."_s.arg(*found)
                .arg(schemaVersion()),
            u"SCHEMA_TOO_NEW"_s));
    }
    for (const Migration &step : steps) {
        if (step.version <= *found || step.version > target)
            continue;
        const auto done = allOrNothing(database, [&] { return apply(database, step); });
        if (!done) {
            database.rollback();
            Error error = done.error();
            error.message = u"Step %1 (%2) of the schema failed: %3"_s.arg(step.version)
                                .arg(QLatin1StringView(step.name), error.message);
            return failure(error);
        }
        if (*found > 0)
            qCInfo(logStore, "schema is now version %d (%s)", step.version, step.name);
    }
    return found;
}

} // namespace Tertulia::Server
