// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"
#include "support/testmain.h"

#include <QTest>

#include <cmath>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

QByteArray rewritten(QByteArrayView json)
{
    ValueDocument document;
    const auto value = parseJson(document, json);
    return value ? toJson(*value) : "ERROR " + value.error().message.toUtf8();
}

QByteArray written(QStringView text)
{
    JsonWriter writer;
    writer.string(text);
    return writer.take();
}

} // namespace

class TestJson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void parse_valid_readsAndWritesTheSame_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *name, QByteArray json, QByteArray expected = {}) {
            QTest::newRow(name) << json << (expected.isEmpty() ? json : expected);
        };
        row("null", "null");
        row("true", "true");
        row("false", "false");
        row("zero", "0");
        row("minus zero", "-0", "0");
        row("minus zero point", "-0.0");
        row("int", "-42");
        row("qint64 max", "9223372036854775807");
        row("qint64 min", "-9223372036854775808");
        row("above qint64", "9223372036854775808");
        row("quint64 max", "18446744073709551615");
        row("above quint64", "18446744073709551616");
        row("below qint64", "-9223372036854775809", "-9223372036854775808");
        row("long zeros", "0.10000000000000000000000000000", "0.1");
        row("fraction", "1.5");
        row("exponent", "1E3", "1000");
        row("exponent minus", "25e-1", "2.5");
        row("underflow", "1e-999", "0");
        row("underflow in digits", "0." + QByteArray(400, '0') + "1", "0");
        row("large digits, small exponent", "1" + QByteArray(400, '0') + "e-400", "1");
        row("small digits, large exponent", "0." + QByteArray(400, '0') + "1e401", "1");
        row("huge exponent of zero", "0e99999999999999999999", "0");
        row("negative underflow", "-1e-99999999999999999999", "-0.0");
        row("double max", "1.7976931348623157e+308");
        row("empty string", "\"\"");
        row("empty list", "[]");
        row("empty object", "{}");
        row("spaces", " \t\r\n{ \"a\" : [ 1 , 2 ] } \n", "{\"a\":[1,2]}");
        row("nested", "{\"a\":{\"b\":[{},[],null,{\"c\":\"d\"}]}}");
        row("escapes", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\\"\\\\/\\b\\f\\n\\r\\t\"");
        row("unicode escape", "\"\\u00e9\\u20AC\\ud83d\\uDE00\"", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
        row("raw unicode", "\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80 and more than eight bytes\"");
        row("text around escapes", "\"one\\ntwo and three\\u001efour\"", "\"one\\ntwo and three\\u001Efour\"");
        row("zero character", "\"a\\u0000b\"");
        row("separators", "\"\\u2028\\u2029\"");
        row("delete", "\"\x7f\"", "\"\\u007F\"");
        row("half a pair", "\"\\ud83d\"", "\"\xEF\xBF\xBD\"");
        row("last noncharacter", "\"\xF4\x8F\xBF\xBF\"");
    }
    void parse_valid_readsAndWritesTheSame()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expected);
        QCOMPARE(rewritten(json), expected);
    }

    void parse_malformed_isInvalid_data()
    {
        QTest::addColumn<QByteArray>("json");
        const char *cases[] = {
            "",
            " ",
            "nul",
            "nullx",
            "truE",
            "True",
            "undefined",
            "NaN",
            "Infinity",
            "-",
            "+1",
            "01",
            "-01",
            "1.",
            ".5",
            "1e",
            "1e+",
            "0x10",
            "1e999",
            "-1e999",
            "1 2",
            "[",
            "]",
            "[1",
            "[1,",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{",
            "}",
            "{\"a\"",
            "{\"a\":",
            "{\"a\":1",
            "{\"a\":1,",
            "{\"a\":1,}",
            "{a:1}",
            "{'a':1}",
            "{1:2}",
            "{\"a\" 1}",
            "{\"a\":1 \"b\":2}",
            "{,}",
            "[1}",
            "{\"a\":1]",
            "\"",
            "\"abc",
            "'a'",
            "\"\\",
            "\"\\\"",
            "\"\\x41\"",
            "\"\\u\"",
            "\"\\u12\"",
            "\"\\u12G4\"",
            "\"\\u 123\"",
            "\"\t\"",
            "\"a\nb\"",
            "\"\x1f\"",
            "// c\n1",
            "/* c */ 1",
            "1 // c",
            "\xEF\xBB\xBF{}",
            "\"\x80\"",
            "\"\xC0\xAF\"",
            "\"\xC3\"",
            "\"\xC3(\"",
            "\"\xE2\x82\"",
            "\"\xE0\x80\xAF\"",
            "\"\xED\xA0\x80\"",
            "\"\xF0\x80\x80\x80\"",
            "\"\xF4\x90\x80\x80\"",
            "\"\xF8\x88\x80\x80\x80\"",
            "\"\xFF\"",
            "{\"\xFF\":1}",
            "\xC2\xA0"
            "1",
            "\v1",
            "{}x",
            "{} {}",
            "null,",
        };
        int n = 0;
        for (const char *text : cases)
            QTest::addRow("%d %s", n++, QByteArray(text).toPercentEncoding(" {}[]\":,\\").constData())
                << QByteArray(text);
        QTest::newRow("many digits") << "1" + QByteArray(400, '0');
        QTest::newRow("zero byte") << QByteArray("\0", 1);
        QTest::newRow("zero byte behind") << QByteArray("1\0", 2);
        QTest::newRow("zero byte in a string") << QByteArray("\"a\0b\"", 5);
    }
    void parse_malformed_isInvalid()
    {
        QFETCH(QByteArray, json);
        ValueDocument document;
        const auto value = parseJson(document, json);
        QVERIFY(!value);
        QCOMPARE(value.error().code, ErrorCode::Invalid);
        QVERIFY(document.root().isMissing());
    }

    void parse_everyPrefix_isInvalid()
    {
        const QByteArray whole = "{\"a\":[1,-2.5e3,\"x\\u00e9\\n\",true,null],\"b\":{\"c\":\"\\ud83d\\ude00\"}}";
        ValueDocument document;
        QVERIFY(parseJson(document, whole));
        for (qsizetype n = 0; n < whole.size(); ++n)
            QVERIFY2(!parseJson(document, whole.first(n)), whole.first(n).constData());
    }

    void parse_nesting_isBounded()
    {
        ValueDocument document;
        QVERIFY(parseJson(document, QByteArray(64, '[') + QByteArray(64, ']')));
        QVERIFY(!parseJson(document, QByteArray(65, '[') + QByteArray(65, ']')));
        QVERIFY(!parseJson(document, QByteArray(1000000, '[')));
        QByteArray objects;
        for (int i = 0; i < 65; ++i)
            objects += "{\"a\":";
        QVERIFY(!parseJson(document, objects));
    }

    void parse_tail_isIgnoredOnRequest()
    {
        ValueDocument document;
        QVERIFY(!parseJson(document, "{\"type\":6}}garbage\xFF"));
        const auto value = parseJson(document, "{\"type\":6}}garbage\xFF", JsonTail::Ignore);
        QVERIFY(value);
        QCOMPARE(value->find("type").toInteger(), 6);
    }

    void parse_numbers_haveTheirTypes()
    {
        ValueDocument document;
        const auto list = parseJson(document, "[1,-1,9223372036854775808,1.0,1e2]");
        QVERIFY(list);
        QCOMPARE(list->at(0).type(), ValueType::Integer);
        QCOMPARE(list->at(1).type(), ValueType::Integer);
        QCOMPARE(list->at(2).type(), ValueType::Unsigned);
        QCOMPARE(list->at(2).toUnsigned(), 9223372036854775808ULL);
        QCOMPARE(list->at(3).type(), ValueType::Double);
        QCOMPARE(list->at(4).toDouble(), 100.0);
        QVERIFY(list->at(5).isMissing());
        QVERIFY(list->at(-1).isMissing());
    }

    void parse_halfPair_isKeptButNotWellFormed()
    {
        ValueDocument document;
        const auto list =
            parseJson(document, "[\"\\ud83d\", \"\\ude00\\ud83d\", \"\\ud83dx\", \"\\ud83d\\ude00\", \"ok\"]");
        QVERIFY(list);
        QVERIFY(!list->at(0).isWellFormed());
        QVERIFY(!list->at(1).isWellFormed());
        QCOMPARE(list->at(2).toString(), QString(QChar(0xFFFD)) + u'x');
        QVERIFY(list->at(3).isWellFormed());
        QVERIFY(list->at(4).isWellFormed());
    }

    void find_equalKeys_givesTheLast()
    {
        ValueDocument document;
        const auto value = parseJson(document, "{\"a\":1,\"A\":2,\"a\":3,\"\\u0061bc\":{\"deep\":[]},\"x\":5}");
        QVERIFY(value);
        QCOMPARE(value->find("a").toInteger(), 3);
        QCOMPARE(value->find("A").toInteger(), 2);
        QVERIFY(value->find("abc").isMap());
        QVERIFY(value->find("b").isMissing());
        QVERIFY(value->find("b").isNull());
        QCOMPARE(value->find("x").toInteger(), 5);
        QCOMPARE(value->size(), 5);
    }

    void document_isReusable()
    {
        ValueDocument document;
        for (int i = 0; i < 3; ++i) {
            const auto value = parseJson(document, "{\"n\":" + QByteArray::number(i) + ",\"t\":\"a\\nb\"}");
            QVERIFY(value);
            QCOMPARE(value->find("n").toInteger(), i);
            QCOMPARE(value->find("t").toString(), u"a\nb"_s);
        }
    }

    void parse_large_isRight()
    {
        QByteArray json = "[";
        for (int i = 0; i < 20000; ++i)
            json += "{\"i\":" + QByteArray::number(i) + ",\"s\":\"" + QByteArray(i % 50, 'x') + "\"},";
        json.back() = ']';
        QCOMPARE(rewritten(json), json);
    }

    void acquired_documents_areNotShared()
    {
        const auto first = acquireDocument();
        QVERIFY(parseJson(*first, "1"));
        const auto second = acquireDocument();
        QVERIFY(parseJson(*second, "2"));
        QCOMPARE(first->root().toInteger(), 1);
        std::vector<std::shared_ptr<ValueDocument>> many;
        for (int i = 0; i < 10; ++i) {
            many.push_back(acquireDocument());
            QVERIFY(many.back() != first && many.back() != second);
        }
    }

    void write_string_isEscapedRelaxed_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("plain") << u"hello"_s << QByteArray("\"hello\"");
        QTest::newRow("markup stays") << u"<a href='x'>&+"_s << QByteArray("\"<a href='x'>&+\"");
        QTest::newRow("quotes") << u"\"\\/"_s << QByteArray("\"\\\"\\\\/\"");
        QTest::newRow("record separator") << QString(QChar(0x1E)) << QByteArray("\"\\u001E\"");
        QTest::newRow("controls") << u"\b\f\n\r\t\u0001\u001f\u007f"_s
                                  << QByteArray("\"\\b\\f\\n\\r\\t\\u0001\\u001F\\u007F\"");
        QTest::newRow("line separators") << u"\u2028\u2029"_s << QByteArray("\"\\u2028\\u2029\"");
        QTest::newRow("unicode") << u"\u00e9\u20ac\U0001F600"_s
                                 << QByteArray("\"\xC3\xA9\xE2\x82\xAC\xF0\x9F\x98\x80\"");
        QTest::newRow("half pairs") << QString(QChar(0xD83D)) + u'x' + QChar(0xDE00)
                                    << QByteArray("\"\xEF\xBF\xBDx\xEF\xBF\xBD\"");
    }
    void write_string_isEscapedRelaxed()
    {
        QFETCH(QString, text);
        QFETCH(QByteArray, expected);
        QCOMPARE(written(text), expected);
        JsonWriter writer;
        writer.utf8(std::string_view(text.toUtf8().constData(), size_t(text.toUtf8().size())));
        if (!text.contains(QChar(0xD83D)) || text.size() != 3)
            QCOMPARE(writer.take(), expected);
    }

    void write_pairAcrossThePiece_staysWhole()
    {
        for (int before = 250; before < 260; ++before) {
            const QString text = QString(before, u'a') + u"\U0001F600"_s + QString(600, QChar(0x1E));
            ValueDocument document;
            const auto value = parseJson(document, written(text));
            QVERIFY(value);
            QCOMPARE(value->toString(), text);
        }
    }

    // Text is written several units at a time where none of them needs more than to be copied.
    void write_unit_isTheSameAtEveryPlace_data()
    {
        QTest::addColumn<QString>("unit");
        for (const char16_t unit : {u'\0',
                                    u'\x1F',
                                    u' ',
                                    u'"',
                                    u'/',
                                    u'\\',
                                    u'~',
                                    u'\x7F',
                                    u'\u0080',
                                    u'\u00FF',
                                    u'\u0100',
                                    u'\u0122',
                                    u'\u015C',
                                    u'\u0800',
                                    u'\u2022',
                                    u'\u2028',
                                    u'\u2029',
                                    u'\u7FFF',
                                    u'\u8000',
                                    u'\u8041',
                                    char16_t(0xD83D),
                                    char16_t(0xDE00),
                                    u'\uFFFD',
                                    u'\uFFFF'})
            QTest::addRow("U+%04X", unsigned(unit)) << QString(QChar(unit));
        QTest::newRow("pair") << u"\U0001F600"_s;
    }
    void write_unit_isTheSameAtEveryPlace()
    {
        QFETCH(QString, unit);
        const QByteArray alone = written(unit).chopped(1).sliced(1);
        for (int before = 0; before < 18; ++before) {
            for (int after = 0; after < 18; ++after) {
                QCOMPARE(written(QString(before, u'a') + unit + QString(after, u'z')),
                         '"' + QByteArray(before, 'a') + alone + QByteArray(after, 'z') + '"');
            }
        }
    }
    void write_everyUnit_isTheSameAmongOthers()
    {
        const QByteArray seven(7, 'a');
        for (int unit = 0; unit <= 0xFFFF; ++unit) {
            const QString text(QChar{char16_t(unit)});
            const QByteArray alone = written(text).chopped(1).sliced(1);
            if (const QByteArray among = written(text + QString(7, u'a')); among != '"' + alone + seven + '"')
                QFAIL(among.constData());
        }
    }

    void write_timestamp_isTheSameTextAsElsewhere_data()
    {
        QTest::addColumn<qint64>("milliseconds");
        QTest::newRow("before the year 0") << qint64(-62'167'219'200'001);
        QTest::newRow("year 0") << qint64(-62'167'219'200'000);
        QTest::newRow("year 1") << qint64(-62'135'596'800'000);
        QTest::newRow("before 1970") << qint64(-1);
        QTest::newRow("1970") << qint64(0);
        QTest::newRow("each field has its zeros") << qint64(978'310'861'001); // 2001-01-01T01:01:01.001Z
        QTest::newRow("last of a leap day") << qint64(1'709'251'199'999);
        QTest::newRow("last of the year 9999") << qint64(253'402'300'799'999);
        QTest::newRow("year 10000") << qint64(253'402'300'800'000);
    }
    void write_timestamp_isTheSameTextAsElsewhere()
    {
        QFETCH(qint64, milliseconds);
        const Timestamp time{std::chrono::milliseconds(milliseconds)};
        JsonWriter writer;
        writer.timestamp(time);
        QCOMPARE(writer.take(), '"' + toIso8601(time) + '"');
    }

    void write_values_areTheReferencesText()
    {
        JsonWriter writer;
        writer.beginArray();
        writer.number(0.1);
        writer.number(std::nan(""));
        writer.number(HUGE_VAL);
        writer.number(1e300);
        writer.integer(std::numeric_limits<qint64>::min());
        writer.unsignedInteger(std::numeric_limits<quint64>::max());
        writer.binary(QByteArray("\x01\x02\x03\x04"));
        writer.timestamp(Timestamp(std::chrono::milliseconds(1767225600123)));
        writer.timestamp(Timestamp(std::chrono::milliseconds(-1)));
        writer.raw("{\"x\":1}");
        writer.beginObject();
        writer.key(u"a\"b"_s);
        writer.null();
        writer.key("c");
        writer.boolean(false);
        writer.endObject();
        writer.endArray();
        QCOMPARE(
            writer.take(),
            QByteArray(
                "[0.1,null,null,1e+300,-9223372036854775808,18446744073709551615,\"AQIDBA==\","
                "\"2026-01-01T00:00:00.123Z\",\"1969-12-31T23:59:59.999Z\",{\"x\":1},{\"a\\\"b\":null,\"c\":false}]"));
    }

    void write_behindAStart_appends()
    {
        JsonWriter writer(QByteArray("data: "));
        writer.integer(1);
        QCOMPARE(writer.take(), QByteArray("data: 1"));
    }
};

TERTULIA_TEST(tst_json, TestJson)
#include "tst_json.moc"
