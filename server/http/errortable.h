// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "net/httpmessage.h"

namespace Tertulia::Server {

/// The HTTP status of an error; the one place where this is decided for REST.
[[nodiscard]] int httpStatus(ErrorCode code);

/// The error envelope (contract.md section 2) as a complete answer, with Retry-After and WWW-Authenticate where due.
[[nodiscard]] Response errorResponse(const Error &error, const QByteArray &requestId);

} // namespace Tertulia::Server
