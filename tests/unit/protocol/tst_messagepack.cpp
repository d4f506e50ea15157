// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

/// The value as JSON, or why not.
QByteArray asJson(QByteArrayView bytes)
{
    ValueDocument document;
    const auto value = parseMessagePack(document, bytes);
    return value ? toJson(*value) : "ERROR " + value.error().message.toUtf8();
}

QByteArray rewritten(QByteArrayView bytes)
{
    ValueDocument document;
    const auto value = parseMessagePack(document, bytes);
    return value ? toMessagePack(*value) : "ERROR " + value.error().message.toUtf8();
}

template <class Write> QByteArray written(Write write)
{
    MessagePackWriter writer;
    write(writer);
    return writer.take();
}

} // namespace

class TestMessagePack : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_everyForm_isRead_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("json");
        const auto row = [](const char *bytes, const char *json) {
            QTest::newRow(bytes) << hex(bytes) << QByteArray(json);
        };
        row("c0", "null");
        row("c2", "false");
        row("c3", "true");
        row("00", "0");
        row("7f", "127");
        row("ff", "-1");
        row("e0", "-32");
        row("cc80", "128");
        row("ccff", "255");
        row("cdffff", "65535");
        row("ceffffffff", "4294967295");
        row("cfffffffffffffffff", "18446744073709551615");
        row("cf0000000000000001", "1");
        row("d080", "-128");
        row("d0ff", "-1");
        row("d18000", "-32768");
        row("d280000000", "-2147483648");
        row("d38000000000000000", "-9223372036854775808");
        row("ca3fc00000", "1.5");
        row("cb3ff8000000000000", "1.5");
        row("cb7ff8000000000000", "null");
        row("a0", "\"\"");
        row("a161", "\"a\"");
        row("d90161", "\"a\"");
        row("da000161", "\"a\"");
        row("db0000000161", "\"a\"");
        row("c403010203", "\"AQID\"");
        row("c50003010203", "\"AQID\"");
        row("c600000003010203", "\"AQID\"");
        row("90", "[]");
        row("920102", "[1,2]");
        row("dc00020102", "[1,2]");
        row("dd000000020102", "[1,2]");
        row("80", "{}");
        row("81a16101", "{\"a\":1}");
        row("de0001a16101", "{\"a\":1}");
        row("df00000001a16101", "{\"a\":1}");
        row("810102", "{\"1\":2}");
        row("9281a16190c3", "[{\"a\":[]},true]");
        row("d6ff00000001", "\"1970-01-01T00:00:01.000Z\"");
        row("d7ff0000000000000001", "\"1970-01-01T00:00:01.000Z\"");
        row("d7ff773594000000000a", "\"1970-01-01T00:00:10.500Z\"");
        row("c70cff1dcd6500ffffffffffffffff", "\"1969-12-31T23:59:59.500Z\"");
        row("d40100", "null");
        row("d5010000", "null");
        row("d60100000000", "null");
        row("d80100000000000000000000000000000000", "null");
        row("c70001", "null");
        row("c8000101ff", "null");
        row("c90000000101ff", "null");
        row("a1ff", "\"\xEF\xBF\xBD\"");
    }
    void parse_everyForm_isRead()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, json);
        QCOMPARE(asJson(bytes), json);
        for (qsizetype n = 0; n < bytes.size(); ++n)
            QVERIFY2(asJson(bytes.first(n)).startsWith("ERROR"), "a prefix must not be a value");
        QVERIFY(asJson(bytes + '\0').startsWith("ERROR"));
        ValueDocument document;
        QVERIFY(parseMessagePack(document, bytes + '\0', MessagePackTail::Ignore));
    }

    void parse_malformed_isInvalid_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        for (const char *bytes :
             {"", "c1", "91c1", "a2", "a261", "d9ff61", "daffff", "dbffffffff61", "c4ff", "c5ffff", "c6ffffffff", "9f",
              "dcffff", "ddffffffff", "dd7fffffff00", "8f", "81a161", "deffff", "dfffffffff", "df80000000c0c0", "c7ff",
              "c8ffff01", "c9ffffffff01", "d4", "d401", "d6ff000000",
              // timestamps: length 1, 16, 0; nanoseconds of a second and more; seconds out of range
              "d4ff00", "d8ff00000000000000000000000000000000", "c700ff", "d7ffffffffff00000000",
              "c70cff3b9aca000000000000000000", "c70cff000000007fffffffffffffff"})
            QTest::newRow(*bytes ? bytes : "empty") << hex(bytes);
    }
    void parse_malformed_isInvalid()
    {
        QFETCH(QByteArray, bytes);
        ValueDocument document;
        const auto value = parseMessagePack(document, bytes);
        QVERIFY(!value);
        QCOMPARE(value.error().code, ErrorCode::Invalid);
    }

    void parse_nesting_isBounded()
    {
        QVERIFY(!asJson(QByteArray(63, char(0x91)) + char(0x90)).startsWith("ERROR"));
        QVERIFY(asJson(QByteArray(64, char(0x91)) + char(0x90)).startsWith("ERROR"));
        QVERIFY(asJson(QByteArray(1000000, char(0x91))).startsWith("ERROR"));
        QVERIFY(asJson(QByteArray(1000000, char(0x81))).startsWith("ERROR"));
    }

    void parse_invalidUtf8_isKeptButNotWellFormed()
    {
        ValueDocument document;
        const auto list = parseMessagePack(document, hex("92a1ffa2c3a9"));
        QVERIFY(list);
        QVERIFY(!list->at(0).isWellFormed());
        QVERIFY(list->at(1).isWellFormed());
    }

    void write_integers_areShortest_data()
    {
        QTest::addColumn<qint64>("number");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](qint64 number, const char *bytes) { QTest::newRow(bytes) << number << hex(bytes); };
        row(0, "00");
        row(127, "7f");
        row(128, "cc80");
        row(255, "ccff");
        row(256, "cd0100");
        row(65536, "ce00010000");
        row(4294967296, "cf0000000100000000");
        row(-1, "ff");
        row(-32, "e0");
        row(-33, "d0df");
        row(-128, "d080");
        row(-129, "d1ff7f");
        row(-32769, "d2ffff7fff");
        row(-2147483649, "d3ffffffff7fffffff");
    }
    void write_integers_areShortest()
    {
        QFETCH(qint64, number);
        QFETCH(QByteArray, expected);
        QCOMPARE(written([&](auto &w) { w.integer(number); }), expected);
    }

    void write_lengths_areShortest()
    {
        const auto head = [](qsizetype n) { return written([&](auto &w) { w.string(QString(n, u'a')); }); };
        QVERIFY(head(31).startsWith(hex("bf61")));
        QVERIFY(head(32).startsWith(hex("d92061")));
        QVERIFY(head(256).startsWith(hex("da010061")));
        QVERIFY(head(65536).startsWith(hex("db0001000061")));
        QCOMPARE(head(65536).size(), 65541);
        QCOMPARE(written([](auto &w) { w.binary(QByteArray()); }), hex("c400"));
        QVERIFY(written([](auto &w) { w.binary(QByteArray(256, 'x')); }).startsWith(hex("c5010078")));
        QVERIFY(written([](auto &w) { w.binary(QByteArray(65536, 'x')); }).startsWith(hex("c60001000078")));
        QCOMPARE(written([](auto &w) { w.beginArray(15); }), hex("9f"));
        QCOMPARE(written([](auto &w) { w.beginArray(16); }), hex("dc0010"));
        QCOMPARE(written([](auto &w) { w.beginArray(65536); }), hex("dd00010000"));
        QCOMPARE(written([](auto &w) { w.beginObject(15); }), hex("8f"));
        QCOMPARE(written([](auto &w) { w.beginObject(16); }), hex("de0010"));
        QCOMPARE(written([](auto &w) { w.beginObject(65536); }), hex("df00010000"));
    }

    void write_text_isUtf8WithTheRightLength_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("ascii") << u"hello"_s;
        QTest::newRow("two bytes") << u"\u00e9\u07ff"_s;
        QTest::newRow("three bytes") << u"\u0800\u20ac\uffff"_s;
        QTest::newRow("four bytes") << u"\U0001F600\U0010FFFF"_s;
        QTest::newRow("half pairs") << QString(QChar(0xD83D)) + QChar(0xD83D) + QChar(0xDE00) + QChar(0xDE00);
        QTest::newRow("half at the end") << u"x"_s + QChar(0xD83D);
    }
    void write_text_isUtf8WithTheRightLength()
    {
        QFETCH(QString, text);
        ValueDocument document;
        const auto value = parseMessagePack(document, written([&](auto &w) { w.string(text); }));
        QVERIFY(value);
        QVERIFY(value->isWellFormed());
        QString expected = text;
        for (qsizetype i = 0; i < expected.size(); ++i) {
            const bool pair =
                expected[i].isHighSurrogate() && i + 1 < expected.size() && expected[i + 1].isLowSurrogate();
            if (pair)
                ++i;
            else if (expected[i].isSurrogate())
                expected[i] = QChar(QChar::ReplacementCharacter);
        }
        QCOMPARE(value->toString(), expected);
    }

    void timestamps_roundTrip_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::addColumn<int>("size");
        QTest::newRow("whole seconds") << qint64(1767225600000) << 6;
        QTest::newRow("with milliseconds") << qint64(1767225600123) << 10;
        QTest::newRow("zero") << qint64(0) << 6;
        QTest::newRow("before 1970") << qint64(-1) << 15;
        QTest::newRow("long before") << qint64(-62135596800000) << 15;
        QTest::newRow("after 2106") << qint64(4294967296000) << 10;
        QTest::newRow("after 2514") << qint64(17179869184000) << 15;
    }
    void timestamps_roundTrip()
    {
        QFETCH(qint64, milliseconds);
        QFETCH(int, size);
        const Timestamp time{std::chrono::milliseconds(milliseconds)};
        const QByteArray bytes = written([&](auto &w) { w.timestamp(time); });
        QCOMPARE(bytes.size(), size);
        ValueDocument document;
        const auto value = parseMessagePack(document, bytes);
        QVERIFY(value && value->isTimestamp());
        QVERIFY(value->toTimestamp() == time);
    }

    void rewriting_normalForm_isStable()
    {
        const QByteArray bytes = hex("96c0c3cb3ff8000000000000a161c403010203"
                                     "82a161930102ffa162d6ff00000001");
        QCOMPARE(rewritten(bytes), bytes);
    }
};

TERTULIA_TEST(tst_messagepack, TestMessagePack)
#include "tst_messagepack.moc"
