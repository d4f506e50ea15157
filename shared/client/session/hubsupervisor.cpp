// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/hubsupervisor.h"

#include "base/logging.h"
#include "client/session/tokenkeeper.h"

#include <QRandomGenerator>

#include <algorithm>
#include <utility>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::chrono::seconds stableAfter(10); // a connection that held so long makes the next restart a quick one

bool isRefusal(const Error &error)
{
    return error.code == ErrorCode::Unauthenticated || error.code == ErrorCode::Forbidden;
}

} // namespace

HubSupervisor::HubSupervisor(const QUrl &hubUrl, TokenKeeper &tokens, Scheduler *scheduler, QObject *parent)
    : QObject(parent)
    , m_tokens(tokens)
    , m_scheduler(scheduler ? *scheduler : Scheduler::system())
    , m_hub(options(hubUrl, scheduler))
    , m_restart(m_scheduler)
{
    connect(&m_hub, &HubConnection::stateChanged, this, &HubSupervisor::stateChanged);
    connect(&m_hub, &HubConnection::waitingChanged, this, &HubSupervisor::waitingChanged);
    connect(&m_hub, &HubConnection::closed, this, &HubSupervisor::ended);
}

HubSupervisor::~HubSupervisor()
{
    m_isWanted = false; // the hub's promises end with it
    m_hub.disconnect(this);
}

HubOptions HubSupervisor::options(const QUrl &hubUrl, Scheduler *scheduler)
{
    HubOptions options;
    options.url = hubUrl;
    options.accessToken = [this] { return token(); };
    options.rejectToken = [this](const QString &token) { m_tokens.reject(token); };
    options.retryStart = true;
    options.scheduler = scheduler;
    return options;
}

Future<QString> HubSupervisor::token()
{
    Future<QString> future = m_tokens.accessToken();
    whenAnswered(future, this, [this](const Result<QString> &token) {
        if (token)
            m_usedToken = *token;
    });
    return future;
}

void HubSupervisor::start()
{
    if (std::exchange(m_isWanted, true))
        return;
    m_restarts = 0;
    begin();
}

void HubSupervisor::stop()
{
    m_isWanted = false;
    m_restart.stop();
    std::ignore = m_hub.stop();
    setStatus(Status::Stopped);
}

void HubSupervisor::retryNow()
{
    if (!m_isWanted || m_status == Status::Connected)
        return;
    setStatus(Status::Connecting);
    if (m_restart.isActive()) {
        m_restart.stop();
        begin();
    } else {
        m_hub.reconnectNow();
    }
}

void HubSupervisor::begin()
{
    setStatus(Status::Connecting);
    whenAnswered(m_hub.start(), this, [this](const Result<void> &started) {
        if (started || !m_isWanted)
            return;
        if (started.error().code == ErrorCode::Conflict)
            m_restart.start(std::chrono::milliseconds(50), [this] { begin(); }); // it is still stopping
        else
            ended(started.error());
    });
}

void HubSupervisor::ended(const Error &why)
{
    if (!m_isWanted)
        return;
    m_lastError = why;
    if (isRefusal(why) && !m_usedToken.isEmpty())
        m_tokens.reject(m_usedToken);
    if (m_scheduler.now() - m_connectedAt > stableAfter && m_connectedAt.time_since_epoch().count() > 0)
        m_restarts = 0;
    qCInfo(logClient, "a hub has ended and is begun anew: %s", qUtf8Printable(why.message));
    const auto delay = ReconnectPolicy().delay(m_restarts++, QRandomGenerator::global()->generateDouble());
    m_connectedAt = {};
    setStatus(m_restarts > 1 ? Status::Waiting : Status::Connecting);
    if (m_isWanted)
        m_restart.start(delay.value_or(std::chrono::seconds(30)), [this] { begin(); });
}

void HubSupervisor::stateChanged(HubConnection::State state)
{
    if (!m_isWanted)
        return;
    m_hasJustLost = state == HubConnection::State::Reconnecting;
    if (state == HubConnection::State::Connected) {
        m_connectedAt = m_scheduler.now();
        setStatus(Status::Connected);
    } else if (state == HubConnection::State::Reconnecting) {
        setStatus(Status::Connecting);
    }
}

void HubSupervisor::waitingChanged(bool isWaiting)
{
    if (!m_isWanted || !isWaiting)
        return; // attempts in the background are nothing to tell about
    m_lastError = m_hub.lastError();
    if (!std::exchange(m_hasJustLost, false))
        setStatus(Status::Waiting);
}

void HubSupervisor::setStatus(Status status)
{
    if (std::exchange(m_status, status) != status)
        Q_EMIT statusChanged(status);
}

} // namespace Tertulia::Client
