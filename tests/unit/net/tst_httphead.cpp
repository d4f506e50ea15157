// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/chunkeddecoder.h"
#include "net/httphead.h"
#include "net/httpresponse.h"
#include "net/websockethandshake.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;

namespace {

struct Outcome
{
    int status = 0; ///< 0 = accepted, -1 = incomplete
    ParsedHead head;
};

Outcome parseWhole(const QByteArray &bytes, const HeadLimits &limits = {})
{
    HeadScanner scanner;
    switch (scanner.scan(bytes, limits)) {
    case HeadScanner::Status::Incomplete:
        return {-1, {}};
    case HeadScanner::Status::Failed:
        return {scanner.error().status, {}};
    case HeadScanner::Status::Complete:
        break;
    }
    auto parsed = parseHead(QByteArrayView(bytes).first(scanner.headSize()), limits);
    return parsed ? Outcome{0, std::move(*parsed)} : Outcome{parsed.error().status, {}};
}

Outcome parseByteByByte(const QByteArray &bytes, const HeadLimits &limits = {})
{
    HeadScanner scanner;
    for (qsizetype size = 1; size <= bytes.size(); ++size) {
        const auto status = scanner.scan(QByteArrayView(bytes).first(size), limits);
        if (status == HeadScanner::Status::Failed)
            return {scanner.error().status, {}};
        if (status == HeadScanner::Status::Incomplete)
            continue;
        auto parsed = parseHead(QByteArrayView(bytes).first(scanner.headSize()), limits);
        return parsed ? Outcome{0, std::move(*parsed)} : Outcome{parsed.error().status, {}};
    }
    return {-1, {}};
}

QByteArray get(const QByteArray &target)
{
    return "GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n";
}

QByteArray withField(const QByteArray &lines)
{
    return "POST / HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n";
}

QByteArray upgrade(const QByteArray &lines)
{
    return "GET /ws HTTP/1.1\r\nHost: x\r\n" + lines + "\r\n\r\n";
}

const QByteArray goodKey = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==";

struct Decoded
{
    int status = 0; ///< 0 = done, -1 = wants more
    QByteArray data;
    qsizetype consumed = 0;
};

Decoded decodeChunks(const QByteArray &coded, qsizetype pieceSize, const HeadLimits &limits = {})
{
    ChunkedDecoder decoder(limits);
    Decoded result;
    while (result.consumed < coded.size()) {
        const auto size = std::min(pieceSize, coded.size() - result.consumed);
        const auto piece = decoder.feed(QByteArrayView(coded).sliced(result.consumed, size));
        result.data += piece.data;
        result.consumed += piece.consumed;
        if (piece.status == ChunkedDecoder::Status::Done)
            return result;
        if (piece.status == ChunkedDecoder::Status::Failed) {
            result.status = decoder.error().status;
            return result;
        }
    }
    result.status = -1;
    return result;
}

} // namespace

class TstHttpHead : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void head_isAcceptedOrRefused_data();
    void head_isAcceptedOrRefused();
    void target_becomesPath_data();
    void target_becomesPath();
    void fields_areLowerCased_andTrimmed();
    void absoluteForm_replacesHost();
    void connection_decidesKeepAlive_data();
    void connection_decidesKeepAlive();
    void limits_areExact();
    void targetTooLong_is414_atAnyLength();
    void twoAuthorizations_are401();
    void fieldsThatStandOnce_areNotReadTwice();
    void upgrade_isChecked_data();
    void upgrade_isChecked();
    void acceptKey_isRfcExample();
    void queryValue_decodes_whateverTheCase();
    void chunks_areDecodedOrRefused_data();
    void chunks_areDecodedOrRefused();
    void chunkOverhead_isLimited();
    void responseHead_dropsInjectedLines();
    void errorResponse_isTheContractsEnvelope();
};

