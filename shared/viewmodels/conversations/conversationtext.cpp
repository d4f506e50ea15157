// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/conversations/conversationtext.h"

#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "client/presence/presenceclient.h"
#include "text/messageformatter.h"
#include "text/plaintext.h"
#include "text/timetext.h"
#include "viewmodels/persona.h"

#include <QStringList>

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {
constexpr qsizetype namesInTitle = 4; // of a group that has no name

QString nameOf(Client::Directory &directory, const UserId &user)
{
    const UserCard card = directory.card(user);
    return cleanName(card.fullName, card.username);
}
} // namespace

QString ConversationText::title(const Client::ConversationEntry &entry, const Client::ConversationClient &client)
{
    const UserId &self = client.self().id;
    const auto &conversation = entry.conversation;
    if (const auto *other = entry.other(self)) {
        if (const auto name = nameOf(client.directory(), other->id); !name.isEmpty())
            return name;
        return tr("Unknown person");
    }
    if (conversation.type == ConversationType::Direct)
        return tr("Notes to yourself", "the conversation that somebody has alone");
    if (conversation.name) {
        if (const auto name = cleanName(*conversation.name); !name.isEmpty())
            return name;
    }
    QStringList names;
    for (const auto &participant : conversation.participants) {
        if (participant.id != self && names.size() < namesInTitle)
            names << isolated(nameOf(client.directory(), participant.id));
    }
    return names.isEmpty() ? tr("Group without a name") : names.join(QStringLiteral(", "));
}

QString ConversationText::subtitle(const Client::ConversationEntry &entry, const Client::ConversationClient &client)
{
    if (const auto *other = entry.other(client.self().id))
        return handleOf(client.directory().card(other->id).username);
    if (entry.conversation.type == ConversationType::Group)
        return tr("%n members", nullptr, int(entry.conversation.participants.size()));
    return {};
}

int ConversationText::colorIndex(const Client::ConversationEntry &entry, const UserId &self)
{
    const auto *other = entry.other(self);
    return other ? colorIndexOf(other->id) : colorIndexOf(entry.conversation.id);
}

QString ConversationText::searchText(const Client::ConversationEntry &entry, const Client::ConversationClient &client)
{
    // as it came: nobody sees it, and cleaning ten thousand names takes longer than finding one
    if (const auto *other = entry.other(client.self().id)) {
        const UserCard card = client.directory().card(other->id);
        return card.fullName + u' ' + card.username;
    }
    return entry.conversation.name ? *entry.conversation.name : title(entry, client);
}

bool ConversationText::concerns(const Client::ConversationEntry &entry, const UserId &user,
                                const Client::ConversationClient &client)
{
    if (user == client.self().id) // "You", everywhere
        return false;
    const auto &last = entry.conversation.lastMessage;
    return entry.participant(user) || (last && last->senderId == user);
}

QString ConversationText::contentLine(const QString &content, MessageType type, bool isDeleted)
{
    if (isDeleted)
        return tr("Message deleted");
    const auto words = MessageFormatter::preview(content);
    if (!words.isEmpty())
        return words;
    switch (type) {
    case MessageType::Image:
        return tr("Picture");
    case MessageType::Video:
        return tr("Video");
    case MessageType::File:
        return tr("File");
    case MessageType::Audio:
        return tr("Voice message");
    case MessageType::Call:
        return tr("Call");
    case MessageType::Text:
    case MessageType::System:
        return tr("Empty message");
    }
    return tr("This version cannot show this message.");
}

ConversationText::Preview ConversationText::preview(const Client::ConversationEntry &entry,
                                                    const Client::ConversationClient &client, bool showsDraft)
{
    if (showsDraft && !entry.draft.isEmpty())
        return {tr("Draft:"), MessageFormatter::preview(entry.draft), true, DeliveryStatus::Value::None};
    if (entry.pending) {
        const bool isFailed = entry.pending->state == Client::Command::State::Failed;
        return {tr("You:"), MessageFormatter::preview(entry.pending->content), false,
                isFailed ? DeliveryStatus::Value::Failed : DeliveryStatus::Value::Sending};
    }
    if (!entry.conversation.lastMessage)
        return {};
    const auto &last = *entry.conversation.lastMessage;
    Preview preview;
    preview.text = contentLine(last.content, last.type, last.isDeleted);
    if (last.senderId == client.self().id) {
        preview.prefix = tr("You:");
        if (!last.isDeleted)
            preview.status = statusOf(entry.lastStatus());
    } else if (entry.conversation.type == ConversationType::Group) {
        const auto name = firstName(client.directory(), last.senderId);
        if (!name.isEmpty())
            //: Stands in front of what somebody wrote in a group.
            preview.prefix = tr("%1:", "a person's name").arg(isolated(name));
    }
    return preview;
}

QString ConversationText::firstName(Client::Directory &directory, const UserId &user)
{
    return nameOf(directory, user).section(u' ', 0, 0);
}

QString ConversationText::typing(const Client::ConversationEntry &entry, const Client::ConversationClient &client,
                                 const std::vector<UserId> &typists)
{
    if (typists.empty())
        return {};
    if (entry.conversation.type == ConversationType::Direct)
        return tr("typing…");
    const auto first = firstName(client.directory(), typists.front());
    if (first.isEmpty() || typists.size() > 2)
        return tr("%n people are typing…", nullptr, int(typists.size()));
    if (typists.size() == 1)
        return tr("%1 is typing…").arg(isolated(first));
    return tr("%1 and %2 are typing…").arg(isolated(first), isolated(firstName(client.directory(), typists.back())));
}

QString ConversationText::presence(const Client::ConversationEntry &entry, const Client::ConversationClient &client,
                                   const Client::PresenceClient &presence, const TimeText &time)
{
    const auto *other = entry.other(client.self().id);
    if (!other)
        return subtitle(entry, client);
    const auto known = presence.presence(other->id);
    if (known.isOnline) {
        if (known.status == PresenceStatus::Away)
            return tr("away", "of a person");
        if (known.status == PresenceStatus::Busy)
            return tr("busy", "of a person");
        return tr("online", "of a person");
    }
    const auto seen = known.lastSeenAt ? known.lastSeenAt : other->lastSeenAt;
    return seen ? time.lastSeen(*seen) : QString();
}

DeliveryStatus::Value ConversationText::statusOf(MessageStatus status)
{
    switch (status) {
    case MessageStatus::Sending:
        return DeliveryStatus::Value::Sending;
    case MessageStatus::Sent:
        return DeliveryStatus::Value::Sent;
    case MessageStatus::Delivered:
        return DeliveryStatus::Value::Delivered;
    case MessageStatus::Read:
        return DeliveryStatus::Value::Read;
    case MessageStatus::Failed:
        break;
    }
    return DeliveryStatus::Value::Failed;
}

QString ConversationText::statusText(DeliveryStatus::Value status)
{
    switch (status) {
    case DeliveryStatus::Value::None:
        break;
    case DeliveryStatus::Value::Sending:
        return tr("Waiting to be sent", "how far a message got");
    case DeliveryStatus::Value::Sent:
        return tr("Sent", "how far a message got");
    case DeliveryStatus::Value::Delivered:
        return tr("Delivered", "how far a message got");
    case DeliveryStatus::Value::Read:
        return tr("Read", "how far a message got");
    case DeliveryStatus::Value::Failed:
        return tr("Not sent", "how far a message got");
    }
    return {};
}

} // namespace Tertulia::ViewModels
