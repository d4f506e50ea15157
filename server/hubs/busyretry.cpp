// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/busyretry.h"

#include "signalr/hubconnectioncontext.h"
#include "signalr/hubthread.h"

namespace Tertulia::Server {

namespace {
constexpr auto pause = std::chrono::seconds(1);
} // namespace

void BusyRetry::later(HubConnectionContext &connection, const Error &why)
{
    if (why.code != ErrorCode::Unavailable && why.code != ErrorCode::RateLimited)
        return;
    if (connection.thread().isShuttingDown())
        return;
    if (m_waiting.empty())
        connection.thread().loop().startTimer(pause, [this] { askAgain(); });
    m_waiting.push_back(std::static_pointer_cast<HubConnectionContext>(connection.shared_from_this()));
}

void BusyRetry::askAgain()
{
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &connection : waiting) {
        if (const auto alive = connection.lock())
            m_ask(*alive);
    }
}

} // namespace Tertulia::Server
