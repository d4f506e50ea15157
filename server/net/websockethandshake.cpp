// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/websockethandshake.h"

#include <QCryptographicHash>

namespace Tertulia::Server {

namespace {

bool listHasToken(const RequestHead &request, QByteArrayView name, QByteArrayView token)
{
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const HeaderField &field) { return field.name == name && hasToken(field.value, token); });
}

} // namespace

std::optional<HttpError> checkUpgrade(RequestHead &request)
{
    // RFC 9110 7.8: HTTP/1.0 knows no Upgrade.
    if (request.minorVersion == 0 || !listHasToken(request, "upgrade", "websocket"))
        return std::nullopt;
    if (request.method != Method::Get)
        return HttpError{405, "A WebSocket is opened with GET."};
    if (!listHasToken(request, "connection", "upgrade"))
        return HttpError{400, "Upgrade comes without Connection: Upgrade. Does a proxy remove it?"};
    if (request.contentLength != 0)
        return HttpError{400, "A WebSocket request has no body."};
    const auto countOf = [&](QByteArrayView name) {
        return std::count_if(request.headers.begin(), request.headers.end(),
                             [&](const HeaderField &field) { return field.name == name; });
    };
    if (countOf("sec-websocket-version") != 1 || request.header("sec-websocket-version") != "13")
        return HttpError{426, "The WebSocket version spoken here is 13."};
    const QByteArrayView key = request.header("sec-websocket-key");
    const auto decoded = QByteArray::fromBase64Encoding(key.toByteArray(), QByteArray::AbortOnBase64DecodingErrors);
    if (countOf("sec-websocket-key") != 1 || key.size() != 24 || !decoded || decoded.decoded.size() != 16)
        return HttpError{400, "The Sec-WebSocket-Key is not 16 bytes in base64."};
    request.wantsWebSocket = true;
    return std::nullopt;
}

QByteArray webSocketAccept(QByteArrayView key)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(key.toByteArray());
    hash.addData(QByteArrayLiteral("258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
    return hash.result().toBase64();
}

} // namespace Tertulia::Server
