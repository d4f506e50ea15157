// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/httphead.h"

#include "net/utf8validator.h"
#include "net/websockethandshake.h"

#include <cstring>

namespace Tertulia::Server {

namespace {

using Failure = tl::unexpected<HttpError>;

constexpr qsizetype maxMethodSize = 32;

Failure refuse(int status, const char *message)
{
    return Failure(HttpError{status, message});
}

struct CharTable
{
    std::array<bool, 256> member{};
};

constexpr CharTable tokenChars = [] {
    CharTable table;
    for (char c = '0'; c <= '9'; ++c)
        table.member[static_cast<quint8>(c)] = true;
    for (char c = 'a'; c <= 'z'; ++c)
        table.member[static_cast<quint8>(c)] = table.member[static_cast<quint8>(c - 'a' + 'A')] = true;
    for (const char c : {'!', '#', '$', '%', '&', '\'', '*', '+', '-', '.', '^', '_', '`', '|', '~'})
        table.member[static_cast<quint8>(c)] = true;
    return table;
}();

QByteArrayView trimOws(QByteArrayView value)
{
    while (!value.isEmpty() && (value.front() == ' ' || value.front() == '\t'))
        value = value.sliced(1);
    while (!value.isEmpty() && (value.back() == ' ' || value.back() == '\t'))
        value.chop(1);
    return value;
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

/// The usual names are shared, so that most fields cost one allocation, not two.
const QByteArray *knownName(QByteArrayView name)
{
    static const auto byLength = [] {
        std::array<std::vector<QByteArray>, 32> table;
        for (const char *known : {"host",
                                  "connection",
                                  "accept",
                                  "accept-encoding",
                                  "accept-language",
                                  "authorization",
                                  "cache-control",
                                  "content-encoding",
                                  "content-length",
                                  "content-type",
                                  "cookie",
                                  "dnt",
                                  "expect",
                                  "idempotency-key",
                                  "if-modified-since",
                                  "if-none-match",
                                  "if-range",
                                  "origin",
                                  "pragma",
                                  "range",
                                  "referer",
                                  "sec-ch-ua",
                                  "sec-ch-ua-mobile",
                                  "sec-ch-ua-platform",
                                  "sec-fetch-dest",
                                  "sec-fetch-mode",
                                  "sec-fetch-site",
                                  "sec-websocket-extensions",
                                  "sec-websocket-key",
                                  "sec-websocket-protocol",
                                  "sec-websocket-version",
                                  "transfer-encoding",
                                  "upgrade",
                                  "upgrade-insecure-requests",
                                  "user-agent",
                                  "x-forwarded-for",
                                  "x-forwarded-host",
                                  "x-forwarded-proto",
                                  "x-requested-with",
                                  "x-signalr-user-agent",
                                  "access-control-request-method",
                                  "access-control-request-headers"}) {
            const QByteArray text(known);
            table[static_cast<size_t>(text.size())].push_back(text);
        }
        return table;
    }();
    if (name.size() >= static_cast<qsizetype>(byLength.size()))
        return nullptr;
    for (const QByteArray &known : byLength[static_cast<size_t>(name.size())]) {
        if (equalsIgnoringCase(name, known))
            return &known;
    }
    return nullptr;
}

Method methodOf(QByteArrayView name)
{
    static constexpr std::array<std::pair<std::string_view, Method>, 7> methods{{{"GET", Method::Get},
                                                                                 {"HEAD", Method::Head},
                                                                                 {"POST", Method::Post},
                                                                                 {"PUT", Method::Put},
                                                                                 {"DELETE", Method::Delete},
                                                                                 {"OPTIONS", Method::Options},
                                                                                 {"PATCH", Method::Patch}}};
    for (const auto &[text, method] : methods) {
        if (name == QByteArrayView(text.data(), static_cast<qsizetype>(text.size())))
            return method;
    }
    return Method::Other;
}

/// Fields of which we would read the first and a gateway perhaps the last. Those with words of their own are not here.
bool isSingular(const QByteArray &name)
{
    return name == "content-type" || name == "content-encoding" || name == "origin" || name == "idempotency-key";
}

bool isThereTwice(const std::vector<HeaderField> &fields, const QByteArray &name)
{
    return std::count_if(fields.begin(), fields.end(), [&](const HeaderField &field) { return field.name == name; })
        > 1;
}

/// A request line longer than any target that is allowed, with the longest method and all else of the line, its CR too.
bool isTooLong(qsizetype requestLine, const HeadLimits &limits)
{
    constexpr qsizetype others = maxMethodSize + 2 + 8 + 1;
    return requestLine > limits.maxTargetBytes + others;
}

bool hasTooLongATarget(QByteArrayView requestLine, const HeadLimits &limits)
{
    const qsizetype target = requestLine.lastIndexOf(' ') - requestLine.indexOf(' ') - 1;
    return isTooLong(requestLine.size(), limits) || target > limits.maxTargetBytes;
}

/// What the framing fields said, gathered while the fields are read.
struct Framing
{
    bool hasHost = false;
    bool hasAuthorization = false;
    bool hasLength = false;
    bool hasTransferEncoding = false;
    bool close = false;
    bool keepAlive = false;
};

class Parser
{
public:
    Parser(QByteArrayView head, const HeadLimits &limits)
        : m_rest(head)
        , m_limits(limits)
    {
    }
    tl::expected<ParsedHead, HttpError> parse();

private:
    using Step = tl::expected<void, HttpError>;
    QByteArrayView takeLine();
    Step requestLine(QByteArrayView line);
    Step version(QByteArrayView text);
    Step target(QByteArrayView target);
    Step absoluteTarget(QByteArrayView target);
    Step originTarget(QByteArrayView target);
    Step field(QByteArrayView line);
    Step known(const HeaderField &field);
    Step contentLength(QByteArrayView value);
    Step transferEncoding(QByteArrayView value);
    Step finish();

    QByteArrayView m_rest;
    const HeadLimits &m_limits;
    ParsedHead m_parsed;
    Framing m_framing;
    QByteArray m_authority; ///< of an absolute-form target; replaces Host (RFC 9112 3.2.2)
};

QByteArrayView Parser::takeLine()
{
    const qsizetype end = m_rest.indexOf("\r\n");
    const QByteArrayView line = m_rest.first(end);
    m_rest = m_rest.sliced(end + 2);
    return line;
}

tl::expected<ParsedHead, HttpError> Parser::parse()
{
    while (m_rest.startsWith("\r\n"))
        m_rest = m_rest.sliced(2);
    if (const Step step = requestLine(takeLine()); !step)
        return Failure(step.error());
    m_parsed.request.headers.reserve(16);
    for (QByteArrayView line = takeLine(); !line.isEmpty(); line = takeLine()) {
        if (const Step step = field(line); !step)
            return Failure(step.error());
    }
    if (const Step step = finish(); !step)
        return Failure(step.error());
    return std::move(m_parsed);
}

Parser::Step Parser::requestLine(QByteArrayView line)
{
    // Exactly two single spaces (RFC 9112 3): more would be read in different ways by different servers.
    const qsizetype first = line.indexOf(' ');
    const qsizetype last = line.lastIndexOf(' ');
    if (first <= 0 || last == first)
        return refuse(400, "The request line must be: method, space, target, space, version.");
    const QByteArrayView name = line.first(first);
    if (name.size() > maxMethodSize || !std::all_of(name.begin(), name.end(), isTokenChar))
        return refuse(400, "The request method is not a token.");
    m_parsed.request.method = methodOf(name);
    m_parsed.request.methodName = name.toByteArray();
    if (const Step step = version(line.sliced(last + 1)); !step)
        return step;
    return target(line.sliced(first + 1, last - first - 1));
}

Parser::Step Parser::version(QByteArrayView text)
{
    const auto digit = [&](qsizetype i) { return text[i] >= '0' && text[i] <= '9'; };
    if (text.size() != 8 || !text.startsWith("HTTP/") || text[6] != '.' || !digit(5) || !digit(7))
        return refuse(400, "The request line ends in no HTTP version.");
    if (text[5] != '1')
        return refuse(505, "Only HTTP/1.0 and HTTP/1.1 are spoken here.");
    m_parsed.request.minorVersion = text[7] == '0' ? 0 : 1;
    return {};
}

Parser::Step Parser::target(QByteArrayView target)
{
    if (target.size() > m_limits.maxTargetBytes)
        return refuse(414, "The request target is too long.");
    const auto isPlain = [](char c) { return c > 0x20 && c < 0x7f && c != '#'; };
    if (target.isEmpty() || !std::all_of(target.begin(), target.end(), isPlain))
        return refuse(400, "The request target holds a character that must be percent-encoded.");
    if (m_parsed.request.methodName == "CONNECT" || m_parsed.request.methodName == "TRACE")
        return refuse(405, "This method is not served.");
    if (target.front() == '/')
        return originTarget(target);
    if (target == "*" && m_parsed.request.method == Method::Options) {
        m_parsed.isAsterisk = true;
        m_parsed.request.path = QByteArrayLiteral("/");
        return {};
    }
    return absoluteTarget(target);
}

Parser::Step Parser::absoluteTarget(QByteArrayView target)
{
    qsizetype start = 0;
    if (qstrnicmp(target.data(), std::min<qsizetype>(target.size(), 7), "http://", 7) == 0)
        start = 7;
    else if (qstrnicmp(target.data(), std::min<qsizetype>(target.size(), 8), "https://", 8) == 0)
        start = 8;
    else
        return refuse(400, "The request target must be a path or an http URL.");
    const QByteArrayView rest = target.sliced(start);
    qsizetype end = 0;
    while (end < rest.size() && rest[end] != '/' && rest[end] != '?')
        ++end;
    m_authority = rest.first(end).toByteArray();
    if (m_authority.isEmpty() || !isValidHost(m_authority))
        return refuse(400, "The request target's host is not valid.");
    if (end == rest.size())
        return originTarget("/");
    if (rest[end] == '?')
        return originTarget(QByteArray('/' + rest.sliced(end).toByteArray()));
    return originTarget(rest.sliced(end));
}

Parser::Step Parser::originTarget(QByteArrayView target)
{
    const qsizetype question = target.indexOf('?');
    auto path = decodePath(question < 0 ? target : target.first(question));
    if (!path)
        return refuse(400, "The path is not valid percent-encoded UTF-8.");
    m_parsed.request.path = std::move(*path);
    if (question >= 0)
        m_parsed.request.query = target.sliced(question + 1).toByteArray();
    return {};
}

Parser::Step Parser::field(QByteArrayView line)
{
    if (line.front() == ' ' || line.front() == '\t')
        return refuse(400, "A header field continues on a second line (obs-fold).");
    const qsizetype colon = line.indexOf(':');
    if (colon <= 0)
        return refuse(400, "A header line has no field name.");
    const QByteArrayView name = line.first(colon);
    if (!std::all_of(name.begin(), name.end(), isTokenChar))
        return refuse(400, "A header field name is not a token.");
    const QByteArrayView value = trimOws(line.sliced(colon + 1));
    const auto isAllowed = [](char c) {
        const auto byte = static_cast<quint8>(c);
        return (byte >= 0x20 && byte != 0x7f) || c == '\t';
    };
    if (!std::all_of(value.begin(), value.end(), isAllowed))
        return refuse(400, "A header field value holds a control character.");
    const QByteArray *shared = knownName(name);
    HeaderField &added = m_parsed.request.headers.emplace_back(
        HeaderField{shared ? *shared : name.toByteArray().toLower(), value.toByteArray()});
    return shared ? known(added) : Step();
}

Parser::Step Parser::known(const HeaderField &field)
{
    if (isSingular(field.name) && isThereTwice(m_parsed.request.headers, field.name))
        return refuse(400, "A header field that may stand once stands twice.");
    if (field.name == "host") {
        if (std::exchange(m_framing.hasHost, true))
            return refuse(400, "There is more than one Host field.");
        if (!isValidHost(field.value))
            return refuse(400, "The Host field is not valid.");
    } else if (field.name == "authorization") {
        // A gateway in front may have looked at the other one.
        if (std::exchange(m_framing.hasAuthorization, true))
            return refuse(401, "There is more than one Authorization field.");
    } else if (field.name == "content-length") {
        return contentLength(field.value);
    } else if (field.name == "transfer-encoding") {
        return transferEncoding(field.value);
    } else if (field.name == "connection") {
        m_framing.close |= hasToken(field.value, "close");
        m_framing.keepAlive |= hasToken(field.value, "keep-alive");
    } else if (field.name == "expect") {
        if (!equalsIgnoringCase(field.value, "100-continue"))
            return refuse(417, "The only expectation met here is 100-continue.");
        m_parsed.expectsContinue = true;
    }
    return {};
}

Parser::Step Parser::contentLength(QByteArrayView value)
{
    if (std::exchange(m_framing.hasLength, true))
        return refuse(400, "There is more than one Content-Length.");
    const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
    if (value.isEmpty() || value.size() > 18 || !std::all_of(value.begin(), value.end(), isDigit))
        return refuse(400, "The Content-Length is not a number of bytes.");
    qint64 length = 0;
    for (const char c : value)
        length = length * 10 + (c - '0');
    m_parsed.request.contentLength = length;
    return {};
}

Parser::Step Parser::transferEncoding(QByteArrayView value)
{
    if (std::exchange(m_framing.hasTransferEncoding, true))
        return refuse(400, "There is more than one Transfer-Encoding.");
    if (m_parsed.request.minorVersion == 0)
        return refuse(400, "HTTP/1.0 has no Transfer-Encoding.");
    if (!equalsIgnoringCase(value, "chunked"))
        return refuse(hasToken(value, "chunked") ? 501 : 400, "The only Transfer-Encoding read here is chunked.");
    return {};
}

Parser::Step Parser::finish()
{
    RequestHead &request = m_parsed.request;
    if (m_framing.hasLength && m_framing.hasTransferEncoding)
        return refuse(400, "Content-Length and Transfer-Encoding exclude each other.");
    if (m_framing.hasTransferEncoding)
        request.contentLength = -1;
    if (!m_framing.hasHost && request.minorVersion == 1)
        return refuse(400, "HTTP/1.1 needs a Host field.");
    if (!m_authority.isEmpty()) {
        for (HeaderField &field : request.headers) {
            if (field.name == "host")
                field.value = m_authority;
        }
    }
    const bool sendsBody =
        request.method == Method::Post || request.method == Method::Put || request.method == Method::Patch;
    if (request.minorVersion == 0 && sendsBody && !m_framing.hasLength)
        return refuse(411, "An HTTP/1.0 request with a body needs a Content-Length.");
    const QByteArrayView encoding = request.header("content-encoding");
    if (request.contentLength != 0 && !encoding.isEmpty() && !equalsIgnoringCase(encoding, "identity"))
        return refuse(415, "Compressed request bodies are not read here: send the body without Content-Encoding.");
    // RFC 9110 10.1.1: an expectation in HTTP/1.0 is ignored.
    m_parsed.expectsContinue &= request.minorVersion == 1 && request.contentLength != 0;
    m_parsed.keepAlive = !m_framing.close && (request.minorVersion == 1 || m_framing.keepAlive);
    if (const auto refusal = checkUpgrade(request))
        return Failure(*refusal);
    return {};
}

} // namespace

tl::expected<ParsedHead, HttpError> parseHead(QByteArrayView head, const HeadLimits &limits)
{
    return Parser(head, limits).parse();
}

bool isTokenChar(char c)
{
    return tokenChars.member[static_cast<quint8>(c)];
}

bool hasToken(QByteArrayView list, QByteArrayView lowerCaseToken)
{
    while (!list.isEmpty()) {
        const qsizetype comma = list.indexOf(',');
        const QByteArrayView item = trimOws(comma < 0 ? list : list.first(comma));
        if (equalsIgnoringCase(item, lowerCaseToken))
            return true;
        list = comma < 0 ? QByteArrayView() : list.sliced(comma + 1);
    }
    return false;
}

bool isValidHost(QByteArrayView host)
{
    const auto isAllowed = [](char c) {
        return isTokenChar(c) ? (c != '#' && c != '^' && c != '`' && c != '|') : (c == ':' || c == '[' || c == ']');
    };
    return host.size() <= 300 && std::all_of(host.begin(), host.end(), isAllowed);
}

std::optional<QByteArray> decodePath(QByteArrayView raw)
{
    const auto hex = [](char c) {
        return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1;
    };
    QByteArray decoded;
    decoded.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '%') {
            decoded += raw[i];
            continue;
        }
        const int value = i + 2 < raw.size() && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0
            ? hex(raw[i + 1]) * 16 + hex(raw[i + 2])
            : -1;
        if (value < 0x20 || value == 0x7f)
            return std::nullopt;
        if (value == '/')
            decoded += "%2F";
        else
            decoded += static_cast<char>(value);
        i += 2;
    }
    if (!Utf8Validator::isValid(decoded))
        return std::nullopt;
    if (!decoded.contains("/."))
        return decoded;
    // Dot segments, after decoding: "%2e%2e" is ".." too.
    QByteArray result;
    QByteArrayView rest = decoded;
    while (!rest.isEmpty()) {
        const qsizetype end = rest.indexOf('/', 1);
        const QByteArrayView segment = end < 0 ? rest : rest.first(end);
        rest = end < 0 ? QByteArrayView() : rest.sliced(end);
        if (segment == "/..") {
            if (result.isEmpty())
                return std::nullopt;
            result.truncate(result.lastIndexOf('/'));
        } else if (segment != "/.") {
            result += segment;
            continue;
        }
        if (rest.isEmpty())
            result += '/';
    }
    return result;
}

