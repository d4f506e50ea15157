// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/serializedhubmessage.h"

#include "signalr/hubframes.h"

namespace Tertulia::Server {

SerializedHubMessage::SerializedHubMessage(QByteArray target, Arguments arguments)
    : m_target(std::move(target))
    , m_arguments(std::move(arguments))
{
}

const QByteArray &SerializedHubMessage::frame(WireFormat format) const
{
    const auto index = size_t(format);
    std::call_once(m_once[index], [&] {
        const HubProtocol &protocol = protocolOf(format);
        InvocationHead head;
        head.target = {m_target.constData(), size_t(m_target.size())};
        m_frames[index] = toFrame(protocol, protocol.writeInvocation(head, m_arguments(format)));
    });
    return m_frames[index];
}

} // namespace Tertulia::Server
