// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/connectiontransport.h"

namespace Tertulia::Server {

QByteArray transportName(TransportKind kind)
{
    switch (kind) {
    case TransportKind::WebSockets:
        return QByteArrayLiteral("WebSockets");
    case TransportKind::ServerSentEvents:
        return QByteArrayLiteral("ServerSentEvents");
    case TransportKind::LongPolling:
        return QByteArrayLiteral("LongPolling");
    case TransportKind::None:
        break;
    }
    return {};
}

QByteArrayView framePayload(const QByteArray &frame)
{
    // RFC 6455 5.2, unmasked: two bytes, then 0, 2 or 8 bytes of extended length.
    const quint8 length = quint8(frame.at(1)) & 0x7f;
    const qsizetype head = length < 126 ? 2 : length == 126 ? 4 : 10;
    return QByteArrayView(frame).sliced(head);
}

} // namespace Tertulia::Server
