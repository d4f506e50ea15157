// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "net/utf8validator.h"
#include "net/websocketframes.h"
#include "support/testmain.h"

#include "netclient.h"

#include <QTest>

using namespace Tertulia::Server;
using Tertulia::Test::clientFrame;
using Event = WebSocketFrameReader::Event;

namespace {

/// What a reader made of some bytes, as text: "text:abc| ping:x close:1000/bye fail:1002".
QByteArray readAll(QByteArray bytes, qsizetype pieceSize, qint64 maxFrame = 1 << 20)
{
    WebSocketFrameReader reader;
    QByteArray log;
    QByteArray message;
    for (qsizetype at = 0; at < bytes.size(); at += pieceSize) {
        char *piece = bytes.data() + at;
        const qsizetype size = std::min(pieceSize, bytes.size() - at);
        for (qsizetype used = 0;;) {
            const auto step = reader.next(piece + used, size - used, maxFrame);
            used += step.consumed;
            switch (step.event) {
            case Event::NeedMore:
                break;
            case Event::Data:
                message += step.payload;
                if (step.last)
                    log += "msg:" + std::exchange(message, {}) + ' ';
                break;
            case Event::Ping:
                log += "ping:" + step.payload.toByteArray() + ' ';
                break;
            case Event::Pong:
                log += "pong:" + step.payload.toByteArray() + ' ';
                break;
            case Event::Close:
                log += "close:" + QByteArray::number(step.closeCode) + '/' + step.payload.toByteArray() + ' ';
                break;
            case Event::Failed:
                return log + "fail:" + QByteArray::number(step.closeCode);
            }
            if (step.event == Event::NeedMore && used == size)
                break;
        }
    }
    return log.trimmed();
}

QByteArray closePayload(quint16 code, const QByteArray &reason = {})
{
    return QByteArray(1, static_cast<char>(code >> 8)) + static_cast<char>(code) + reason;
}

} // namespace

class TstWebSocketFrames : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void frames_areReadOrRefused_data();
    void frames_areReadOrRefused();
    void closeCodes_areChecked_data();
    void closeCodes_areChecked();
    void utf8_isChecked_data();
    void utf8_isChecked();
    void badText_failsAtTheFirstWrongByte();
    void sizes_comeThroughWhole_data();
    void sizes_comeThroughWhole();
    void announcedSize_isRefused_beforeThePayload();
    void serverFrames_haveTheShortestHeader();
    void closeFrame_cutsTheReason_betweenCharacters();
};

