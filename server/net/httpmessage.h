// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHostAddress>

#include <optional>
#include <vector>

namespace Tertulia::Server {

enum class Method : quint8 { Get, Head, Post, Put, Delete, Options, Patch, Other };

/// The value of a hexadecimal digit, -1 of any other character.
[[nodiscard]] int hexDigit(char c);

struct HeaderField
{
    QByteArray name; ///< lower-case
    QByteArray value; ///< without surrounding white space
};

/// A request head that passed the front door's checks (RFC 9112; limits in NetSettings). Immutable once made.
struct RequestHead
{
    Method method = Method::Get;
    QByteArray methodName; ///< as sent
    QByteArray path; ///< percent-decoded UTF-8, starts with '/', no NUL, dot segments removed
    QByteArray query; ///< raw, without '?'
    std::vector<HeaderField> headers;
    int minorVersion = 1; ///< HTTP/1.x
    QHostAddress peer; ///< the person's address: from X-Forwarded-For only when the socket's peer is a trusted proxy
    bool local = false; ///< from this machine itself, with no proxy in between (requestorigin.h)
    bool secure = false; ///< over TLS, here or (trusted) at the proxy
    bool wantsWebSocket = false; ///< a well-formed RFC 6455 upgrade request, version 13
    qint64 contentLength = 0; ///< -1 = chunked
    QByteArray requestId; ///< unique; goes into logs and error envelopes

    /// First field of that (lower-case) name; null when absent.
    [[nodiscard]] QByteArrayView header(QByteArrayView lowerCaseName) const;
    /// Percent-decoded value of a query parameter; keys are matched without case, as ASP.NET does.
    [[nodiscard]] std::optional<QByteArray> queryValue(QByteArrayView key) const;
};

/// A complete answer. Content-Length, Date, Connection and CORS fields are added by the front door.
struct Response
{
    int status = 200;
    QByteArray contentType; ///< empty = no Content-Type field (never guessed)
    QByteArray body;
    std::vector<HeaderField> headers;
    QByteArray reasonPhrase; ///< empty = the standard one
};

} // namespace Tertulia::Server
