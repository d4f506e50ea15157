// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/datestore.h"

namespace Tertulia::Server::DateStore {

void settle(Transaction &tx, ConversationRow &conversation, Timestamp now)
{
    const qint64 base = conversation.number * 4'294'967'296;
    const qint64 last = base + conversation.lastSequence;
    qint64 firstAhead = last + 1;
    Timestamp before; // of the last message that is not ahead
    for (auto rows =
             tx.query("SELECT key, created_at FROM messages WHERE key > ? AND key <= ? ORDER BY key DESC", base, last);
         rows.next();) {
        before = rows.time(1);
        if (before <= now)
            break;
        firstAhead = rows.integer(0);
        before = {};
    }
    // A millisecond apart, the last one now, and none before what came before.
    const qint64 present = now.time_since_epoch().count();
    const qint64 offset = std::max(present - last, before.time_since_epoch().count() + 1 - firstAhead);
    tx.execute("UPDATE messages SET created_at = key + ? WHERE key >= ? AND key <= ?", offset, firstAhead, last);
    conversation.updatedAt = firstAhead > last ? now : Timestamp(std::chrono::milliseconds(last + offset));
    tx.execute("UPDATE conversations SET updated_at = ? WHERE number = ?", conversation.updatedAt, conversation.number);

    const qint64 firstMember = conversation.number * 65'536;
    const qint64 endOfMembers = firstMember + 65'536;
    tx.execute(Sql({.sqlite = "UPDATE conversation_members SET read_at = min(read_at, ?),"
                              " delivered_at = min(delivered_at, ?) WHERE key >= ? AND key < ?",
                    .postgresql = "UPDATE conversation_members SET read_at = least(read_at, ?),"
                                  " delivered_at = least(delivered_at, ?) WHERE key >= ? AND key < ?"}),
               now, now, firstMember, endOfMembers);
    tx.execute("UPDATE receipts SET at = ? WHERE member_key >= ? AND member_key < ? AND at > ?", now, firstMember,
               endOfMembers, now);
    for (MemberRow &member : conversation.members) {
        member.read.at = std::min(member.read.at, now);
        member.delivered.at = std::min(member.delivered.at, now);
    }
}

bool mayBeAhead(ReadTransaction &tx, Timestamp now)
{
    return tx.committedChange()
        > std::chrono::duration_cast<std::chrono::microseconds>((now + tolerance).time_since_epoch()).count();
}

std::vector<ConversationNumber> ahead(ReadTransaction &tx, Timestamp now, ConversationNumber after, int count)
{
    std::vector<ConversationNumber> numbers;
    for (auto rows =
             tx.query("SELECT number FROM conversations WHERE number > ? AND updated_at > ? ORDER BY number LIMIT ?",
                      after, now + tolerance, count);
         rows.next();)
        numbers.push_back(rows.integer(0));
    return numbers;
}

} // namespace Tertulia::Server::DateStore
