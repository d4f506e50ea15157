// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restserver.h"
#include "signalr/hubrouter.h"

namespace Tertulia::Server {

/// What stands behind the front door on one network thread: the hubs for their paths, REST for everything else.
class EdgeHandler final : public RequestHandler
{
public:
    EdgeHandler(NetworkThread &thread, const RestSettings &rest, std::unique_ptr<HubRouter> hubs)
        : m_hubs(std::move(hubs))
        , m_rest(thread, rest)
    {
    }

    [[nodiscard]] BodyPolicy admit(const RequestHead &head) override
    {
        return m_hubs->owns(head) ? m_hubs->admit(head) : m_rest.admit(head);
    }
    void handle(std::shared_ptr<Exchange> exchange) override
    {
        if (m_hubs->owns(exchange->head()))
            m_hubs->handle(std::move(exchange));
        else
            m_rest.handle(std::move(exchange));
    }
    void shutDown() override
    {
        m_hubs->shutDown();
        m_rest.shutDown();
    }

private:
    std::unique_ptr<HubRouter> m_hubs;
    RestServer m_rest;
};

} // namespace Tertulia::Server
