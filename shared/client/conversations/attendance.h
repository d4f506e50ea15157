// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "client/clientparts.h"
#include "client/transport/scheduler.h"

#include <chrono>
#include <unordered_map>
#include <unordered_set>

namespace Tertulia::Client {

/// Which conversations this client listens to (who types there), and in which its own typing has been told. All of it
/// is of one connection of the hub: what is asked for without one is forgotten.
class Attendance
{
public:
    /// @param typingInterval after it typing is told again
    Attendance(const ClientParts &parts, Scheduler &scheduler, std::chrono::milliseconds typingInterval);

    void setEnabled(bool isEnabled) { m_isEnabled = isEnabled; }
    /// The connection is another one, or gone.
    void reset();
    void join(const ConversationId &id);
    void leave(const ConversationId &id);
    void setTyping(const ConversationId &id, bool isTyping);
    /// The server knows that who sends does not type any more.
    void noteSent(const ConversationId &id) { m_typingTold.erase(id); }

private:
    [[nodiscard]] bool isLive() const;

    HubConnection &m_hub;
    Scheduler &m_scheduler;
    const std::chrono::milliseconds m_typingInterval;
    bool m_isEnabled = false;
    std::unordered_set<ConversationId> m_joined;
    std::unordered_map<ConversationId, std::chrono::steady_clock::time_point> m_typingTold;
};

} // namespace Tertulia::Client
