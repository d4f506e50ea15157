// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restrequest.h"

#include <QHttpServerResponse>

#include <chrono>
#include <vector>

namespace Tertulia::Server {

/// The cookie that carries the refresh token (docs/decisions/0048): out of reach for scripts, and over TLS for this
/// very host alone.
class RefreshCookie
{
public:
    explicit RefreshCookie(const RestRequest &request);

    /// What the request brought; empty when nothing.
    [[nodiscard]] const QByteArray &token() const { return m_token; }
    /// Whether the page that makes the request, if it is a page, may use the cookie: one of this server or of
    /// `corsOrigins`.
    [[nodiscard]] static bool isFor(const RequestHead &head, const std::vector<QString> &corsOrigins);

    void put(QHttpServerResponse &response, const QByteArray &token, std::chrono::milliseconds lifetime) const;
    void remove(QHttpServerResponse &response) const { put(response, {}, std::chrono::milliseconds(0)); }

private:
    QByteArray m_token;
    bool m_isSecure;
    bool m_hasOld; ///< one by the name that was used before also over TLS
};

} // namespace Tertulia::Server
