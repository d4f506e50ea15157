// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hubs/busyretry.h"
#include "hubs/hubservices.h"
#include "hubs/presencefeed.h"
#include "protocol/events.h"
#include "signalr/hubmethods.h"

namespace Tertulia::Server {

/// /hubs/chat-online, also /hubs/onlineusers (contract.md 5.4): who is here, as far as the caller may see. A connection
/// watches people by being in their group.
class PresenceHub final : public Hub
{
public:
    PresenceHub(const HubServices &services, PresenceFeed &feed)
        : m_services(services)
        , m_feed(feed)
    {
    }

    [[nodiscard]] static HubMethods<PresenceHub> methods();

    /// Presence begins; the people the caller shares conversations with are watched from the start.
    void onConnected(HubConnectionContext &caller, HubReply<void> reply) override;
    void onDisconnected(HubConnectionContext &caller) override;

private:
    using States = std::vector<Presence>;

    void onlineUsers(HubConnectionContext &caller, QStringList userIds, HubReply<States> reply);
    void subscribePresence(HubConnectionContext &caller, QStringList userIds, HubReply<States> reply);
    void heartbeat() { }
    Result<void> setStatus(HubConnectionContext &caller, PresenceStatus status);

    /// Watches those whom the caller shares a conversation with, and tells who of them is here.
    void sendOnline(HubConnectionContext &caller);
    void look(HubConnectionContext &caller, const QStringList &userIds, bool watch, HubReply<States> reply);

    const HubServices &m_services;
    PresenceFeed &m_feed;
    BusyRetry m_onlineLater{[this](HubConnectionContext &caller) { sendOnline(caller); }};
};

} // namespace Tertulia::Server
