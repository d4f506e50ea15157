// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hublink.h"

#include "client/transport/longpollinglink.h"
#include "client/transport/serversenteventslink.h"
#include "client/transport/websocketlink.h"

#include <utility>

namespace Tertulia::Client {

std::unique_ptr<HubLink> HubLink::make(HubTransport transport, std::shared_ptr<HubAccess> access, Scheduler &scheduler,
                                       QUrl url, bool isBinary)
{
    switch (transport) {
    case HubTransport::WebSockets:
        return std::make_unique<WebSocketLink>(std::move(access), scheduler, std::move(url), isBinary);
    case HubTransport::ServerSentEvents:
        return std::make_unique<ServerSentEventsLink>(std::move(access), scheduler, std::move(url));
    case HubTransport::LongPolling:
        break;
    }
    return std::make_unique<LongPollingLink>(std::move(access), scheduler, std::move(url));
}

void HubLink::end(End how, const Error &why)
{
    if (!std::exchange(m_hasEnded, true))
        Q_EMIT ended(how, why);
}

} // namespace Tertulia::Client
