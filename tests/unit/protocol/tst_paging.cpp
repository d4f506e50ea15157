// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/codec.h"
#include "protocol/paging.h"
#include "support/testmain.h"

#include <QTest>
#include <QUrlQuery>

using namespace Tertulia;
using namespace Qt::StringLiterals;

namespace {

QueryLookup lookup(const QString &query)
{
    return [items = QUrlQuery(query).queryItems()](QLatin1StringView name) -> std::optional<QString> {
        for (const auto &[key, value] : items) {
            if (key.compare(name, Qt::CaseInsensitive) == 0)
                return value;
        }
        return std::nullopt;
    };
}

} // namespace

class TestPaging : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readPage_everySpelling_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("skip");
        QTest::addColumn<int>("take");
        const auto row = [](const char *query, int skip, int take) {
            QTest::newRow(*query ? query : "none") << QString::fromLatin1(query) << skip << take;
        };
        row("", 0, 50);
        row("skip=10&take=20", 10, 20);
        row("page=3&limit=20", 40, 20);
        row("page=3&pageSize=20", 40, 20);
        row("page=3&take=20", 40, 20);
        row("skip=5&limit=20", 5, 20);
        row("skip=5&page=9&limit=20", 5, 20);
        row("take=10&limit=20&pageSize=30", 0, 10);
        row("take=1000", 0, 100);
        row("page=2&take=1000", 100, 100);
        row("Skip=1&TAKE=2", 1, 2);
        row("skip=&take=", 0, 50);
        row("page=1", 0, 50);
    }
    void readPage_everySpelling()
    {
        QFETCH(QString, query);
        QFETCH(int, skip);
        QFETCH(int, take);
        const auto page = readPage(lookup(query));
        QVERIFY(page);
        QCOMPARE(page->skip, skip);
        QCOMPARE(page->take, take);
    }

    void readPage_nonsense_isInvalid_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("field");
        for (const char *query : {"skip=-1", "skip=x", "take=0", "take=-5", "limit=1.5", "pageSize=abc", "page=0",
                                  "page=-1", "page=2147483647", "skip=99999999999", "take=1e3", "skip=1%200"})
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(query).section(u'=', 0, 0);
    }
    void readPage_nonsense_isInvalid()
    {
        QFETCH(QString, query);
        QFETCH(QString, field);
        const auto page = readPage(lookup(query));
        QVERIFY(!page);
        QCOMPARE(page.error().code, ErrorCode::Invalid);
        QCOMPARE(page.error().field, field);
    }

    void numbersBeyondTheirRange_saySo_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *query, const char *words) {
            QTest::newRow(query) << QString::fromLatin1(query) << QString::fromLatin1(words);
        };
        row("skip=99999999999", "skip must be a whole number from 0 to 2147483647");
        row("skip=-1", "skip must be a whole number from 0 to 2147483647");
        row("take=99999999999999999999999", "take must be a whole number from 1 to 2147483647");
        row("page=0", "page must be a whole number from 1 to 2147483647");
        row("page=2147483647", "page must not begin beyond entry 2147483647");
        row("take=many", "take must be a whole number");
        row("take=1.5", "take must be a whole number");
        row("take=-", "take must be a whole number");
    }
    void numbersBeyondTheirRange_saySo()
    {
        QFETCH(QString, query);
        QFETCH(QString, words);
        QCOMPARE(readPage(lookup(query)).error().message, words);
    }

    void answer_hasEverySpelling()
    {
        QCOMPARE(toJson(PageRequest{40, 20}.answer(true, 101)),
                 QByteArray(R"({"page":3,"limit":20,"skip":40,"take":20,"hasMore":true,"total":101,"totalPages":6})"));
        QCOMPARE(toJson(PageRequest{0, 50}.answer(false)),
                 QByteArray(R"({"page":1,"limit":50,"skip":0,"take":50,"hasMore":false})"));
    }

    void conversationParameter_bothNames()
    {
        QCOMPARE(readConversationParameter(lookup(u"chatId=a"_s)).value(), u"a"_s);
        QCOMPARE(readConversationParameter(lookup(u"conversationId=a"_s)).value(), u"a"_s);
        QCOMPARE(readConversationParameter(lookup(u"conversationId=a&chatId=A"_s)).value(), u"a"_s);
        QCOMPARE(readConversationParameter(lookup({})).value(), QString());
        QCOMPARE(readConversationParameter(lookup(u"conversationId=a&chatId=b"_s)).error().field, u"chatId"_s);
    }
};

TERTULIA_TEST(tst_paging, TestPaging)
#include "tst_paging.moc"
