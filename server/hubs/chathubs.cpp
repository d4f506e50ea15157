// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/chathubs.h"

#include "hubs/chatcaller.h"
#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

QByteArray path(QLatin1StringView route)
{
    return QByteArray(route.data(), route.size());
}

} // namespace

ChatHubs::ChatHubs(HubServer &server, HubServices services)
    : m_services(services)
    , m_chat(server, ChatHub::methods(),
             [this](HubThread &) { return std::make_unique<ChatHub>(m_services, m_fanout); })
    , m_online(server, PresenceHub::methods(),
               [this](HubThread &) { return std::make_unique<PresenceHub>(m_services, m_feed); })
    , m_fanout(server, m_chat.clients(), m_services)
    , m_feed(m_online.clients(), m_services)
{
    HubEndpointSettings chat;
    chat.path = path(Routes::chatHub);
    chat.admits = isNamedRightly;
    m_chat.serveAt(std::move(chat));
    HubEndpointSettings online;
    online.path = path(Routes::onlineHub);
    online.admits = isNamedRightly;
    online.aliases = {path(Routes::onlineHubAlias)};
    m_online.serveAt(std::move(online));
    m_services.presence.setListener([this](const Presence &state) { m_feed.changed(state); });
}

ChatHubs::~ChatHubs()
{
    m_services.presence.setListener({});
}

void ChatHubs::publish(const std::vector<DomainEvent> &events)
{
    m_fanout.publish(events);
    for (const DomainEvent &event : events) {
        const auto *const changed = std::get_if<MessageChanged>(&event);
        if (!changed || !changed->isNew() || changed->message.sequence != 1 || changed->roster)
            continue;
        std::vector<UserId> people;
        for (const MemberState &member : changed->members)
            people.push_back(member.card.id);
        m_feed.met(std::move(people));
    }
}

void ChatHubs::tick()
{
    m_services.presence.expire();
    m_feed.saveLastSeen();
    m_services.deliveries.tick();
}

} // namespace Tertulia::Server
