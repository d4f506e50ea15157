// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/cache/rescue.h"

#include "client/cache/cachedatabase.h"
#include "client/cache/outboxtable.h"

#include <map>
#include <unordered_set>

namespace Tertulia::Client {

namespace {

void take(Rescue &rescue, std::unordered_set<ConversationId> &known, Rows &&rows)
{
    while (rows.next()) {
        const Rescue::Words words{rows.id<ConversationId>(0), rows.text(1), rows.integer(2), rows.integer(3),
                                  rows.id<MessageId>(4)};
        if (!words.conversation.isNull() && known.insert(words.conversation).second)
            rescue.words.push_back(words);
    }
}

} // namespace

Rescue readRescue(CacheDatabase &database)
{
    Rescue rescue;
    OutboxTable outbox(database);
    std::map<qint64, Command> pending;
    for (const auto &end : {outbox.all(), outbox.allBackwards()}) {
        for (const Command &one : end) {
            if (!one.clientMessageId.isEmpty())
                pending.emplace(one.position, one);
        }
    }
    for (auto &[position, one] : pending)
        rescue.outbox.push_back(std::move(one));
#define WORDS(MESSAGE)                                                                                                 \
    "SELECT id, draft, read_through, read_sent, " MESSAGE " FROM conversations"                                        \
    " WHERE opened_at >= 0 AND (draft <> '' OR read_through > 0) ORDER BY number"
    std::unordered_set<ConversationId> conversations;
    take(rescue, conversations, Rows(database, WORDS("read_message")));
    take(rescue, conversations, Rows(database, WORDS("read_message") " DESC"));
    // A file that broke on its way to this version has no such column.
    take(rescue, conversations, Rows(database, WORDS("NULL")));
    take(rescue, conversations, Rows(database, WORDS("NULL") " DESC"));
#undef WORDS
    return rescue;
}

void writeRescue(CacheDatabase &database, const Rescue &rescue)
{
    const SqliteTransaction together(database);
    OutboxTable outbox(database);
    for (const Command &one : rescue.outbox) {
        if (outbox.insert(one))
            outbox.update(one);
    }
    for (const Rescue::Words &one : rescue.words) {
        Rows(database,
             "INSERT OR IGNORE INTO conversations (id, draft, read_through, read_sent, read_message)"
             " VALUES (?, ?, ?, ?, ?)",
             one.conversation, one.draft, one.readThrough, one.readSent, one.readMessage)
            .run();
    }
}

} // namespace Tertulia::Client
