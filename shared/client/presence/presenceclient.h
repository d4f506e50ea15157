// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientparts.h"
#include "client/conversations/conversationentry.h"
#include "protocol/events.h"

#include <QObject>

#include <chrono>
#include <memory>
#include <vector>

namespace Tertulia::Client {

class ConversationClient;

struct PresenceOptions
{
    std::chrono::milliseconds typingExpiry{6'000}; ///< terms of the contract: typing lapses by itself
    int subscribeChunk = 500; ///< people of one call
    std::chrono::milliseconds subscribeDelay{200}; ///< who becomes a contact meanwhile is asked for together
};

/// Who is online, since when not, and who is typing. Knows nothing while its hub is not connected: then everybody is
/// offline, with the last time that was told.
class PresenceClient : public QObject
{
    Q_OBJECT
public:
    /// @param presenceHub the hub of Routes::onlineHub; typing comes over parts.chatHub
    PresenceClient(HubConnection &presenceHub, const ClientParts &parts, const PresenceOptions &options = {},
                   QObject *parent = nullptr);
    ~PresenceClient() override;

    /// People whose presence is wanted, besides those with whom there is a conversation; forgotten at no time.
    void watch(const std::vector<UserId> &users);
    /// Learns from the participants of all conversations, now and as they come; the presence of those who come while
    /// the hub is connected is asked for. Outlives this object or ends before it.
    void follow(ConversationClient &conversations);
    /// What a conversation says of its participants: what is known until the hub says more.
    void learn(const std::vector<Participant> &participants);

    [[nodiscard]] bool isOnline(const UserId &user) const;
    /// Online, status and when last seen, as far as known.
    [[nodiscard]] Presence presence(const UserId &user) const;
    [[nodiscard]] bool isTyping(const ConversationId &conversation) const { return !typists(conversation).empty(); }
    /// Who is typing, who began first in front; never oneself.
    [[nodiscard]] std::vector<UserId> typists(const ConversationId &conversation) const;

Q_SIGNALS:
    void presenceChanged(const Tertulia::UserId &user);
    void presenceReset(); ///< that of everybody may be another: connected or disconnected
    void typingChanged(const Tertulia::ConversationId &conversation);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Tertulia::Client
