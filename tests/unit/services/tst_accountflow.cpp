// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "accountstage.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestAccountFlow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registration_signsIn()
    {
        Stage stage;
        const auto ada = stage.signUp(u"ada"_s);
        QVERIFY(ada);
        QCOMPARE(ada->user.username, u"ada"_s);
        QCOMPARE(ada->expiresIn, 900);
        QVERIFY(ada->refreshToken);
        QCOMPARE(stage.authenticate(*ada)->user, ada->user.id);
        QCOMPARE(int(stage.signUp(u"ADA"_s).error().code), int(ErrorCode::Conflict));
    }
    void registration_closed_isForbidden()
    {
        AuthSettings settings = cheap();
        settings.registrationOpen = false;
        Stage stage(settings);
        QCOMPARE(int(stage.signUp(u"ada"_s).error().code), int(ErrorCode::Forbidden));
    }
    void login_answersWrongPasswordAndUnknownNameAlike()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        QVERIFY(stage.login(u"Ada"_s));
        const auto wrong = stage.login(u"ada"_s, u"wrong password"_s);
        const auto unknown = stage.login(u"nobody"_s, u"wrong password"_s);
        const auto endless = stage.login(u"ada"_s, QString(10'000, u'x'));
        QCOMPARE(int(wrong.error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(wrong.error() == unknown.error());
        QVERIFY(wrong.error() == endless.error());
    }
    void login_withTheAddressOfSomebodyElse_isRefused()
    {
        Stage stage;
        QVERIFY(stage.signUp(u"ada"_s));
        LoginRequest both = Stage::credentials(u"ada"_s, u"right password"_s);
        both.email = u"ben@example.org"_s;
        Awaited<AuthResult> result;
        stage.flow->login(both, Stage::from(u"127.0.0.1"_s), result.completion());
        QVERIFY(result.wait().error() == stage.login(u"ada"_s, u"wrong"_s).error());
    }
    void login_ofADisabledAccount_tellsOnlyWhoKnowsThePassword()
    {
        Stage stage;
        const UserId ada = stage.signUp(u"ada"_s)->user.id;
        QVERIFY(stage.write<Empty>(
            [&](Transaction &tx) { return stage.accounts.setDisabled(tx, ada, true).map([] { return Empty{}; }); }));
        QCOMPARE(stage.login(u"ada"_s).error().reason, u"BANNED"_s);
        QCOMPARE(int(stage.login(u"ada"_s, u"wrong"_s).error().code), int(ErrorCode::Unauthenticated));
    }
    void login_withAnOldHash_storesANewOne()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        {
            Stage stage(cheap(8), path);
            QVERIFY(stage.signUp(u"ada"_s));
        }
        Stage stage(cheap(16), path);
        const auto ada = stage.login(u"ada"_s);
        QVERIFY(ada);
        QVERIFY(stage.storedHash(ada->user.id).contains("m=16,"));
        QVERIFY(stage.login(u"ada"_s));
    }
    void login_withAPasswordThatIsChangedMeanwhile_isRefused_data()
    {
        QTest::addColumn<int>("memoryBefore");
        QTest::newRow("hash of today") << 16;
        QTest::newRow("old hash, made anew") << 8;
    }
    void login_withAPasswordThatIsChangedMeanwhile_isRefused()
    {
        QFETCH(const int, memoryBefore);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        UserId ada;
        {
            Stage stage(cheap(memoryBefore), path);
            ada = stage.signUp(u"ada"_s)->user.id;
        }
        Stage stage(cheap(16), path);
        HeldHasher held(stage.hasher);
        auto old = stage.beginLogin(u"ada"_s);
        auto next = stage.beginLogin(u"ada"_s, u"next password"_s);
        QVERIFY(stage.setPassword(ada, u"next password"_s));
        const QByteArray hash = stage.storedHash(ada);
        held.letGo();
        QCOMPARE(int(old.wait().error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(int(next.wait().error().code), int(ErrorCode::Unauthenticated)); // was held against the old one
        QCOMPARE(stage.storedHash(ada), hash);
        QVERIFY(stage.login(u"ada"_s, u"next password"_s));
    }
    void logins_atOnceWithAnOldHash_bothSucceed()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        {
            Stage stage(cheap(8), path);
            QVERIFY(stage.signUp(u"ada"_s));
        }
        Stage stage(cheap(16), path);
        HeldHasher held(stage.hasher);
        auto first = stage.beginLogin(u"ada"_s), second = stage.beginLogin(u"ada"_s);
        held.letGo();
        QVERIFY(first.wait());
        QVERIFY(second.wait()); // its hash was replaced by the first one's: verified once more
    }

    void changePassword_endsOtherSessionsAtOnce()
    {
        Stage stage;
        const auto here = stage.signUp(u"ada"_s);
        const auto there = stage.login(u"ada"_s);
        const Identity who = *stage.authenticate(*here);
        const auto change = [&](const QString &current, const QString &next) {
            Awaited<Empty> result;
            stage.flow->changePassword({who.user, who.session, who.role},
                                       {.currentPassword = current, .newPassword = next}, Stage::from(u"127.0.0.1"_s),
                                       result.completion());
            return result.wait();
        };
        QCOMPARE(change(u"wrong"_s, u"next password"_s).error().field, u"currentPassword"_s);
        QCOMPARE(change(u"right password"_s, u"short"_s).error().field, u"newPassword"_s);
        QVERIFY(stage.authenticate(*there));
        QVERIFY(change(u"right password"_s, u"next password"_s));
        QVERIFY(stage.authenticate(*here));
        QVERIFY(!stage.authenticate(*there));
        QVERIFY(!stage.login(u"ada"_s));
        QVERIFY(stage.login(u"ada"_s, u"next password"_s));
        for (int i = 0; i < 5; ++i)
            QVERIFY(!change(u"wrong"_s, u"next password"_s));
        QCOMPARE(int(change(u"next password"_s, u"last password"_s).error().code), int(ErrorCode::RateLimited));
    }
    void changePassword_whileAnotherChanges_isRefused()
    {
        Stage stage;
        const auto ada = *stage.signUp(u"ada"_s);
        HeldHasher held(stage.hasher);
        auto change = stage.beginPasswordChange(ada, u"my password"_s);
        QVERIFY(stage.setPassword(ada.user.id, u"next password"_s));
        held.letGo();
        const auto refused = change.wait();
        QVERIFY(!refused);
        QVERIFY(stage.login(u"ada"_s, u"next password"_s));
        QVERIFY(!stage.login(u"ada"_s, u"my password"_s));
    }
    void changePassword_whileItsHashIsReplaced_isVerifiedOnceMore()
    {
        Stage stage;
        const auto ada = *stage.signUp(u"ada"_s);
        HeldHasher held(stage.hasher);
        auto change = stage.beginPasswordChange(ada, u"my password"_s);
        const QByteArray again = *stage.hasher.hashNow(u"right password"_s); // of the same password, as a rehash is
        QVERIFY(stage.write<Empty>([&](Transaction &tx) -> Result<Empty> {
            UserStore::setPasswordHash(tx, ada.user.id, again);
            return Empty{};
        }));
        held.letGo();
        QVERIFY(change.wait());
        QVERIFY(stage.login(u"ada"_s, u"my password"_s));
    }
    void changePassword_ofASessionThatEndsMeanwhile_isRefused()
    {
        Stage stage;
        const auto thief = *stage.signUp(u"ada"_s);
        const Identity who = *stage.authenticate(thief);
        HeldHasher held(stage.hasher);
        auto change = stage.beginPasswordChange(thief, u"my password"_s);
        QVERIFY(stage.write<Empty>([&](Transaction &tx) {
            return stage.accounts.logout(tx, who.user, who.session).map([] { return Empty{}; });
        }));
        held.letGo();
        QCOMPARE(int(change.wait().error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(stage.login(u"ada"_s));
    }
    void roleChange_betweenASignInAndItsToken_endsTheToken_data()
    {
        QTest::addColumn<bool>("isDisabled");
        QTest::newRow("other role") << false;
        QTest::newRow("disabled") << true;
    }
    void roleChange_betweenASignInAndItsToken_endsTheToken()
    {
        QFETCH(const bool, isDisabled);
        Stage stage;
        const auto before = *stage.signUp(u"ada"_s);
        // Both units are in one commit, and the token is made after it.
        stage.timeOfACommit = 5ms;
        QSemaphore reached, go;
        Awaited<Empty> gate, changed;
        stage.executor->write<Empty>(
            [&](Transaction &) -> Result<Empty> {
                reached.release();
                go.acquire();
                return Empty{};
            },
            gate.completion());
        reached.acquire();
        Awaited<AuthResult> refreshed;
        stage.flow->refresh(*before.refreshToken, Stage::from(u"127.0.0.1"_s), refreshed.completion());
        stage.executor->write<Empty>(
            [&](Transaction &tx) {
                const UserId ada = before.user.id;
                return (isDisabled ? stage.accounts.setDisabled(tx, ada, true)
                                   : stage.accounts.setRole(tx, ada, Role::Moderator))
                    .map([] { return Empty{}; });
            },
            changed.completion());
        go.release();
        const auto after = refreshed.wait();
        QVERIFY(after);
        QVERIFY(changed.wait());
        stage.settle();
        stage.registry.setDisabled(before.user.id, false); // the token alone is judged
        QVERIFY(!stage.authenticate(*after));
    }
    void refresh_ofTwoTabsTogether_keepsBothSignedIn()
    {
        Stage stage;
        const auto first = *stage.signUp(u"ada"_s);
        stage.clock.advance(15min);
        auto one = *stage.refresh(first), other = *stage.refresh(first);
        QCOMPARE(one.refreshToken, other.refreshToken);
        QVERIFY(stage.authenticate(one));
        QVERIFY(stage.authenticate(other));
        stage.clock.advance(15min);
        one = *stage.refresh(one);
        QVERIFY(stage.authenticate(one));
        stage.clock.advance(10s);
        QVERIFY(stage.authenticate(*stage.refresh(other)));
    }
    void refresh_replayedAfterItsAnswerWasUsed_endsTheSession_data()
    {
        QTest::addColumn<bool>("thiefIsFirst");
        QTest::newRow("the thief was first") << true;
        QTest::newRow("the owner was first") << false;
    }
    void refresh_replayedAfterItsAnswerWasUsed_endsTheSession()
    {
        QFETCH(const bool, thiefIsFirst);
        Stage stage;
        const auto stolen = *stage.signUp(u"ada"_s);
        stage.clock.advance(15min);
        const auto first = *stage.refresh(stolen);
        QVERIFY(stage.authenticate(first));
        stage.clock.advance(thiefIsFirst ? 14min : 20s);
        QCOMPARE(int(stage.refresh(stolen).error().code), int(ErrorCode::Unauthenticated));
        QVERIFY(!stage.authenticate(first));
        QVERIFY(!stage.refresh(first));
    }
    void refresh_ofWhoIsQuick_isFoundAtTheNext()
    {
        Stage stage;
        const auto stolen = *stage.signUp(u"ada"_s);
        stage.clock.advance(15min);
        const auto owners = *stage.refresh(stolen), thiefs = *stage.refresh(stolen);
        stage.clock.advance(14min);
        const auto next = *stage.refresh(thiefs);
        QVERIFY(stage.authenticate(next));
        stage.clock.advance(1min);
        QVERIFY(!stage.refresh(owners));
        QVERIFY(!stage.authenticate(next));
    }
    void refresh_answerNeverUsed_isRepeated_whateverOlderTokensDo()
    {
        Stage stage;
        const auto first = *stage.signUp(u"ada"_s);
        stage.clock.advance(5min);
        const auto lost = *stage.refresh(first);
        QVERIFY(stage.authenticate(first)); // the access token before lives on
        stage.clock.advance(5min);
        const auto again = stage.refresh(first);
        QVERIFY(again);
        QCOMPARE(again->refreshToken, lost.refreshToken);
        QVERIFY(stage.authenticate(*again));
        stage.clock.advance(1ms);
        QVERIFY(!stage.refresh(first));
    }
    void refresh_whatIsKnownOfTheAnswer_survivesARestart_data()
    {
        QTest::addColumn<bool>("usedBefore");
        QTest::addColumn<bool>("usedAfter");
        QTest::newRow("used before") << true << false;
        QTest::newRow("used after") << false << true;
        QTest::newRow("never used") << false << false;
    }
    void refresh_whatIsKnownOfTheAnswer_survivesARestart()
    {
        QFETCH(const bool, usedBefore);
        QFETCH(const bool, usedAfter);
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        AuthResult first, second;
        {
            Stage stage(cheap(), path);
            first = *stage.signUp(u"ada"_s);
            stage.clock.advance(1s);
            second = *stage.refresh(first);
            if (usedBefore) {
                QVERIFY(stage.authenticate(second));
                stage.watch->poll();
                stage.settle();
            }
        }
        Stage stage(cheap(), path);
        stage.clock.advance(1min);
        if (usedAfter)
            QVERIFY(stage.authenticate(second));
        const auto again = stage.refresh(first);
        QCOMPARE(again.has_value(), !usedBefore && !usedAfter);
        if (again)
            QCOMPARE(again->refreshToken, second.refreshToken);
    }

    void changesByAnotherProcess_areSeenByThePoll()
    {
        Stage stage;
        const auto ada = stage.signUp(u"ada"_s), ben = stage.signUp(u"ben"_s);
        // What tertulia-ctl does, without the events that its own process drops.
        QVERIFY(stage.write<Empty>([&](Transaction &tx) -> Result<Empty> {
            UserStore::setDisabled(tx, ada->user.id, true);
            UserStore::noteChange(tx, ada->user.id, stage.clock.now());
            return Empty{};
        }));
        QVERIFY(stage.authenticate(*ada));
        stage.watch->poll();
        QTRY_VERIFY(!stage.authenticate(*ada));
        stage.settle();
        QVERIFY(stage.authenticate(*ben));
        QCOMPARE(stage.dropped.size(), size_t(1));
        QCOMPARE(stage.dropped[0], ada->user.id);
        stage.watch->poll();
        stage.settle();
        QCOMPARE(stage.dropped.size(), size_t(1));
    }
    void accountState_thatTheStoreWasTooBusyFor_isReadAgain()
    {
        StoreSettings store;
        store.queueLimit = 1;
        store.readerThreads = 1; // a second one would take what fills the queue
        Stage stage(cheap(), {}, store);
        const auto ada = *stage.signUp(u"ada"_s);
        QSemaphore reached, go;
        Awaited<Empty> held, queued;
        const auto hold = [&](ReadTransaction &) -> Result<Empty> {
            reached.release();
            go.acquire();
            return Empty{};
        };
        stage.executor->read<Empty>(hold, held.completion());
        reached.acquire();
        stage.executor->read<Empty>(hold, queued.completion()); // nothing else fits into the queue
        QVERIFY(stage.write<Empty>([&](Transaction &tx) {
            return stage.accounts.setDisabled(tx, ada.user.id, true).map([] { return Empty{}; });
        }));
        go.release(2);
        QVERIFY(held.wait());
        QVERIFY(queued.wait());
        QVERIFY(stage.registry.isGood(ada.user.id, {}, stage.clock.now() + 1ms)); // nobody knows yet
        stage.watch->poll();
        QTRY_VERIFY(!stage.registry.isGood(ada.user.id, {}, stage.clock.now() + 1ms));
    }
    void whatEndedBeforeTheStart_staysEnded()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(u"test.db"_s);
        AuthResult out, disabled, good;
        {
            Stage stage(cheap(), path);
            out = *stage.signUp(u"ada"_s);
            disabled = *stage.signUp(u"ben"_s);
            good = *stage.signUp(u"cleo"_s);
            stage.clock.advance(1s);
            const Identity ada = *stage.authenticate(out);
            QVERIFY(stage.write<Empty>([&](Transaction &tx) {
                return stage.accounts.logout(tx, ada.user, ada.session)
                    .and_then([&] { return stage.accounts.setDisabled(tx, disabled.user.id, true); })
                    .map([] { return Empty{}; });
            }));
        }
        Stage stage(cheap(), path);
        QVERIFY(!stage.authenticate(out));
        QVERIFY(!stage.authenticate(disabled));
        QVERIFY(stage.authenticate(good));
    }
    void tidy_removesWhatNobodyAsksFor_andKeepsNumbersRising()
    {
        Stage stage;
        const auto ada = stage.signUp(u"ada"_s);
        for (int i = 0; i < 3; ++i) {
            QVERIFY(stage.write<Empty>([&](Transaction &tx) -> Result<Empty> {
                UserStore::noteChange(tx, ada->user.id, stage.clock.now());
                return Empty{};
            }));
        }
        stage.clock.advance(24h * 30);
        stage.watch->tidy();
        stage.settle(); // what is asked for next would go before housekeeping
        const auto rest = stage.write<std::vector<qint64>>([&](Transaction &tx) -> Result<std::vector<qint64>> {
            auto rows = tx.query("SELECT count(*) FROM sessions");
            rows.next();
            const qint64 sessions = rows.integer(0);
            return std::vector<qint64>{sessions, qint64(UserStore::changesAfter(tx, 0).size()),
                                       UserStore::lastChange(tx)};
        });
        QCOMPARE(*rest, (std::vector<qint64>{0, 1, 3}));
    }
};

TERTULIA_TEST(tst_accountflow, TestAccountFlow)
#include "tst_accountflow.moc"
