// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/envelope.h"
#include "protocol/message.h"
#include "protocol/names.h"
#include "support/messages.h"
#include "support/scriptedserver.h"

namespace Tertulia::Test {

/// A ScriptedServer that takes messages as the real one does: each client message id once.
class MessageServer
{
public:
    MessageServer(const UserCard &who, ConversationId where)
        : m_sender(who)
        , m_conversation(where)
    {
        server.always("POST", QString(Routes::messages),
                      [this](const ScriptedRequest &request) { return take(request); });
    }

    ScriptedServer server;
    /// Asked before anything is taken; an answer of its own ends the matter.
    std::function<std::optional<ScriptedAnswer>(const ScriptedRequest &)> trouble;
    std::vector<Message> messages; ///< what it has, in order
    int requests = 0;

    [[nodiscard]] QStringList contents() const
    {
        QStringList list;
        for (const Message &message : messages)
            list.append(message.content);
        return list;
    }
    [[nodiscard]] ScriptedAnswer accept(const ScriptedRequest &request)
    {
        const auto asked = fromJson<SendMessageRequest>(request.body);
        if (!asked)
            return ScriptedAnswer::error(400, "VALIDATION_ERROR");
        for (const Message &known : messages) {
            if (known.clientMessageId == asked->clientMessageId)
                return ScriptedAnswer::data(toJson(known), 200);
        }
        Message message = messageFrom(m_sender, m_conversation, Sequence(messages.size()) + 1, asked->content);
        message.clientMessageId = asked->clientMessageId;
        messages.push_back(message);
        return ScriptedAnswer::data(toJson(message), 201);
    }

private:
    [[nodiscard]] ScriptedAnswer take(const ScriptedRequest &request)
    {
        ++requests;
        if (trouble) {
            if (auto answer = trouble(request))
                return *std::move(answer);
        }
        return accept(request);
    }

    UserCard m_sender;
    ConversationId m_conversation;
};

} // namespace Tertulia::Test
