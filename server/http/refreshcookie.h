// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/hostcookie.h"

namespace Tertulia::Server {

/// The cookie that carries the refresh token.
class RefreshCookie
{
public:
    explicit RefreshCookie(const RestRequest &request);

    /// What the request brought; empty when nothing.
    [[nodiscard]] const QByteArray &token() const { return m_cookie.value().isEmpty() ? m_old : m_cookie.value(); }

    void put(QHttpServerResponse &response, const QByteArray &token, std::chrono::milliseconds lifetime) const;
    void remove(QHttpServerResponse &response) const { put(response, {}, std::chrono::milliseconds(0)); }

private:
    HostCookie m_cookie;
    QByteArray m_old; ///< by the name that was used before also over TLS
};

} // namespace Tertulia::Server
