// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "e2e/support/mirror.h"

namespace Tertulia::Test {

using namespace Qt::StringLiterals;

Mirror Mirror::fetch(RestClient &rest, const QString &self)
{
    Mirror mirror;
    mirror.m_self = self;
    const QJsonArray list = rest.get(u"/api/Chat/conversations?take=100"_s).data().toArray();
    for (const QJsonValue &entry : list) {
        const QJsonObject conversation = entry.toObject();
        mirror.takeConversation(conversation);
        const QString path = u"/api/Chat/messages?take=100&conversationId="_s + conversation[u"id"_s].toString();
        const QJsonArray messages = rest.get(path).data()[u"messages"_s].toArray();
        for (const QJsonValue &message : messages)
            mirror.takeMessage(message.toObject());
    }
    return mirror;
}

void Mirror::apply(const HubEvent &event)
{
    if (event.target == u"ReceiveMessage"_s)
        takeMessage(event.data);
    else if (event.target == u"ConversationUpdated"_s)
        takeConversation(event.data);
    else if (event.target == u"MessageReaction"_s)
        takeReaction(event.data);
    else if (event.target == u"MessageStatusUpdated"_s)
        takeStatus(event.data[u"data"_s].toObject());
    else if (event.target == u"ConversationDeleted"_s)
        m_conversations.remove(event.data[u"conversationId"_s].toString());
}

void Mirror::takeMessage(const QJsonObject &message)
{
    Message &mine =
        m_conversations[message[u"conversationId"_s].toString()].messages[message[u"messageId"_s].toString()];
    mine.sequence = message[u"sequence"_s].toInteger();
    mine.sender = message[u"senderId"_s].toString();
    mine.content = message[u"content"_s].toString();
    mine.status = message[u"status"_s].toString();
    mine.reactions.clear();
    const QJsonArray reactions = message[u"reactions"_s].toArray();
    for (const QJsonValue &one : reactions)
        mine.reactions[one[u"userId"_s].toString()] = one[u"reaction"_s].toString();
    if (mine.sender != m_self && mine.status == u"sent"_s)
        mine.status = u"delivered"_s;
}

void Mirror::takeConversation(const QJsonObject &conversation)
{
    Conversation &mine = m_conversations[conversation[u"id"_s].toString()];
    mine.lastMessage = conversation[u"lastMessage"_s][u"id"_s].toString();
    mine.unread = conversation[u"unreadCount"_s].toInt();
}

void Mirror::takeStatus(const QJsonObject &status)
{
    Conversation &conversation = m_conversations[status[u"conversationId"_s].toString()];
    const auto message = conversation.messages.find(status[u"messageId"_s].toString());
    if (message != conversation.messages.end())
        message->status = status[u"status"_s].toString();
}

/// By what the contract documents alone, as a frontend does that was written against it.
void Mirror::takeReaction(const QJsonObject &change)
{
    Conversation &conversation = m_conversations[change[u"conversationId"_s].toString()];
    const auto message = conversation.messages.find(change[u"messageId"_s].toString());
    if (message == conversation.messages.end())
        return;
    const QString person = change[u"userId"_s].toString();
    if (change[u"reaction"_s].isNull())
        message->reactions.remove(person);
    else
        message->reactions[person] = change[u"reaction"_s].toString();
}

QString Mirror::text() const
{
    QString out;
    for (auto it = m_conversations.begin(); it != m_conversations.end(); ++it) {
        out += u"%1: %2 unread, last %3\n"_s.arg(it.key()).arg(it->unread).arg(it->lastMessage);
        for (const Message &message : it->messages) {
            out += u"  %1 %2 %3 %4\n"_s.arg(message.sequence)
                       .arg(message.status, message.content, QStringList(message.reactions.values()).join(u','));
        }
    }
    return out;
}

} // namespace Tertulia::Test
