// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "auth/sealer.h"
#include "store/messagestore.h"

namespace Tertulia::Server {

/// Where a person's sync stands. Between two rounds: `base` alone. Inside a round, which reports changes up to `upTo`:
/// where the walk goes on.
struct SyncCursor
{
    ChangeNumber base = 0; ///< the caller has everything up to here
    ChangeNumber upTo = -1; ///< -1: a new round
    ConversationStore::ChangedEntry from;
    MessageStore::Touched touched; ///< of the conversation at `from`: the changed ones sent so far
    Sequence sent = 0; ///< of the conversation at `from`: the new ones sent so far, behind all changed ones

    /// Of somebody who has everything up to a change.
    [[nodiscard]] static SyncCursor after(ChangeNumber base)
    {
        SyncCursor cursor;
        cursor.base = base;
        return cursor;
    }
    /// How it travels: sealed for one person, because it holds numbers of the store's inside (docs/decisions/0036).
    /// @param epoch of the store: epochOf()
    [[nodiscard]] QString seal(const Sealer &sealer, UserId owner, qint64 epoch) const;
    /// Empty for what is no cursor of this server for this person, or of a store before it was restored.
    [[nodiscard]] static std::optional<SyncCursor> open(const Sealer &sealer, UserId owner, qint64 epoch,
                                                        const QString &text);

    friend bool operator==(const SyncCursor &one, const SyncCursor &other)
    {
        return one.base == other.base && one.upTo == other.upTo && one.from.changed == other.from.changed
            && one.from.number == other.from.number && one.touched.at == other.touched.at
            && one.touched.sequence == other.touched.sequence && one.sent == other.sent;
    }
};

} // namespace Tertulia::Server
