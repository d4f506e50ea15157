// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/conversations/attendance.h"

#include "client/transport/hubconnection.h"
#include "protocol/names.h"

#include <tuple>

namespace Tertulia::Client {

Attendance::Attendance(const ClientParts &parts, Scheduler &scheduler, std::chrono::milliseconds typingInterval)
    : m_hub(parts.chatHub)
    , m_scheduler(scheduler)
    , m_typingInterval(typingInterval)
{
}

bool Attendance::isLive() const
{
    return m_isEnabled && m_hub.state() == HubConnection::State::Connected;
}

void Attendance::reset()
{
    m_joined.clear();
    m_typingTold.clear();
}

void Attendance::join(const ConversationId &id)
{
    if (isLive() && m_joined.insert(id).second)
        std::ignore = m_hub.send(HubMethods::joinConversation, id.toString());
}

void Attendance::leave(const ConversationId &id)
{
    if (m_joined.erase(id) > 0)
        std::ignore = m_hub.send(HubMethods::leaveConversation, id.toString());
}

void Attendance::setTyping(const ConversationId &id, bool isTyping)
{
    if (!isLive())
        return;
    const auto now = m_scheduler.now();
    const auto told = m_typingTold.find(id);
    if (isTyping) {
        if (told != m_typingTold.end() && now - told->second < m_typingInterval)
            return;
        m_typingTold[id] = now;
    } else if (told == m_typingTold.end()) {
        return;
    } else {
        m_typingTold.erase(told);
    }
    std::ignore = m_hub.send(HubMethods::sendTypingIndicator, id.toString(), isTyping);
}

} // namespace Tertulia::Client
