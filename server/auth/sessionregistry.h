// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"

#include <functional>
#include <optional>
#include <shared_mutex>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace Tertulia::Server {

/// Which access tokens are no longer good although their signature is: tokens of ended sessions, of people whose
/// password or role changed, of disabled people. In memory, asked on every request; entries are forgotten when the
/// last of our tokens they could concern has expired, except disabled people: a foreign issuer may go on making tokens
/// for them. Filled by AccountWatch, at the start from the store and afterwards by domain events. Thread-safe.
class SessionRegistry
{
public:
    /// @param tokenLifetime how long an access token lives at most
    SessionRegistry(const Clock &clock, std::chrono::milliseconds tokenLifetime);

    /// @param until when the last token of the session expires, where that is no token of ours
    void endSession(SessionId session, std::optional<Timestamp> until = {});
    /// All tokens of the user issued up to now: password changed, role changed, disabled.
    void endTokensOf(UserId user);
    void setDisabled(UserId user, bool isDisabled);

    /// A refresh gave out an access token that was made at `at` or later: whether it comes is to be known, since its
    /// coming proves that the answer arrived (docs/decisions/0046).
    void expectUse(SessionId session, Timestamp at);
    /// A token of the session that was made then has come. Cheap where none is expected.
    void used(SessionId session, Timestamp issuedAt);
    using Uses = std::vector<std::pair<SessionId, Timestamp>>; ///< with the time of the refresh
    /// Those that came and are not in the store yet.
    [[nodiscard]] Uses uses() const;
    [[nodiscard]] bool isUsed(SessionId session, Timestamp refreshedAt) const;
    void forgetUses(const Uses &stored);

    [[nodiscard]] bool isGood(UserId user, SessionId session, Timestamp issuedAt) const;

private:
    void forgetOld(Timestamp now); ///< with the lock held

    const Clock &m_clock;
    std::chrono::milliseconds m_tokenLifetime;
    mutable std::shared_mutex m_mutex;
    std::unordered_map<SessionId, Timestamp> m_endedSessions; ///< until when to know of it
    std::unordered_map<UserId, Timestamp> m_endedUsers; ///< tokens issued up to then are not good
    std::unordered_set<UserId> m_disabledUsers;
    std::unordered_map<SessionId, Timestamp> m_expected, m_used; ///< the time of the refresh
    Timestamp m_nextSweep;
};

} // namespace Tertulia::Server
