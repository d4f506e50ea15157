// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "services/loginguard.h"
#include "services/ratelimiter.h"
#include "services/typinglimiter.h"
#include "support/fakeclock.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class LimitsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void burst_isLimitedToThirtyInTenSeconds();
    void minute_isLimitedToOneHundredTwenty();
    void refusedActions_doNotCount();
    void givenBack_doesNotCount();
    void whatTheServerCouldNotDo_isGivenBack();
    void whatFailsLate_freesNothingThatCameAfter();
    void people_doNotDisturbEachOther();
    void anyWindow_holdsTheRule();
    void silentPeople_areForgotten();
    void flood_ofNewPeople_isBounded_andFreesNobody();
    void flood_ofNames_isBounded_andForgetsNoLock();
    void wrongPasswords_areForgottenAfterARest();
    void typing_isRelayedOnceInTwoSeconds();
    void typing_stopIsRelayedOnlyAfterAStart();
    void typing_switchingOnAndOff_isNoWayAround();
    void typing_afterASentMessage_isRelayedAtOnce();
    void typing_inManyConversations_isRelayedInSome();
};

static const std::vector<RateRule> rules{{.count = 30, .window = 10s}, {.count = 120, .window = 60s}};

void LimitsTest::burst_isLimitedToThirtyInTenSeconds()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    const UserId ada = UserId::generate();
    for (int i = 0; i < 30; ++i)
        QVERIFY(limiter.take(ada));
    clock.advance(500ms);
    const auto refused = limiter.take(ada);
    QCOMPARE(int(refused.error().code), int(ErrorCode::RateLimited));
    QCOMPARE(refused.error().retryAfterSeconds, 10);
    clock.advance(9'499ms);
    QCOMPARE(limiter.take(ada).error().retryAfterSeconds, 1);
    clock.advance(1ms);
    QVERIFY(limiter.take(ada));
}

void LimitsTest::minute_isLimitedToOneHundredTwenty()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    const UserId ada = UserId::generate();
    for (int i = 0; i < 120; ++i) {
        QVERIFY(limiter.take(ada));
        clock.advance(400ms);
    }
    QCOMPARE(limiter.take(ada).error().retryAfterSeconds, 12); // 48 s have passed
    clock.advance(12s);
    QVERIFY(limiter.take(ada));
}

void LimitsTest::refusedActions_doNotCount()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    const UserId ada = UserId::generate();
    for (int i = 0; i < 1'000; ++i)
        std::ignore = limiter.take(ada);
    clock.advance(10s);
    QVERIFY(limiter.take(ada));
}

void LimitsTest::givenBack_doesNotCount()
{
    FakeClock clock;
    RateLimiter limiter(clock, {{.count = 3, .window = 10s}});
    const UserId ada = UserId::generate();
    limiter.giveBack(ada, limiter.now()); // has none
    // Once around, so that the oldest is no longer the first.
    for (int i = 0; i < 5; ++i) {
        QVERIFY(limiter.take(ada));
        clock.advance(4s);
    }
    // at 8, 12 and 16 s; it is 20 s
    QVERIFY(limiter.take(ada));
    QVERIFY(!limiter.take(ada));
    limiter.giveBack(ada, limiter.now());
    clock.advance(1s);
    QVERIFY(limiter.take(ada));
    // at 12, 16 and 21 s
    QCOMPARE(limiter.take(ada).error().retryAfterSeconds, 1);
    clock.advance(1s);
    QVERIFY(limiter.take(ada));
    for (int i = 0; i < 3; ++i)
        limiter.giveBack(ada, limiter.now());
    QCOMPARE(limiter.trackedUsers(), size_t(0));
}

