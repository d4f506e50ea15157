// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/messageevents.h"

#include "protocol/events.h"
#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

QLatin1StringView nameOf(MessageChange what)
{
    switch (what) {
    case MessageChange::Sent:
        return HubEvents::receiveMessage;
    case MessageChange::Reacted:
        return HubEvents::messageReaction;
    }
    Q_UNREACHABLE();
}

MessageReaction reactionOf(const MessageChanged &change)
{
    const Message &message = change.message;
    MessageReaction event{.messageId = message.id,
                          .conversationId = message.conversationId,
                          .userId = change.by,
                          .reaction = {},
                          .message = message};
    for (const Reaction &reaction : message.reactions) {
        if (reaction.userId == change.by)
            event.reaction = reaction.reaction;
    }
    return event;
}

QByteArray payloadOf(const MessageChanged &change, WireFormat format)
{
    switch (change.what) {
    case MessageChange::Sent:
        return encodeArguments(format, change.message);
    case MessageChange::Reacted:
        return encodeArguments(format, reactionOf(change));
    }
    Q_UNREACHABLE();
}

} // namespace

SharedHubMessage messageEvent(std::shared_ptr<const MessageChanged> change)
{
    const QLatin1StringView name = nameOf(change->what);
    return std::make_shared<const SerializedHubMessage>(
        QByteArray::fromRawData(name.data(), name.size()),
        [change = std::move(change)](WireFormat format) { return payloadOf(*change, format); });
}

} // namespace Tertulia::Server
