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
class PresenceClient;
}

namespace Tertulia::ViewModels {

/// What a conversation is called and what its row says; shared by the list, the switcher and the header.
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
    [[nodiscard]] static QString title(const Client::ConversationEntry &entry, const UserId &self);
    /// The other's username with @; of a group: the number of members.
    [[nodiscard]] static QString subtitle(const Client::ConversationEntry &entry, const UserId &self);
    [[nodiscard]] static int colorIndex(const Client::ConversationEntry &entry, const UserId &self);
    /// All that one may search for.
    [[nodiscard]] static QString searchText(const Client::ConversationEntry &entry, const UserId &self);
    /// @param showsDraft false for the open conversation, whose draft is in the composer
    [[nodiscard]] static Preview preview(const Client::ConversationEntry &entry, const UserId &self, bool showsDraft);
    /// "typing…", in groups with names; empty when nobody is.
    [[nodiscard]] static QString typing(const Client::ConversationEntry &entry, const std::vector<UserId> &typists);
    /// "online", "last seen …", "12 members".
    [[nodiscard]] static QString presence(const Client::ConversationEntry &entry, const UserId &self,
                                          const Client::PresenceClient &presence, const TimeText &time);
    /// What stands for a message's content in one line: its words, or what it is.
    [[nodiscard]] static QString contentLine(const QString &content, MessageType type, bool isDeleted);
    [[nodiscard]] static DeliveryStatus::Value statusOf(MessageStatus status);
    [[nodiscard]] static QString statusText(DeliveryStatus::Value status);

private:
    [[nodiscard]] static QString firstName(const Client::ConversationEntry &entry, const UserId &user);
};

} // namespace Tertulia::ViewModels
