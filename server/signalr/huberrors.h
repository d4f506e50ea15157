// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QByteArrayView>

namespace Tertulia::Server {

// The wording that clients see when an invocation fails (signalr.md 8). Target is the method's name as it was sent.

/// How an error of the application reaches a client.
enum class HubErrorKind : quint8 {
    Deliberate, ///< told: ` HubException: CODE: message`
    Hidden, ///< our fault or the client's own leaving: the plain sentence, the cause is in the log
};
[[nodiscard]] HubErrorKind hubErrorKind(ErrorCode code);

/// What follows the sentence: " HubException: RATE_LIMITED: …", or nothing. The word is codeWord(),
/// the only part that programs may compare; RATE_LIMITED and others that may be retried say
/// "(retry after 7 s)" at the end. With detailed errors hidden ones follow too, as the message they have.
[[nodiscard]] QString hubErrorDetail(const Error &error, bool detailedErrors);

[[nodiscard]] QString invocationFailed(QByteArrayView target, const Error &error, bool detailedErrors);
[[nodiscard]] QString bindingFailed(QByteArrayView target, const Error &error, bool detailedErrors);
[[nodiscard]] QString unknownMethod(QByteArrayView target);
[[nodiscard]] QString streamFailed(const Error &error, bool detailedErrors);
[[nodiscard]] QString streamNeedsStreamInvocation(QByteArrayView target);
[[nodiscard]] QString plainNeedsPlainInvocation(QByteArrayView target);
[[nodiscard]] QString invocationIdInUse(QByteArrayView id);
[[nodiscard]] QString streamIdInUse(QByteArrayView id);
[[nodiscard]] QString tooManyStreams();
[[nodiscard]] QString wrongStreamCount(QByteArrayView target, qsizetype sent, qsizetype expected);
[[nodiscard]] QString closedWithError(const Error *error, bool detailedErrors);
/// For an end that is not the application's: @param detail the kind of exception that the reference has there, and what
/// is wrong; told with detailed errors only
[[nodiscard]] QString closedWithDetail(const QString &detail, bool detailedErrors);

} // namespace Tertulia::Server
