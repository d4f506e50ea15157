// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/hostcookie.h"

#include "http/qthttpcompat.h"
#include "net/httpprotocol.h"
#include "protocol/names.h"

#include <algorithm>

namespace Tertulia::Server {

HostCookie::HostCookie(const RestRequest &request, const QByteArray &name)
    // Browsers take a cookie of such a name only with Secure, without Domain and with Path=/ (RFC 6265bis, 4.1.3.2).
    : m_name(request.head().secure ? "__Host-" + name : name)
    , m_value(request.cookie(m_name))
    , m_isSecure(request.head().secure)
{
}

bool HostCookie::areFor(const RequestHead &head, const std::vector<QString> &corsOrigins)
{
    const QByteArrayView origin = head.header("origin");
    if (origin.isEmpty()) {
        const QByteArrayView site = head.header("sec-fetch-site");
        return site.isEmpty() || site == "same-origin" || site == "none";
    }
    return isSameOrigin(origin, head.header("host"), head.secure)
        || std::any_of(corsOrigins.begin(), corsOrigins.end(),
                       [origin](const QString &allowed) { return allowed.toUtf8() == origin; });
}

void HostCookie::put(QHttpServerResponse &response, const QByteArray &value, std::chrono::milliseconds lifetime) const
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime).count();
    QtHttpCompat::addHeader(response, "set-cookie",
                            m_name + '=' + value + "; Path=" + (m_isSecure ? "/" : Routes::authentication.data())
                                + "; Max-Age=" + QByteArray::number(qint64(seconds)) + "; HttpOnly; SameSite=Strict"
                                + (m_isSecure ? "; Secure" : ""));
}

} // namespace Tertulia::Server
