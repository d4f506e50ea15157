// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hubprotocol.h"

namespace Tertulia {

const HubProtocol *findHubProtocol(QStringView name)
{
    for (const HubProtocol *protocol : {&jsonHubProtocol(), &messagePackHubProtocol()}) {
        if (name.compare(protocol->name(), Qt::CaseInsensitive) == 0)
            return protocol;
    }
    return nullptr;
}

void HubMessageReader::append(const QByteArray &chunk)
{
    if (buffered() == 0) {
        m_bytes = chunk; // shared, not copied
        m_start = 0;
        m_searched = 0;
        return;
    }
    if (m_start > 0) {
        m_bytes.remove(0, m_start);
        m_start = 0;
    }
    m_bytes.append(chunk);
}

void HubMessageReader::discard()
{
    m_bytes = {};
    m_start = 0;
    m_searched = 0;
}

/// Nothing more can be taken: give back the memory of what was.
void HubMessageReader::settle()
{
    if (buffered() == 0) {
        discard();
    } else if (m_start > 0) {
        m_bytes = QByteArray(m_bytes.constData() + m_start, buffered());
        m_start = 0;
    }
}

Result<HubProtocol::Record> HubMessageReader::cut(const HubProtocol &protocol)
{
    const auto all = QByteArrayView(m_bytes).sliced(m_start);
    const auto window = m_limit > 0 ? all.first(std::min(all.size(), m_limit)) : all;
    auto record = protocol.cut(window, m_searched);
    if (record && record->size == 0) {
        if (window.size() < all.size()) {
            Error error;
            error.code = ErrorCode::TooLarge;
            error.message = QStringLiteral("a hub message is larger than %1 bytes").arg(m_limit);
            return failure(std::move(error));
        }
        m_searched = all.size();
        settle();
    }
    return record;
}

Result<std::optional<QByteArray>> HubMessageReader::nextHandshake()
{
    const auto record = cut(jsonHubProtocol());
    if (!record)
        return failure(record.error());
    if (record->size == 0)
        return std::optional<QByteArray>();
    QByteArray payload = record->payload.toByteArray();
    m_start += record->size;
    m_searched = 0;
    return std::optional(std::move(payload));
}

Result<std::optional<HubMessage>> HubMessageReader::next()
{
    for (;;) {
        const auto record = cut(*m_protocol);
        if (!record)
            return failure(record.error());
        if (record->size == 0)
            return std::optional<HubMessage>();
        auto message = m_protocol->parse(record->payload);
        m_start += record->size;
        m_searched = 0;
        if (!message || *message)
            return message;
    }
}

} // namespace Tertulia
