// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QHash>
#include <QObject>
#include <QStringList>

namespace Tertulia {
struct Message;
namespace Client {
class ConversationClient;
}
} // namespace Tertulia

namespace Tertulia::Desktop {

class NotificationDaemon;

/// One conversation of one account.
struct ConversationPlace
{
    QString accountId;
    ConversationId conversation;

    [[nodiscard]] QString key() const { return accountId + QLatin1Char('/') + conversation.toString(); }
    [[nodiscard]] static ConversationPlace fromKey(const QString &key);
    friend bool operator==(const ConversationPlace &, const ConversationPlace &) = default;
};

/// Decides what is worth a notification and what a click on it means. One notification a conversation; none for the one
/// that is being looked at; gone when its messages are read, here or on another device.
class MessageNotifier : public QObject
{
    Q_OBJECT

public:
    struct Wishes
    {
        bool isEnabled = true;
        bool showsText = true; ///< false: only that somebody wrote
    };

    explicit MessageNotifier(NotificationDaemon &daemon, QObject *parent = nullptr);

    /// Notifies of what this account receives, until the client is gone. Muted conversations are its business.
    void watch(const QString &accountId, Client::ConversationClient *conversations);
    void forget(const QString &accountId);

    void setWishes(const Wishes &wishes);
    /// What is in sight of a person: an active window's open conversation; an empty account id for none.
    void setLookedAt(const ConversationPlace &place);

Q_SIGNALS:
    void openRequested(const Tertulia::Desktop::ConversationPlace &place, const QByteArray &activationToken);

private:
    void take(const QString &accountId, const Message &message);
    void close(const QString &key);
    void reply(const QString &key, const QString &text);
    void markRead(const QString &key);
    [[nodiscard]] Client::ConversationClient *clientOf(const QString &key) const;

    /// What the notification of a conversation shows.
    struct Waiting
    {
        QStringList lines; ///< the newest few
        Sequence upTo = 0;
    };

    NotificationDaemon &m_daemon;
    Wishes m_wishes;
    QHash<QString, Client::ConversationClient *> m_clients;
    QHash<QString, Waiting> m_waiting; ///< by key
    ConversationPlace m_lookedAt;
};

} // namespace Tertulia::Desktop
