// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubconnection.h"

#include "client/transport/hubconnectioncore.h"

namespace Tertulia::Client {

HubConnection::HubConnection(HubOptions options, QObject *parent)
    : QObject(parent)
    , m_core(std::make_unique<HubConnectionCore>(*this, std::move(options)))
{
}

HubConnection::~HubConnection() = default;

Future<void> HubConnection::start()
{
    return m_core->start();
}

Future<void> HubConnection::stop()
{
    return m_core->stop();
}

void HubConnection::reconnectNow()
{
    m_core->reconnectNow();
}

HubConnection::State HubConnection::state() const
{
    return m_core->state();
}

bool HubConnection::isWaiting() const
{
    return m_core->isWaitingToRetry();
}

QString HubConnection::connectionId() const
{
    return m_core->connectionId();
}

HubTransport HubConnection::transport() const
{
    return m_core->transport();
}

WireFormat HubConnection::format() const
{
    return m_core->format();
}

Error HubConnection::lastError() const
{
    return m_core->lastError();
}

qsizetype HubConnection::waitingBytes() const
{
    return m_core->waitingBytes();
}

void HubConnection::call(QLatin1StringView method, QByteArrayView arguments, const std::vector<QByteArray> &uploads,
                         HubCalls::ResultHandler handler)
{
    m_core->call(method, arguments, uploads, std::move(handler));
}

Result<void> HubConnection::post(QLatin1StringView method, QByteArrayView arguments,
                                 const std::vector<QByteArray> &uploads)
{
    return m_core->post(method, arguments, uploads);
}

HubStream HubConnection::openStream(QLatin1StringView method, QByteArrayView arguments,
                                    const std::vector<QByteArray> &uploads, HubCalls::ItemHandler onItem,
                                    HubCalls::ResultHandler onFinished)
{
    return HubStream(this, m_core->openStream(method, arguments, uploads, std::move(onItem), std::move(onFinished)));
}

QByteArray HubConnection::nextId()
{
    return m_core->nextId();
}

} // namespace Tertulia::Client
