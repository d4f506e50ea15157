// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/intake.h"

#include "client/limits.h"

#include <algorithm>

namespace Tertulia::Client {

namespace {

/// Never in the middle of a surrogate pair.
void cut(QString &text, qsizetype limit)
{
    if (text.size() <= limit)
        return;
    if (text[limit - 1].isHighSurrogate())
        --limit;
    text.truncate(limit);
    text.squeeze();
}

void cut(std::optional<QString> &text, qsizetype limit)
{
    if (text)
        cut(*text, limit);
}

/// An address that is cut is none.
void cutUrl(std::optional<QString> &url)
{
    if (url && url->size() > Limits::keptUrl)
        url.reset();
}

template <class T> void bound(std::vector<T> &list, size_t limit)
{
    if (list.size() > limit)
        list.erase(list.begin() + std::ptrdiff_t(limit), list.end());
}

/// Clients' own states are nothing that a server can say.
void admit(MessageStatus &status)
{
    if (status == MessageStatus::Sending || status == MessageStatus::Failed)
        status = MessageStatus::Sent;
}

void admitMedia(Message &message)
{
    if (!message.media)
        return;
    if (message.media->url.size() > Limits::keptUrl) {
        message.media.reset();
        return;
    }
    cutUrl(message.media->thumbnail);
    cut(message.media->mimeType, Limits::keptName);
    cut(message.media->fileName, Limits::keptName);
}

} // namespace

bool admit(Message &message)
{
    if (message.sequence < 1 || message.sequence > Limits::maxSequence || message.id.isNull()
        || message.conversationId.isNull() || message.senderId.isNull())
        return false;
    message.revision = std::clamp<Revision>(message.revision, 0, Limits::maxRevision);
    cut(message.content, Limits::keptText);
    if (message.clientMessageId && message.clientMessageId->size() > Limits::keptClientMessageId)
        message.clientMessageId.reset();
    message.sender.id = message.senderId;
    admit(message.sender);
    admit(message.status);
    admitMedia(message);
    bound(message.reactions, Limits::keptReactions);
    for (Reaction &reaction : message.reactions)
        cut(reaction.reaction, Limits::keptReaction);
    return true;
}

void admit(Conversation &conversation)
{
    conversation.revision = std::clamp<Revision>(conversation.revision, 0, Limits::maxRevision);
    bound(conversation.participants, Limits::keptParticipants);
    for (Participant &one : conversation.participants) {
        cut(one.fullName, Limits::keptName);
        cut(one.username, Limits::keptName);
        cutUrl(one.avatar);
    }
    if (conversation.lastMessage) {
        LastMessage &last = *conversation.lastMessage;
        cut(last.content, Limits::keptPreview);
        admit(last.status);
        if (last.sequence < 1 || last.sequence > Limits::maxSequence)
            conversation.lastMessage.reset();
    }
    conversation.unreadCount = std::clamp(conversation.unreadCount, 0, Limits::unreadCount);
    for (Sequence *const mark : {&conversation.readThrough, &conversation.othersDelivered, &conversation.othersRead,
                                 &conversation.hiddenThrough})
        *mark = std::clamp<Sequence>(*mark, 0, Limits::maxSequence);
    cut(conversation.name, Limits::keptName);
    cut(conversation.description, Limits::keptDescription);
    cutUrl(conversation.avatar);
}

void admit(ConversationRef &deleted)
{
    deleted.hiddenThrough = std::clamp<Sequence>(deleted.hiddenThrough, 0, Limits::maxSequence);
}

void admit(UserCard &card)
{
    cut(card.fullName, Limits::keptName);
    cut(card.username, Limits::keptName);
    cutUrl(card.avatar);
}

bool admit(MessageStatusData &status)
{
    admit(status.status);
    status.sequence = std::clamp<Sequence>(status.sequence, 0, Limits::maxSequence);
    return !status.messageId.isNull() && !status.conversationId.isNull();
}

void admit(std::vector<Message> &messages)
{
    bound(messages, Limits::answerEntries);
    std::erase_if(messages, [](Message &message) { return !admit(message); });
}

void admit(std::vector<Conversation> &conversations)
{
    bound(conversations, Limits::answerEntries);
    std::erase_if(conversations, [](const Conversation &conversation) { return conversation.id.isNull(); });
    for (Conversation &conversation : conversations)
        admit(conversation);
}

void admit(std::vector<MessageStatusData> &statuses)
{
    bound(statuses, Limits::answerStatuses);
    std::erase_if(statuses, [](MessageStatusData &status) { return !admit(status); });
}

void admit(MessagePage &page, const ConversationId &asked)
{
    admit(page.messages);
    std::erase_if(page.messages, [&asked](const Message &message) { return message.conversationId != asked; });
}

void takeTimes(Message &message, const MessageStatusData &status)
{
    if (status.deliveredAt || status.status == MessageStatus::Delivered)
        message.deliveredAt = status.deliveredAt.value_or(status.timestamp);
    if (status.readAt || status.status == MessageStatus::Read)
        message.readAt = status.readAt.value_or(status.timestamp);
}

LastMessage lastMessageOf(const Message &message)
{
    LastMessage last{.id = message.id,
                     .content = message.content,
                     .senderId = message.senderId,
                     .createdAt = message.createdAt,
                     .type = message.type,
                     .status = message.status,
                     .sequence = message.sequence,
                     .isDeleted = message.isDeleted};
    cut(last.content, Limits::keptPreview);
    return last;
}

} // namespace Tertulia::Client
