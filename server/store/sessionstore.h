// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/account.h"
#include "store/transaction.h"

#include <vector>

namespace Tertulia::Server::SessionStore {

void insert(Transaction &tx, const Session &session);
[[nodiscard]] std::optional<Session> byId(ReadTransaction &tx, SessionId id);
/// Sessions that are neither ended nor expired, last used first.
[[nodiscard]] std::vector<Session> openOf(ReadTransaction &tx, UserId user, Timestamp now);
/// Those ended after `since`: their access tokens may not have expired yet.
[[nodiscard]] std::vector<SessionId> endedAfter(ReadTransaction &tx, Timestamp since);

/// Open ones refreshed after `since` whose answer was not used yet, as far as was stored; with the time of the refresh.
[[nodiscard]] std::vector<std::pair<SessionId, Timestamp>> unusedAnswers(ReadTransaction &tx, Timestamp since);
/// An access token of the refresh at `refreshedAt` was used; nothing where there was a later refresh.
void answerUsed(Transaction &tx, SessionId id, Timestamp refreshedAt);

/// The refresh token was exchanged.
void rotate(Transaction &tx, const Session &session);
/// False when it had ended already.
[[nodiscard]] bool end(Transaction &tx, SessionId id, Timestamp at);
/// All of a user's but `keep` (may be null); those that were open.
[[nodiscard]] std::vector<SessionId> endAllOf(Transaction &tx, UserId user, SessionId keep, Timestamp at);
/// Ends the session that a foreign token is; remembered until the token has expired. False when it had ended already.
[[nodiscard]] bool endForeign(Transaction &tx, SessionId id, Timestamp until);
[[nodiscard]] std::vector<std::pair<SessionId, Timestamp>> endedForeign(ReadTransaction &tx, Timestamp now);
/// Ended or expired before `before`: nobody asks for them any more.
void removeOld(Transaction &tx, Timestamp before);

} // namespace Tertulia::Server::SessionStore
