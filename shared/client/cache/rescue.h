// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"

#include <vector>

namespace Tertulia::Client {

class CacheDatabase;

/// What of a store exists nowhere else: the server has all the rest.
struct Rescue
{
    struct Words
    {
        ConversationId conversation;
        QString draft;
        Sequence readThrough = 0;
        Sequence readSent = 0;
        MessageId readMessage; ///< null: not known
    };
    std::vector<Command> outbox;
    std::vector<Words> words;
};

/// Whatever of it can still be read, from both ends of each table: what lies in a broken page is lost.
[[nodiscard]] Rescue readRescue(CacheDatabase &database);
/// Into a new store. Its conversations are in the list when the server has named them.
void writeRescue(CacheDatabase &database, const Rescue &rescue);

} // namespace Tertulia::Client
