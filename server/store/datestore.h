// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/conversationstore.h"

namespace Tertulia::Server::DateStore {

// What a clock that was wrong for a while dated in the future. Order is by sequence and change numbers, which do not
// mind; dates are for people, for pages by time, and rise strictly within a conversation (contract, row 34).

/// Clocks are set by so much all the time: dates wait until they are caught up.
inline constexpr std::chrono::minutes tolerance{2};

[[nodiscard]] inline bool isAhead(Timestamp date, Timestamp now)
{
    return date > now + tolerance;
}

/// Dates the future messages and marks of a conversation at the present; they go on rising.
void settle(Transaction &tx, ConversationRow &conversation, Timestamp now);

/// Whether changes were numbered by a clock that was ahead of the present one.
[[nodiscard]] bool mayBeAhead(ReadTransaction &tx, Timestamp now);
/// Conversations behind this number whose last date is ahead, in their order, at most `count`.
[[nodiscard]] std::vector<ConversationNumber> ahead(ReadTransaction &tx, Timestamp now, ConversationNumber after,
                                                    int count);

} // namespace Tertulia::Server::DateStore
