// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/rosters.h"

#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;

namespace {

std::shared_ptr<Roster> rosterOf(size_t size)
{
    return std::make_shared<Roster>(size);
}

} // namespace

class RostersTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void anotherMembership_isNotFound()
    {
        Rosters rosters;
        QVERIFY(!rosters.find(1, 10));
        const auto roster = rosterOf(3);
        rosters.keep(1, 10, roster);
        QVERIFY(rosters.find(1, 10) == roster);
        QVERIFY(!rosters.find(1, 11));
        QVERIFY(!rosters.find(2, 10));
        rosters.keep(1, 11, rosterOf(4));
        QVERIFY(!rosters.find(1, 10));
        QCOMPARE(rosters.memberCount(), size_t(4));
        rosters.clear();
        QVERIFY(!rosters.find(1, 11));
        QCOMPARE(rosters.memberCount(), size_t(0));
    }
    void overTheLimit_theOneAskedForLeastLately_goes()
    {
        Rosters rosters(10);
        for (const qint64 number : {1, 2, 3})
            rosters.keep(number, 1, rosterOf(3));
        QVERIFY(rosters.find(1, 1));
        rosters.keep(4, 1, rosterOf(3));
        QVERIFY(rosters.find(1, 1) && rosters.find(3, 1) && rosters.find(4, 1));
        QVERIFY(!rosters.find(2, 1));
        rosters.keep(5, 1, rosterOf(50)); // larger than all there is room for: alone, rather than read each time
        QVERIFY(rosters.find(5, 1) && !rosters.find(4, 1));
        QCOMPARE(rosters.memberCount(), size_t(50));
    }
    void entry_isFoundByItsUser()
    {
        std::vector<UserId> users;
        for (int i = 0; i < 100; ++i)
            users.push_back(UserId::generate());
        std::sort(users.begin(), users.end());
        const auto roster = rosterOf(users.size());
        for (size_t i = 0; i < users.size(); ++i)
            roster->begin()[i].user = users[i];
        Rosters rosters;
        rosters.keep(1, 1, roster);
        for (const UserId &user : users) {
            QVERIFY(roster->find(user) && roster->find(user)->user == user);
            QVERIFY(rosters.entry(1, user) == roster->find(user));
        }
        QVERIFY(!roster->find(UserId()));
        QVERIFY(!roster->find(UserId::generate()));
        QVERIFY(!rosters.entry(2, users.front()));
    }
};

TERTULIA_TEST(tst_rosters, RostersTest)
#include "tst_rosters.moc"
