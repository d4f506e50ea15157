// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/ids.h"
#include "base/random.h"
#include "support/testmain.h"

#include <QSet>
#include <QTest>

using namespace Tertulia;

class TestIds : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_roundTrips()
    {
        const auto id = UserId::generate();
        QCOMPARE(UserId::parse(id.toString()), std::optional(id));
        QCOMPARE(id.toString().size(), 36);
        QCOMPARE(Uuid::fromBytes(id.uuid().toBytes()), id.uuid());
    }
    void text_ofEveryByte_isItsTwoDigits()
    {
        for (int value = 0; value < 256; value += 16) {
            QByteArray bytes;
            for (int i = 0; i < 16; ++i)
                bytes.append(char(value + i));
            QByteArray expected = bytes.toHex();
            for (const qsizetype dash : {20, 16, 12, 8})
                expected.insert(dash, '-');
            QCOMPARE(Uuid::fromBytes(bytes).toUtf8(), expected);
        }
    }
    void text_isReadInEitherCase()
    {
        const auto lower = Uuid::parse(QStringView(u"0190f6a1-7c3e-7bbb-8aaa-0123456789ab"));
        const auto upper = Uuid::parse(QStringView(u"0190F6A1-7C3E-7BBB-8AAA-0123456789AB"));
        QVERIFY(lower);
        QCOMPARE(lower, upper);
        QCOMPARE(upper->toUtf8(), QByteArray("0190f6a1-7c3e-7bbb-8aaa-0123456789ab"));
    }
    void whatIsNoUuid_isRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("empty") << QString();
        QTest::newRow("documented sample") << QStringLiteral("conv-123");
        QTest::newRow("short") << QStringLiteral("0190f6a1-7c3e-7bbb-8aaa-0123456789a");
        QTest::newRow("long") << QStringLiteral("0190f6a1-7c3e-7bbb-8aaa-0123456789abc");
        QTest::newRow("braces") << QStringLiteral("{190f6a1-7c3e-7bbb-8aaa-0123456789a}");
        QTest::newRow("no dash") << QStringLiteral("0190f6a1x7c3e-7bbb-8aaa-0123456789ab");
        QTest::newRow("dash in a digit's place") << QStringLiteral("0190f6a--7c3e-7bbb-8aaa-0123456789ab");
        QTest::newRow("fullwidth digit") << QStringLiteral("\uff10190f6a-7c3e-7bbb-8aaa-0123456789ab");
    }
    void whatIsNoUuid_isRefused()
    {
        QFETCH(QString, text);
        QVERIFY(!Uuid::parse(text));
        QVERIFY(!Uuid::parse(QByteArrayView(text.toUtf8())));
    }
    void generated_areUniqueAndSortByTime()
    {
        QSet<QByteArray> seen;
        for (int i = 0; i < 10000; ++i)
            seen.insert(Uuid::generate().toBytes());
        QCOMPARE(seen.size(), 10000);
        const QByteArray early = Uuid::generate().toBytes().first(6);
        QTRY_VERIFY(Uuid::generate().toBytes().first(6) > early);
    }
    void names_areStableAndDoNotRunTogether()
    {
        QCOMPARE(Uuid::fromName("https://id.example", "42"), Uuid::fromName("https://id.example", "42"));
        QVERIFY(Uuid::fromName("ab", "c") != Uuid::fromName("a", "bc"));
    }
    void tokens_haveTheLengthOfAConnectionId()
    {
        QCOMPARE(randomToken().size(), 22);
        QVERIFY(randomToken() != randomToken());
    }
};

TERTULIA_TEST(tst_ids, TestIds)
#include "tst_ids.moc"
