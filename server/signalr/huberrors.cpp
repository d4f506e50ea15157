// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "signalr/huberrors.h"

namespace Tertulia::Server {

namespace {

QString text(QByteArrayView utf8)
{
    return QString::fromUtf8(utf8);
}

} // namespace

HubErrorKind hubErrorKind(ErrorCode code)
{
    switch (code) {
    case ErrorCode::Invalid:
    case ErrorCode::Unauthenticated:
    case ErrorCode::Forbidden:
    case ErrorCode::NotFound:
    case ErrorCode::Conflict:
    case ErrorCode::Gone:
    case ErrorCode::TooLarge:
    case ErrorCode::UnsupportedMediaType:
    case ErrorCode::RateLimited:
    case ErrorCode::Timeout:
    case ErrorCode::Unavailable:
        return HubErrorKind::Deliberate;
    case ErrorCode::Cancelled:
    case ErrorCode::Internal:
        break;
    }
    return HubErrorKind::Hidden;
}

QString hubErrorDetail(const Error &error, bool detailedErrors)
{
    if (hubErrorKind(error.code) == HubErrorKind::Hidden)
        return detailedErrors && !error.message.isEmpty() ? u' ' + error.message : QString();
    QString detail = QStringLiteral(" HubException: %1:").arg(codeWord(error));
    if (!error.field.isEmpty())
        detail += u' ' + error.field + u':';
    if (!error.message.isEmpty())
        detail += u' ' + error.message;
    for (const FieldFault &fault : error.others)
        detail += QStringLiteral("; %1: %2").arg(fault.field, fault.message);
    if (error.retryAfterSeconds > 0)
        detail += QStringLiteral(" (retry after %1 s)").arg(error.retryAfterSeconds);
    return detail;
}

QString invocationFailed(QByteArrayView target, const Error &error, bool detailedErrors)
{
    return QStringLiteral("An unexpected error occurred invoking '%1' on the server.").arg(text(target))
        + hubErrorDetail(error, detailedErrors);
}

QString bindingFailed(QByteArrayView target, const Error &error, bool detailedErrors)
{
    const QString sentence = QStringLiteral("Failed to invoke '%1' due to an error on the server.").arg(text(target));
    if (!detailedErrors)
        return sentence + hubErrorDetail(error, false);
    // The number of arguments has no position; then the reference tells both numbers.
    if (error.field == QStringLiteral("arguments"))
        return sentence + QStringLiteral(" InvalidDataException: ") + error.message;
    return sentence
        + QStringLiteral(" InvalidDataException: Error binding arguments. Make sure that the types of the provided "
                         "values match the types of the hub method being invoked.");
}

QString unknownMethod(QByteArrayView target)
{
    return QStringLiteral("Failed to invoke '%1' due to an error on the server. HubException: Method does not exist.")
        .arg(text(target));
}

QString streamFailed(const Error &error, bool detailedErrors)
{
    return QStringLiteral("An error occurred on the server while streaming results.")
        + hubErrorDetail(error, detailedErrors);
}

QString streamNeedsStreamInvocation(QByteArrayView target)
{
    return QStringLiteral("The client attempted to invoke the streaming '%1' method with a non-streaming invocation.")
        .arg(text(target));
}

QString plainNeedsPlainInvocation(QByteArrayView target)
{
    return QStringLiteral("The client attempted to invoke the non-streaming '%1' method with a streaming invocation.")
        .arg(text(target));
}

QString invocationIdInUse(QByteArrayView id)
{
    return QStringLiteral("Invocation ID '%1' is already in use.").arg(text(id));
}

QString streamIdInUse(QByteArrayView id)
{
    return QStringLiteral("Stream ID '%1' is already in use.").arg(text(id));
}

QString tooManyStreams()
{
    return QStringLiteral("Too many streams.");
}

QString wrongStreamCount(QByteArrayView target, qsizetype sent, qsizetype expected)
{
    return QStringLiteral("An unexpected error occurred invoking '%1' on the server. HubException: Client sent %2 "
                          "stream(s), Hub method expects %3.")
        .arg(text(target))
        .arg(sent)
        .arg(expected);
}

QString closedWithDetail(const QString &detail, bool detailedErrors)
{
    return closedWithError(nullptr, false) + (detailedErrors ? u' ' + detail : QString());
}

QString closedWithError(const Error *error, bool detailedErrors)
{
    return QStringLiteral("Connection closed with an error.")
        + (error ? hubErrorDetail(*error, detailedErrors) : QString());
}

} // namespace Tertulia::Server
