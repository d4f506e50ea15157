// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errortable.h"

#include "protocol/envelope.h"

namespace Tertulia::Server {

int httpStatus(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid:
        return 400;
    case ErrorCode::Unauthenticated:
        return 401;
    case ErrorCode::Forbidden:
        return 403;
    case ErrorCode::NotFound:
        return 404;
    case ErrorCode::Conflict:
        return 409;
    case ErrorCode::Gone:
        return 410;
    case ErrorCode::TooLarge:
        return 413;
    case ErrorCode::UnsupportedMediaType:
        return 415;
    case ErrorCode::RateLimited:
        return 429;
    case ErrorCode::Cancelled: // the work's owner has gone: only when the server is going down
    case ErrorCode::Unavailable:
        return 503;
    case ErrorCode::Timeout:
        return 504;
    case ErrorCode::Internal:
        break;
    }
    return 500;
}

Response errorResponse(const Error &error, const QByteArray &requestId)
{
    Response response;
    response.status = httpStatus(error.code);
    response.contentType = "application/json";
    response.body = toJson(errorEnvelope(error, QString::fromLatin1(requestId)));
    if (error.retryAfterSeconds > 0)
        response.headers.push_back({"retry-after", QByteArray::number(error.retryAfterSeconds)});
    if (error.code == ErrorCode::Unauthenticated)
        response.headers.push_back({"www-authenticate", "Bearer"});
    return response;
}

} // namespace Tertulia::Server
