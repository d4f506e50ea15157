// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "echoconnection.h"

#include "net/websocket.h"

namespace Tertulia::TestHub {

void EchoConnection::receive(QByteArrayView bytes, bool last)
{
    m_message.append(bytes);
    // A text frame must not end inside a character.
    if (!last || !transport())
        return;
    transport()->send(WebSocket::encodeFrame(WebSocket::Opcode::Text, std::exchange(m_message, {})));
}

void EchoConnection::shutDown()
{
    if (transport())
        transport()->close();
}

} // namespace Tertulia::TestHub
