// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/refreshcookie.h"

#include "http/qthttpcompat.h"
#include "net/httpprotocol.h"

#include <algorithm>

namespace Tertulia::Server {

namespace {

constexpr char plainName[] = "tertulia_refresh";
/// Browsers take a cookie of such a name only with Secure, without Domain and with Path=/ (RFC 6265bis, 4.1.3.2).
constexpr char hostName[] = "__Host-tertulia_refresh";

QByteArray field(bool isHost, const QByteArray &value, std::chrono::milliseconds lifetime, bool secure)
{
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(lifetime).count();
    return QByteArray(isHost ? hostName : plainName) + '=' + value
        + (isHost ? "; Path=/" : "; Path=/api/Authentication") + "; Max-Age=" + QByteArray::number(qint64(seconds))
        + "; HttpOnly; SameSite=Strict" + (secure ? "; Secure" : "");
}

} // namespace

RefreshCookie::RefreshCookie(const RestRequest &request)
    : m_isSecure(request.head().secure)
    , m_hasOld(m_isSecure && !request.cookie(plainName).isEmpty())
{
    if (m_isSecure)
        m_token = request.cookie(hostName);
    if (m_token.isEmpty())
        m_token = request.cookie(plainName);
}

bool RefreshCookie::isFor(const RequestHead &head, const std::vector<QString> &corsOrigins)
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

void RefreshCookie::put(QHttpServerResponse &response, const QByteArray &token,
                        std::chrono::milliseconds lifetime) const
{
    QtHttpCompat::addHeader(response, "set-cookie", field(m_isSecure, token, lifetime, m_isSecure));
    if (m_hasOld)
        QtHttpCompat::addHeader(response, "set-cookie", field(false, {}, std::chrono::milliseconds(0), true));
}

} // namespace Tertulia::Server
