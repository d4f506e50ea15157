// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/chat.h"
#include "services/actor.h"
#include "services/chatsettings.h"
#include "store/transaction.h"

namespace Tertulia::Server {

/// GET /api/Chat/sync: what changed for a person since a cursor. Every change is in some page at least once; after the
/// last page (`hasMore` false) the caller's state equals the server's at that moment.
class SyncService
{
public:
    explicit SyncService(ChatSettings settings)
        : m_settings(settings)
    {
    }

    /// @param since a cursor of an earlier page or an ISO time; absent: from the beginning. Anything else: Invalid
    [[nodiscard]] Result<SyncResult> sync(ReadTransaction &tx, const Actor &actor, const std::optional<QString> &since,
                                          std::optional<qint64> take) const;

private:
    ChatSettings m_settings;
};

} // namespace Tertulia::Server
