// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "signalr/hubdispatcher.h"
#include "tokens.h"

namespace Tertulia::TestHub {

/// One network thread's requests: the hubs, and around them the answers that the functional tests expect of a server
/// and of proxies in front of it.
class Detours final : public RequestHandler
{
public:
    Detours(std::unique_ptr<HubRouter> hubs, HubLifetimeManager &clients, const Tokens &tokens);

    [[nodiscard]] BodyPolicy admit(const RequestHead &head) override { return m_hubs->admit(head); }
    void handle(std::shared_ptr<Exchange> exchange) override;
    void shutDown() override { m_hubs->shutDown(); }

private:
    void clientResult(std::shared_ptr<Exchange> exchange, const QByteArray &connectionId);

    std::unique_ptr<HubRouter> m_hubs;
    HubLifetimeManager &m_clients;
    const Tokens &m_tokens;
};

} // namespace Tertulia::TestHub
