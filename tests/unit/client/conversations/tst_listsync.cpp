// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The list of conversations is read page by page while it moves: what is written moves up, what is deleted goes.
#include "chatscript.h"
#include "support/testmain.h"

#include <QTest>

#include <algorithm>
#include <functional>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
const QString listPath = QString(Routes::conversations);

Conversation numbered(int number)
{
    const ConversationId id = conversationNamed(QString::number(number));
    return conversationOf(id, {ana, bo}, messageFrom(bo, id, number + 1), 0);
}

QString pathOf(const Conversation &conversation)
{
    return routePath(Routes::conversation, {conversation.id.toString()});
}

} // namespace

class TestListSync : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        ConversationOptions options;
        options.listPage = 3;
        m_script = std::make_unique<ChatScript>(options);
        m_list.clear();
        m_meanwhile = {};
        for (int number = 9; number > 0; --number)
            m_list.push_back(numbered(number));
    }
    void cleanup()
    {
        if (m_script->mirror)
            QCOMPARE(m_script->mirror->faults(), QString());
        m_script.reset();
    }

    void listThatMoves_isReadWhole_data()
    {
        using Change = std::function<void(std::vector<Conversation> &)>;
        QTest::addColumn<Change>("change");
        QTest::newRow("one is deleted") << Change([](auto &list) { list.erase(list.begin() + 1); });
        QTest::newRow("many are deleted") << Change([](auto &list) { list.erase(list.begin(), list.begin() + 3); });
        QTest::newRow("one comes") << Change([](auto &list) { list.insert(list.begin(), numbered(10)); });
        QTest::newRow("a page of them come") << Change([](auto &list) {
            for (int number = 10; number < 14; ++number)
                list.insert(list.begin(), numbered(number));
        });
        QTest::newRow("one moves up") << Change(
            [](auto &list) { std::rotate(list.begin(), list.begin() + 4, list.begin() + 5); });
    }
    void listThatMoves_isReadWhole()
    {
        QFETCH(const std::function<void(std::vector<Conversation> &)>, change);
        m_meanwhile = change;
        readList();
        for (int number = 1; number <= 9; ++number) {
            const bool isMissed =
                !m_script->client->find(numbered(number).id) && number != 5; // which moved: events tell
            QVERIFY2(!isMissed, qPrintable(QString::number(number)));
        }
    }
    /// The pages may have missed it.
    void conversationThatIsNotInTheList_isAskedFor()
    {
        const Conversation there = numbered(20), gone = numbered(21), hidden = numbered(22);
        for (const Conversation &known : {there, gone, hidden})
            m_script->store->conversations().save(known);
        Conversation empty = hidden;
        empty.lastMessage.reset();
        empty.hiddenThrough = 23;
        m_script->server.expect("GET", pathOf(there), ScriptedAnswer::data(toJson(there)));
        m_script->server.expect("GET", pathOf(gone), ScriptedAnswer::error(404, "NOT_FOUND"));
        m_script->server.expect("GET", pathOf(hidden), ScriptedAnswer::data(toJson(empty)));
        readList();
        QTRY_VERIFY(!m_script->client->find(gone.id));
        QTRY_VERIFY(!m_script->client->find(hidden.id));
        QVERIFY(m_script->client->find(there.id));
        QCOMPARE(m_script->client->count(), 10);
        QVERIFY2(m_script->server.isDone(), qPrintable(m_script->server.why()));
    }
    void manyThatAreNotInTheList_areGone()
    {
        for (int number = 100; number < 200; ++number)
            m_script->store->conversations().save(numbered(number));
        readList();
        QTRY_COMPARE(m_script->client->count(), 9);
        QVERIFY2(m_script->server.isDone(), qPrintable(m_script->server.why()));
    }

private:
    void readList()
    {
        m_script->server.always("GET", listPath, [this](const ScriptedRequest &request) {
            const size_t skip = request.queryItem(u"skip"_s).toUInt(), take = request.queryItem(u"take"_s).toUInt();
            const size_t begin = std::min(skip, m_list.size()), end = std::min(begin + take, m_list.size());
            const std::vector<Conversation> page(m_list.begin() + qsizetype(begin), m_list.begin() + qsizetype(end));
            const bool hasMore = end < m_list.size();
            if (const auto change = std::exchange(m_meanwhile, {}))
                change(m_list);
            return listOf(page, hasMore);
        });
        m_script->answerSyncs();
        m_script->makeClient();
        m_script->client->start();
        QVERIFY(m_script->connectHub());
        QTRY_VERIFY(m_script->server.count(QString(Routes::sync)) > 0 && !m_script->client->isSyncing());
    }

    std::unique_ptr<ChatScript> m_script;
    std::vector<Conversation> m_list; ///< of the server
    std::function<void(std::vector<Conversation> &)> m_meanwhile; ///< what happens behind the first page
};

TERTULIA_TEST(tst_listsync, TestListSync)
#include "tst_listsync.moc"
