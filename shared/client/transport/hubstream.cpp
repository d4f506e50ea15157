// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/hubstream.h"

#include "client/transport/hubconnectioncore.h"

#include <QPointer>

#include <utility>

namespace Tertulia::Client {

HubStream::HubStream(HubConnection *connection, QByteArray id)
    : m_connection(connection)
    , m_id(std::move(id))
{
}

HubStream::HubStream(HubStream &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
    , m_id(std::move(other.m_id))
{
}

HubStream &HubStream::operator=(HubStream &&other) noexcept
{
    if (this != &other) {
        cancel();
        m_connection = std::exchange(other.m_connection, nullptr);
        m_id = std::move(other.m_id);
    }
    return *this;
}

void HubStream::cancel()
{
    if (const QPointer<HubConnection> connection = std::exchange(m_connection, nullptr))
        connection->m_core->cancelStream(m_id);
}

bool HubStream::isActive() const
{
    return m_connection && m_connection->m_core->isWaiting(m_id);
}

HubUploadBase::HubUploadBase(HubConnection *connection, QByteArray id)
    : m_connection(connection)
    , m_id(std::move(id))
{
}

HubUploadBase::HubUploadBase(HubUploadBase &&other) noexcept
    : m_connection(std::exchange(other.m_connection, nullptr))
    , m_id(std::move(other.m_id))
{
}

HubUploadBase &HubUploadBase::operator=(HubUploadBase &&other) noexcept
{
    if (this != &other) {
        fail(QStringLiteral("The upload was dropped."));
        m_connection = std::exchange(other.m_connection, nullptr);
        m_id = std::move(other.m_id);
    }
    return *this;
}

void HubUploadBase::finish()
{
    if (const QPointer<HubConnection> connection = std::exchange(m_connection, nullptr))
        connection->m_core->endUpload(m_id, nullptr);
}

void HubUploadBase::fail(const QString &why)
{
    if (const QPointer<HubConnection> connection = std::exchange(m_connection, nullptr))
        connection->m_core->endUpload(m_id, &why);
}

bool HubUploadBase::isOpen() const
{
    return m_connection && m_connection->m_core->isUploading(m_id);
}

WireFormat HubUploadBase::format() const
{
    return m_connection ? m_connection->format() : WireFormat::MessagePack;
}

UploadResult HubUploadBase::writeEncoded(QByteArrayView item)
{
    return m_connection ? m_connection->m_core->writeUpload(m_id, item) : UploadResult::Closed;
}

} // namespace Tertulia::Client
