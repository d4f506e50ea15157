// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httpresponse.h"

namespace Tertulia::Server {

namespace {

struct StatusText
{
    int status;
    const char *phrase;
    const char *code; ///< code word in the error envelope; null: none of ours
};

constexpr StatusText statusTexts[] = {
    {100, "Continue", nullptr},
    {101, "Switching Protocols", nullptr},
    {200, "OK", nullptr},
    {201, "Created", nullptr},
    {202, "Accepted", nullptr},
    {203, "Non-Authoritative Information", nullptr},
    {204, "No Content", nullptr},
    {205, "Reset Content", nullptr},
    {206, "Partial Content", nullptr},
    {207, "Multi-Status", nullptr},
    {300, "Multiple Choices", nullptr},
    {301, "Moved Permanently", nullptr},
    {302, "Found", nullptr},
    {303, "See Other", nullptr},
    {304, "Not Modified", nullptr},
    {307, "Temporary Redirect", nullptr},
    {308, "Permanent Redirect", nullptr},
    {400, "Bad Request", "BAD_REQUEST"},
    {401, "Unauthorized", "UNAUTHORIZED"},
    {402, "Payment Required", nullptr},
    {403, "Forbidden", "FORBIDDEN"},
    {404, "Not Found", "NOT_FOUND"},
    {405, "Method Not Allowed", "METHOD_NOT_ALLOWED"},
    {406, "Not Acceptable", nullptr},
    {408, "Request Timeout", "REQUEST_TIMEOUT"},
    {409, "Conflict", "CONFLICT"},
    {410, "Gone", "GONE"},
    {411, "Length Required", "LENGTH_REQUIRED"},
    {412, "Precondition Failed", nullptr},
    {413, "Content Too Large", "FILE_TOO_LARGE"},
    {414, "URI Too Long", "URI_TOO_LONG"},
    {415, "Unsupported Media Type", "UNSUPPORTED_MEDIA_TYPE"},
    {416, "Range Not Satisfiable", nullptr},
    {417, "Expectation Failed", "EXPECTATION_FAILED"},
    {421, "Misdirected Request", nullptr},
    {422, "Unprocessable Content", nullptr},
    {425, "Too Early", nullptr},
    {426, "Upgrade Required", "UPGRADE_REQUIRED"},
    {428, "Precondition Required", nullptr},
    {429, "Too Many Requests", "RATE_LIMITED"},
    {431, "Request Header Fields Too Large", "HEADERS_TOO_LARGE"},
    {451, "Unavailable For Legal Reasons", nullptr},
    {500, "Internal Server Error", "INTERNAL_ERROR"},
    {501, "Not Implemented", "NOT_IMPLEMENTED"},
    {502, "Bad Gateway", nullptr},
    {503, "Service Unavailable", "UNAVAILABLE"},
    {504, "Gateway Timeout", "TIMEOUT"},
    {505, "HTTP Version Not Supported", "HTTP_VERSION_NOT_SUPPORTED"},
    {507, "Insufficient Storage", "INSUFFICIENT_STORAGE"},
    {511, "Network Authentication Required", nullptr},
};

const StatusText *find(int status)
{
    const auto *found = std::lower_bound(std::begin(statusTexts), std::end(statusTexts), status,
                                         [](const StatusText &text, int wanted) { return text.status < wanted; });
    return found != std::end(statusTexts) && found->status == status ? found : nullptr;
}

bool isOneLine(QByteArrayView text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return c != '\r' && c != '\n' && c != '\0'; });
}

/// Fields that only the front door may write: a second one would change where the answer ends.
bool isFramingField(const Response &response, const QByteArray &name)
{
    const auto is = [&](QByteArrayView other) { return name.compare(other, Qt::CaseInsensitive) == 0; };
    return is("content-length") || is("transfer-encoding") || (is("connection") && response.status != 101);
}

void addField(QByteArray &head, QByteArrayView name, QByteArrayView value)
{
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
}

void addFraming(QByteArray &head, const Response &response, const ResponseFrame &frame)
{
    switch (frame.length) {
    case ResponseFrame::Length::Known:
        if (mayHaveBody(response.status))
            addField(head, "Content-Length", QByteArray::number(frame.bodySize));
        break;
    case ResponseFrame::Length::Chunked:
        head += "Transfer-Encoding: chunked\r\n";
        break;
    case ResponseFrame::Length::UntilClose:
        break;
    }
    if (response.status == 101)
        return;
    if (frame.close)
        head += "Connection: close\r\n";
    else if (frame.minorVersion == 0)
        head += "Connection: keep-alive\r\n";
}

void addCors(QByteArray &head, const ResponseFrame &frame)
{
    if (frame.varyOrigin)
        head += "Vary: Origin\r\n";
    if (frame.corsOrigin.isEmpty())
        return;
    addField(head, "Access-Control-Allow-Origin", frame.corsOrigin);
    head += "Access-Control-Allow-Credentials: true\r\nAccess-Control-Expose-Headers: Retry-After\r\n";
}

} // namespace

QByteArray reasonPhrase(int status)
{
    const StatusText *text = find(status);
    return text ? QByteArray::fromRawData(text->phrase, static_cast<qsizetype>(qstrlen(text->phrase)))
                : QByteArrayLiteral("Unknown");
}

bool mayHaveBody(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

QByteArray serializeHead(const Response &response, const ResponseFrame &frame)
{
    QByteArray head;
    head.reserve(512);
    head += "HTTP/1.1 ";
    head += QByteArray::number(response.status);
    head += ' ';
    head += response.reasonPhrase.isEmpty() || !isOneLine(response.reasonPhrase) ? reasonPhrase(response.status)
                                                                                 : response.reasonPhrase;
    head += "\r\n";
    if (!response.contentType.isEmpty() && isOneLine(response.contentType))
        addField(head, "Content-Type", response.contentType);
    addFraming(head, response, frame);
    if (!frame.date.isEmpty())
        addField(head, "Date", frame.date);
    addCors(head, frame);
    for (const HeaderField &field : response.headers) {
        if (isOneLine(field.name) && isOneLine(field.value) && !isFramingField(response, field.name))
            addField(head, field.name, field.value);
    }
    head += "\r\n";
    return head;
}

Response errorResponse(const HttpError &error, QByteArrayView traceId)
{
    const StatusText *text = find(error.status);
    Response response;
    response.status = error.status;
    response.contentType = QByteArrayLiteral("application/json; charset=utf-8");
    // The messages are literals of ours, without characters that JSON escapes.
    response.body = QByteArrayLiteral("{\"success\":false,\"message\":\"") + error.message
        + QByteArrayLiteral("\",\"code\":\"") + (text && text->code ? text->code : "INTERNAL_ERROR")
        + QByteArrayLiteral("\",\"traceId\":\"") + traceId.toByteArray() + QByteArrayLiteral("\"}");
    if (error.status == 426) {
        response.headers.push_back({QByteArrayLiteral("Upgrade"), QByteArrayLiteral("websocket")});
        response.headers.push_back({QByteArrayLiteral("Sec-WebSocket-Version"), QByteArrayLiteral("13")});
    } else if (error.status == 405) {
        response.headers.push_back(
            {QByteArrayLiteral("Allow"), QByteArrayLiteral("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")});
    } else if (error.status == 401) {
        response.headers.push_back({QByteArrayLiteral("WWW-Authenticate"), QByteArrayLiteral("Bearer")});
    } else if (error.status == 429 || error.status == 503) {
        response.headers.push_back({QByteArrayLiteral("Retry-After"), QByteArrayLiteral("1")});
    }
    return response;
}

} // namespace Tertulia::Server
