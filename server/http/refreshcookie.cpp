// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/refreshcookie.h"

#include "http/qthttpcompat.h"
#include "protocol/names.h"

namespace Tertulia::Server {

namespace {

constexpr char name[] = "tertulia_refresh";

} // namespace

RefreshCookie::RefreshCookie(const RestRequest &request)
    : m_cookie(request, name)
    , m_old(request.head().secure ? request.cookie(name) : QByteArray())
{
}

void RefreshCookie::put(QHttpServerResponse &response, const QByteArray &token,
                        std::chrono::milliseconds lifetime) const
{
    m_cookie.put(response, token, lifetime);
    if (!m_old.isEmpty()) {
        QtHttpCompat::addHeader(response, "set-cookie",
                                QByteArray(name) + "=; Path=" + Routes::authentication.data()
                                    + "; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
    }
}

} // namespace Tertulia::Server
