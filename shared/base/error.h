// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace Tertulia {

/// What went wrong, in few words. Mapped once per border: to an HTTP status (server/http), to a Completion
/// error (server/signalr), back to a code (shared/client), to a sentence for people (shared/viewmodels).
enum class ErrorCode : quint8 {
    Invalid, ///< the input breaks a rule; 400
    Unauthenticated, ///< no or no valid credentials; 401
    Forbidden, ///< known caller, not allowed; 403
    NotFound, ///< not there, or not for this caller to know; 404
    Conflict, ///< contradicts the present state; 409
    Gone, ///< was possible, no longer is; 410
    TooLarge, ///< 413
    UnsupportedMediaType, ///< 415
    RateLimited, ///< 429; retryAfterSeconds says when to come back
    Cancelled, ///< the caller or the work's owner has gone; never shown
    Timeout, ///< 504
    Unavailable, ///< a part we need is down, full or overloaded; 503; may be retried
    Internal, ///< our fault; 500; the cause is in the log under the request id
};

/// A field of the input and what is wrong with it.
struct FieldFault
{
    QString field;
    QString message;

    friend bool operator==(const FieldFault &, const FieldFault &) = default;
};

/// A failure as a value. `message` is English for developers and logs: never parsed, holds no secret.
/// `reason` is the contract's code word (contract.md section 2: `BLOCKED`, `BUSY` …), empty for the code's default
/// word; it is the only text that code may compare.
struct Error
{
    ErrorCode code = ErrorCode::Internal;
    QString reason;
    QString message;
    /// The offending field as a path ("content", "memberIds[2]"), empty when no single field is to blame.
    QString field;
    /// RateLimited and Unavailable: seconds until a retry makes sense; 0 = unknown.
    int retryAfterSeconds = 0;
    /// Invalid: what else is wrong with the input, after `field` and `message`; see Faults.
    std::vector<FieldFault> others = {};

    [[nodiscard]] static Error invalid(QString field, QString message);
    [[nodiscard]] static Error unauthenticated(QString message);
    [[nodiscard]] static Error forbidden(QString message, QString reason = {});
    [[nodiscard]] static Error notFound(QString message);
    [[nodiscard]] static Error conflict(QString message, QString reason = {});
    [[nodiscard]] static Error rateLimited(int retryAfterSeconds, QString message = {});
    [[nodiscard]] static Error unavailable(QString message, int retryAfterSeconds = 0);
    [[nodiscard]] static Error cancelled();
    [[nodiscard]] static Error internal(QString message);

    friend bool operator==(const Error &, const Error &) = default;
};

/// The contract's code word for an error: `reason` if set, else the code's default ("VALIDATION_ERROR" …).
[[nodiscard]] QString codeWord(const Error &error);

} // namespace Tertulia