void TstWebSocketFrames::frames_areReadOrRefused_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("log");
    const auto row = [](const char *name, const QByteArray &bytes, const QByteArray &log) {
        QTest::newRow(name) << bytes << log;
    };
    const QByteArray longest(125, 'p');
    // 1: data frames
    row("1 text", clientFrame(0x81, "abc"), "msg:abc");
    row("1 empty text", clientFrame(0x81, ""), "msg:");
    row("1 binary", clientFrame(0x82, "\xff\xfe"), "msg:\xff\xfe");
    row("1 two", clientFrame(0x81, "a") + clientFrame(0x82, "b"), "msg:a msg:b");
    // 2: pings and pongs
    row("2 empty ping", clientFrame(0x89, ""), "ping:");
    row("2 ping", clientFrame(0x89, "hi"), "ping:hi");
    row("2 longest ping", clientFrame(0x89, longest), "ping:" + longest);
    row("2 too long ping", clientFrame(0x89, longest + 'p'), "fail:1002");
    row("2 pong unasked", clientFrame(0x8a, "x"), "pong:x");
    row("2 ten pings", clientFrame(0x89, "1").repeated(10), QByteArray("ping:1 ").repeated(10).trimmed());
    // 3: reserved bits
    row("3 rsv1", clientFrame(0xc1, "a"), "fail:1002");
    row("3 rsv2", clientFrame(0xa1, "a"), "fail:1002");
    row("3 rsv3", clientFrame(0x91, "a"), "fail:1002");
    row("3 rsv on ping, after text", clientFrame(0x81, "a") + clientFrame(0xd9, ""), "msg:a fail:1002");
    // 4: opcodes
    for (const int opcode : {3, 4, 5, 6, 7, 11, 12, 13, 14, 15})
        QTest::addRow("4 opcode %d", opcode) << clientFrame(0x80 | opcode, "") << QByteArray("fail:1002");
    // 5: fragments
    row("5 fragments", clientFrame(0x01, "a") + clientFrame(0x00, "b") + clientFrame(0x80, "c"), "msg:abc");
    row("5 ping between", clientFrame(0x01, "a") + clientFrame(0x89, "p") + clientFrame(0x80, "b"), "ping:p msg:ab");
    row("5 empty fragments", clientFrame(0x01, "") + clientFrame(0x00, "") + clientFrame(0x80, ""), "msg:");
    row("5 fragmented ping", clientFrame(0x09, "a") + clientFrame(0x80, "b"), "fail:1002");
    row("5 fragmented pong", clientFrame(0x0a, "a"), "fail:1002");
    row("5 fragmented close", clientFrame(0x08, ""), "fail:1002");
    row("5 continuation of nothing", clientFrame(0x80, "a"), "fail:1002");
    row("5 continuation of nothing, open", clientFrame(0x00, "a"), "fail:1002");
    row("5 continuation after the end", clientFrame(0x81, "a") + clientFrame(0x80, "b"), "msg:a fail:1002");
    row("5 text inside text", clientFrame(0x01, "a") + clientFrame(0x81, "b"), "fail:1002");
    row("5 binary inside text", clientFrame(0x01, "a") + clientFrame(0x02, "b"), "fail:1002");
    // masking and lengths
    row("unmasked", clientFrame(0x81, "a", false), "fail:1002");
    row("16 bits for 5", QByteArray("\x81\xfe\x00\x05\x00\x00\x00\x00hello", 13), "fail:1002");
    row("64 bits for 300", QByteArray("\x81\xff\x00\x00\x00\x00\x00\x00\x01\x2c\x00\x00\x00\x00", 14), "fail:1002");
    row("top bit of 64", QByteArray("\x82\xff\x80\x00\x00\x00\x00\x01\x00\x00\x00\x00\x00\x00", 14), "fail:1002");
    row("16-bit close", QByteArray("\x88\xfe\x00\x7e\x00\x00\x00\x00", 8), "fail:1002");
    // 7: closing
    row("7 close", clientFrame(0x88, closePayload(1000, "bye")), "close:1000/bye");
    row("7 close without code", clientFrame(0x88, ""), "close:1005/");
    row("7 close with one byte", clientFrame(0x88, "a"), "fail:1002");
    row("7 longest reason", clientFrame(0x88, closePayload(1000, QByteArray(123, 'r'))),
        "close:1000/" + QByteArray(123, 'r'));
    row("7 too long reason", clientFrame(0x88, closePayload(1000, QByteArray(124, 'r'))), "fail:1002");
    row("7 bad UTF-8 in reason", clientFrame(0x88, closePayload(1000, "\xce\xba\xed\xa0\x80")), "fail:1007");
    row("7 cut UTF-8 in reason", clientFrame(0x88, closePayload(1000, "\xce")), "fail:1007");
    row("7 close inside a message", clientFrame(0x01, "a") + clientFrame(0x88, closePayload(1000)), "close:1000/");
}

void TstWebSocketFrames::frames_areReadOrRefused()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QByteArray, log);
    for (const qsizetype pieceSize : {bytes.size(), qsizetype(1), qsizetype(2), qsizetype(3), qsizetype(7)})
        QCOMPARE(readAll(bytes, pieceSize), log);
}

void TstWebSocketFrames::closeCodes_areChecked_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("valid");
    for (const int code :
         {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 3000, 3999, 4000, 4999})
        QTest::addRow("%d", code) << code << true;
    for (const int code : {0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535})
        QTest::addRow("%d", code) << code << false;
}

void TstWebSocketFrames::closeCodes_areChecked()
{
    QFETCH(int, code);
    QFETCH(bool, valid);
    const QByteArray expected = valid ? "close:" + QByteArray::number(code) + '/' : QByteArray("fail:1002");
    QCOMPARE(readAll(clientFrame(0x88, closePayload(static_cast<quint16>(code))), 100), expected);
}

void TstWebSocketFrames::utf8_isChecked_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("valid");
    const auto row = [](const char *name, const QByteArray &text, bool valid) { QTest::newRow(name) << text << valid; };
    row("ascii", "Hello", true);
    row("greek", "\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5", true);
    row("two bytes, first", "\xc2\x80", true);
    row("three bytes, first", "\xe0\xa0\x80", true);
    row("four bytes, first", "\xf0\x90\x80\x80", true);
    row("last code point", "\xf4\x8f\xbf\xbf", true);
    row("before surrogates", "\xed\x9f\xbf", true);
    row("after surrogates", "\xee\x80\x80", true);
    row("non-characters", "\xef\xbf\xbe\xef\xbf\xbf", true);
    row("ascii around", QByteArray(70, 'a') + "\xe2\x82\xac" + QByteArray(70, 'b'), true);
    row("beyond U+10FFFF", "\xf4\x90\x80\x80", false);
    row("f5", "\xf5\x80\x80\x80", false);
    row("ff", "\xff", false);
    row("lone continuation", "a\x80", false);
    row("overlong slash, 2", "\xc0\xaf", false);
    row("overlong slash, 3", "\xe0\x80\xaf", false);
    row("overlong slash, 4", "\xf0\x80\x80\xaf", false);
    row("overlong 7f", "\xc1\xbf", false);
    row("overlong 7ff", "\xe0\x9f\xbf", false);
    row("overlong ffff", "\xf0\x8f\xbf\xbf", false);
    row("surrogate d800", "\xed\xa0\x80", false);
    row("surrogate dfff", "\xed\xbf\xbf", false);
    row("five bytes", "\xf8\x88\x80\x80\x80", false);
    row("cut", "\xe2\x82", false);
    row("cut, then ascii", "\xe2\x82z", false);
    row("bad after long ascii", QByteArray(100, 'a') + '\xfe', false);
}

