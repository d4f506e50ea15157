// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "hubs/httpconnection.h"

#include "hubs/hubthread.h"

namespace Tertulia::Server {

HttpConnection::HttpConnection(Setup setup)
    : m_thread(setup.thread)
    , m_endpoint(setup.endpoint)
    , m_request(std::move(setup.request))
    , m_id(setup.id)
    , m_token(setup.token)
    , m_actor(setup.actor)
    , m_kind(setup.transport)
    , m_stateful(setup.stateful)
{
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::attach(ConnectionTransport *transport, std::unique_ptr<ConnectionTransport> owned)
{
    m_transport = transport;
    m_owned = std::move(owned);
    started();
}

void HttpConnection::transportGone(const ConnectionTransport *which, bool clean)
{
    if (which != m_transport)
        return;
    m_transport = nullptr;
    transportLost(clean);
}

void HttpConnection::resumeWith(ConnectionTransport *transport)
{
    if (!m_stateful || m_left) {
        transport->abort();
        return;
    }
    ConnectionTransport *const before = std::exchange(m_transport, transport);
    if (before)
        before->abort();
    m_owned.reset();
    resumed();
}

void HttpConnection::resumeWith(std::unique_ptr<ConnectionTransport> transport)
{
    ConnectionTransport *const next = transport.get();
    auto retired = std::exchange(m_owned, nullptr);
    resumeWith(next);
    m_owned = std::move(transport);
}

void HttpConnection::tick(Time now)
{
    if (m_transport)
        m_transport->tick(now);
}

void HttpConnection::abort()
{
    if (m_transport)
        m_transport->abort();
}

void HttpConnection::transportLost(bool clean)
{
    Q_UNUSED(clean)
    leave();
}

void HttpConnection::leave()
{
    if (std::exchange(m_left, true))
        return;
    m_thread.remove(*this);
}

} // namespace Tertulia::Server
