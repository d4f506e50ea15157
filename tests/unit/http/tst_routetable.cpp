// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/routetable.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Qt::StringLiterals;

namespace {

RequestHead headOf(Method method, const QByteArray &path)
{
    RequestHead head;
    head.method = method;
    head.path = path;
    return head;
}

Route routeOf(Method method, QLatin1StringView path)
{
    return {method, path, Access::User, RouteBody::None, RateClass::None, {}};
}

} // namespace

class TestRouteTable : public QObject
{
    Q_OBJECT

    RouteTable m_table;

    /// "path of the route: ids"
    [[nodiscard]] QString find(Method method, const QByteArray &path) const
    {
        const RouteTable::Match found = m_table.find(headOf(method, path));
        return found.route ? QString(found.route->path) + u": "_s + found.ids.join(u' ') : QString();
    }

private Q_SLOTS:
    void initTestCase()
    {
        // Placeholders first: that is no matter.
        m_table.add({routeOf(Method::Get, "/api/things/{id}"_L1), routeOf(Method::Delete, "/api/things/{id}"_L1),
                     routeOf(Method::Get, "/api/things/Search"_L1), routeOf(Method::Post, "/api/Things"_L1)});
        m_table.add({routeOf(Method::Get, "/api/Things/{id}/parts/{part}"_L1),
                     routeOf(Method::Put, "/api/things/search/{word}/all"_L1), routeOf(Method::Get, "/api/Things"_L1)});
    }

    void literal_winsOverAPlaceholder_whateverWasAddedFirst()
    {
        QCOMPARE(find(Method::Get, "/api/things/search"), u"/api/things/Search: "_s);
        QCOMPARE(find(Method::Get, "/api/things/searches"), u"/api/things/{id}: searches"_s);
    }
    void placeholder_isTaken_whereTheLiteralLeadsNowhere()
    {
        QCOMPARE(find(Method::Delete, "/api/things/search"), u"/api/things/{id}: search"_s);
        QCOMPARE(find(Method::Get, "/api/things/search/parts/7"), u"/api/Things/{id}/parts/{part}: search 7"_s);
        QCOMPARE(find(Method::Put, "/api/things/search/parts/all"), u"/api/things/search/{word}/all: parts"_s);
    }
    void case_matters_inIdsOnly()
    {
        QCOMPARE(find(Method::Get, "/API/THINGS/AbC/Parts/Ü"), u"/api/Things/{id}/parts/{part}: AbC Ü"_s);
    }
    void emptySegments_areNone()
    {
        for (const QByteArray path : {"/", "//", "/api", "/api//things", "//api/things", "/api/things//parts/7",
                                      "/api/things/7/parts", "/api/things/7/parts/8/9", "/apithings", "/api/things7"})
            QVERIFY2(find(Method::Get, path).isEmpty(), path);
        QCOMPARE(find(Method::Get, "/api/things///"), u"/api/Things: "_s);
        QCOMPARE(find(Method::Get, "/api/things/7//"), u"/api/things/{id}: 7"_s);
    }
    void placeholdersOfATable_areNoPlaceholdersOfAPath()
    {
        QCOMPARE(find(Method::Get, "/api/things/{id}"), u"/api/things/{id}: {id}"_s);
    }
    void head_isGet_otherMethodsAreNone()
    {
        QCOMPARE(find(Method::Head, "/api/things"), u"/api/Things: "_s);
        for (const Method method : {Method::Put, Method::Options, Method::Other})
            QCOMPARE(find(method, "/api/things"), QString());
    }
    void allow_namesTheMethodsOfAllThatMatches()
    {
        const auto allowed = [this](const QByteArray &path) {
            return m_table.allowedMethods(headOf(Method::Other, path));
        };
        QCOMPARE(allowed("/api/Things/"), "GET, HEAD, POST");
        QCOMPARE(allowed("/api/things/search"), "GET, HEAD, DELETE");
        QCOMPARE(allowed("/api/things/search/parts/all"), "GET, HEAD, PUT");
        QCOMPARE(allowed("/api/nothing"), "");
    }
};

TERTULIA_TEST(tst_routetable, TestRouteTable)
#include "tst_routetable.moc"
