// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How often one may try, and who is locked out by it.

#include "accountstage.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString rightPassword = u"right password"_s;

} // namespace

class TestLockout : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registrations_andLogins_ofOneIpv6Network_areLimited()
    {
        Stage stage;
        for (int i = 0; i < 3; ++i)
            QVERIFY(stage.signUp(u"ada%1"_s.arg(i), u"2001:db8:0:1::%1"_s.arg(i)));
        QCOMPARE(int(stage.signUp(u"ada3"_s, u"2001:db8:0:1::3"_s).error().code), int(ErrorCode::RateLimited));
        QVERIFY(stage.signUp(u"ada3"_s, u"2001:db8:0:2::3"_s));
        int judged = 0;
        for (int i = 0; i < 30; ++i) {
            const auto guess = stage.login(u"name%1"_s.arg(i), u"wrong"_s, u"2001:db8:0:1::%1"_s.arg(i));
            judged += guess.error().code == ErrorCode::Unauthenticated ? 1 : 0;
        }
        QCOMPARE(judged, 10);
        QVERIFY(stage.login(u"ada0"_s, u"right password"_s, u"2001:db8:0:2::4"_s));
    }
    void registrations_ofOneAddress_areLimited()
    {
        Stage stage;
        for (int i = 0; i < 3; ++i)
            QVERIFY(stage.signUp(u"ada%1"_s.arg(i), u"192.0.2.1"_s));
        const auto refused = stage.signUp(u"ada3"_s, u"192.0.2.1"_s);
        QCOMPARE(int(refused.error().code), int(ErrorCode::RateLimited));
        QVERIFY(refused.error().retryAfterSeconds > 0);
        QVERIFY(stage.signUp(u"ada3"_s, u"192.0.2.2"_s));
        for (int i = 0; i < 5; ++i)
            QVERIFY(stage.signUp(u"local%1"_s.arg(i)));
        stage.clock.advance(15min);
        QVERIFY(stage.signUp(u"ada4"_s, u"192.0.2.1"_s));
    }

    void login_afterFiveFailures_isLockedForAQuarterOfAnHour_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("somebody") << u"ada"_s;
        QTest::newRow("nobody") << u"nobody"_s;
    }
    void login_afterFiveFailures_isLockedForAQuarterOfAnHour()
    {
        QFETCH(const QString, name);
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        for (int i = 0; i < 5; ++i)
            QCOMPARE(int(stage.login(name, u"wrong"_s).error().code), int(ErrorCode::Unauthenticated));
        const auto locked = stage.login(name);
        QCOMPARE(int(locked.error().code), int(ErrorCode::RateLimited));
        QCOMPARE(locked.error().retryAfterSeconds, 900);
        stage.clock.advance(15min);
        QCOMPARE(stage.login(name).has_value(), name == u"ada"_s);
    }
    void login_lockedName_isLockedInEverySpelling_data()
    {
        QTest::addColumn<QStringList>("spellings");
        QTest::newRow("somebody") << QStringList{u"zoë"_s, u"ZOË"_s, u"zoe\u0308"_s, u"\uff5a\uff4f\u00eb"_s};
        QTest::newRow("nobody") << QStringList{u"anaë"_s, u"ANAË"_s, u"anae\u0308"_s, u"\uff41na\u00eb"_s};
        QTest::newRow("address of nobody") << QStringList{u"ana@example.org"_s, u"\uff41na@EXAMPLE.org"_s};
    }
    void login_lockedName_isLockedInEverySpelling()
    {
        QFETCH(const QStringList, spellings);
        Stage stage;
        QVERIFY(stage.signUp(u"Zoë"_s));
        for (int i = 0; i < 5; ++i) {
            const QString &name = spellings[i % spellings.size()];
            QCOMPARE(int(stage.login(name, u"wrong"_s).error().code), int(ErrorCode::Unauthenticated));
        }
        for (const QString &name : spellings)
            QCOMPARE(int(stage.login(name, u"wrong"_s).error().code), int(ErrorCode::RateLimited));
    }
    void login_lockOfAName_doesNotTellWhoseAddressItIs()
    {
        Stage stage;
        Awaited<AuthResult> made;
        stage.flow->registerUser({.username = u"ada"_s,
                                  .fullName = u"Ada"_s,
                                  .password = u"right password"_s,
                                  .email = u"ada@example.org"_s},
                                 Stage::from(u"127.0.0.1"_s), made.completion());
        QVERIFY(made.wait());
        for (int i = 0; i < 5; ++i)
            QVERIFY(!stage.login(u"ada"_s, u"wrong"_s));
        QCOMPARE(int(stage.login(u"ada@example.org"_s, u"wrong"_s).error().code), int(ErrorCode::Unauthenticated));
    }
    void login_wrongPasswordsFromElsewhere_doNotLockTheOwner()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s, u"198.51.100.7"_s));
        for (int i = 0; i < 6; ++i)
            QVERIFY(!stage.login(u"ada"_s, u"wrong"_s, u"192.0.2.1"_s));
        QCOMPARE(int(stage.login(u"ada"_s, u"right password"_s, u"192.0.2.1"_s).error().code),
                 int(ErrorCode::RateLimited));
        QVERIFY(stage.login(u"ada"_s, u"right password"_s, u"198.51.100.7"_s));
        QVERIFY(stage.login(u"ada"_s, u"right password"_s, u"203.0.113.9"_s)); // nobody came from there before
    }
    void login_guessesFromManyNetworks_areBounded_andKnownDevicesPass_data()
    {
        QTest::addColumn<QString>("name");
        QTest::newRow("somebody") << u"ada"_s;
        QTest::newRow("nobody") << u"nobody"_s;
    }
    void login_guessesFromManyNetworks_areBounded_andKnownDevicesPass()
    {
        QFETCH(const QString, name);
        Stage stage;
        const QString device = *stage.signUp(u"ada"_s, u"2001:db8:0:7::1"_s)->deviceToken;
        int judged = 0;
        for (int i = 0; i < 60; ++i) {
            for (int j = 0; j < 3; ++j) {
                const auto guess = stage.login(name, u"wrong"_s, u"192.0.2.%1"_s.arg(i));
                judged += guess.error().code == ErrorCode::Unauthenticated ? 1 : 0;
            }
        }
        QCOMPARE(judged, 100);
        for (const QString &address : {u"2001:db8:0:7::2"_s, u"198.51.100.1"_s}) {
            QCOMPARE(stage.login(u"ada"_s, rightPassword, address).has_value(), name == u"nobody"_s);
            QVERIFY(stage.login(u"ada"_s, rightPassword, address, device));
        }
        stage.clock.advance(15min);
        QVERIFY(stage.login(u"ada"_s, rightPassword, u"198.51.100.1"_s));
    }
    void login_fromAKnownDevice_passesWhatItsNetworkDid()
    {
        Stage stage;
        const QString here = u"198.51.100.7"_s;
        const QString device = *stage.signUp(u"ada"_s, here)->deviceToken;
        for (int i = 0; i < 5; ++i)
            QVERIFY(!stage.login(u"ada"_s, u"wrong"_s, here));
        QCOMPARE(stage.login(u"ada"_s, rightPassword, here).error().retryAfterSeconds, 900); // the name is locked
        QVERIFY(stage.login(u"ada"_s, rightPassword, here, device));
        for (int i = 0; i < 4; ++i)
            QVERIFY(!stage.login(u"somebody else"_s, u"wrong"_s, here));
        QCOMPARE(int(stage.login(u"nobody"_s, u"wrong"_s, here).error().code), int(ErrorCode::RateLimited));
        QVERIFY(stage.login(u"ada"_s, rightPassword, here, device)); // also its network has done too much
    }
    void login_wrongPasswordsOnADevice_lockThatDeviceAlone()
    {
        Stage stage;
        const QString phone = *stage.signUp(u"ada"_s)->deviceToken, laptop = *stage.login(u"ada"_s)->deviceToken;
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(int(stage.login(u"ada"_s, u"wrong"_s, u"127.0.0.1"_s, phone).error().code),
                     int(ErrorCode::Unauthenticated));
        }
        const auto locked = stage.login(u"ada"_s, rightPassword, u"192.0.2.1"_s, phone);
        QCOMPARE(int(locked.error().code), int(ErrorCode::RateLimited));
        QCOMPARE(locked.error().retryAfterSeconds, 900);
        QVERIFY(stage.login(u"ada"_s, rightPassword, u"127.0.0.1"_s, laptop));
        QVERIFY(stage.login(u"ada"_s));
        stage.clock.advance(15min);
        QVERIFY(stage.login(u"ada"_s, rightPassword, u"192.0.2.1"_s, phone));
    }
    void deviceToken_thatIsNotTheAccounts_isAsIfAbsent_data()
    {
        QTest::addColumn<QString>("change");
        for (const char *change : {"another account's", "truncated", "one character", "longer", "ten thousand",
                                   "no Latin", "another server's", "too old", "password changed", "others signed out",
                                   "another one ended", "refresh token stolen"})
            QTest::newRow(change) << QString::fromLatin1(change);
    }
    void deviceToken_thatIsNotTheAccounts_isAsIfAbsent()
    {
        QFETCH(const QString, change);
        Stage stage;
        const AuthResult ada = *stage.signUp(u"ada"_s), other = *stage.login(u"ada"_s);
        const QString good = *ada.deviceToken;
        const DeviceTokens foreign(stage.clock, 24h, QByteArray(32, 'x'));
        const QHash<QString, QString> texts{
            {u"another account's"_s, *stage.signUp(u"bob"_s)->deviceToken},
            {u"truncated"_s, good.chopped(1)},
            {u"one character"_s, (good[0] == u'A' ? u'B' : u'A') + good.mid(1)},
            {u"longer"_s, good + u'A'},
            {u"ten thousand"_s, QString(10'000, u'A')},
            {u"no Latin"_s, good + QChar(0x100 + u'A')},
            {u"another server's"_s, foreign.make({ada.user.id, SessionId::generate(), 0})},
        };
        const Identity who = *stage.authenticate(other);
        const Actor actor{who.user, who.session, who.role};
        const auto done = [](const Result<void> &result) { return result.map([] { return Empty{}; }); };
        if (change == u"too old"_s)
            stage.clock.advance(stage.settings.deviceLifetime);
        else if (change == u"password changed"_s)
            QVERIFY(stage.setPassword(ada.user.id, rightPassword));
        else if (change == u"others signed out"_s)
            QVERIFY(
                stage.write<Empty>([&](Transaction &tx) { return done(stage.accounts.endOtherSessions(tx, actor)); }));
        else if (change == u"another one ended"_s)
            QVERIFY(stage.write<Empty>([&](Transaction &tx) {
                const QString id = stage.authenticate(ada)->session.toString();
                return done(stage.accounts.endSession(tx, actor, id));
            }));
        else if (change == u"refresh token stolen"_s) {
            const auto next = stage.refresh(*stage.refresh(ada));
            QVERIFY(next && stage.authenticate(*next));
            stage.settle();
            QVERIFY(!stage.refresh(ada));
        }
        const QString token = texts.value(change, good);
        for (int i = 0; i < 5; ++i) {
            QCOMPARE(int(stage.login(u"ada"_s, u"wrong"_s, u"192.0.2.1"_s, token).error().code),
                     int(ErrorCode::Unauthenticated));
        }
        for (const QString &brought : {QString(), token}) {
            const auto locked = stage.login(u"ada"_s, rightPassword, u"192.0.2.1"_s, brought);
            QCOMPARE(int(locked.error().code), int(ErrorCode::RateLimited));
            QCOMPARE(locked.error().retryAfterSeconds, 900);
        }
        // Nor does it count otherwise: the network has ten sign-ins, whatever it brings.
        for (int i = 0; i < 3; ++i)
            QVERIFY(!stage.login(u"nobody"_s, u"wrong"_s, u"192.0.2.1"_s, token));
        QCOMPARE(int(stage.login(u"nobody else"_s, u"wrong"_s, u"192.0.2.1"_s, token).error().code),
                 int(ErrorCode::RateLimited));
    }
    void deviceToken_comesWithARefresh_theSameForADay()
    {
        Stage stage;
        const AuthResult first = *stage.signUp(u"ada"_s);
        const AuthResult second = *stage.refresh(first);
        QCOMPARE(second.deviceToken, first.deviceToken);
        const Identity who = *stage.authenticate(second);
        QVERIFY(stage.write<Empty>([&](Transaction &tx) {
            return stage.accounts.endOtherSessions(tx, {who.user, who.session, who.role}).map([] { return Empty{}; });
        }));
        const AuthResult third = *stage.refresh(second); // whoever stays is known again
        QVERIFY(third.deviceToken != first.deviceToken);
        stage.clock.advance(24h);
        QVERIFY(stage.refresh(third)->deviceToken != third.deviceToken);
        for (int i = 0; i < 5; ++i)
            QVERIFY(!stage.login(u"ada"_s, u"wrong"_s));
        QVERIFY(stage.login(u"ada"_s, rightPassword, u"127.0.0.1"_s, *third.deviceToken));
    }
    void deviceTokens_giveAnAccountNoSignInsWithoutEnd()
    {
        Stage stage;
        QString device = *stage.signUp(u"ada"_s, u"192.0.2.1"_s)->deviceToken;
        const auto passing = [&] {
            int passed = 0;
            for (int i = 0; i < 30; ++i) {
                if (const auto next = stage.login(u"ada"_s, rightPassword, u"192.0.2.1"_s, device)) {
                    device = *next->deviceToken; // each one a new device
                    ++passed;
                }
            }
            return passed;
        };
        for (int quarter = 0; quarter < 3; ++quarter) {
            QCOMPARE(passing(), 20); // ten of the account's devices, ten of the network
            stage.clock.advance(15min);
        }
        QCOMPARE(passing(), 0); // thirty of each in this hour
    }
    void login_rightPassword_forgetsFailures()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        for (int round = 0; round < 3; ++round) {
            for (int i = 0; i < 4; ++i)
                QVERIFY(!stage.login(u"ada"_s, u"wrong"_s));
            QVERIFY(stage.login(u"ada"_s));
        }
    }
    void login_manyGuessesAtOnce_areNoMoreThanOneAfterTheOther()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        std::vector<Awaited<AuthResult>> guesses(40);
        for (auto &guess : guesses) {
            stage.flow->login(Stage::credentials(u"ada"_s, u"wrong"_s), Stage::from(u"127.0.0.1"_s),
                              guess.completion());
        }
        int judged = 0;
        for (auto &guess : guesses)
            judged += guess.wait().error().code == ErrorCode::Unauthenticated ? 1 : 0;
        QCOMPARE(judged, 5);
    }
    void logins_ofOneAddress_areLimited()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        for (int i = 0; i < 10; ++i)
            QVERIFY(stage.login(u"ada"_s, u"right password"_s, u"192.0.2.1"_s));
        QCOMPARE(int(stage.login(u"ada"_s, u"right password"_s, u"192.0.2.1"_s).error().code),
                 int(ErrorCode::RateLimited));
        QVERIFY(stage.login(u"ada"_s, u"right password"_s, u"192.0.2.2"_s));
    }
    void changePassword_isLockedByItsOwnSessionOnly()
    {
        Stage stage;
        const auto here = *stage.signUp(u"ada"_s), there = *stage.login(u"ada"_s);
        const auto change = [&](const AuthResult &by, const QString &current) {
            const Identity who = *stage.authenticate(by);
            Awaited<Empty> result;
            stage.flow->changePassword({who.user, who.session, who.role},
                                       {.currentPassword = current, .newPassword = u"next password"_s},
                                       Stage::from(u"127.0.0.1"_s), result.completion());
            return result.wait();
        };
        for (int i = 0; i < 5; ++i) {
            QVERIFY(!stage.login(u"ada"_s, u"wrong"_s));
            QCOMPARE(change(there, u"wrong"_s).error().field, u"currentPassword"_s);
        }
        QCOMPARE(int(change(there, u"right password"_s).error().code), int(ErrorCode::RateLimited));
        QVERIFY(change(here, u"right password"_s));
    }
};

TERTULIA_TEST(tst_lockout, TestLockout)
#include "tst_lockout.moc"
