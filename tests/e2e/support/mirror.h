// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/support/hubclient.h"
#include "e2e/support/restclient.h"

#include <QMap>

namespace Tertulia::Test {

/// What a client shows: begun from a fetch, kept up to date by events alone. Compared with a fresh fetch it proves that
/// events and fetches tell the same story.
class Mirror
{
public:
    struct Message
    {
        qint64 sequence = 0;
        QString sender, content, status;
        QMap<QString, QString> reactions; ///< by person
        friend bool operator==(const Message &, const Message &) = default;
    };
    struct Conversation
    {
        QMap<QString, Message> messages; ///< by id
        QString lastMessage; ///< id
        int unread = 0;
        friend bool operator==(const Conversation &, const Conversation &) = default;
    };

    /// @param self the user's own id: what others wrote counts as delivered as soon as it is here
    /// (docs/protocol/hubs.md)
    [[nodiscard]] static Mirror fetch(RestClient &rest, const QString &self);
    void apply(const HubEvent &event);

    [[nodiscard]] const QMap<QString, Conversation> &conversations() const { return m_conversations; }
    /// For a test's failure message.
    [[nodiscard]] QString text() const;
    friend bool operator==(const Mirror &, const Mirror &) = default;

private:
    void takeMessage(const QJsonObject &message);
    void takeConversation(const QJsonObject &conversation);
    void takeReaction(const QJsonObject &change);
    void takeStatus(const QJsonObject &status);

    QString m_self;
    QMap<QString, Conversation> m_conversations;
};

} // namespace Tertulia::Test
