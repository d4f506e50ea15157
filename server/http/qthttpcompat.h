// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHttpServer>
#include <QHttpServerResponse>
#include <QtGlobal>

// The few places where the API of Qt 6.4 and of Qt 6.8 differ. Everything else in this folder compiles on both.
namespace Tertulia::Server::QtHttpCompat {

inline void setHeader(QHttpServerResponse &response, const QByteArray &name, const QByteArray &value)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers = response.headers();
    headers.replaceOrAppend(name, value);
    response.setHeaders(std::move(headers));
#else
    response.setHeader(name, value);
#endif
}

/// Beside fields of the same name.
inline void addHeader(QHttpServerResponse &response, const QByteArray &name, const QByteArray &value)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    QHttpHeaders headers = response.headers();
    headers.append(name, value);
    response.setHeaders(std::move(headers));
#else
    response.addHeader(name, value);
#endif
}

/// `handler` is `QHttpServerResponse()`.
template <class Handler> void setMissingHandler(QHttpServer &server, Handler handler)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 8, 0)
    server.setMissingHandler(&server, [handler](const QHttpServerRequest &, QHttpServerResponder &responder) {
        responder.sendResponse(handler());
    });
#else
    server.setMissingHandler([handler](const QHttpServerRequest &, QHttpServerResponder &&responder) {
        handler().write(std::move(responder));
    });
#endif
}

} // namespace Tertulia::Server::QtHttpCompat
