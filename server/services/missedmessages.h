// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/message.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// What others wrote to the person and no connection of theirs has received yet: at most `limit`, of each conversation
/// the oldest, rising by sequence, in a unit of work. For OfflineMessages (contract.md 5.3).
[[nodiscard]] std::vector<Message> missedMessages(ReadTransaction &tx, UserId user, int limit);

} // namespace Tertulia::Server
