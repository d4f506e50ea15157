// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/huberrors.h"

#include <QRegularExpression>

#include <array>

namespace Tertulia::Client {

using namespace Qt::StringLiterals;

ErrorCode errorCodeOfWord(QStringView word)
{
    static constexpr std::array codes{
        ErrorCode::Invalid,   ErrorCode::Unauthenticated, ErrorCode::NotFound,    ErrorCode::Conflict,
        ErrorCode::Gone,      ErrorCode::TooLarge,        ErrorCode::RateLimited, ErrorCode::UnsupportedMediaType,
        ErrorCode::Cancelled, ErrorCode::Timeout,         ErrorCode::Unavailable, ErrorCode::Internal};
    for (const ErrorCode code : codes) {
        if (word == codeWord(Error{code, {}, {}, {}, 0}))
            return code;
    }
    return ErrorCode::Forbidden;
}

Error errorOfCompletion(const QString &text)
{
    static const QRegularExpression deliberate(u"HubException: ([A-Z][A-Z0-9_]+):\\s*(.*)$"_s,
                                               QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression retry(u"\\s*\\(retry after (\\d{1,6}) s\\)$"_s);
    static const QRegularExpression field(u"^([A-Za-z][\\w.\\[\\]]*): "_s);
    const auto found = deliberate.match(text);
    if (!found.hasMatch())
        return Error::internal(text);
    Error error;
    error.reason = found.captured(1);
    error.code = errorCodeOfWord(error.reason);
    error.message = found.captured(2);
    if (const auto after = retry.match(error.message); after.hasMatch()) {
        error.retryAfterSeconds = after.captured(1).toInt();
        error.message.truncate(after.capturedStart());
    }
    if (error.code == ErrorCode::Invalid) {
        if (const auto name = field.match(error.message); name.hasMatch()) {
            error.field = name.captured(1);
            error.message.remove(0, name.capturedLength());
        }
    }
    return error;
}

Error connectionError(QLatin1StringView reason, const QString &message)
{
    ErrorCode code = ErrorCode::Unavailable;
    if (reason == HubReasons::serverTimeout || reason == HubReasons::connectTimeout)
        code = ErrorCode::Timeout;
    else if (reason == HubReasons::refused || reason == HubReasons::noTransport)
        code = ErrorCode::Invalid;
    else if (reason == HubReasons::protocolError)
        code = ErrorCode::Internal;
    return {code, reason, message, {}, 0};
}

Error protocolError(const QString &message)
{
    return connectionError(HubReasons::protocolError, message);
}

bool isWorthReconnecting(const Error &error)
{
    return error.code != ErrorCode::Unauthenticated && error.code != ErrorCode::Forbidden
        && error.code != ErrorCode::Cancelled;
}

} // namespace Tertulia::Client
