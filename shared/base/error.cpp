// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

namespace Tertulia {

Error Error::invalid(QString field, QString message)
{
    return {ErrorCode::Invalid, {}, std::move(message), std::move(field), 0};
}
Error Error::unauthenticated(QString message)
{
    return {ErrorCode::Unauthenticated, {}, std::move(message), {}, 0};
}
Error Error::forbidden(QString message, QString reason)
{
    return {ErrorCode::Forbidden, std::move(reason), std::move(message), {}, 0};
}
Error Error::notFound(QString message)
{
    return {ErrorCode::NotFound, {}, std::move(message), {}, 0};
}
Error Error::conflict(QString message, QString reason)
{
    return {ErrorCode::Conflict, std::move(reason), std::move(message), {}, 0};
}
Error Error::rateLimited(int retryAfterSeconds, QString message)
{
    if (message.isEmpty())
        message = QStringLiteral("Rate limit exceeded. Please try again later.");
    return {ErrorCode::RateLimited, {}, std::move(message), {}, retryAfterSeconds};
}
Error Error::unavailable(QString message, int retryAfterSeconds)
{
    return {ErrorCode::Unavailable, {}, std::move(message), {}, retryAfterSeconds};
}
Error Error::cancelled()
{
    return {ErrorCode::Cancelled, {}, QStringLiteral("The operation was cancelled."), {}, 0};
}
Error Error::internal(QString message)
{
    return {ErrorCode::Internal, {}, std::move(message), {}, 0};
}

QString codeWord(const Error &error)
{
    if (!error.reason.isEmpty())
        return error.reason;
    switch (error.code) {
    case ErrorCode::Invalid:
        return QStringLiteral("VALIDATION_ERROR");
    case ErrorCode::Unauthenticated:
        return QStringLiteral("UNAUTHORIZED");
    case ErrorCode::Forbidden:
        return QStringLiteral("FORBIDDEN");
    case ErrorCode::NotFound:
        return QStringLiteral("NOT_FOUND");
    case ErrorCode::Conflict:
        return QStringLiteral("CONFLICT");
    case ErrorCode::Gone:
        return QStringLiteral("GONE");
    case ErrorCode::TooLarge:
        return QStringLiteral("FILE_TOO_LARGE");
    case ErrorCode::UnsupportedMediaType:
        return QStringLiteral("UNSUPPORTED_MEDIA_TYPE");
    case ErrorCode::RateLimited:
        return QStringLiteral("RATE_LIMITED");
    case ErrorCode::Cancelled:
        return QStringLiteral("CANCELLED");
    case ErrorCode::Timeout:
        return QStringLiteral("TIMEOUT");
    case ErrorCode::Unavailable:
        return QStringLiteral("UNAVAILABLE");
    case ErrorCode::Internal:
        break;
    }
    return QStringLiteral("INTERNAL_ERROR");
}

} // namespace Tertulia
