// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a request head and as a chunked body: no read outside, no hang; the verdict does not depend on how the
// bytes were cut; what is accepted keeps the promises of RequestHead.
#include "fuzz/expect.h"

#include "net/chunkeddecoder.h"
#include "net/httphead.h"
#include "net/netaddress.h"
#include "net/utf8validator.h"

using namespace Tertulia::Server;

namespace {

struct Verdict
{
    HeadScanner::Status status = HeadScanner::Status::Incomplete;
    int error = 0;
    qsizetype size = 0;
    friend bool operator==(const Verdict &, const Verdict &) = default;
};

Verdict scan(QByteArrayView bytes, qsizetype step, const HeadLimits &limits)
{
    HeadScanner scanner;
    Verdict verdict;
    for (qsizetype size = std::min(step, bytes.size());; size = std::min(size + step, bytes.size())) {
        verdict.status = scanner.scan(bytes.first(size), limits);
        if (verdict.status != HeadScanner::Status::Incomplete || size == bytes.size())
            break;
    }
    if (verdict.status == HeadScanner::Status::Failed)
        verdict.error = scanner.error().status;
    if (verdict.status == HeadScanner::Status::Complete)
        verdict.size = scanner.headSize();
    return verdict;
}

void checkHead(const ParsedHead &parsed)
{
    const RequestHead &head = parsed.request;
    EXPECT(head.path.startsWith('/'));
    EXPECT(Utf8Validator::isValid(head.path));
    EXPECT(!head.path.contains("/../") && !head.path.endsWith("/.."));
    EXPECT(std::none_of(head.path.begin(), head.path.end(), [](char c) { return static_cast<quint8>(c) < 0x20; }));
    EXPECT(head.contentLength >= -1);
    EXPECT(!head.wantsWebSocket || (head.method == Method::Get && head.contentLength == 0 && head.minorVersion == 1));
    for (const HeaderField &field : head.headers) {
        EXPECT(!field.name.isEmpty() && field.name == field.name.toLower());
        EXPECT(!field.value.contains('\r') && !field.value.contains('\n') && !field.value.contains('\0'));
    }
    (void)head.queryValue("access_token");
}

void fuzzHead(QByteArrayView bytes)
{
    HeadLimits limits;
    limits.maxHeadBytes = 1024;
    limits.maxTargetBytes = 200;
    limits.maxFields = 10;
    const Verdict whole = scan(bytes, bytes.size() + 1, limits);
    for (const qsizetype step : {1, 3, 17})
        EXPECT(scan(bytes, step, limits) == whole);
    if (whole.status != HeadScanner::Status::Complete)
        return;
    EXPECT(whole.size <= limits.maxHeadBytes + 4);
    const auto parsed = parseHead(bytes.first(whole.size), limits);
    if (parsed)
        checkHead(*parsed);
    else
        EXPECT(parsed.error().status >= 400 && parsed.error().status <= 505);
}

struct Decoded
{
    QByteArray data;
    qsizetype consumed = 0;
    int status = 0; ///< 0 more, 1 done, else the error
    friend bool operator==(const Decoded &, const Decoded &) = default;
};

Decoded decode(QByteArrayView bytes, qsizetype step)
{
    HeadLimits limits;
    limits.maxHeadBytes = 100;
    limits.maxFields = 4;
    ChunkedDecoder decoder(limits);
    Decoded result;
    while (result.consumed < bytes.size()) {
        const auto piece = decoder.feed(bytes.sliced(result.consumed, std::min(step, bytes.size() - result.consumed)));
        result.consumed += piece.consumed;
        result.data.append(piece.data);
        if (piece.status == ChunkedDecoder::Status::Done)
            result.status = 1;
        else if (piece.status == ChunkedDecoder::Status::Failed)
            result.status = decoder.error().status;
        if (result.status != 0)
            break;
        EXPECT(piece.consumed > 0);
    }
    return result;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    fuzzHead(bytes);
    const Decoded whole = decode(bytes, bytes.size() + 1);
    for (const qsizetype step : {1, 2, 7})
        EXPECT(decode(bytes, step) == whole);
    (void)TrustedProxies({{QHostAddress(QHostAddress::LocalHost), 8}})
        .resolve(NetAddress(QHostAddress(QHostAddress::LocalHost)), bytes);
    return 0;
}
