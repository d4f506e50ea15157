// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/session/secretstore.h"
#include "client/session/tokenkeeper.h"
#include "client/transport/apiclient.h"
#include "protocol/names.h"
#include "support/brokensecretstore.h"
#include "support/fakeclock.h"
#include "support/futures.h"
#include "support/scriptedserver.h"
#include "support/testmain.h"

#include <QSignalSpy>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

QByteArray authJson(const QByteArray &number, int expiresIn = 900)
{
    return R"({"accessToken":"access-)" + number + R"(","refreshToken":"refresh-)" + number + R"(","expiresIn":)"
        + QByteArray::number(expiresIn)
        + R"(,"user":{"id":"0190f5a2-0000-7000-8000-000000000001","fullName":"Ana","username":"ana"}})";
}

AuthResult authResult(const QByteArray &number, int expiresIn = 900)
{
    return *fromJson<AuthResult>(authJson(number, expiresIn));
}

} // namespace

class TestTokenKeeper : public QObject
{
    Q_OBJECT

    std::unique_ptr<ScriptedServer> m_server;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<MemorySecretStore> m_secrets;
    std::unique_ptr<ApiClient> m_api;
    std::unique_ptr<TokenKeeper> m_keeper;

private Q_SLOTS:
    void init()
    {
        m_server = std::make_unique<ScriptedServer>();
        m_clock = std::make_unique<FakeClock>();
        m_secrets = std::make_unique<MemorySecretStore>(true);
        m_api = std::make_unique<ApiClient>(m_server->url());
        m_keeper = std::make_unique<TokenKeeper>(*m_api, *m_secrets, u"k"_s, *m_clock);
    }
    void cleanup()
    {
        m_keeper.reset();
        m_api.reset();
    }

