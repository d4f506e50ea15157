// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/contacts/peopleclient.h"

#include "client/cache/localstore.h"
#include "client/contacts/directory.h"
#include "client/transport/apiclient.h"
#include "client/transport/hubconnection.h"
#include "protocol/codec.h"
#include "protocol/names.h"
#include "support/fakeclock.h"
#include "support/messages.h"
#include "support/scriptedserver.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

const UserCard ana = person(u"ana"_s);
const UserCard bo = person(u"bo"_s);
using Found = Client::Future<std::vector<UserCard>>;

QStringList namesOf(const Found &found)
{
    QStringList names;
    const auto people = found.isAnswered() ? found.result() : Result<std::vector<UserCard>>();
    if (people) {
        for (const UserCard &card : *people)
            names += card.username;
    }
    return names;
}

} // namespace

class TestPeopleClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_store = LocalStore::inMemory();
        m_directory = std::make_unique<Directory>(*m_store);
        m_api = std::make_unique<ApiClient>(m_server->url());
        m_hub = std::make_unique<HubConnection>(HubOptions{});
        m_people = std::make_unique<PeopleClient>(ClientParts{*m_store, *m_directory, *m_api, *m_hub, m_clock, ana},
                                                  PeopleOptions{.limit = 3, .queryCharacters = 20});
    }
    void cleanup() { m_people.reset(); }

    void search_asksForWhatWasTyped()
    {
        m_server->expect("GET", QString(Routes::peopleSearch), [](const ScriptedRequest &request) {
            return request.queryItem(u"q"_s) == u"ann & bob +1" && request.queryItem(u"limit"_s) == u"3"
                ? ScriptedAnswer::data(toJson(std::vector<UserCard>{bo, ana}))
                : ScriptedAnswer::error(400, "VALIDATION_ERROR");
        });
        const Found found = m_people->search(u"  ann  & bob +1 "_s);
        QTRY_VERIFY(found.isAnswered());
        QCOMPARE(namesOf(found), QStringList{u"bo"_s}); // oneself is left out
        QVERIFY2(m_server->isDone(), qPrintable(m_server->why()));
    }
    void emptyQuery_asksNobody()
    {
        const Found found = m_people->search(u"   "_s);
        QVERIFY(found.isAnswered());
        QVERIFY(namesOf(found).isEmpty());
        QVERIFY(m_server->requests().empty());
    }
    void newSearch_endsTheOneBefore()
    {
        m_server->always("GET", QString(Routes::peopleSearch), [](const ScriptedRequest &request) {
            return request.queryItem(u"q"_s) == u"a" ? ScriptedAnswer::held()
                                                     : ScriptedAnswer::data(toJson(std::vector<UserCard>{bo}));
        });
        const Found first = m_people->search(u"a"_s);
        QTRY_COMPARE(m_server->held(QString(Routes::peopleSearch)).size(), size_t(1));
        const Found second = m_people->search(u"ab"_s);
        QVERIFY(first.isAnswered());
        QCOMPARE(first.result().error().code, ErrorCode::Cancelled);
        QTRY_VERIFY(second.isAnswered());
        QCOMPARE(namesOf(second), QStringList{u"bo"_s});
    }
    void moreThanWereAskedFor_areCut()
    {
        std::vector<UserCard> many;
        for (int i = 0; i < 1000; ++i)
            many.push_back(person(u"p%1"_s.arg(i)));
        m_server->always("GET", QString(Routes::peopleSearch), ScriptedAnswer::data(toJson(many)));
        const Found found = m_people->search(QString(1000, u'p'));
        QTRY_VERIFY(found.isAnswered());
        QCOMPARE(namesOf(found), (QStringList{u"p0"_s, u"p1"_s, u"p2"_s}));
        QCOMPARE(m_server->requests().front().queryItem(u"q"_s), QString(20, u'p'));
    }
    void failure_isTold()
    {
        m_server->stop();
        const Found found = m_people->search(u"bo"_s);
        QTRY_VERIFY(found.isAnswered());
        QCOMPARE(found.result().error().code, ErrorCode::Unavailable);
    }
    void stored_areFoundWithoutAServer()
    {
        m_server->stop();
        m_store->people().save(bo);
        m_store->people().save(ana);
        const auto found = m_people->searchStored(u"BO"_s);
        QCOMPARE(found.size(), size_t(1));
        QCOMPARE(found.front().username, u"bo"_s);
    }

private:
    std::unique_ptr<ScriptedServer> m_server;
    FakeClock m_clock;
    std::unique_ptr<LocalStore> m_store;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<ApiClient> m_api;
    std::unique_ptr<HubConnection> m_hub;
    std::unique_ptr<PeopleClient> m_people;
};

QTEST_GUILESS_MAIN(TestPeopleClient)
#include "tst_peopleclient.moc"