void LimitsTest::whatTheServerCouldNotDo_isGivenBack()
{
    FakeClock clock;
    RateLimiter limiter(clock, {{.count = 1, .window = 10s}});
    const UserId ada = UserId::generate();
    int answered = 0;
    const auto sends = [&](Result<int> result) {
        if (!limiter.take(ada))
            return false;
        forgiving(limiter, ada, Completion<int>(nullptr, [&answered](const Result<int> &) { ++answered; }))
            .finish(std::move(result));
        return true;
    };
    QVERIFY(sends(failure(Error::unavailable(u"The disk is full."_s, 1))));
    QVERIFY(sends(failure(Error::internal(u"It broke."_s))));
    QVERIFY(sends(failure(Error::notFound(u"There is no such person."_s))));
    QVERIFY(!sends(1));
    clock.advance(10s);
    QVERIFY(sends(1));
    QVERIFY(!sends(1));
    QCOMPARE(answered, 4);
}

void LimitsTest::whatFailsLate_freesNothingThatCameAfter()
{
    FakeClock clock;
    RateLimiter limiter(clock, {{.count = 3, .window = 10s}});
    const UserId ada = UserId::generate();
    std::vector<Completion<int>> waiting;
    for (int i = 0; i < 3; ++i) {
        QVERIFY(limiter.take(ada));
        waiting.push_back(forgiving(limiter, ada, Completion<int>(nullptr, [](const Result<int> &) {})));
    }
    clock.advance(10s);
    for (int i = 0; i < 3; ++i)
        QVERIFY(limiter.take(ada));
    for (auto &one : waiting)
        one.finish(failure(Error::unavailable(u"The disk is full."_s, 1)));
    QVERIFY(!limiter.take(ada));
}

void LimitsTest::people_doNotDisturbEachOther()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    const UserId ada = UserId::generate();
    for (int i = 0; i < 40; ++i)
        std::ignore = limiter.take(ada);
    QVERIFY(!limiter.take(ada));
    QVERIFY(limiter.take(UserId::generate()));
}

void LimitsTest::anyWindow_holdsTheRule()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    const UserId ada = UserId::generate();
    std::vector<std::chrono::steady_clock::time_point> taken;
    for (int i = 0; i < 5'000; ++i) {
        clock.advance(std::chrono::milliseconds((i * 37) % 211));
        if (limiter.take(ada))
            taken.push_back(clock.steadyNow());
    }
    for (const RateRule &rule : rules) {
        const auto count = size_t(rule.count);
        for (size_t i = count; i < taken.size(); ++i)
            QVERIFY(taken[i] - taken[i - count] >= rule.window);
    }
    QVERIFY(taken.size() > 900);
}

void LimitsTest::silentPeople_areForgotten()
{
    FakeClock clock;
    RateLimiter limiter(clock, rules);
    for (int i = 0; i < 100; ++i)
        QVERIFY(limiter.take(UserId::generate()));
    QCOMPARE(limiter.trackedUsers(), size_t(100));
    clock.advance(60s);
    limiter.forgetSilent();
    QCOMPARE(limiter.trackedUsers(), size_t(0));
}

