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

void HttpConnection::attach(std::shared_ptr<ConnectionTransport> transport)
{
    m_transport = std::move(transport);
    m_isConnected = true;
    started();
}

void HttpConnection::transportGone(const ConnectionTransport *which, bool clean)
{
    if (which != transport())
        return;
    m_isConnected = false;
    transportLost(clean);
}

void HttpConnection::resumeWith(std::shared_ptr<ConnectionTransport> transport)
{
    if (m_left || !mayResume()) {
        transport->abort();
        return;
    }
    const auto before = std::exchange(m_transport, std::move(transport));
    if (std::exchange(m_isConnected, true))
        before->abort();
    resumed();
}

void HttpConnection::tick(Time now)
{
    if (m_isConnected)
        m_transport->tick(now);
}

void HttpConnection::abort()
{
    if (m_isConnected)
        m_transport->abort();
}

void HttpConnection::keptChanged()
{
    const qint64 now = m_left ? 0 : keptOutput();
    m_thread.keptChanged(now - std::exchange(m_kept, now));
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
    keptChanged();
    m_thread.remove(*this);
}

} // namespace Tertulia::Server
