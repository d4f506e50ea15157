// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httphead.h"
#include "net/httpmessage.h"

#include <QByteArray>

namespace Tertulia::Server {

/// What the front door adds to an answer's head.
struct ResponseFrame
{
    enum class Length : quint8 { Known, Chunked, UntilClose };
    Length length = Length::Known;
    qint64 bodySize = 0;
    int minorVersion = 1;
    bool close = false; ///< this is the connection's last answer
    bool varyOrigin = false;
    QByteArray corsOrigin; ///< empty = no CORS fields
    QByteArray date;
};

/// The standard phrase (IANA registry); "Unknown" for an unassigned status.
[[nodiscard]] QByteArray reasonPhrase(int status);

/// Status line and fields, up to and with the empty line. Fields of the response that hold line breaks are dropped:
/// nobody's text can add fields.
[[nodiscard]] QByteArray serializeHead(const Response &response, const ResponseFrame &frame);

/// 1xx, 204 and 304 have no body and no Content-Length (RFC 9110 8.6).
[[nodiscard]] bool mayHaveBody(int status);

/// The contract's error envelope for a refusal of the front door itself.
[[nodiscard]] Response errorResponse(const HttpError &error, QByteArrayView traceId);

} // namespace Tertulia::Server
