// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httphead.h"

#include <QByteArray>

#include <optional>

namespace Tertulia::Server {

/// Sets wantsWebSocket for a well-formed upgrade request (RFC 6455 4.2.1); answers why a malformed one is refused.
/// Requests that ask for no WebSocket pass untouched.
[[nodiscard]] std::optional<HttpError> checkUpgrade(RequestHead &request);

/// Sec-WebSocket-Accept for a Sec-WebSocket-Key (RFC 6455 4.2.2).
[[nodiscard]] QByteArray webSocketAccept(QByteArrayView key);

} // namespace Tertulia::Server