void TstHttpHead::head_isAcceptedOrRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    const auto row = [](const char *name, const QByteArray &bytes, int status) {
        QTest::newRow(name) << bytes << status;
    };
    row("plain", get("/"), 0);
    row("no fields, 1.0", "GET / HTTP/1.0\r\n\r\n", 0);
    row("empty line before", "\r\n" + get("/"), 0);
    row("two empty lines before", "\r\n\r\n" + get("/"), 0);
    row("three empty lines before", "\r\n\r\n\r\n" + get("/"), 400);
    row("unfinished", "GET / HTTP/1.1\r\nHost: x\r\n", -1);
    row("unknown method", "BREW / HTTP/1.1\r\nHost: x\r\n\r\n", 0);
    // request line
    row("TLS hello", QByteArray("\x16\x03\x01\x02", 4), 400);
    row("two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("space at the end", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400);
    row("tab", "GET\t/\tHTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("no version", "GET /\r\nHost: x\r\n\r\n", 400);
    row("leading space", " GET / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("method no token", "G(T / HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("HTTP/2.0", "PRI * HTTP/2.0\r\n\r\n", 505);
    row("HTTP/9.9", "GET / HTTP/9.9\r\nHost: x\r\n\r\n", 505);
    row("HTTP/0.9", "GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505);
    row("HTTP/1.2 is 1.1", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 0);
    row("HTTP/11", "GET / HTTP/11\r\nHost: x\r\n\r\n", 400);
    row("lower-case http", "GET / http/1.1\r\nHost: x\r\n\r\n", 400);
    row("CONNECT", "CONNECT a:1 HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    row("TRACE", "TRACE / HTTP/1.1\r\nHost: x\r\n\r\n", 405);
    row("asterisk", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", 0);
    row("asterisk, GET", get("*"), 400);
    row("relative target", get("a/b"), 400);
    row("other scheme", get("ftp://x/"), 400);
    row("bad authority", get("http://a b/"), 400);
    row("authority with user", get("http://u@x/"), 400);
    row("raw UTF-8 in target", get("/\xc3\xa4"), 400);
    row("fragment", get("/a#b"), 400);
    // line ends
    row("bare LF", "GET / HTTP/1.1\nHost: x\n\n", 400);
    row("bare LF in fields", "GET / HTTP/1.1\r\nHost: x\nA: b\r\n\r\n", 400);
    row("bare LF at the end", "GET / HTTP/1.1\r\nHost: x\r\n\n", 400);
    row("bare CR in value", withField("A: b\rc"), 400);
    row("bare CR in request line", "GET /\r HTTP/1.1\r\nHost: x\r\n\r\n", 400);
    row("CR CR LF", "GET / HTTP/1.1\r\r\nHost: x\r\n\r\n", 400);
    row("obs-fold", withField("A: b\r\n c"), 400);
    row("obs-fold with tab", withField("A: b\r\n\tc"), 400);
    row("obs-fold first", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400);
    // fields
    row("space before colon", withField("A : b"), 400);
    row("tab before colon", withField("A\t: b"), 400);
    row("no colon", withField("abc"), 400);
    row("no name", withField(": b"), 400);
    row("NUL in value", withField(QByteArray("A: b\0c", 6)), 400);
    row("NUL in name", withField(QByteArray("A\0: b", 5)), 400);
    row("DEL in value", withField("A: b\x7f"), 400);
    row("control in value", withField("A: b\x01"), 400);
    row("obs-text in value", withField("A: \xe4\xff"), 0);
    row("empty value", withField("A:"), 0);
    row("comment in name", withField("A(b): c"), 400);
    // host
    row("no host", "GET / HTTP/1.1\r\n\r\n", 400);
    row("two hosts", withField("Host: y"), 400);
    row("same host twice", withField("Host: x"), 400);
    row("host with path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n", 400);
    row("host with user", "GET / HTTP/1.1\r\nHost: u@x\r\n\r\n", 400);
    row("host with space", "GET / HTTP/1.1\r\nHost: x y\r\n\r\n", 400);
    row("host v6", "GET / HTTP/1.1\r\nHost: [::1]:80\r\n\r\n", 0);
    // lengths
    row("length", withField("Content-Length: 5"), 0);
    row("length zero-padded", withField("Content-Length: 0005"), 0);
    row("length twice, same", withField("Content-Length: 5\r\nContent-Length: 5"), 400);
    row("length twice, different", withField("Content-Length: 5\r\nContent-Length: 6"), 400);
    row("length list", withField("Content-Length: 5, 5"), 400);
    row("length signed", withField("Content-Length: +5"), 400);
    row("length negative", withField("Content-Length: -5"), 400);
    row("length with letters", withField("Content-Length: 3x"), 400);
    row("length hex", withField("Content-Length: 0x10"), 400);
    row("length empty", withField("Content-Length:"), 400);
    row("length with space", withField("Content-Length: 1 2"), 400);
    row("length 2^64-1", withField("Content-Length: 18446744073709551615"), 400);
    row("length 2^63", withField("Content-Length: 9223372036854775808"), 400);
    row("chunked", withField("Transfer-Encoding: chunked"), 0);
    row("chunked, other case", withField("Transfer-Encoding: CHUNKED"), 0);
    row("both", withField("Content-Length: 5\r\nTransfer-Encoding: chunked"), 400);
    row("both, other order", withField("Transfer-Encoding: chunked\r\nContent-Length: 5"), 400);
    row("xchunkedx", withField("Transfer-Encoding: xchunkedx"), 400);
    row("identity", withField("Transfer-Encoding: identity"), 400);
    row("gzip, chunked", withField("Transfer-Encoding: gzip, chunked"), 501);
    row("chunked, chunked", withField("Transfer-Encoding: chunked, chunked"), 501);
    row("chunked twice", withField("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"), 400);
    row("chunked with VT",
        withField("Transfer-Encoding: \x0b"
                  "chunked"),
        400);
    row("chunked in 1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
    row("1.0 POST without length", "POST / HTTP/1.0\r\n\r\n", 411);
    row("1.1 POST without length", withField("A: b"), 0);
    row("gzip body", withField("Content-Length: 5\r\nContent-Encoding: gzip"), 415);
    row("identity body", withField("Content-Length: 5\r\nContent-Encoding: identity"), 0);
    row("expect", withField("Content-Length: 5\r\nExpect: 100-Continue"), 0);
    row("expect else", withField("Content-Length: 5\r\nExpect: tea"), 417);
}

void TstHttpHead::head_isAcceptedOrRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QCOMPARE(parseWhole(bytes).status, status);
    QCOMPARE(parseByteByByte(bytes).status, status);
}

void TstHttpHead::target_becomesPath_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<QByteArray>("path"); // empty = 400
    const auto row = [](const QByteArray &target, const QByteArray &path) {
        QTest::newRow(target.constData()) << target << path;
    };
    row("/", "/");
    row("/a?b=/../c", "/a");
    row("/a%20b", "/a b");
    row("/%C3%A4", "/\xc3\xa4");
    row("/a%2Fb", "/a%2Fb");
    row("/a%2fb", "/a%2Fb");
    row("/a/./b", "/a/b");
    row("/a/../b", "/b");
    row("/a/b/..", "/a/");
    row("/a/.", "/a/");
    row("/.", "/");
    row("/a/%2e%2E/b", "/b");
    row("/..", "");
    row("/../a", "");
    row("/a/../../b", "");
    row("/%2e%2e/etc", "");
    row("/.hidden", "/.hidden");
    row("/...", "/...");
    row("//a", "//a");
    row("/%", "");
    row("/%4", "");
    row("/%zz", "");
    row("/%00", "");
    row("/%0d%0aX:%20y", "");
    row("/%ff", "");
    row("/%c0%ae", "");
    row("/%ed%a0%80", "");
    row("http://host/p/../q?r", "/q");
    row("http://host", "/");
    row("HTTP://host?q", "/");
}

void TstHttpHead::target_becomesPath()
{
    QFETCH(QByteArray, target);
    QFETCH(QByteArray, path);
    const Outcome outcome = parseWhole(get(target));
    QCOMPARE(outcome.status, path.isEmpty() ? 400 : 0);
    QCOMPARE(outcome.head.request.path, path);
}

void TstHttpHead::fields_areLowerCased_andTrimmed()
{
    const Outcome outcome = parseWhole(withField("X-Own-Field: \t a b \t\r\nACCEPT:x"));
    QCOMPARE(outcome.head.request.header("x-own-field"), QByteArrayView("a b"));
    QCOMPARE(outcome.head.request.header("accept"), QByteArrayView("x"));
    QVERIFY(outcome.head.request.header("missing").isNull());
}

void TstHttpHead::absoluteForm_replacesHost()
{
    const Outcome outcome = parseWhole(get("http://real:81/p?q=1"));
    QCOMPARE(outcome.head.request.header("host"), QByteArrayView("real:81"));
    QCOMPARE(outcome.head.request.query, QByteArray("q=1"));
}

void TstHttpHead::connection_decidesKeepAlive_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<bool>("keepAlive");
    QTest::newRow("1.1") << get("/") << true;
    QTest::newRow("1.1 close") << withField("Connection: close") << false;
    QTest::newRow("1.1 close in list") << withField("Connection: foo, Close") << false;
    QTest::newRow("1.0") << QByteArray("GET / HTTP/1.0\r\n\r\n") << false;
    QTest::newRow("1.0 keep-alive") << QByteArray("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n") << true;
    QTest::newRow("both") << withField("Connection: keep-alive\r\nConnection: close") << false;
}

void TstHttpHead::connection_decidesKeepAlive()
{
    QFETCH(QByteArray, bytes);
    QFETCH(bool, keepAlive);
    QCOMPARE(parseWhole(bytes).head.keepAlive, keepAlive);
}

void TstHttpHead::limits_areExact()
{
    HeadLimits limits;
    limits.maxHeadBytes = 200;
    limits.maxTargetBytes = 50;
    limits.maxFields = 5;
    const QByteArray start = "GET / HTTP/1.1\r\nHost: x\r\nA: ";
    const auto sized = [&](qsizetype total) { return start + QByteArray(total - start.size() - 4, 'a') + "\r\n\r\n"; };
    QCOMPARE(parseWhole(sized(200), limits).status, 0);
    QCOMPARE(parseWhole(sized(201), limits).status, 431);
    QCOMPARE(parseByteByByte(sized(200), limits).status, 0);
    QCOMPARE(parseByteByByte(sized(201), limits).status, 431);
    QCOMPARE(parseByteByByte("GET /" + QByteArray(300, 'a'), limits).status, 414);
    QCOMPARE(parseWhole(get("/" + QByteArray(49, 'a')), limits).status, 0);
    QCOMPARE(parseWhole(get("/" + QByteArray(50, 'a')), limits).status, 414);
    QCOMPARE(parseWhole(withField(QByteArray("A:\r\n").repeated(3) + "A:"), limits).status, 0);
    QCOMPARE(parseWhole(withField(QByteArray("A:\r\n").repeated(4) + "A:"), limits).status, 431);
    // An endless line is refused as soon as it is too long, not when it ends.
    QCOMPARE(parseByteByByte("GET / HTTP/1.1\r\nA: " + QByteArray(300, 'a'), limits).status, 431);
}

void TstHttpHead::targetTooLong_is414_atAnyLength()
{
    HeadLimits limits;
    limits.maxHeadBytes = 400;
    limits.maxTargetBytes = 50;
    // Also where the line still fits into the head and the fields behind it do not.
    for (int size = 51; size < 800; ++size) {
        const QByteArray line = "GET /" + QByteArray(size - 1, 'a') + " HTTP/1.1\r\n";
        for (const QByteArray &rest : {QByteArray("Host: x\r\n\r\n"), "Host: " + QByteArray(500, 'h') + "\r\n\r\n"}) {
            QCOMPARE(parseWhole(line + rest, limits).status, 414);
            QCOMPARE(parseByteByByte(line + rest, limits).status, 414);
        }
    }
    const QByteArray longest = "/" + QByteArray(49, 'a');
    QCOMPARE(parseByteByByte(QByteArray(32, 'M') + ' ' + longest + " HTTP/1.1\r\nHost: x\r\n\r\n", limits).status, 0);
}

void TstHttpHead::twoAuthorizations_are401()
{
    QCOMPARE(parseWhole(withField("Authorization: Bearer a")).status, 0);
    QCOMPARE(parseWhole(withField("Authorization: Bearer a\r\nAuthorization: Bearer a")).status, 401);
    QCOMPARE(parseWhole(withField("Authorization: \r\naUTHORIZATION: Bearer a")).status, 401);
}

void TstHttpHead::fieldsThatStandOnce_areNotReadTwice()
{
    for (const char *name : {"Content-Type", "Content-Encoding", "Origin", "Idempotency-Key"}) {
        const QByteArray field = name + QByteArray(": identity");
        QCOMPARE(parseWhole(withField(field)).status, 0);
        QCOMPARE(parseWhole(withField(field + "\r\n" + field.toLower())).status, 400);
    }
    QCOMPARE(parseWhole(withField("X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2")).status, 0);
}

void TstHttpHead::upgrade_isChecked_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<int>("status");
    QTest::addColumn<bool>("wanted");
    const QByteArray ask = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n";
    const auto row = [](const char *name, const QByteArray &bytes, int status, bool wanted) {
        QTest::newRow(name) << bytes << status << wanted;
    };
    row("good", upgrade(ask + goodKey), 0, true);
    row("token case and lists",
        upgrade("upgrade: foo, WebSocket\r\nconnection: keep-alive, UPGRADE\r\n"
                "sec-websocket-version: 13\r\n"
                + goodKey),
        0, true);
    row("h2c is ignored", upgrade("Upgrade: h2c\r\nConnection: Upgrade"), 0, false);
    row("1.0 is ignored", "GET / HTTP/1.0\r\n" + ask + goodKey + "\r\n\r\n", 0, false);
    row("POST", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n" + ask + goodKey + "\r\n\r\n", 405, false);
    row("no Connection", upgrade("Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n" + goodKey), 400, false);
    row("body", upgrade(ask + goodKey + "\r\nContent-Length: 2"), 400, false);
    row("chunked body", upgrade(ask + goodKey + "\r\nTransfer-Encoding: chunked"), 400, false);
    row("no version", upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\n" + goodKey), 426, false);
    row("version 8", upgrade("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\n" + goodKey),
        426, false);
    row("two versions", upgrade(ask + "Sec-WebSocket-Version: 13\r\n" + goodKey), 426, false);
    row("no key", upgrade(ask + "A: b"), 400, false);
    row("two keys", upgrade(ask + goodKey + "\r\n" + goodKey), 400, false);
    row("short key", upgrade(ask + "Sec-WebSocket-Key: c2hvcnQ="), 400, false);
    row("key no base64", upgrade(ask + "Sec-WebSocket-Key: !!!!IHNhbXBsZSBub25jZQ=="), 400, false);
}

void TstHttpHead::upgrade_isChecked()
{
    QFETCH(QByteArray, bytes);
    QFETCH(int, status);
    QFETCH(bool, wanted);
    const Outcome outcome = parseWhole(bytes);
    QCOMPARE(outcome.status, status);
    QCOMPARE(outcome.head.request.wantsWebSocket, wanted);
}

void TstHttpHead::acceptKey_isRfcExample()
{
    QCOMPARE(webSocketAccept("dGhlIHNhbXBsZSBub25jZQ=="), QByteArray("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
}

void TstHttpHead::queryValue_decodes_whateverTheCase()
{
    const RequestHead head = parseWhole(get("/?Access_Token=a%2Bb+c&x&y=&bad=%4")).head.request;
    QCOMPARE(head.queryValue("access_token"), QByteArray("a+b c"));
    QCOMPARE(head.queryValue("x"), QByteArray(""));
    QCOMPARE(head.queryValue("y"), QByteArray(""));
    QCOMPARE(head.queryValue("bad"), QByteArray("%4"));
    QVERIFY(!head.queryValue("z"));
}

void TstHttpHead::chunks_areDecodedOrRefused_data()
{
    QTest::addColumn<QByteArray>("coded");
    QTest::addColumn<int>("status");
    QTest::addColumn<QByteArray>("data");
    const auto row = [](const char *name, const QByteArray &coded, int status, const QByteArray &data = {}) {
        QTest::newRow(name) << coded << status << data;
    };
    row("empty", "0\r\n\r\n", 0);
    row("two chunks", "3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n", 0, "abc0123456789");
    row("lower-case size", "a\r\n0123456789\r\n0\r\n\r\n", 0, "0123456789");
    row("extension", "3;a=\"b\"\r\nabc\r\n0;x\r\n\r\n", 0, "abc");
    row("trailers", "3\r\nabc\r\n0\r\nA: b\r\nC:d\r\n\r\n", 0, "abc");
    row("unfinished", "3\r\nab", -1, "ab");
    row("no size", "\r\nabc", 400);
    row("negative size", "-3\r\nabc\r\n", 400);
    row("signed size", "+3\r\nabc\r\n", 400);
    row("0x size", "0x3\r\nabc\r\n", 400);
    row("no hex", "g\r\nabc\r\n", 400);
    row("space before size", " 3\r\nabc\r\n", 400);
    row("space after size", "3 \r\nabc\r\n", 400);
    row("size 2^64+3", "10000000000000003\r\nabc\r\n", 400);
    row("padded size", "0000000000000003\r\nabc\r\n", 400);
    row("LF after size", "3\nabc\r\n0\r\n\r\n", 400);
    row("CR without LF after size", "3\rabc", 400);
    row("no CRLF after data", "3\r\nabcX\r\n", 400, "abc");
    row("LF after data", "3\r\nabc\n0\r\n\r\n", 400, "abc");
    row("CR x after data", "3\r\nabc\rx", 400, "abc");
    row("control in extension", "3;\x01\r\nabc\r\n", 400);
    row("LF in extension", "3;a\nb\r\nabc\r\n", 400);
    row("trailer without colon", "0\r\nabc\r\n\r\n", 400);
    row("trailer with space", "0\r\nA : b\r\n\r\n", 400);
    row("trailer fold", "0\r\nA: b\r\n c\r\n\r\n", 400);
    row("trailer LF", "0\r\nA: b\n\r\n", 400);
    row("trailer NUL", QByteArray("0\r\nA: \0\r\n\r\n", 11), 400);
    row("end CR x", "0\r\n\rx", 400);
}

void TstHttpHead::chunks_areDecodedOrRefused()
{
    QFETCH(QByteArray, coded);
    QFETCH(int, status);
    QFETCH(QByteArray, data);
    for (const qsizetype pieceSize : {coded.size() + 4, qsizetype(1), qsizetype(2), qsizetype(3)}) {
        const Decoded decoded = decodeChunks(coded + "NEXT", pieceSize);
        if (status >= 0) {
            QCOMPARE(decoded.status, status);
            QCOMPARE(decoded.data, data);
        }
        if (status == 0)
            QCOMPARE(decoded.consumed, coded.size());
        if (status < 0)
            QCOMPARE(decodeChunks(coded, pieceSize).data, data);
    }
}

void TstHttpHead::chunkOverhead_isLimited()
{
    HeadLimits limits;
    limits.maxHeadBytes = 100;
    limits.maxFields = 3;
    QCOMPARE(decodeChunks("1;" + QByteArray(200, 'e') + "\r\na\r\n", 7, limits).status, 431);
    QCOMPARE(decodeChunks(QByteArray("1;eeeeeeeeee\r\na\r\n").repeated(20), 7, limits).status, 431);
    QCOMPARE(decodeChunks("0\r\n" + QByteArray("A:b\r\n").repeated(4) + "\r\n", 7, limits).status, 431);
    QCOMPARE(decodeChunks("0\r\nA:" + QByteArray(200, 'b'), 7, limits).status, 431);
}

void TstHttpHead::responseHead_dropsInjectedLines()
{
    Response response;
    response.reasonPhrase = "OK\r\nX: y";
    response.headers = {{"Good", "1"},           {"Bad", "a\r\nSet-Cookie: b"},    {"Wor\nse", "c"},
                        {"content-length", "7"}, {"Transfer-Encoding", "chunked"}, {"Connection", "x"}};
    const QByteArray head = serializeHead(response, {});
    QVERIFY(head.startsWith("HTTP/1.1 200 OK\r\n"));
    QVERIFY(head.contains("Good: 1\r\n"));
    QVERIFY(!head.contains("Set-Cookie"));
    QVERIFY(!head.contains("X: y"));
    QVERIFY(!head.contains("se: c"));
    QCOMPARE(head.toLower().count("content-length"), 1);
    QVERIFY(!head.contains("Transfer-Encoding") && !head.contains("Connection"));
    QVERIFY(serializeHead(Response{401, {}, {}, {}, {}}, {}).startsWith("HTTP/1.1 401 Unauthorized\r\n"));
    QVERIFY(!serializeHead(Response{204, {}, {}, {}, {}}, {}).contains("Content-Length"));
}

void TstHttpHead::errorResponse_isTheContractsEnvelope()
{
    const Response response = errorResponse({413, "Too large."}, "id-1");
    QCOMPARE(response.body,
             QByteArray(R"({"success":false,"message":"Too large.","code":"FILE_TOO_LARGE","traceId":"id-1"})"));
    QCOMPARE(errorResponse({426, ""}, "").headers.back().name, QByteArray("Sec-WebSocket-Version"));
}

TERTULIA_TEST(tst_httphead, TstHttpHead)
#include "tst_httphead.moc"
