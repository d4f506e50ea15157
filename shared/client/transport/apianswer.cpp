// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/apianswer.h"

#include "base/faults.h"
#include "client/transport/networkreasons.h"

#include <algorithm>

namespace Tertulia::Client {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype longestWord = 64; // characters of a code word
constexpr qsizetype longestMessage = 500; // characters; it goes to logs

struct StatusRow
{
    int status;
    ErrorCode code;
};
constexpr StatusRow statusTable[] = {
    {400, ErrorCode::Invalid},     {401, ErrorCode::Unauthenticated}, {403, ErrorCode::Forbidden},
    {404, ErrorCode::NotFound},    {405, ErrorCode::Invalid},         {409, ErrorCode::Conflict},
    {410, ErrorCode::Gone},        {413, ErrorCode::TooLarge},        {415, ErrorCode::UnsupportedMediaType},
    {422, ErrorCode::Invalid},     {429, ErrorCode::RateLimited},     {500, ErrorCode::Internal},
    {502, ErrorCode::Unavailable}, {503, ErrorCode::Unavailable},     {504, ErrorCode::Timeout},
};

std::optional<ErrorCode> codeOfStatus(int status)
{
    for (const StatusRow &row : statusTable) {
        if (row.status == status)
            return row.code;
    }
    return {};
}

/// Code words look like WORDS_WITH_LINES; anything else is not kept.
bool isWord(const QString &word)
{
    const auto fits = [](QChar c) { return (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_'; };
    return !word.isEmpty() && word.size() <= longestWord && std::all_of(word.begin(), word.end(), fits);
}

Error withReason(ErrorCode code, QLatin1StringView reason, const QString &message, int retryAfterSeconds = 0)
{
    return {code, reason, message, {}, retryAfterSeconds};
}

/// Not from our server: a proxy's page, a captive portal. What it says about a resource is not believed; that something
/// on the way is full or too large is.
Error errorOfStranger(const HttpAnswer &answer)
{
    const QString message = u"HTTP status %1 without our envelope"_s.arg(answer.status);
    const int retry = answer.retryAfterSeconds;
    switch (answer.status) {
    case 413:
        return withReason(ErrorCode::TooLarge, {}, message);
    case 429:
        return withReason(ErrorCode::RateLimited, {}, message, retry);
    case 502:
    case 503:
    case 504:
        return withReason(ErrorCode::Unavailable, {}, message, retry);
    default:
        break;
    }
    const bool isRedirect = answer.status >= 300 && answer.status < 400;
    return withReason(ErrorCode::Unavailable, isRedirect ? NetworkReason::redirected : NetworkReason::badAnswer,
                      message, retry);
}

/// The field that the envelope's own message is about comes first, as the server had it.
void takeFaults(Error &error, const ErrorEnvelope &envelope)
{
    for (const auto &[field, messages] : envelope.errors) {
        for (const QString &message : messages) {
            const bool isFirst = error.field.isEmpty() && message == envelope.message;
            if (isFirst)
                error.field = field.left(longestWord);
            else if (!Faults::isFull(error))
                error.others.push_back({field.left(longestWord), message.left(longestMessage)});
        }
    }
    if (error.field.isEmpty() && !envelope.errors.empty())
        error.field = envelope.errors.begin()->first.left(longestWord);
}

} // namespace

Error errorOfAnswer(const HttpAnswer &answer)
{
    const auto envelope = fromJson<ErrorEnvelope>(answer.body);
    const std::optional<ErrorCode> code = codeOfStatus(answer.status);
    if (!code || !envelope || envelope->success)
        return errorOfStranger(answer);
    Error error;
    error.code = *code;
    error.message = envelope->message.left(longestMessage);
    error.retryAfterSeconds = answer.retryAfterSeconds;
    takeFaults(error, *envelope);
    // The code's own word says nothing new: Error::reason is for the others.
    if (isWord(envelope->code) && envelope->code != codeWord(error))
        error.reason = envelope->code;
    return error;
}

Error badAnswer(const Error &decoding)
{
    return withReason(ErrorCode::Unavailable, NetworkReason::badAnswer,
                      QString(decoding.field + u": "_s + decoding.message).left(longestMessage));
}

} // namespace Tertulia::Client