void LimitsTest::flood_ofNewPeople_isBounded_andFreesNobody()
{
    FakeClock clock;
    RateLimiter limiter(clock, {{.count = 3, .window = 15min}});
    const UserId ada = UserId::generate();
    for (int i = 0; i < 3; ++i)
        QVERIFY(limiter.take(ada));
    for (size_t i = 0; i < 3 * RateLimiter::mostTracked; ++i) {
        QVERIFY(limiter.take(UserId::generate()));
        if (i % 1'000 == 0)
            clock.advance(1ms); // all of them are later than Ada
    }
    QVERIFY(limiter.trackedUsers() <= RateLimiter::mostTracked);
    QVERIFY(!limiter.take(ada));
}

void LimitsTest::flood_ofNames_isBounded_andForgetsNoLock()
{
    FakeClock clock;
    LoginGuard guard(clock, 5, 15min);
    const auto ada = LoginGuard::Key::generate(), ben = LoginGuard::Key::generate();
    for (int i = 0; i < 5; ++i) {
        QVERIFY(guard.admit(ada));
        guard.finish(ada, LoginGuard::Outcome::Wrong);
        QVERIFY(guard.admit(ben)); // and is still under way
    }
    for (size_t i = 0; i < 3 * LoginGuard::mostKeys; ++i) {
        const auto name = LoginGuard::Key::generate();
        QVERIFY(guard.admit(name));
        guard.finish(name, LoginGuard::Outcome::Wrong);
        if (i % 1'000 == 0)
            clock.advance(1ms);
    }
    QVERIFY(guard.size() <= LoginGuard::mostKeys);
    QVERIFY(!guard.admit(ada));
    QVERIFY(!guard.admit(ben));
    clock.advance(15min);
    QVERIFY(guard.admit(ada));
}

void LimitsTest::wrongPasswords_areForgottenAfterARest()
{
    FakeClock clock;
    LoginGuard guard(clock, 5, 15min);
    const auto ada = LoginGuard::Key::generate();
    for (int round = 0; round < 3; ++round) {
        for (int i = 0; i < 4; ++i) {
            QVERIFY(guard.admit(ada));
            guard.finish(ada, LoginGuard::Outcome::Wrong);
        }
        clock.advance(15min);
    }
}

void LimitsTest::typing_isRelayedOnceInTwoSeconds()
{
    FakeClock clock;
    TypingLimiter limiter(clock);
    const UserId ada = UserId::generate();
    const ConversationId here = ConversationId::generate();
    QVERIFY(limiter.allow(ada, here, true));
    QVERIFY(!limiter.allow(ada, here, true));
    QVERIFY(limiter.allow(ada, ConversationId::generate(), true));
    QVERIFY(limiter.allow(UserId::generate(), here, true));
    clock.advance(1'999ms);
    QVERIFY(!limiter.allow(ada, here, true));
    clock.advance(1ms);
    QVERIFY(limiter.allow(ada, here, true));
}

void LimitsTest::typing_stopIsRelayedOnlyAfterAStart()
{
    FakeClock clock;
    TypingLimiter limiter(clock);
    const UserId ada = UserId::generate();
    const ConversationId here = ConversationId::generate();
    QVERIFY(!limiter.allow(ada, here, false));
    QVERIFY(limiter.allow(ada, here, true));
    QVERIFY(limiter.allow(ada, here, false));
    QVERIFY(!limiter.allow(ada, here, false));
}

void LimitsTest::typing_switchingOnAndOff_isNoWayAround()
{
    FakeClock clock;
    TypingLimiter limiter(clock);
    const UserId ada = UserId::generate();
    const ConversationId here = ConversationId::generate();
    int relayed = 0;
    for (int i = 0; i < 100; ++i) {
        relayed += limiter.allow(ada, here, true) ? 1 : 0;
        relayed += limiter.allow(ada, here, false) ? 1 : 0;
        clock.advance(100ms);
    }
    QVERIFY2(relayed <= 10, qPrintable(QString::number(relayed)));
}

void LimitsTest::typing_afterASentMessage_isRelayedAtOnce()
{
    FakeClock clock;
    TypingLimiter limiter(clock);
    const UserId ada = UserId::generate();
    const ConversationId here = ConversationId::generate();
    QVERIFY(limiter.allow(ada, here, true));
    limiter.forget(ada, here);
    QVERIFY(limiter.allow(ada, here, true));
}

void LimitsTest::typing_inManyConversations_isRelayedInSome()
{
    FakeClock clock;
    TypingLimiter limiter(clock, 2s, 20);
    const UserId mallory = UserId::generate();
    const UserId ada = UserId::generate();
    const auto typesInAThousand = [&] {
        int relayed = 0;
        for (int i = 0; i < 1'000; ++i)
            relayed += limiter.allow(mallory, ConversationId::generate(), true) ? 1 : 0;
        return relayed;
    };
    QCOMPARE(typesInAThousand(), 20);
    QVERIFY(limiter.allow(ada, ConversationId::generate(), true));
    clock.advance(5'999ms);
    QCOMPARE(typesInAThousand(), 0);
    clock.advance(1ms); // nobody shows the old ones any more
    QCOMPARE(typesInAThousand(), 20);
}

TERTULIA_TEST(tst_limits, LimitsTest)
#include "tst_limits.moc"
