// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/knowntokens.h"
#include "support/testmain.h"

#include <QTest>

#include <atomic>
#include <thread>
#include <vector>

using namespace Tertulia;
using namespace Tertulia::Server;

namespace {

QByteArray named(int number)
{
    return "token " + QByteArray::number(number);
}

OwnToken made(int number)
{
    OwnToken token;
    token.user = UserId::generate();
    token.session = SessionId::generate();
    token.role = Role::Admin;
    token.issuedAt = Timestamp(std::chrono::milliseconds(number));
    token.expiresAt = Timestamp(std::chrono::milliseconds(number + 1));
    return token;
}

} // namespace

class TestKnownTokens : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void find_isWhatWasKept()
    {
        KnownTokens tokens;
        const OwnToken one = made(1), two = made(2);
        tokens.keep("one", one);
        tokens.keep("two", two);
        QCOMPARE(tokens.find("one"), std::optional(one));
        QCOMPARE(tokens.find("two"), std::optional(two));
        QVERIFY(!tokens.find("on"));
        QVERIFY(!tokens.find("onee"));
        QVERIFY(!tokens.find(""));
    }
    void tooMany_letThoseGoThatDidNotComeForLong()
    {
        constexpr int limit = 320;
        KnownTokens tokens(limit);
        const OwnToken used = made(0);
        tokens.keep("used", used);
        for (int i = 0; i < 100 * limit; ++i) {
            tokens.keep(named(i), made(i));
            QCOMPARE(tokens.find("used"), std::optional(used));
            QVERIFY(tokens.size() <= size_t(limit));
        }
        QVERIFY(!tokens.find(named(0)));
        QVERIFY(tokens.find(named(100 * limit - 1)));
    }
    void manyThreads_findWhatIsTheirs()
    {
        KnownTokens tokens(64);
        std::vector<std::thread> threads;
        std::atomic<int> wrong = 0;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&tokens, &wrong, thread] {
                for (int i = 0; i < 2'000; ++i) {
                    const int number = thread * 10'000 + i % 50;
                    tokens.keep(named(number), made(number));
                    const auto found = tokens.find(named(number));
                    if (found && found->issuedAt != Timestamp(std::chrono::milliseconds(number)))
                        ++wrong;
                }
            });
        }
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(wrong.load(), 0);
    }
};

TERTULIA_TEST(tst_knowntokens, TestKnownTokens)
#include "tst_knowntokens.moc"
