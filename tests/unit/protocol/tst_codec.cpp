// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/chat.h"
#include "protocol/codec.h"
#include "protocol/envelope.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

enum class Colour : quint8 { Red, Green };

struct Inner
{
    QString name;
    std::optional<int> count;

    static constexpr auto fields()
    {
        return std::tuple{required("name", &Inner::name), omitEmpty("count", &Inner::count)};
    }
    friend bool operator==(const Inner &, const Inner &) = default;
};

struct Everything
{
    bool flag = false;
    qint8 small = 0;
    quint64 large = 0;
    double real = 0;
    QString text;
    QByteArray bytes;
    QStringList words;
    Timestamp time;
    UserId id;
    Colour colour = Colour::Red;
    std::optional<QString> maybe;
    std::vector<Inner> list;
    std::map<QString, QStringList> table;
    QString kept = u"default"_s;
    int set = 7;

    static constexpr auto fields()
    {
        return std::tuple{required("flag", &Everything::flag),    required("small", &Everything::small),
                          required("large", &Everything::large),  required("real", &Everything::real),
                          required("text", &Everything::text),    required("bytes", &Everything::bytes),
                          required("words", &Everything::words),  required("time", &Everything::time),
                          required("id", &Everything::id),        required("colour", &Everything::colour),
                          optional("maybe", &Everything::maybe),  omitEmpty("list", &Everything::list),
                          omitEmpty("table", &Everything::table), optional("kept", &Everything::kept),
                          alias("retained", &Everything::kept),   defaulted("set", &Everything::set)};
    }
    friend bool operator==(const Everything &, const Everything &) = default;
};

Everything sample()
{
    Everything all;
    all.flag = true;
    all.small = -128;
    all.large = std::numeric_limits<quint64>::max();
    all.real = 0.5;
    all.text = u"h\u00e9llo \U0001F600"_s;
    all.bytes = QByteArray("\x01\x02\xff");
    all.words = {u"a"_s, u"b"_s};
    all.time = Timestamp(std::chrono::milliseconds(1767225600123));
    all.id = *UserId::parse(u"0190f5a2-0000-7000-8000-000000000001");
    all.colour = Colour::Green;
    all.list = {{u"x"_s, 3}, {u"y"_s, std::nullopt}};
    all.table[u"k"_s] = {u"v"_s};
    return all;
}

const QByteArray sampleJson = "{\"flag\":true,\"small\":-128,\"large\":18446744073709551615,\"real\":0.5,\"text\":"
                              "\"h\xC3\xA9llo \xF0\x9F\x98\x80\","
                              "\"bytes\":\"AQL/\",\"words\":[\"a\",\"b\"],\"time\":\"2026-01-01T00:00:00.123Z\","
                              "\"id\":\"0190f5a2-0000-7000-8000-000000000001\",\"colour\":\"green\",\"maybe\":null,"
                              "\"list\":[{\"name\":\"x\",\"count\":3},{\"name\":\"y\"}],\"table\":{\"k\":[\"v\"]},"
                              "\"kept\":\"default\",\"retained\":\"default\",\"set\":7}";

} // namespace

template <> struct Tertulia::EnumNames<Colour>
{
    static constexpr std::string_view names[] = {"red", "green"};
};

