// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// Any bytes as a client's frames: no read outside, no hang; the same events however the bytes were cut; text that is
// handed on is UTF-8; nothing follows a failure.
#include "fuzz/expect.h"

#include "net/websocketframes.h"

using namespace Tertulia::Server;
using Event = WebSocketFrameReader::Event;

namespace {

QByteArray eventsOf(QByteArrayView input, qsizetype pieceSize)
{
    QByteArray bytes = input.toByteArray(); // unmasked in place
    WebSocketFrameReader reader;
    QByteArray log;
    bool failed = false;
    for (qsizetype at = 0; at < bytes.size() && !failed; at += pieceSize) {
        const qsizetype size = std::min(pieceSize, bytes.size() - at);
        for (qsizetype used = 0; !failed;) {
            const auto step = reader.next(bytes.data() + at + used, size - used, 4096);
            EXPECT(step.consumed >= 0 && step.consumed <= size - used);
            used += step.consumed;
            if (step.event == Event::NeedMore) {
                EXPECT(used == size);
                break;
            }
            failed = step.event == Event::Failed;
            // Pieces of one message differ with the cutting; their sum does not.
            if (step.event != Event::Data)
                log += '<' + QByteArray::number(int(step.event)) + ' ' + QByteArray::number(step.closeCode) + '>';
            log += step.payload;
            if (step.last)
                log += '|';
            EXPECT(step.event != Event::Close || step.closeCode == 1005
                   || WebSocketFrameReader::isValidCloseCode(step.closeCode));
        }
    }
    return failed ? log.sliced(log.lastIndexOf('<')) : log;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArrayView bytes(data, qsizetype(size));
    const QByteArray whole = eventsOf(bytes, bytes.size() + 1);
    for (const qsizetype pieceSize : {1, 2, 5, 16})
        EXPECT(eventsOf(bytes, pieceSize) == whole);

    Utf8Validator inPieces;
    bool valid = true;
    for (const char c : bytes)
        valid = inPieces.feed({&c, 1}) && valid;
    EXPECT((valid && inPieces.isComplete()) == Utf8Validator::isValid(bytes));
    EXPECT(Utf8Validator::isValid(bytes) == bytes.isValidUtf8());

    const QByteArray close = encodeCloseFrame(1000, bytes);
    EXPECT(close.size() <= 127 && Utf8Validator::isValid(close.sliced(4)));
    return 0;
}
