// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chat.h"
#include "services/actor.h"
#include "services/chatsettings.h"
#include "services/synccursor.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// GET /api/Chat/sync: what changed for a person since a cursor. Every change is in some page at least once; after the
/// last page (`hasMore` false) the caller's state equals the server's at that moment, however long the walk has taken.
class SyncService
{
public:
    /// @param cursorKey seals cursors, at least 32 bytes
    SyncService(ChatSettings settings, const QByteArray &cursorKey)
        : m_settings(settings)
        , m_sealer(cursorKey)
    {
    }

    /// @param since a cursor of an earlier page for this actor or an ISO time (one in the future is now); absent: from
    /// the beginning. Anything else: Invalid, reason UNKNOWN_CURSOR. @param take what is wrong with it is told as well
    [[nodiscard]] Result<SyncResult> sync(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                          const Result<std::optional<qint64>> &take) const;

private:
    /// Where a page begins, or all that is wrong with what was asked for.
    [[nodiscard]] Result<SyncCursor> begin(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                           const Result<std::optional<qint64>> &take) const;
    [[nodiscard]] Result<SyncCursor> cursorOf(ReadTransaction &tx, const Actor &actor,
                                              const std::optional<QString> &since) const;

    ChatSettings m_settings;
    Sealer m_sealer;
};

} // namespace Tertulia::Server
