// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/restrequest.h"

#include <QHttpServerResponse>

#include <chrono>
#include <vector>

namespace Tertulia::Server {

/// A cookie for the server's own use (docs/decisions/0048): out of reach for scripts, and over TLS, as
/// `__Host-<name>`, for this very host alone.
class HostCookie
{
public:
    HostCookie(const RestRequest &request, const QByteArray &name);

    /// What the request brought; empty when nothing.
    [[nodiscard]] const QByteArray &value() const { return m_value; }
    /// Whether the page that makes the request, if it is a page, may use the server's cookies: one of this server or of
    /// `corsOrigins`.
    [[nodiscard]] static bool areFor(const RequestHead &head, const std::vector<QString> &corsOrigins);

    void put(QHttpServerResponse &response, const QByteArray &value, std::chrono::milliseconds lifetime) const;

private:
    QByteArray m_name, m_value;
    bool m_isSecure;
};

} // namespace Tertulia::Server