    void nobody_isUnauthenticated()
    {
        QVERIFY(!m_keeper->hasSession());
        QCOMPARE(await(m_keeper->accessToken()).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(await(m_keeper->restore()).error().code, ErrorCode::Unauthenticated);
        QVERIFY(m_server->requests().empty());
    }

    void freshToken_isGivenAtOnce()
    {
        QVERIFY(await(m_keeper->begin(authResult("1"))));
        QVERIFY(m_keeper->isKept());
        const auto token = m_keeper->accessToken();
        QVERIFY(token.isAnswered());
        QCOMPARE(*token.result(), u"access-1"_s);
    }

    void tokenIsRenewed_beforeItExpires_data()
    {
        QTest::addColumn<int>("life");
        QTest::addColumn<int>("age");
        QTest::addColumn<bool>("renewed");
        QTest::newRow("young") << 900 << 800 << false;
        QTest::newRow("61 s left") << 900 << 839 << false;
        QTest::newRow("60 s left") << 900 << 840 << true;
        QTest::newRow("expired") << 900 << 2'000 << true;
        QTest::newRow("short life, young") << 20 << 14 << false;
        QTest::newRow("short life, old") << 20 << 15 << true;
        QTest::newRow("no life") << 0 << 0 << true;
        QTest::newRow("negative life") << -5 << 0 << true;
        QTest::newRow("endless life") << 2'000'000'000 << 24 * 3600 << true;
    }
    void tokenIsRenewed_beforeItExpires()
    {
        QFETCH(int, life);
        QFETCH(int, age);
        QFETCH(bool, renewed);
        QVERIFY(await(m_keeper->begin(authResult("1", life))));
        m_clock->advance(std::chrono::seconds(age));
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        QCOMPARE(*await(m_keeper->accessToken()), renewed ? u"access-2"_s : u"access-1"_s);
    }

    void restoredSession_isRenewedAtFirstUse()
    {
        QVERIFY(await(m_secrets->write(u"k"_s, "refresh-0")));
        QVERIFY(await(m_keeper->restore()));
        QVERIFY(m_keeper->hasSession());
        QVERIFY(m_keeper->isKept());
        QVERIFY(m_server->requests().empty());
        m_server->expect("POST", Routes::refreshToken, [](const ScriptedRequest &request) {
            return request.json()[u"refreshToken"_s] == u"refresh-0"_s ? ScriptedAnswer::data(authJson("1"))
                                                                       : ScriptedAnswer::hangUp();
        });
        QSignalSpy renewed(m_keeper.get(), &TokenKeeper::renewed);
        QCOMPARE(*await(m_keeper->accessToken()), u"access-1"_s);
        QCOMPARE(renewed.size(), 1);
        QCOMPARE(m_secrets->secrets().value(u"k"_s), "refresh-1");
    }

    void newToken_isKeptBeforeItIsUsed()
    {
        SlowSecretStore slow;
        TokenKeeper keeper(*m_api, slow, u"k"_s, *m_clock);
        const auto begun = keeper.begin(authResult("1", 0));
        QVERIFY(!begun.isAnswered());
        slow.carryOut();
        QVERIFY(await(begun));
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        const auto token = keeper.accessToken();
        QTRY_COMPARE(slow.waiting(), 1);
        QVERIFY(!token.isAnswered());
        slow.carryOut();
        QCOMPARE(*await(token), u"access-2"_s);
        QCOMPARE(slow.secrets().value(u"k"_s), "refresh-2");
    }

    void networkFailure_keepsTheSession()
    {
        QVERIFY(await(m_keeper->begin(authResult("1"))));
        QSignalSpy ended(m_keeper.get(), &TokenKeeper::sessionEnded);
        m_clock->advance(std::chrono::seconds(860));
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::hangUp());
        QCOMPARE(*await(m_keeper->accessToken()), u"access-1"_s); // it still lives
        m_clock->advance(std::chrono::seconds(60));
        QCOMPARE(await(m_keeper->accessToken()).error().code, ErrorCode::Unavailable);
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::json(401, "<html>proxy</html>"));
        QCOMPARE(await(m_keeper->accessToken()).error().code, ErrorCode::Unavailable);
        QCOMPARE(ended.size(), 0);
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        QCOMPARE(*await(m_keeper->accessToken()), u"access-2"_s);
    }

    void refusal_endsTheSession_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("revoked") << 401 << QByteArray("UNAUTHORIZED");
        QTest::newRow("banned") << 403 << QByteArray("BANNED");
        QTest::newRow("no token of theirs") << 400 << QByteArray("VALIDATION_ERROR");
    }
    void refusal_endsTheSession()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, word);
        QVERIFY(await(m_keeper->begin(authResult("1", 0))));
        QSignalSpy ended(m_keeper.get(), &TokenKeeper::sessionEnded);
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::error(status, word));
        const auto first = m_keeper->accessToken(), second = m_keeper->accessToken();
        QCOMPARE(await(first).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(await(second).error().code, ErrorCode::Unauthenticated);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(codeWord(ended[0][0].value<Error>()), QString::fromLatin1(word));
        QVERIFY(m_secrets->secrets().isEmpty());
        QVERIFY(!m_keeper->hasSession());
        // Somebody signs in again.
        QVERIFY(await(m_keeper->begin(authResult("9"))));
        QCOMPARE(*await(m_keeper->accessToken()), u"access-9"_s);
    }

    void sessionEnded_mayDestroyTheKeeper()
    {
        QVERIFY(await(m_keeper->begin(authResult("1", 0))));
        connect(m_keeper.get(), &TokenKeeper::sessionEnded, this, [this] { m_keeper.reset(); });
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        const auto token = m_keeper->accessToken();
        QCOMPARE(await(token).error().code, ErrorCode::Unauthenticated);
        QVERIFY(!m_keeper);
    }

    void lateRefusal_doesNotEndANewSession()
    {
        QVERIFY(await(m_keeper->begin(authResult("1", 0))));
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::held());
        const auto token = m_keeper->accessToken();
        QTRY_COMPARE(m_server->held(Routes::refreshToken).size(), 1U);
        QVERIFY(await(m_keeper->begin(authResult("2"))));
        QCOMPARE(*await(token), u"access-2"_s);
        QSignalSpy ended(m_keeper.get(), &TokenKeeper::sessionEnded);
        m_server->held(Routes::refreshToken).front()->answer(ScriptedAnswer::error(401, "UNAUTHORIZED"));
        QTRY_COMPARE(m_api->pendingCount(), 0);
        QCOMPARE(ended.size(), 0);
        QCOMPARE(*await(m_keeper->accessToken()), u"access-2"_s);
    }

    void rejection_concernsThatTokenOnly()
    {
        QVERIFY(await(m_keeper->begin(authResult("1"))));
        m_keeper->reject(u"access-0"_s);
        QCOMPARE(*await(m_keeper->accessToken()), u"access-1"_s);
        m_keeper->reject(u"access-1"_s);
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(authJson("2")));
        QCOMPARE(*await(m_keeper->accessToken()), u"access-2"_s);
    }

    void secretsThatCannotBeKept_liveInMemory_data()
    {
        QTest::addColumn<BrokenSecretStore::Kind>("kind");
        QTest::newRow("no store") << BrokenSecretStore::Kind::Refuses;
        QTest::newRow("locked: writes vanish") << BrokenSecretStore::Kind::Forgets;
    }
    void secretsThatCannotBeKept_liveInMemory()
    {
        QFETCH(BrokenSecretStore::Kind, kind);
        BrokenSecretStore broken(kind);
        TokenKeeper keeper(*m_api, broken, u"k"_s, *m_clock);
        const auto begun = await(keeper.begin(authResult("1")));
        QVERIFY(!begun);
        QVERIFY(!keeper.isKept());
        QCOMPARE(*await(keeper.accessToken()), u"access-1"_s);
        QCOMPARE(broken.removals(), 1);
    }

    void storeThatHangs_isNotWaitedForForEver()
    {
        SlowSecretStore slow;
        TokenKeeper keeper(*m_api, slow, u"k"_s, *m_clock);
        keeper.setKeepTimeout(std::chrono::milliseconds(20));
        QVERIFY(!await(keeper.begin(authResult("1"))));
        QVERIFY(!keeper.isKept());
        QCOMPARE(*await(keeper.accessToken()), u"access-1"_s);
        slow.carryOut(); // somebody has unlocked it at last
        QTRY_VERIFY(keeper.isKept());
        QCOMPARE(slow.secrets().value(u"k"_s), "refresh-1");
    }

    void tokensThatAreNone_areNotTaken_data()
    {
        QTest::addColumn<QString>("token");
        QTest::newRow("empty") << QString();
        QTest::newRow("two lines") << u"a\r\nX-Evil: yes"_s;
        QTest::newRow("spaces") << u"a b"_s;
        QTest::newRow("letters of others") << u"tokén"_s;
        QTest::newRow("huge") << QString(100000, u'x');
    }
    void tokensThatAreNone_areNotTaken()
    {
        QFETCH(QString, token);
        AuthResult bad = authResult("2");
        bad.accessToken = token;
        QCOMPARE(await(m_keeper->begin(bad)).error().reason, u"BAD_ANSWER"_s);
        QVERIFY(!m_keeper->hasSession());
        QVERIFY(m_secrets->secrets().isEmpty());
        QVERIFY(await(m_keeper->begin(authResult("1", 0))));
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(toJson(bad)));
        QCOMPARE(await(m_keeper->accessToken()).error().reason, u"BAD_ANSWER"_s);
        QVERIFY(m_keeper->hasSession());
    }

    void deviceToken_isKeptBesideTheSession_andOutlivesIt()
    {
        SlowSecretStore slow;
        TokenKeeper keeper(*m_api, slow, u"k"_s, *m_clock);
        AuthResult signIn = authResult("1", 0);
        signIn.deviceToken = u"device-1"_s;
        const auto begun = keeper.begin(signIn);
        QCOMPARE(slow.waiting(), 2);
        slow.carryOut();
        QVERIFY(await(begun));
        QCOMPARE(slow.secrets().value(u"k/device"_s), "device-1");
        AuthResult next = authResult("2", 0);
        next.deviceToken = u"device-1"_s;
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::data(toJson(next)));
        auto token = keeper.accessToken();
        QTRY_COMPARE(slow.waiting(), 1); // the same device token is not written again
        slow.carryOut();
        QVERIFY(await(token));
        m_server->expect("POST", Routes::refreshToken, ScriptedAnswer::error(401, "UNAUTHORIZED"));
        QVERIFY(!await(keeper.accessToken()));
        QVERIFY(!keeper.hasSession());
        QCOMPARE(keeper.deviceToken(), u"device-1"_s);
        TokenKeeper later(*m_api, slow, u"k"_s, *m_clock);
        QVERIFY(!await(later.restore()));
        QCOMPARE(later.deviceToken(), u"device-1"_s);
        QVERIFY(await(later.forget()));
        QVERIFY(slow.secrets().isEmpty());
        QVERIFY(later.deviceToken().isEmpty());
    }

    void deviceTokenThatIsNone_isNotTaken()
    {
        AuthResult signIn = authResult("1");
        for (const QString &odd : {QString(), u"a b"_s, u"tokén"_s, QString(100'000, u'x')}) {
            signIn.deviceToken = odd;
            QVERIFY(await(m_keeper->begin(signIn))); // all the same
            QVERIFY(m_keeper->deviceToken().isEmpty());
        }
        QCOMPARE(m_secrets->secrets().size(), 1);
    }

    void forgetting_leavesNothing()
    {
        QVERIFY(await(m_keeper->begin(authResult("1", 0))));
        m_server->always("POST", Routes::refreshToken, ScriptedAnswer::held());
        const auto token = m_keeper->accessToken();
        QVERIFY(await(m_keeper->forget()));
        QVERIFY(m_secrets->secrets().isEmpty());
        QCOMPARE(await(token).error().code, ErrorCode::Unauthenticated);
        QVERIFY(!m_keeper->hasSession());
    }

    void serverWithoutRefreshTokens_cannotBeUsed()
    {
        AuthResult signIn = authResult("1");
        signIn.refreshToken.reset();
        QCOMPARE(await(m_keeper->begin(signIn)).error().reason, u"BAD_ANSWER"_s);
    }
};

TERTULIA_TEST(tst_tokenkeeper, TestTokenKeeper)
#include "tst_tokenkeeper.moc"
