// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"
#include "support/messages.h"

namespace Tertulia::Test {

/// What was written and waits to be sent. `position` 0: not in the outbox yet.
[[nodiscard]] inline Client::Command pendingIn(const ConversationId &conversation, const QString &id,
                                               qint64 position = 0)
{
    Client::Command pending;
    pending.position = position;
    pending.clientMessageId = id;
    pending.conversation = conversation;
    pending.content = QStringLiteral("Text of ") + id;
    pending.createdAt = testTime;
    return pending;
}

} // namespace Tertulia::Test
