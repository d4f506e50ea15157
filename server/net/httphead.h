// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/httpmessage.h"

#include <tl/expected.hpp>

namespace Tertulia::Server {

/// Why the front door refuses a request by itself.
struct HttpError
{
    int status = 400;
    const char *message = ""; ///< English sentence, static
};

struct HeadLimits
{
    int maxHeadBytes = 16 * 1024;
    int maxTargetBytes = 8 * 1024;
    int maxFields = 100;
};

/// Finds the end of a request head in bytes that come in pieces, each byte looked at once. Refuses early what can
/// never become a head: a lone LF, too many bytes or fields, a first byte that starts no method.
class HeadScanner
{
public:
    enum class Status : quint8 { Incomplete, Complete, Failed };
    /// @param bytes everything received since the head's start, the earlier bytes included
    [[nodiscard]] Status scan(QByteArrayView bytes, const HeadLimits &limits);
    [[nodiscard]] qsizetype headSize() const { return m_position; } ///< when Complete, with the empty line
    [[nodiscard]] HttpError error() const { return m_error; } ///< when Failed
    void reset() { *this = HeadScanner(); }

private:
    Status fail(int status, const char *message);

    HttpError m_error;
    qint32 m_position = 0; ///< up to here all lines are complete
    qint32 m_searched = 0; ///< no LF between m_position and here
    qint32 m_lines = 0;
    qint32 m_leading = 0; ///< bytes of empty lines before the request line (RFC 9112 2.2 asks to skip one)
};

struct ParsedHead
{
    RequestHead request;
    bool keepAlive = true;
    bool expectsContinue = false;
    bool isAsterisk = false; ///< OPTIONS *
};

/// Parses what HeadScanner found complete (RFC 9110, 9112), strictly: whatever two parsers could read in two ways is
/// refused, so that nothing can be smuggled past a proxy. Peer, secure and requestId are left to the caller.
[[nodiscard]] tl::expected<ParsedHead, HttpError> parseHead(QByteArrayView head, const HeadLimits &limits);

/// Percent-decodes and normalises a path (RFC 3986 5.2.4). `%2F` stays encoded, so that segments keep their borders.
/// Null: a wrong encoding, a control character, not UTF-8, or a ".." above the root.
[[nodiscard]] std::optional<QByteArray> decodePath(QByteArrayView raw);

/// True if a comma-separated field value holds the token, whatever its case.
[[nodiscard]] bool hasToken(QByteArrayView list, QByteArrayView lowerCaseToken);
[[nodiscard]] bool isTokenChar(char c); ///< RFC 9110 5.6.2

/// "host:port" or "[v6]:port" with characters that an authority may have.
[[nodiscard]] bool isValidHost(QByteArrayView host);

} // namespace Tertulia::Server
