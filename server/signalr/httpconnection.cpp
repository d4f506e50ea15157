// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/httpconnection.h"

#include "signalr/hubthread.h"

namespace Tertulia::Server {

HttpConnection::HttpConnection(Setup setup)
    : m_thread(setup.thread)
    , m_endpoint(setup.endpoint)
    , m_request(std::move(setup.request))
    , m_id(setup.id)
    , m_token(setup.token)
    , m_caller(setup.caller)
    , m_kind(setup.transport)
    , m_stateful(setup.stateful)
{
}

HttpConnection::~HttpConnection() = default;

void HttpConnection::renew(const Caller &caller)
{
    // Requests overtake one another: an older token is no news.
    if (caller.until <= m_caller.until)
        return;
    // Another sign-in of the person does not answer for this one: it may have been ended while the request was on its
    // way here. A token that is a sign-in is therefore looked at again; what ends it later finds this connection.
    const bool isSame = caller.session == m_caller.session;
    const bool isTokenSession = !caller.token.isEmpty() && !m_caller.token.isEmpty();
    if (isSame || (isTokenSession && m_thread.isGood(caller)))
        m_caller = caller;
}

bool HttpConnection::takesFrom(const Caller &caller)
{
    if (caller.until && m_thread.clock().now() >= *caller.until)
        return caller.session == m_caller.session;
    renew(caller);
    return true;
}

bool HttpConnection::isTokenOver() const
{
    return m_caller.until && m_thread.clock().now() >= *m_caller.until;
}

bool HttpConnection::isTokenGraceOver() const
{
    const auto half = m_thread.settings().tokenGrace / 2;
    const auto own = half + half * quint8(m_id.uuid().hash()) / 256;
    return m_caller.until && m_thread.clock().now() >= *m_caller.until + own;
}

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

void HttpConnection::resumeWith(std::shared_ptr<ConnectionTransport> transport, const Caller &caller)
{
    if (m_left || !mayResume()) {
        transport->abort();
        return;
    }
    const auto before = std::exchange(m_transport, std::move(transport));
    if (std::exchange(m_isConnected, true))
        before->abort();
    renew(caller);
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
    const KeptBytes now = m_left ? KeptBytes() : waiting();
    const KeptBytes before = std::exchange(m_kept, now);
    m_thread.keptChanged({now.input - before.input, now.output - before.output});
}

void HttpConnection::cut()
{
    if (!m_isConnected)
        return;
    m_transport->abort();
    transportGone(m_transport.get(), false);
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
