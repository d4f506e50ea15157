// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationclient.h"
#include "store/executor.h"

#include <map>

namespace Tertulia::Test {

/// The rows of a running server, read beside it, without any of the ways by which clients get them.
class ServerRows
{
public:
    explicit ServerRows(const QString &dataFolder);

    /// How what this person's client shows differs from the rows; empty: it does not. The client's timelines are open,
    /// and loaded from one end to the other.
    [[nodiscard]] QString differs(UserId user, Client::ConversationClient &shown);
    /// What was written into all conversations of these people, by id.
    [[nodiscard]] std::map<MessageId, Message> messagesOf(const std::vector<UserId> &people);

private:
    Server::Executor m_executor;
};

} // namespace Tertulia::Test
