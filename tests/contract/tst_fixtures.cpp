// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/hubprotocol.h"
#include "protocol/message.h"
#include "support/testmain.h"

#include "support/describe.h"

#include <QFile>
#include <QTest>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

/// One case of a file that fixtures/generate.mjs wrote.
struct Case
{
    QString name, json, hex, head, expected, messagepack;
    int text = 0, size = 0;

    static constexpr auto fields()
    {
        return std::tuple{optional("name", &Case::name),         optional("json", &Case::json),
                          optional("hex", &Case::hex),           optional("head", &Case::head),
                          optional("expected", &Case::expected), optional("messagepack", &Case::messagepack),
                          optional("text", &Case::text),         optional("size", &Case::size)};
    }
};

std::vector<Case> read(const QString &name)
{
    QFile file(QStringLiteral(TERTULIA_FIXTURES) + u'/' + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return fromJson<std::vector<Case>>(file.readAll()).value_or(std::vector<Case>());
}

QByteArray bytes(const QString &hex)
{
    return QByteArray::fromHex(hex.toLatin1());
}

void addRows(const QString &file)
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QByteArray>("pack");
    for (const Case &one : read(file)) {
        if (!one.hex.isEmpty())
            QTest::newRow(qPrintable(one.name)) << one.json.toUtf8() << bytes(one.hex);
    }
}

} // namespace

/// Our codecs against what independent implementations wrote (tests/contract/fixtures/generate.mjs).
class TestFixtures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messagePack_ofNpm_readsAsTheSame_data() { addRows(u"messagepack.json"_s); }
    void messagePack_ofNpm_readsAsTheSame()
    {
        QFETCH(QByteArray, json);
        QFETCH(QByteArray, pack);
        ValueDocument packed;
        const auto value = parseMessagePack(packed, pack);
        QVERIFY(value);
        // by way of our own reader and writer, so that only the content counts (1e300, escapes)
        ValueDocument expected;
        const auto normal = parseJson(expected, json);
        QVERIFY(normal);
        QCOMPARE(toJson(*value), toJson(*normal));
    }

    void messagePack_ofOurs_isTheSameBytes_data() { addRows(u"messagepack.json"_s); }
    void messagePack_ofOurs_isTheSameBytes()
    {
        QFETCH(QByteArray, pack);
        ValueDocument document;
        const auto value = parseMessagePack(document, pack);
        QVERIFY(value);
        QCOMPARE(toMessagePack(*value).toHex(), pack.toHex());
    }

    void messagePack_longTexts_haveTheSameHead()
    {
        int seen = 0;
        for (const Case &one : read(u"messagepack.json"_s)) {
            if (one.text == 0)
                continue;
            const QByteArray packed = toMessagePack(QString(one.text, u'a'));
            QCOMPARE(packed.size(), one.size);
            QCOMPARE(packed.first(8), bytes(one.head));
            ++seen;
        }
        QCOMPARE(seen, 2);
    }

    void messagePack_message_isTheStructsBytes()
    {
        int seen = 0;
        for (const Case &one : read(u"messagepack.json"_s)) {
            if (one.name != u"message"_s)
                continue;
            const auto message = fromMessagePack<Message>(bytes(one.hex));
            QVERIFY2(message, message ? "" : qPrintable(message.error().message));
            QCOMPARE(toMessagePack(*message).toHex(), one.hex.toLatin1());
            QCOMPARE(toJson(*message), one.json.toUtf8());
            ++seen;
        }
        QCOMPARE(seen, 1);
    }

    void hubMessages_ofTheClient_areRead()
    {
        const auto cases = read(u"hubmessages.json"_s);
        QCOMPARE(cases.size(), size_t(12));
        for (const Case &one : cases) {
            for (const HubProtocol *protocol : {&jsonHubProtocol(), &messagePackHubProtocol()}) {
                HubMessageReader reader;
                reader.setProtocol(*protocol);
                reader.append(bytes(protocol->isBinary() ? one.messagepack : one.json));
                const auto message = reader.next();
                QVERIFY(message && *message);
                QCOMPARE(QString::fromUtf8(Testing::describe(**message)), one.expected);
                QCOMPARE(reader.buffered(), 0);
            }
        }
    }
};

TERTULIA_TEST(tst_fixtures, TestFixtures)
#include "tst_fixtures.moc"
