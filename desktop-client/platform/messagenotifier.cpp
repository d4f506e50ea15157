// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/messagenotifier.h"

#include "client/contacts/directory.h"
#include "client/conversations/conversationclient.h"
#include "platform/notificationdaemon.h"
#include "protocol/message.h"
#include "text/plaintext.h"

namespace Tertulia::Desktop {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype mostLines = 4;
constexpr qsizetype longestLine = 160;
} // namespace

ConversationPlace ConversationPlace::fromKey(const QString &key)
{
    // An account's id is ours and has no slash.
    const auto id = ConversationId::parse(key.section(u'/', 1));
    return {key.section(u'/', 0, 0), id.value_or(ConversationId())};
}

MessageNotifier::MessageNotifier(NotificationDaemon &daemon, QObject *parent)
    : QObject(parent)
    , m_daemon(daemon)
{
    connect(&daemon, &NotificationDaemon::activated, this, [this](const QString &key, const QByteArray &token) {
        const ConversationPlace place = ConversationPlace::fromKey(key);
        if (m_clients.contains(place.accountId))
            Q_EMIT openRequested(place, token);
    });
    connect(&daemon, &NotificationDaemon::markReadRequested, this, &MessageNotifier::markRead);
    connect(&daemon, &NotificationDaemon::replied, this, &MessageNotifier::reply);
}

void MessageNotifier::watch(const QString &accountId, Client::ConversationClient *conversations)
{
    m_clients.insert(accountId, conversations);
    connect(conversations, &Client::ConversationClient::messageReceived, this,
            [this, accountId](const Message &message) { take(accountId, message); });
    connect(conversations, &Client::ConversationClient::readThroughChanged, this,
            [this, accountId](const ConversationId &conversation, Sequence upTo) {
                const QString key = ConversationPlace{accountId, conversation}.key();
                if (const auto waiting = m_waiting.constFind(key); waiting != m_waiting.cend() && upTo >= waiting->upTo)
                    close(key);
            });
    connect(conversations, &QObject::destroyed, this, [this, accountId, conversations] {
        if (m_clients.value(accountId) == conversations)
            forget(accountId);
    });
}

void MessageNotifier::forget(const QString &accountId)
{
    m_clients.remove(accountId);
    const QStringList keys = m_waiting.keys();
    for (const QString &key : keys) {
        if (ConversationPlace::fromKey(key).accountId == accountId)
            close(key);
    }
}

void MessageNotifier::setWishes(const Wishes &wishes)
{
    m_wishes = wishes;
    if (wishes.isEnabled)
        return;
    m_waiting.clear();
    m_daemon.closeAll();
}

void MessageNotifier::setLookedAt(const ConversationPlace &place)
{
    m_lookedAt = place;
    if (!place.accountId.isEmpty())
        close(place.key());
}

void MessageNotifier::take(const QString &accountId, const Message &message)
{
    const ConversationPlace place{accountId, message.conversationId};
    if (!m_wishes.isEnabled || place == m_lookedAt)
        return;
    const QString key = place.key();
    Waiting &waiting = m_waiting[key];
    waiting.upTo = qMax(waiting.upTo, message.sequence);
    waiting.lines.append(m_wishes.showsText ? excerpt(message.content, longestLine)
                                            : tr("New message", "body of a notification without its text"));
    while (waiting.lines.size() > (m_wishes.showsText ? mostLines : 1))
        waiting.lines.removeFirst();
    const UserCard sender = m_clients.value(accountId)->directory().card(message.senderId);
    m_daemon.show({key, cleanName(sender.fullName, sender.username), waiting.lines.join(u'\n')});
}

void MessageNotifier::close(const QString &key)
{
    m_waiting.remove(key);
    m_daemon.close(key);
}

Client::ConversationClient *MessageNotifier::clientOf(const QString &key) const
{
    return m_clients.value(ConversationPlace::fromKey(key).accountId);
}

void MessageNotifier::markRead(const QString &key)
{
    const Waiting waiting = m_waiting.value(key);
    close(key);
    if (auto *client = clientOf(key))
        client->markRead(ConversationPlace::fromKey(key).conversation, waiting.upTo);
}

void MessageNotifier::reply(const QString &key, const QString &text)
{
    // Who answers has read; a text that is refused here (too long) stays in the open conversation as a draft.
    const ConversationPlace place = ConversationPlace::fromKey(key);
    auto *client = clientOf(key);
    if (client && !client->send(place.conversation, text)) {
        client->setDraft(place.conversation, text, int(text.size()));
        Q_EMIT openRequested(place, {});
    }
    markRead(key);
}

} // namespace Tertulia::Desktop