void TstWebSocketFrames::utf8_isChecked()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, valid);
    QCOMPARE(Utf8Validator::isValid(text), valid);
    const QByteArray expected = valid ? "msg:" + text : QByteArray("fail:1007");
    for (qsizetype pieceSize = 1; pieceSize <= text.size() + 6; ++pieceSize)
        QCOMPARE(readAll(clientFrame(0x81, text), pieceSize), expected);
    // The same, cut into two fragments at each byte, with a ping between.
    for (qsizetype cut = 0; cut <= text.size(); ++cut) {
        const QByteArray bytes =
            clientFrame(0x01, text.first(cut)) + clientFrame(0x89, "") + clientFrame(0x80, text.sliced(cut));
        const QByteArray log = readAll(bytes, bytes.size());
        QCOMPARE(log.endsWith("fail:1007"), !valid);
    }
}

void TstWebSocketFrames::badText_failsAtTheFirstWrongByte()
{
    // The frame announces more than has come: fail-fast, as RFC 6455 8.1 allows and Autobahn 6.4 prefers.
    const QByteArray frame = clientFrame(0x81, "ab\xf4\x90" + QByteArray(50, 'x'));
    QCOMPARE(readAll(frame.first(6 + 4), 100), QByteArray("fail:1007"));
}

void TstWebSocketFrames::sizes_comeThroughWhole_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 7, 8, 9, 31, 32, 33, 124, 125, 126, 127, 128, 65535, 65536, 65537, 300'000})
        QTest::addRow("%d", size) << size;
}

void TstWebSocketFrames::sizes_comeThroughWhole()
{
    QFETCH(int, size);
    QByteArray payload(size, Qt::Uninitialized);
    for (int i = 0; i < size; ++i)
        payload[i] = static_cast<char>(i * 7 + i / 256);
    const QByteArray frame = clientFrame(0x82, payload);
    for (const qsizetype pieceSize : {frame.size(), qsizetype(997), qsizetype(13)})
        QCOMPARE(readAll(frame, pieceSize), ("msg:" + payload + ' ').trimmed());
}

void TstWebSocketFrames::announcedSize_isRefused_beforeThePayload()
{
    QCOMPARE(readAll(clientFrame(0x82, QByteArray(1000, 'x')), 5000, 1000).size(), 1004);
    QCOMPARE(readAll(clientFrame(0x82, QByteArray(1001, 'x')).first(8), 8, 1000), QByteArray("fail:1009"));
    // 2^62 bytes
    QCOMPARE(readAll(QByteArray("\x82\xff\x40\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00", 14), 14),
             QByteArray("fail:1009"));
}

void TstWebSocketFrames::serverFrames_haveTheShortestHeader()
{
    QCOMPARE(encodeServerFrame(1, "abc"),
             QByteArray("\x81\x03"
                        "abc"));
    QCOMPARE(encodeServerFrame(2, ""), QByteArray("\x82\x00", 2));
    QCOMPARE(encodeServerFrame(2, QByteArray(125, 'x')).size(), 127);
    QCOMPARE(encodeServerFrame(2, QByteArray(126, 'x')).first(4), QByteArray("\x82\x7e\x00\x7e", 4));
    QCOMPARE(encodeServerFrame(2, QByteArray(65535, 'x')).size(), 65539);
    QCOMPARE(encodeServerFrame(2, QByteArray(65536, 'x')).first(10),
             QByteArray("\x82\x7f\x00\x00\x00\x00\x00\x01\x00\x00", 10));
}

void TstWebSocketFrames::closeFrame_cutsTheReason_betweenCharacters()
{
    QCOMPARE(encodeCloseFrame(1000, "x"), QByteArray("\x88\x03\x03\xe8x", 5));
    QCOMPARE(encodeCloseFrame(1005, {}), QByteArray("\x88\x00", 2));
    const QByteArray frame = encodeCloseFrame(1000, "a" + QByteArray("\xe2\x82\xac").repeated(60));
    QVERIFY(frame.size() <= 127);
    QVERIFY(Utf8Validator::isValid(frame.sliced(4)));
}

TERTULIA_TEST(tst_websocketframes, TstWebSocketFrames)
#include "tst_websocketframes.moc"
