// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "client/conversations/conversationentry.h"

#include <vector>

namespace Tertulia::Client {

class CacheDatabase;

/// The rows of the outbox. What is Sending is Waiting when it is read again.
class OutboxTable
{
public:
    explicit OutboxTable(CacheDatabase &database)
        : m_database(database)
    {
    }

    /// In order of writing, or the other way round; as many as can be read from that end.
    [[nodiscard]] std::vector<Command> all();
    [[nodiscard]] std::vector<Command> allBackwards();
    /// Gives the position: that of the message, or one behind all where it is 0. Unavailable: nothing was kept.
    [[nodiscard]] Result<qint64> insert(const Command &pending);
    /// Behind all that ever were.
    [[nodiscard]] qint64 nextPosition();
    /// All but its kind and its target.
    void update(const Command &pending);
    void remove(const QString &clientMessageId);
    void clear();

private:
    [[nodiscard]] bool hasKinds();

    CacheDatabase &m_database;
};

} // namespace Tertulia::Client