HeadScanner::Status HeadScanner::fail(int status, const char *message)
{
    m_error = {status, message};
    return Status::Failed;
}

HeadScanner::Status HeadScanner::scan(QByteArrayView bytes, const HeadLimits &limits)
{
    constexpr qint32 maxLeading = 4; // two empty lines
    for (;;) {
        if (m_lines == 0 && m_position < bytes.size()) {
            const char first = bytes[m_position];
            if (first != '\r' && !isTokenChar(first))
                return fail(400, "This is no HTTP request. Is the client speaking TLS to a plain port?");
        }
        const auto window = std::min<qsizetype>(bytes.size(), limits.maxHeadBytes + m_leading);
        const auto searchLength = static_cast<size_t>(std::max<qsizetype>(window - m_searched, 0));
        const void *found = searchLength > 0 ? std::memchr(bytes.data() + m_searched, '\n', searchLength) : nullptr;
        if (!found) {
            m_searched = static_cast<qint32>(std::max<qsizetype>(window, m_searched));
            if (m_lines == 0 && isTooLong(m_searched - m_position, limits))
                return fail(414, "The request target is too long.");
            if (bytes.size() < limits.maxHeadBytes + m_leading)
                return Status::Incomplete;
            return m_lines == 0 ? fail(414, "The request line is too long.")
                                : fail(431, "The header fields are too long.");
        }
        const auto feed = static_cast<qint32>(static_cast<const char *>(found) - bytes.data());
        // Before the fields are looked at, so that it is 414 also when they are too long by then.
        if (m_lines == 0 && hasTooLongATarget(bytes.sliced(m_position, feed - m_position), limits))
            return fail(414, "The request target is too long.");
        if (feed == m_position || bytes[feed - 1] != '\r')
            return fail(400, "A line ends in LF without CR.");
        const bool isEmpty = feed - 1 == m_position;
        m_position = m_searched = feed + 1;
        if (isEmpty && m_lines > 0)
            return Status::Complete;
        if (isEmpty) {
            m_leading += 2;
            if (m_leading > maxLeading)
                return fail(400, "There are empty lines before the request line.");
            continue;
        }
        if (++m_lines > limits.maxFields + 1)
            return fail(431, "There are too many header fields.");
    }
}

} // namespace Tertulia::Server
