// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/conversations/conversationentry.h"
#include "viewmodels/enums.h"

#include <QCoreApplication>
#include <QString>

#include <vector>

namespace Tertulia {
class TimeText;
}
namespace Tertulia::Client {
class ConversationClient;
class Directory;
class PresenceClient;
} // namespace Tertulia::Client

namespace Tertulia::ViewModels {

/// What a conversation is called and what its row says; shared by the list, the switcher and the header. `client` is
/// the one whose entry it is: it says who people are, and which of them is oneself.
class ConversationText
{
    Q_DECLARE_TR_FUNCTIONS(Tertulia::ViewModels::ConversationText)

public:
    struct Preview
    {
        QString prefix; ///< "You:", "Draft:", in groups who wrote
        QString text;
        bool isDraft = false;
        DeliveryStatus::Value status = DeliveryStatus::Value::None;
    };

    /// The other's name, the group's name or its members; never empty.
    [[nodiscard]] static QString title(const Client::ConversationEntry &entry,
                                       const Client::ConversationClient &client);
    /// The other's username with @; of a group: the number of members.
    [[nodiscard]] static QString subtitle(const Client::ConversationEntry &entry,
                                          const Client::ConversationClient &client);
    [[nodiscard]] static int colorIndex(const Client::ConversationEntry &entry, const UserId &self);
    /// All that one may search for.
    [[nodiscard]] static QString searchText(const Client::ConversationEntry &entry,
                                            const Client::ConversationClient &client);
    /// @param showsDraft false for the open conversation, whose draft is in the composer
    [[nodiscard]] static Preview preview(const Client::ConversationEntry &entry,
                                         const Client::ConversationClient &client, bool showsDraft);
    /// Whether a name of theirs is part of what is said here.
    [[nodiscard]] static bool concerns(const Client::ConversationEntry &entry, const UserId &user,
                                       const Client::ConversationClient &client);
    /// "typing…", in groups with names; empty when nobody is.
    [[nodiscard]] static QString typing(const Client::ConversationEntry &entry,
                                        const Client::ConversationClient &client, const std::vector<UserId> &typists);
    /// "online", "last seen …", "12 members".
    [[nodiscard]] static QString presence(const Client::ConversationEntry &entry,
                                          const Client::ConversationClient &client,
                                          const Client::PresenceClient &presence, const TimeText &time);
    /// What stands for a message's content in one line: its words, or what it is.
    [[nodiscard]] static QString contentLine(const QString &content, MessageType type, bool isDeleted);
    [[nodiscard]] static DeliveryStatus::Value statusOf(MessageStatus status);
    [[nodiscard]] static QString statusText(DeliveryStatus::Value status);

private:
    [[nodiscard]] static QString firstName(Client::Directory &directory, const UserId &user);
};

} // namespace Tertulia::ViewModels