class TestCodec : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_roundTrips()
    {
        QCOMPARE(toJson(sample()), sampleJson);
        const auto read = fromJson<Everything>(sampleJson);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QVERIFY(*read == sample());
    }

    void messagePack_roundTrips()
    {
        const auto read = fromMessagePack<Everything>(toMessagePack(sample()));
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
        QVERIFY(*read == sample());
    }

    void read_propertyAndEnumNames_ignoreCase()
    {
        QByteArray json = sampleJson;
        json.replace("\"flag\"", "\"FLAG\"").replace("\"text\"", "\"Text\"").replace("\"green\"", "\"GREEN\"");
        const auto read = fromJson<Everything>(json);
        QVERIFY(read);
        QVERIFY(*read == sample());
    }

    void read_unknownProperties_areIgnored()
    {
        const auto read = fromJson<Inner>(R"({"x":[1,{"name":5}],"name":"n","\ud83d":1})");
        QVERIFY(read);
        QCOMPARE(read->name, u"n"_s);
    }

    void read_wrong_namesTheField_data()
    {
        QTest::addColumn<QByteArray>("from");
        QTest::addColumn<QByteArray>("to");
        QTest::addColumn<QString>("field");
        const auto row = [](const char *from, const char *to, const char *field) {
            QTest::addRow("%s", to) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(field);
        };
        row("\"flag\":true", "\"flag\":1", "flag");
        row("\"flag\":true,", "", "flag");
        row("\"flag\":true", "\"flag\":null", "flag");
        row("-128", "-129", "small");
        row("-128", "128", "small");
        row("-128", "1.0", "small");
        row("-128", "\"1\"", "small");
        row("18446744073709551615", "-1", "large");
        row("18446744073709551615", "18446744073709551616", "large");
        row("0.5", "\"0.5\"", "real");
        row("\"AQL/\"", "\"A*==\"", "bytes");
        row("\"AQL/\"", "[1]", "bytes");
        row("[\"a\",\"b\"]", "[\"a\",2]", "words[1]");
        row("[\"a\",\"b\"]", "{}", "words");
        row("\"2026-01-01T00:00:00.123Z\"", "\"yesterday\"", "time");
        row("\"2026-01-01T00:00:00.123Z\"", "5", "time");
        row("\"0190f5a2-0000-7000-8000-000000000001\"", "\"me\"", "id");
        row("\"0190f5a2-0000-7000-8000-000000000001\"", "1", "id");
        row("\"green\"", "\"blue\"", "colour");
        row("\"green\"", "1", "colour");
        row("\"maybe\":null", "\"maybe\":5", "maybe");
        row("\"name\":\"y\"", "\"name\":5", "list[1].name");
        row("\"name\":\"y\"", "\"n\":5", "list[1].name");
        row("\"count\":3", "\"count\":[]", "list[0].count");
        row("[\"v\"]", "[\"v\",null]", "table.k[1]");
        row("{\"k\":[\"v\"]}", "[]", "table");
        row("\"retained\":\"default\"", "\"retained\":\"other\"", "retained");
        row("\"retained\":\"default\"", "\"retained\":1", "retained");
        row("\"set\":7", "\"set\":null", "set");
        row("h\xC3\xA9llo", "\\ud83d", "text");
    }
    void read_wrong_namesTheField()
    {
        QFETCH(QByteArray, from);
        QFETCH(QByteArray, to);
        QFETCH(QString, field);
        QByteArray json = sampleJson;
        QVERIFY(json.contains(from));
        const auto read = fromJson<Everything>(json.replace(from, to));
        QVERIFY(!read);
        QCOMPARE(read.error().code, ErrorCode::Invalid);
        QCOMPARE(read.error().field, field);
        QVERIFY(read.error().message.startsWith(field));
    }

    void read_severalWrong_namesThemAll()
    {
        QByteArray json = sampleJson;
        json.replace("\"flag\":true,", "").replace("-128", "128").replace("[\"a\",\"b\"]", "[1,2]");
        json.replace("\"name\":\"y\"", "\"name\":5").replace("\"count\":3", "\"count\":[]");
        const auto read = fromJson<Everything>(json);
        QVERIFY(!read);
        QStringList fields{read.error().field};
        for (const FieldFault &fault : read.error().others)
            fields.append(fault.field);
        fields.sort();
        QCOMPARE(
            fields,
            (QStringList{u"flag"_s, u"list[0].count"_s, u"list[1].name"_s, u"small"_s, u"words[0]"_s, u"words[1]"_s}));
    }
    void read_manyWrong_namesABoundedNumber()
    {
        const auto read = fromJson<QStringList>('[' + QByteArray("1,").repeated(10'000) + "1]");
        QVERIFY(!read);
        QCOMPARE(read.error().field, u"[0]"_s);
        QCOMPARE(read.error().others.size() + 1, Faults::limit);
    }
    void read_withRules_namesWhatIsUnreadAndWhatBreaksARule()
    {
        const auto rules = [](const Inner &inner) {
            Faults faults;
            if (inner.name.isEmpty())
                faults.add(Error::invalid(u"name"_s, u"name is empty"_s));
            faults.add(Error::invalid(u"other"_s, u"other is wrong"_s));
            return faults.verdict();
        };
        const auto read = fromJson<Inner>(R"({"name":5,"count":1})", rules);
        QVERIFY(!read);
        QCOMPARE(read.error().field, u"name"_s);
        QCOMPARE(read.error().message, u"name must be a text"_s);
        QCOMPARE(read.error().others, (std::vector<FieldFault>{{u"other"_s, u"other is wrong"_s}}));
        QVERIFY(fromJson<Inner>(R"({"name":"n"})", rules)); // what can be read is judged by who takes it
        QVERIFY(fromJson<Inner>("5", rules).error().others.empty());
    }

    void read_absentDefaulted_keepsItsDefault()
    {
        QByteArray json = sampleJson;
        const auto read = fromJson<Everything>(json.replace(",\"set\":7", ""));
        QVERIFY(read);
        QCOMPARE(read->set, 7);
    }

    void read_notAnObject_isInvalid()
    {
        for (const QByteArray json : {"[]", "null", "1", "\"x\"", ""})
            QVERIFY(!fromJson<Inner>(json));
    }

    void read_alias_standsIn()
    {
        QCOMPARE(fromJson<SendMessageRequest>(R"({"content":"x","chatId":"c"})")->conversationId, u"c"_s);
        QCOMPARE(fromJson<SendMessageRequest>(R"({"content":"x","conversationId":null,"chatId":"c"})")->conversationId,
                 u"c"_s);
        QCOMPARE(fromJson<SendMessageRequest>(R"({"content":"x","conversationId":"c","chatId":null})")->conversationId,
                 u"c"_s);
        QCOMPARE(fromJson<SendMessageRequest>(R"({"content":"x","conversationId":"c","chatId":"c"})")->conversationId,
                 u"c"_s);
        const auto both = fromJson<SendMessageRequest>(R"({"content":"x","conversationId":"c","chatId":"d"})");
        QVERIFY(!both);
        QCOMPARE(both.error().field, u"chatId"_s);
    }

    void read_requiredAlias_isEnough()
    {
        QByteArray json = toJson(Message());
        json.replace("\"id\":\"00000000-0000-0000-0000-000000000000\",\"messageId\"", "\"messageId\"");
        const auto read = fromJson<Message>(json);
        QVERIFY2(read, read ? "" : qPrintable(read.error().message));
    }

    void readArguments_bindsExactly()
    {
        ValueDocument document;
        const auto list = parseJson(document, R"(["a",5,null,{"name":"n"}])");
        QVERIFY(list);
        const auto bound = readArguments<QString, int, std::optional<QStringList>, Inner>(*list);
        QVERIFY(bound);
        QCOMPARE(std::get<1>(*bound), 5);
        QVERIFY(!std::get<2>(*bound));
        QCOMPARE(std::get<3>(*bound).name, u"n"_s);
        const auto few = readArguments<QString>(*list);
        QVERIFY(!few);
        QCOMPARE(few.error().message, u"Invocation provides 4 argument(s) but target expects 1."_s);
        const auto wrong = readArguments<QString, int, QString, Inner>(*list);
        QVERIFY(!wrong);
        QCOMPARE(wrong.error().field, u"arguments[2]"_s);
        QVERIFY(!readArguments<>(Value()));
    }

    void encodeArguments_isOneArray()
    {
        QCOMPARE(encodeArguments(WireFormat::Json, u"a"_s, 1, true), QByteArray("[\"a\",1,true]"));
        QCOMPARE(encodeArguments(WireFormat::MessagePack, u"a"_s, 1, true), QByteArray::fromHex("93a16101c3"));
        QCOMPARE(encodeArguments(WireFormat::Json), QByteArray("[]"));
    }

    void errorEnvelope_hidesInternalErrors()
    {
        const auto internal = errorEnvelope(Error::internal(u"the disk said so"_s), u"t1"_s);
        QVERIFY(!internal.message.contains(u"disk"_s));
        QCOMPARE(internal.code, u"INTERNAL_ERROR"_s);
        const auto invalid = errorEnvelope(Error::invalid(u"content"_s, u"content is empty"_s), u"t2"_s);
        QCOMPARE(toJson(invalid),
                 QByteArray(R"({"success":false,"message":"content is empty","code":"VALIDATION_ERROR",)"
                            R"("errors":{"content":["content is empty"]},"traceId":"t2"})"));
    }

    void successJson_equalsTheEnvelope()
    {
        const UnreadCount count{5, 2};
        SuccessEnvelope<UnreadCount> envelope;
        envelope.data = count;
        QCOMPARE(successJson(count), toJson(envelope));
        envelope.pagination = PageRequest{0, 10}.answer(false);
        QCOMPARE(successJson(count, envelope.pagination), toJson(envelope));
        QVERIFY(*fromJson<SuccessEnvelope<UnreadCount>>(toJson(envelope)) == envelope);
        QCOMPARE(successJson(Empty()), QByteArray(R"({"success":true,"data":{}})"));
    }

    // The room for a list is taken after the length of its first item.
    void list_isWhole_howeverUnlikeItsItems_data()
    {
        QTest::addColumn<QStringList>("list");
        const QString small = u"x"_s;
        const QString large(100'000, u'\u20ac');
        QTest::newRow("empty") << QStringList();
        QTest::newRow("one") << QStringList(large);
        QTest::newRow("large first") << (QStringList(large) + QStringList(1'000, small));
        QTest::newRow("small first") << (QStringList(1'000, small) + QStringList(3, large));
        QTest::newRow("all small") << QStringList(100'000, small);
    }
    void list_isWhole_howeverUnlikeItsItems()
    {
        QFETCH(QStringList, list);
        const auto json = fromJson<QStringList>(toJson(list));
        QVERIFY(json);
        QCOMPARE(*json, list);
        const auto messagePack = fromMessagePack<QStringList>(toMessagePack(list));
        QVERIFY(messagePack);
        QCOMPARE(*messagePack, list);
    }

    void times_areReadInTheirForms_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<qint64>("milliseconds"); // -1: refused
        const auto row = [](const char *text, qint64 milliseconds) {
            QTest::newRow(*text ? text : "empty") << QString::fromLatin1(text) << milliseconds;
        };
        row("2026-01-01T00:00:00.123Z", 1767225600123);
        row("2026-01-01T00:00:00Z", 1767225600000);
        row("2026-01-01T00:00:00", 1767225600000);
        row("2026-01-01T01:00:00.5+01:00", 1767225600500);
        row("2024-02-29T23:59:59.999Z", 1709251199999);
        row("1970-01-01T00:00:00.000Z", 0);
        row("2025-02-29T00:00:00.000Z", -1);
        row("2026-13-01T00:00:00.000Z", -1);
        row("2026-01-00T00:00:00.000Z", -1);
        row("2026-01-01T25:00:00.000Z", -1);
        row("2026-01-01T00:60:00.000Z", -1);
        row("2026-01-01T00:00:00.00xZ", -1);
        row("", -1);
        row("now", -1);
    }
    void times_areReadInTheirForms()
    {
        QFETCH(QString, text);
        QFETCH(qint64, milliseconds);
        const auto time = fromJson<Timestamp>(toJson(text));
        QCOMPARE(time ? time->time_since_epoch().count() : -1, milliseconds);
    }

    void statusEvent_hasTheDocumentedEnvelope()
    {
        MessageStatusData data;
        data.status = MessageStatus::Read;
        data.timestamp = Timestamp(std::chrono::milliseconds(1000));
        const auto event = statusEvent(data);
        QCOMPARE(event.type, u"message.read"_s);
        QVERIFY(event.data.readAt == data.timestamp);
        QVERIFY(!event.data.deliveredAt);
    }
};

TERTULIA_TEST(tst_codec, TestCodec)
#include "tst_codec.moc"
