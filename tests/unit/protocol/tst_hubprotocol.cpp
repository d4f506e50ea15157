// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hubprotocol.h"
#include "support/testmain.h"

#include "support/describe.h"

#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

/// describe of the message, "ignored" for an unknown type, "error".
QByteArray parsed(const HubProtocol &protocol, QByteArrayView payload)
{
    const auto message = protocol.parse(payload);
    if (!message)
        return "error";
    return *message ? Testing::describe(**message) : QByteArray("ignored");
}

/// Single quotes stand for double ones.
QByteArray json(const char *text)
{
    return QByteArray(text).replace('\'', '"');
}

/// A MessagePack payload from JSON text: the writers of both formats are tested on their own.
QByteArray packed(const char *text)
{
    ValueDocument document;
    const auto value = parseJson(document, json(text));
    return value ? toMessagePack(*value) : QByteArray();
}

QByteArray hex(const char *digits)
{
    return QByteArray::fromHex(digits);
}

} // namespace

class TestHubProtocol : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json_parse_data()
    {
        QTest::addColumn<QByteArray>("record");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *record, const char *expected) {
            QTest::newRow(*record ? record : "empty") << json(record) << json(expected);
        };
        row("{'type':1,'target':'Echo','arguments':['x',1]}", "Invocation id= target=Echo arguments=['x',1]");
        row("{'type':1,'invocationId':'7','target':'Echo','arguments':[]}", "Invocation id=7 target=Echo arguments=[]");
        row("{'arguments':[{'a':[]}],'target':'T','type':1}", "Invocation id= target=T arguments=[{'a':[]}]");
        row("{'type':1,'invocationId':'','target':'T','arguments':[]}", "Invocation id= target=T arguments=[]");
        row("{'type':1,'target':'','arguments':[]}", "Invocation id= target= arguments=[]");
        row("{'type':1,'target':'T','arguments':[],'streamIds':['1','2']}",
            "Invocation id= target=T arguments=[] streams=1,2");
        row("{'type':1,'headers':{'a':'b'},'target':'T','arguments':[],'unknown':{'target':5}}",
            "Invocation id= target=T arguments=[]");
        row("{'type':4,'invocationId':'7','target':'S','arguments':[null]}",
            "StreamInvocation id=7 target=S arguments=[null]");
        row("{'type':2,'invocationId':'7','item':null}", "StreamItem id=7 item=null");
        row("{'item':{'a':1},'invocationId':'7','type':2}", "StreamItem id=7 item={'a':1}");
        row("{'type':3,'invocationId':'7'}", "Completion id=7");
        row("{'type':3,'invocationId':'7','result':null}", "Completion id=7 result=null");
        row("{'result':[1],'invocationId':'7','type':3}", "Completion id=7 result=[1]");
        row("{'type':3,'invocationId':'7','error':'oh'}", "Completion id=7 error=oh");
        row("{'type':5,'invocationId':'7'}", "Cancel id=7");
        row("{'type':6}", "Ping");
        row(" {'type' : 6 } ", "Ping");
        row("{'type':6}} what follows is not looked at", "Ping");
        row("{'type':6}{'type':7}", "Ping");
        row("{'type':5,'type':6}", "Ping");
        row("{'type':7}", "Close");
        row("{'type':7,'error':'e','allowReconnect':true}", "Close error=e allowReconnect");
        row("{'type':8,'sequenceId':5}", "Ack 5");
        row("{'type':9,'sequenceId':9007199254740993}", "Sequence 9007199254740993");
        row("{'type':10}", "ignored");
        row("{'type':0}", "ignored");
        row("{'type':-1,'x':1}", "ignored");

        for (const char *bad :
             {"", " ", "x", "{", "{'type':6", "[]", "[6]", "6", "null", "'type'", "{}", "{'Type':6}", "{'type':'6'}",
              "{'type':null}", "{'type':6.0}", "{'type':2147483648}", "{'type':true}", "{'type':6,}", "{'type':6/**/}",
              // required properties
              "{'type':1}", "{'type':1,'target':'T'}", "{'type':1,'arguments':[]}",
              "{'type':1,'Target':'T','arguments':[]}", "{'type':2,'invocationId':'7'}", "{'type':2,'item':1}",
              "{'type':2,'invocationId':'','item':1}", "{'type':3}", "{'type':3,'invocationId':''}",
              "{'type':4,'target':'T','arguments':[]}", "{'type':4,'invocationId':'','target':'T','arguments':[]}",
              "{'type':4,'invocationId':'1','arguments':[]}", "{'type':4,'invocationId':'1','target':'T'}",
              "{'type':5}", "{'type':5,'invocationId':''}", "{'type':8}", "{'type':9}",
              // types of properties, whatever the message
              "{'type':1,'target':5,'arguments':[]}", "{'type':1,'target':null,'arguments':[]}",
              "{'type':1,'target':'T','arguments':{}}", "{'type':1,'target':'T','arguments':null}",
              "{'type':1,'invocationId':7,'target':'T','arguments':[]}",
              "{'type':1,'invocationId':null,'target':'T','arguments':[]}",
              "{'type':1,'target':'T','arguments':[],'streamIds':'1'}",
              "{'type':1,'target':'T','arguments':[],'streamIds':[1]}",
              "{'type':1,'target':'T','arguments':[],'streamIds':null}",
              "{'type':1,'target':'T','arguments':[],'headers':[]}",
              "{'type':1,'target':'T','arguments':[],'headers':{'a':1}}", "{'type':3,'invocationId':'7','error':null}",
              "{'type':3,'invocationId':'7','error':5}", "{'type':3,'invocationId':'7','error':'e','result':null}",
              "{'type':7,'error':5}", "{'type':7,'allowReconnect':'true'}", "{'type':8,'sequenceId':'5'}",
              "{'type':8,'sequenceId':1.5}", "{'type':6,'target':5}", "{'type':10,'invocationId':{}}",
              "{'type':1,'target':'\\ud800','arguments':[]}", "{'type':1,'target':'T','arguments':['\xff']}",
              // a handshake after the handshake
              "{'protocol':'json','version':1}"})
            row(bad, "error");
    }
    void json_parse()
    {
        QFETCH(QByteArray, record);
        QFETCH(QByteArray, expected);
        QCOMPARE(parsed(jsonHubProtocol(), record), expected);
    }

    void json_halfPairInArguments_failsTheBindingOnly()
    {
        const auto message = jsonHubProtocol().parse(json("{'type':1,'target':'T','arguments':['\\ud800']}"));
        QVERIFY(message && *message);
        QVERIFY(!readArguments<QString>(std::get<InvocationMessage>(**message).arguments.value));
    }

    void messagePack_parse_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *payload, const char *expected) {
            QTest::newRow(payload) << packed(payload) << json(expected);
        };
        row("[1,{},null,'Echo',['x',1],[]]", "Invocation id= target=Echo arguments=['x',1]");
        row("[1,{},'','Echo',[]]", "Invocation id= target=Echo arguments=[]");
        row("[1,{'a':'b','c':null},'7','Echo',[],['1','2']]", "Invocation id=7 target=Echo arguments=[] streams=1,2");
        row("[1,{},'7','Echo',[],[],'more',{'x':1}]", "Invocation id=7 target=Echo arguments=[]");
        row("[4,{},'7','S',[null]]", "StreamInvocation id=7 target=S arguments=[null]");
        row("[4,{},'7','S',[],['3']]", "StreamInvocation id=7 target=S arguments=[] streams=3");
        row("[2,{},'7',{'a':1}]", "StreamItem id=7 item={'a':1}");
        row("[2,{},'7',null]", "StreamItem id=7 item=null");
        row("[2,{},'7']", "StreamItem id=7 item=null");
        row("[3,{},'7',1,'oh']", "Completion id=7 error=oh");
        row("[3,{},'7',2]", "Completion id=7");
        row("[3,{},'7',3,null]", "Completion id=7 result=null");
        row("[3,{},'7',3,[1]]", "Completion id=7 result=[1]");
        row("[5,{},'7']", "Cancel id=7");
        // what is wrong with the arguments alone fails the call, not the connection
        row("[1,{},'7','T']", "Invocation id=7 target=T arguments=null");
        row("[1,{},'7','T',{}]", "Invocation id=7 target=T arguments={}");
        row("[1,{},'7','T','x',[]]", "Invocation id=7 target=T arguments='x'");
        row("[4,{},'7','T',null]", "StreamInvocation id=7 target=T arguments=null");
        row("[6]", "Ping");
        row("[6,1,2]", "Ping");
        row("[7,null]", "Close");
        row("[7,'e']", "Close error=e");
        row("[7,'e',true]", "Close error=e allowReconnect");
        row("[7,null,false,1]", "Close");
        row("[8,5]", "Ack 5");
        row("[9,9007199254740993]", "Sequence 9007199254740993");
        row("[10]", "ignored");
        row("[0,{}]", "ignored");
        row("[-1,'x']", "ignored");
        QTest::newRow("every width") << hex("dc0006d30000000000000001de0000d90137db0000000145dd00000001d2000000059"
                                            "0")
                                     << QByteArray("Invocation id=7 target=E arguments=[5]");
        QTest::newRow("bytes behind") << hex("9106ffff") << QByteArray("Ping");

        for (const char *bad : {"[]",
                                "{}",
                                "6",
                                "null",
                                "'x'",
                                "['6']",
                                "[null]",
                                "[6.0]",
                                "[2147483648]",
                                "[1]",
                                "[1,{}]",
                                "[1,{},null]",
                                "[1,null,null,'T',[]]",
                                "[1,[],null,'T',[]]",
                                "[1,{'a':1},null,'T',[]]",
                                "[1,{},7,'T',[]]",
                                "[1,{},null,'',[]]",
                                "[1,{},null,null,[]]",
                                "[1,{},null,5,[]]",
                                "[1,{},null,'T',[],null]",
                                "[1,{},null,'T',[],[1]]",
                                "[1,{},null,'T',[],'1']",
                                "[1,{},null,'T',[],{'1':'2'}]",
                                "[4,{},null,'T',[]]",
                                "[4,{},'','T',[]]",
                                "[2,{},null,1]",
                                "[3,{},'7']",
                                "[3,{},'7',1]",
                                "[3,{},'7',3]",
                                "[3,{},'7',0]",
                                "[3,{},'7',4,1]",
                                "[3,{},'7','2']",
                                "[3,{},'7',1,5]",
                                "[3,{},null,2]",
                                "[5,{}]",
                                "[5,{},null]",
                                "[5,{},5]",
                                "[5,5,'7']",
                                "[7]",
                                "[7,5]",
                                "[7,null,1]",
                                "[7,null,null]",
                                "[8]",
                                "[8,'5']",
                                "[8,1.5]",
                                "[9,null]"})
            row(bad, "error");
        QTest::newRow("arguments cut off")
            << hex("960180a131a44563686fdd7fffffff") << QByteArray("Invocation id=1 target=Echo arguments=null");
        QTest::newRow("an argument cut off")
            << hex("960180a131a44563686f91db7fffffff90") << QByteArray("Invocation id=1 target=Echo arguments=\"\"");
        QTest::newRow("stream ids cut off") << hex("960180a131a154909261") << QByteArray("error");
        QTest::newRow("target cut off") << hex("960180a131a45463") << QByteArray("error");
        QTest::newRow("item cut off") << hex("940280a13191d9") << QByteArray("StreamItem id=1 item=\"\"");
        QTest::newRow("item of no kind") << hex("940280a131c1") << QByteArray("StreamItem id=1 item=null");
        QTest::newRow("result cut off") << hex("950380a1310391d9") << QByteArray("error");
        QTest::newRow("stream without id cut off") << hex("960480c0a15491d9") << QByteArray("error");
        QTest::newRow("empty") << QByteArray() << QByteArray("error");
        QTest::newRow("cut off") << hex("9601") << QByteArray("error");
        QTest::newRow("unused byte") << hex("91c1") << QByteArray("error");
        QTest::newRow("integer keys in headers") << hex("95018101a161c0a15490") << QByteArray("error");
        QTest::newRow("target not UTF-8")
            << hex("950180c0a1ff90") << QByteArray("Invocation id= target=\xef\xbf\xbd arguments=[]");
        QTest::newRow("id not UTF-8") << hex("930580a1ff") << QByteArray("Cancel id=\xef\xbf\xbd");
    }
    void messagePack_parse()
    {
        QFETCH(QByteArray, payload);
        QFETCH(QByteArray, expected);
        QCOMPARE(parsed(messagePackHubProtocol(), payload), expected);
    }

    void messagePack_badArguments_failTheBindingOnly()
    {
        const auto bind = [](const QByteArray &payload) {
            const auto message = messagePackHubProtocol().parse(payload);
            const auto bound = readArguments<QString>(std::get<InvocationMessage>(**message).arguments.value);
            return bound ? Error() : bound.error();
        };
        const Error noList = bind(packed("[1,{},'1','Echo','hi',[]]"));
        QCOMPARE(noList.field, u"arguments"_s);
        QCOMPARE(noList.message, u"Reading array length for 'arguments' failed."_s);
        QCOMPARE(bind(packed("[1,{},'1','Echo']")), noList);
        QCOMPARE(bind(hex("960180a131a44563686fdd7fffffff")), noList);
        QCOMPARE(bind(hex("960180a131a44563686f91db7fffffff90")).field, u"arguments[0]"_s);
    }

    void writers_giveTheReferencesBytes_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QByteArray>("expectedJson");
        QTest::addColumn<QByteArray>("pack");
        QTest::addColumn<QByteArray>("expectedPack");
        const auto row = [](const char *name, auto write, const char *expected, const char *expectedPack) {
            QTest::newRow(name) << write(jsonHubProtocol()) << json(expected) + '\x1e'
                                << write(messagePackHubProtocol()) << hex(expectedPack);
        };
        row(
            "ping", [](const HubProtocol &p) { return p.writePing(); }, "{'type':6}", "029106");
        row(
            "event", [](const HubProtocol &p) { return encodeInvocation(p, "Ev"_L1, u"x"_s, 1); },
            "{'type':1,'target':'Ev','arguments':['x',1]}", "0c960180c0a2457692a1780190");
        row(
            "call",
            [](const HubProtocol &p) {
                return p.writeInvocation({.target = "T", .invocationId = "7"}, encodeArguments(p.format()));
            },
            "{'type':1,'invocationId':'7','target':'T','arguments':[]}", "09960180a137a1549090");
        const auto stream = [](const HubProtocol &p) {
            const QByteArray ids[] = {"1", "2"};
            return p.writeInvocation({.target = "T", .invocationId = "7", .streamIds = ids, .isStream = true},
                                     encodeArguments(p.format(), true));
        };
        row("stream", stream, "{'type':4,'invocationId':'7','target':'T','arguments':[true],'streamIds':['1','2']}",
            "0e960480a137a15491c392a131a132");
        row(
            "item", [](const HubProtocol &p) { return p.writeStreamItem("7", encode(p.format(), u"x"_s)); },
            "{'type':2,'invocationId':'7','item':'x'}",
            "0794"
            "0280a137a178");
        row(
            "result", [](const HubProtocol &p) { return p.writeResult("7", encode(p.format(), 5)); },
            "{'type':3,'invocationId':'7','result':5}", "07950380a1370305");
        row(
            "error", [](const HubProtocol &p) { return p.writeError("7", u"oh"_s); },
            "{'type':3,'invocationId':'7','error':'oh'}", "09950380a13701a26f68");
        row(
            "end", [](const HubProtocol &p) { return p.writeEnd("7"); }, "{'type':3,'invocationId':'7'}",
            "06940380a13702");
        row(
            "cancel", [](const HubProtocol &p) { return p.writeCancel("7"); }, "{'type':5,'invocationId':'7'}",
            "05930580a137");
        row(
            "close", [](const HubProtocol &p) { return p.writeClose({}, false); }, "{'type':7}", "049307c0c2");
        row(
            "close with all", [](const HubProtocol &p) { return p.writeClose(u"e"_s, true); },
            "{'type':7,'error':'e','allowReconnect':true}", "059307a165c3");
        row(
            "ack", [](const HubProtocol &p) { return p.writeAck(300); }, "{'type':8,'sequenceId':300}", "059208cd012c");
        row(
            "sequence", [](const HubProtocol &p) { return p.writeSequence(1); }, "{'type':9,'sequenceId':1}",
            "03920901");
    }
    void writers_giveTheReferencesBytes()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, expectedJson);
        QFETCH(QByteArray, pack);
        QFETCH(QByteArray, expectedPack);
        QCOMPARE(json, expectedJson);
        QCOMPARE(pack.toHex(), expectedPack.toHex());
    }

    void writers_neverPutASeparatorInside()
    {
        const QString hostile = u"\u001e\"\\\n\u2028"_s;
        const HubProtocol &protocol = jsonHubProtocol();
        for (const QByteArray &record : {encodeInvocation(protocol, "T"_L1, hostile),
                                         protocol.writeError("\x1e", hostile), protocol.writeClose(hostile, true)}) {
            QCOMPARE(record.count('\x1e'), 1);
            QVERIFY(record.endsWith('\x1e'));
        }
    }

    void messagePack_lengths_areShortestVarints()
    {
        for (const qsizetype size : {100, 127, 128, 200, 16383, 16384, 100000, 2097151, 2097152}) {
            const auto record = encodeInvocation(messagePackHubProtocol(), "T"_L1, QString(size, u'x'));
            HubMessageReader reader(0);
            reader.setProtocol(messagePackHubProtocol());
            reader.append(record);
            const auto message = reader.next();
            QVERIFY(message && *message);
            QCOMPARE(reader.buffered(), 0);
            const auto cut = messagePackHubProtocol().cut(record, 0);
            const auto prefix = cut->size - cut->payload.size();
            QVERIFY(prefix == 1 || quint8(record[prefix - 1]) > 0);
        }
    }

    void find_ignoresCase()
    {
        QCOMPARE(findHubProtocol(u"JSON"_s), &jsonHubProtocol());
        QCOMPARE(findHubProtocol(u"MessagePack"_s), &messagePackHubProtocol());
        QVERIFY(!findHubProtocol(u"xml"_s));
        QVERIFY(!findHubProtocol({}));
    }

    void messages_keepTheirDocument()
    {
        std::vector<HubMessage> held;
        for (int i = 0; i < 20; ++i) {
            auto message = jsonHubProtocol().parse("{\"type\":2,\"invocationId\":\"7\",\"item\":\""
                                                   + QByteArray::number(i) + "\"}");
            QVERIFY(message && *message);
            held.push_back(std::move(**message));
        }
        for (int i = 0; i < 20; ++i)
            QCOMPARE(std::get<StreamItemMessage>(held[size_t(i)]).item.value.toString(), QString::number(i));
    }

    void counted_areTypesOneToFive()
    {
        QVERIFY(isCounted(InvocationMessage()) && isCounted(StreamInvocationMessage())
                && isCounted(StreamItemMessage()));
        QVERIFY(isCounted(CompletionMessage()) && isCounted(CancelInvocationMessage()));
        QVERIFY(!isCounted(PingMessage()) && !isCounted(CloseMessage()) && !isCounted(AckMessage()));
        QVERIFY(!isCounted(SequenceMessage()));
    }
};

TERTULIA_TEST(tst_hubprotocol, TestHubProtocol)
#include "tst_hubprotocol.moc"
