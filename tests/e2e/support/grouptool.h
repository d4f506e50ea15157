// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/waiting.h"
#include "e2e/support/besideserver.h"
#include "store/conversationstore.h"

namespace Tertulia::Test {

/// Makes groups beside a running server.
class GroupTool
{
public:
    explicit GroupTool(const QString &dataFolder)
        : m_executor(besideServer(dataFolder))
    {
        if (const auto started = m_executor.start(); !started)
            qFatal("%s", qPrintable(started.error().message));
    }

    /// A group of these people and so many others, who are never here. Its id.
    QString gather(const QStringList &people, int others)
    {
        const auto made = Server::waitForWrite<QString>(m_executor, [&](Server::Transaction &tx) -> Result<QString> {
            std::vector<Server::Person> members;
            for (const QString &id : people)
                members.push_back(Server::ConversationStore::person(tx, UserId::parse(id).value_or(UserId())).value());
            for (int i = 0; i < others; ++i) {
                Server::Person &other = members.emplace_back();
                other.card.id = UserId::generate();
                tx.execute("INSERT INTO users (id, username, username_key, full_name, created_at)"
                           " VALUES (?, ?, ?, ?, 0)",
                           other.card.id, other.card.id.toString(), other.card.id.toString(), QStringLiteral("Other"));
            }
            const auto group =
                Server::ConversationStore::createGroup(tx, QStringLiteral("Choir"), members, m_clock.now());
            return group.id.toString();
        });
        if (!made)
            qFatal("%s", qPrintable(made.error().message));
        return *made;
    }

private:
    SystemClock m_clock;
    Server::Executor m_executor;
};

} // namespace Tertulia::Test
