// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/hubserver.h"

namespace Tertulia::Server {

HubServer::HubServer(HubSettings settings, const Clock &clock, Authenticate authenticate)
    : m_settings(settings)
    , m_clock(clock)
    , m_authenticate(std::move(authenticate))
    , m_registry(m_settings)
{
}

HubServer::~HubServer() = default;

HubEndpoint &HubServer::addEndpoint(HubEndpointSettings settings, HubEndpoint::ConnectionFactory factory)
{
    m_endpoints.push_back(std::make_unique<HubEndpoint>(std::move(settings), std::move(factory)));
    return *m_endpoints.back();
}

HubEndpoint *HubServer::endpoint(QByteArrayView path) const
{
    for (const auto &endpoint : m_endpoints) {
        const HubEndpointSettings &settings = endpoint->settings();
        if (settings.path == path)
            return endpoint.get();
        for (const QByteArray &alias : settings.aliases) {
            if (alias == path)
                return endpoint.get();
        }
    }
    return nullptr;
}

std::unique_ptr<HubRouter> HubServer::makeRouter(NetworkThread &thread)
{
    const std::lock_guard lock(m_mutex);
    m_threads.push_back(std::make_unique<HubThread>(m_threadCount++, thread, m_clock, m_registry, m_settings,
                                                    m_authenticate, m_threadCount));
    HubThread &added = *m_threads.back();
    for (const auto &callback : m_onThreadAdded)
        callback(added);
    return std::make_unique<HubRouter>(*this, added);
}

void HubServer::onThreads(ThreadMask threads, const std::function<void(HubThread &)> &work)
{
    const std::lock_guard lock(m_mutex);
    for (const auto &thread : m_threads) {
        if (!thread->hasEnded() && (threads >> thread->index() & 1) != 0)
            thread->loop().post([work, target = thread.get()] { work(*target); });
    }
}

int HubServer::threadCount()
{
    const std::lock_guard lock(m_mutex);
    return int(
        std::count_if(m_threads.begin(), m_threads.end(), [](const auto &thread) { return !thread->hasEnded(); }));
}

void HubServer::disconnect(const UserId &user, std::optional<SessionId> session)
{
    onEveryThread([user, session](HubThread &thread) {
        thread.forEach([&](HttpConnection &connection) {
            const Caller &caller = connection.caller();
            if (caller.user == user && (!session || caller.session == *session))
                connection.signedOut();
        });
    });
}

} // namespace Tertulia::Server
