// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/sessionstore.h"

namespace Tertulia::Server::SessionStore {

namespace {

#define TERTULIA_SESSION_COLUMNS                                                                                       \
    "SELECT id, user_id, created_at, last_used_at, expires_at, device_name, ip, refresh_hash, revoked_at,"             \
    " answer_used FROM sessions "

Session session(const Rows &rows)
{
    Session found;
    found.id = rows.id<SessionId>(0);
    found.user = rows.id<UserId>(1);
    found.createdAt = rows.time(2);
    found.lastUsedAt = rows.time(3);
    found.expiresAt = rows.time(4);
    found.deviceName = rows.text(5);
    found.address = rows.text(6);
    found.refreshHash = rows.bytes(7).toByteArray();
    found.endedAt = rows.optionalTime(8);
    found.isAnswerUsed = rows.flag(9);
    return found;
}

} // namespace

void insert(Transaction &tx, const Session &session)
{
    tx.execute("INSERT INTO sessions (id, user_id, created_at, last_used_at, expires_at, device_name, ip, refresh_hash)"
               " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
               session.id, session.user, session.createdAt, session.lastUsedAt, session.expiresAt, session.deviceName,
               session.address, session.refreshHash);
}

std::optional<Session> byId(ReadTransaction &tx, SessionId id)
{
    auto rows = tx.query(TERTULIA_SESSION_COLUMNS "WHERE id = ?", id);
    return rows.next() ? std::optional(session(rows)) : std::nullopt;
}

std::vector<Session> openOf(ReadTransaction &tx, UserId user, Timestamp now)
{
    std::vector<Session> sessions;
    for (auto rows = tx.query(TERTULIA_SESSION_COLUMNS
                              "WHERE user_id = ? AND revoked_at IS NULL AND expires_at > ? ORDER BY last_used_at DESC",
                              user, now);
         rows.next();)
        sessions.push_back(session(rows));
    return sessions;
}

std::vector<SessionId> endedAfter(ReadTransaction &tx, Timestamp since)
{
    std::vector<SessionId> ids;
    for (auto rows = tx.query("SELECT id FROM sessions WHERE revoked_at > ?", since); rows.next();)
        ids.push_back(rows.id<SessionId>(0));
    return ids;
}

std::vector<std::pair<SessionId, Timestamp>> unusedAnswers(ReadTransaction &tx, Timestamp since)
{
    std::vector<std::pair<SessionId, Timestamp>> found;
    for (auto rows = tx.query("SELECT id, last_used_at FROM sessions"
                              " WHERE answer_used = 0 AND revoked_at IS NULL AND last_used_at > ?",
                              since);
         rows.next();)
        found.emplace_back(rows.id<SessionId>(0), rows.time(1));
    return found;
}

void answerUsed(Transaction &tx, SessionId id, Timestamp refreshedAt)
{
    tx.execute("UPDATE sessions SET answer_used = 1 WHERE id = ? AND last_used_at = ?", id, refreshedAt);
}

void rotate(Transaction &tx, const Session &session)
{
    tx.execute("UPDATE sessions SET refresh_hash = ?, last_used_at = ?, expires_at = ?, ip = ?, answer_used = 0"
               " WHERE id = ?",
               session.refreshHash, session.lastUsedAt, session.expiresAt, session.address, session.id);
}

bool end(Transaction &tx, SessionId id, Timestamp at)
{
    return tx.execute("UPDATE sessions SET revoked_at = ? WHERE id = ? AND revoked_at IS NULL", at, id) == 1;
}

std::vector<SessionId> endAllOf(Transaction &tx, UserId user, SessionId keep, Timestamp at)
{
    std::vector<SessionId> ended;
    for (auto rows =
             tx.query("SELECT id FROM sessions WHERE user_id = ? AND id <> ? AND revoked_at IS NULL", user, keep);
         rows.next();)
        ended.push_back(rows.id<SessionId>(0));
    for (const SessionId &id : ended)
        (void)end(tx, id, at);
    return ended;
}

bool endForeign(Transaction &tx, SessionId id, Timestamp until)
{
    return tx.execute("INSERT INTO ended_tokens (id, until) VALUES (?, ?) ON CONFLICT DO NOTHING", id, until) == 1;
}

std::vector<std::pair<SessionId, Timestamp>> endedForeign(ReadTransaction &tx, Timestamp now)
{
    std::vector<std::pair<SessionId, Timestamp>> ended;
    for (auto rows = tx.query("SELECT id, until FROM ended_tokens WHERE until > ?", now); rows.next();)
        ended.emplace_back(rows.id<SessionId>(0), rows.time(1));
    return ended;
}

void removeOld(Transaction &tx, Timestamp before)
{
    tx.execute("DELETE FROM ended_tokens WHERE until < ?", before);
    tx.execute("DELETE FROM sessions WHERE expires_at < ? OR revoked_at < ?", before, before);
}

#undef TERTULIA_SESSION_COLUMNS

} // namespace Tertulia::Server::SessionStore
