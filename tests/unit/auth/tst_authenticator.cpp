// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/authenticator.h"
#include "support/testmain.h"

#include "auth/tokens.h"
#include "support/fakeclock.h"

#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

/// An identity provider that answers every request with one body.
class KeyServer : public QTcpServer
{
public:
    explicit KeyServer(QByteArray body = {}, QByteArray status = "200 OK")
        : m_body(std::move(body))
        , m_status(std::move(status))
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            QTcpSocket *socket = nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                m_input += socket->readAll();
                if (!m_input.contains("\r\n\r\n"))
                    return;
                m_input.clear();
                ++requests;
                socket->write("HTTP/1.1 " + m_status + "\r\nConnection: close\r\nContent-Length: "
                              + QByteArray::number(m_body.size()) + "\r\n\r\n" + m_body);
                socket->disconnectFromHost();
            });
        });
    }
    void answer(QByteArray body) { m_body = std::move(body); }
    [[nodiscard]] QString url() const { return u"http://127.0.0.1:%1/jwks"_s.arg(serverPort()); }
    int requests = 0;

private:
    QByteArray m_body, m_status, m_input;
};

struct Stage
{
    explicit Stage(ForeignIssuerSettings foreign = {})
    {
        settings.foreign = std::move(foreign);
        authenticator.emplace(clock, settings, key, registry);
        configured = authenticator->configureForeign();
        authenticator->setProvision([this](ForeignIdentity person, Completion<Role> done) {
            people.push_back(std::move(person));
            done.finish(provisioned);
        });
    }
    [[nodiscard]] QByteArray issue(Role role = Role::User)
    {
        return authenticator->issue(UserCard{user, u"Ada"_s, u"ada"_s, {}}, role, session, clock.now()).text.toLatin1();
    }
    /// What REST gets; every completion here comes at once.
    Result<Identity> authenticate(const QByteArray &token)
    {
        Result<Identity> got = failure(Error::internal(u"not finished"_s));
        authenticator->authenticate(token,
                                    Completion<Identity>(nullptr, [&](Result<Identity> r) { got = std::move(r); }));
        return got;
    }
    QByteArray foreignToken(QJsonObject changes = {})
    {
        QJsonObject claims{{u"iss"_s, u"https://id"_s},
                           {u"aud"_s, u"chat"_s},
                           {u"sub"_s, u"ada@id"_s},
                           {u"iat"_s, 1769860800},
                           {u"exp"_s, 1769864400}};
        for (auto it = changes.begin(); it != changes.end(); ++it)
            claims.insert(it.key(), it.value());
        return Jwt::sign(claims, *JwtKey::fromSecret(foreignSecret.toUtf8()));
    }
    static ForeignIssuerSettings bySecret()
    {
        return {
            .issuer = u"https://id"_s, .audience = u"chat"_s, .secret = foreignSecret, .jwksUrl = {}, .algorithms = {}};
    }
    static ForeignIssuerSettings byUrl(const QString &url)
    {
        const QJsonObject made = joseTokens();
        return {.issuer = made.value(u"issuer"_s).toString(),
                .audience = made.value(u"audience"_s).toString(),
                .secret = {},
                .jwksUrl = url,
                .algorithms = {}};
    }

    static inline const QString foreignSecret = QString(40, u's');
    FakeClock clock;
    AuthSettings settings;
    JwtKey key = *JwtKey::fromSecret(QByteArray(32, 'k'));
    SessionRegistry registry{clock, settings.accessLifetime};
    std::optional<Authenticator> authenticator;
    Result<void> configured;
    UserId user = UserId::generate();
    SessionId session = SessionId::generate();
    Result<Role> provisioned = Role::User;
    std::vector<ForeignIdentity> people;
};

QByteArray keysOf(const QStringList &ids)
{
    QJsonArray chosen;
    for (const QJsonValue &key : joseTokens().value(u"jwks"_s).toObject().value(u"keys"_s).toArray()) {
        if (ids.contains(key.toObject().value(u"kid"_s).toString()))
            chosen.append(key);
    }
    return QJsonDocument(QJsonObject{{u"keys"_s, chosen}}).toJson();
}

QByteArray joseToken(const QString &name)
{
    return joseTokens().value(u"good"_s).toObject().value(name).toString().toLatin1();
}

} // namespace

class TestAuthenticator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ownToken_namesUserSessionAndRole()
    {
        Stage stage;
        for (const Role role : {Role::User, Role::Moderator, Role::Admin}) {
            const auto found = stage.authenticator->authenticateNow(stage.issue(role));
            QVERIFY(found);
            QCOMPARE(found->user, stage.user);
            QCOMPARE(found->session, stage.session);
            QCOMPARE(int(found->role), int(role));
            QCOMPARE(found->expiresAt, stage.clock.now() + stage.settings.accessLifetime);
        }
        QVERIFY(stage.authenticate(stage.issue()));
    }
    void ownToken_holdsTheClaimsOfTheContract()
    {
        Stage stage;
        const auto claims = Jwt::parse(stage.issue(Role::Moderator))->claims;
        QCOMPARE(claims.value(u"sub"_s).toString(), stage.user.toString());
        QCOMPARE(claims.value(u"sid"_s).toString(), stage.session.toString());
        QCOMPARE(claims.value(u"name"_s).toString(), u"Ada"_s);
        QCOMPARE(claims.value(u"role"_s).toArray(), (QJsonArray{u"User"_s, u"Moderator"_s}));
        QVERIFY(!claims.value(u"jti"_s).toString().isEmpty());
        QCOMPARE(claims.value(u"exp"_s).toDouble() - claims.value(u"iat"_s).toDouble(), 900.0);
    }
    void ownToken_endsWithItsLifetime()
    {
        Stage stage;
        const QByteArray token = stage.issue();
        stage.clock.advance(stage.settings.accessLifetime - 1ms);
        QVERIFY(stage.authenticator->authenticateNow(token));
        stage.clock.advance(1ms);
        QVERIFY(!stage.authenticator->authenticateNow(token));
    }
    void endedToken_passesInItsGrace_butOpensNoAccount()
    {
        Stage stage(Stage::bySecret());
        const QByteArray own = stage.issue();
        const QByteArray foreign = stage.foreignToken({{u"exp"_s, 1769861700}});
        stage.clock.advance(stage.settings.accessLifetime + stage.settings.clockLeeway + 1s);
        QVERIFY(!stage.authenticator->authenticateNow(own));
        const auto told = stage.authenticator->authenticateNow(own, 1min);
        QVERIFY(told && told->expiresAt < stage.clock.now());
        QVERIFY(!stage.authenticator->authenticateNow(foreign, 1min));
        QCOMPARE(stage.people.size(), size_t(0));
        stage.authenticator->setForeignRole(UserId(Uuid::fromName("https://id", "ada@id")), Role::User);
        QVERIFY(!stage.authenticator->authenticateNow(foreign));
        QVERIFY(stage.authenticator->authenticateNow(foreign, 1min));
        stage.clock.advance(1min);
        QVERIFY(!stage.authenticator->authenticateNow(own, 1min));
        QVERIFY(!stage.authenticator->authenticateNow(foreign, 1min));
    }
    /// A token that came before is not taken apart again, and all that can change is asked all the same.
    void ownTokenThatIsKnown_isTheSame_andNothingElseIs()
    {
        Stage stage;
        const QByteArray token = stage.issue(Role::Moderator);
        const auto first = stage.authenticate(token);
        const auto again = stage.authenticate(token);
        QVERIFY(first && again);
        QCOMPARE(again->user, first->user);
        QCOMPARE(again->session, first->session);
        QCOMPARE(again->role, Role::Moderator);
        QCOMPARE(again->expiresAt, first->expiresAt);
        for (qsizetype i = 0; i < token.size(); ++i) {
            QByteArray other = token;
            other[i] = char(other[i] ^ 1);
            QVERIFY(!stage.authenticate(other));
        }
        QVERIFY(!stage.authenticate(token + 'x'));
        QVERIFY(!stage.authenticate(token.chopped(1)));
        stage.registry.setDisabled(stage.user, true);
        QVERIFY(!stage.authenticate(token));
        stage.registry.setDisabled(stage.user, false);
        QVERIFY(stage.authenticate(token));
        stage.registry.expectUse(stage.session, stage.clock.now());
        QVERIFY(stage.registry.uses().empty());
        QVERIFY(stage.authenticate(token));
        QCOMPARE(stage.registry.uses().size(), size_t(1)); // that it came is noted each time
    }
    void ownToken_ofEndedSession_isRefused()
    {
        Stage stage;
        const QByteArray token = stage.issue();
        stage.registry.endSession(SessionId::generate());
        QVERIFY(stage.authenticator->authenticateNow(token));
        stage.registry.endSession(stage.session);
        QVERIFY(!stage.authenticator->authenticateNow(token));
        QVERIFY(!stage.authenticate(token));
    }
    void ownTokens_madeBeforeTheyWereEnded_areRefused()
    {
        Stage stage;
        const QByteArray before = stage.issue();
        stage.registry.endTokensOf(stage.user);
        QVERIFY(!stage.authenticator->authenticateNow(before));
        stage.clock.advance(1ms);
        QVERIFY(stage.authenticator->authenticateNow(stage.issue()));
        QVERIFY(!stage.authenticator->authenticateNow(before));
    }
    void disabledUser_isRefused_untilEnabled()
    {
        Stage stage;
        stage.registry.setDisabled(stage.user, true);
        stage.clock.advance(24h);
        stage.registry.endSession(SessionId::generate()); // sweeps
        QVERIFY(!stage.authenticator->authenticateNow(stage.issue()));
        stage.registry.setDisabled(stage.user, false);
        QVERIFY(stage.authenticator->authenticateNow(stage.issue()));
    }
    void ownToken_changedOrOfAnotherKey_isRefused()
    {
        Stage stage;
        const QByteArray token = stage.issue();
        const QJsonObject claims = Jwt::parse(token)->claims;
        QVERIFY(!stage.authenticator->authenticateNow(Jwt::sign(claims, *JwtKey::fromSecret(QByteArray(32, 'x')))));
        QJsonObject admin = claims;
        admin.insert(u"role"_s, QJsonArray{u"Admin"_s});
        const QByteArray payload = base64Url(QJsonDocument(admin).toJson(QJsonDocument::Compact));
        const QByteArrayList parts = token.split('.');
        QVERIFY(!stage.authenticator->authenticateNow(parts[0] + '.' + payload + '.' + parts[2]));
        for (const QString &missing : {u"sub"_s, u"sid"_s, u"exp"_s, u"iss"_s, u"aud"_s}) {
            QJsonObject without = claims;
            without.remove(missing);
            QVERIFY2(!stage.authenticator->authenticateNow(Jwt::sign(without, stage.key)), qPrintable(missing));
        }
        QVERIFY(stage.authenticator->authenticateNow(Jwt::sign(claims, stage.key)));
    }

    void foreignToken_withoutConfiguration_isRefused()
    {
        Stage stage;
        QVERIFY(!stage.authenticate(stage.foreignToken()));
        QVERIFY(stage.people.empty());
    }
    void foreignToken_makesTheAccountOnce()
    {
        Stage stage(Stage::bySecret());
        QVERIFY(stage.configured);
        const QByteArray token = stage.foreignToken({{u"name"_s, u"Ada L."_s}, {u"preferred_username"_s, u"ada"_s}});
        stage.provisioned = Role::Moderator;
        const auto first = stage.authenticate(token);
        QVERIFY(first);
        QCOMPARE(int(first->role), int(Role::Moderator));
        QVERIFY(first->isForeign && !first->session.isNull());
        const auto second = stage.authenticate(token);
        QCOMPARE(second->user, first->user);
        QCOMPARE(int(second->role), int(Role::Moderator));
        QCOMPARE(stage.people.size(), size_t(1));
        QCOMPARE(stage.people[0].subject, u"ada@id"_s);
        QCOMPARE(stage.people[0].name, u"Ada L."_s);
        QCOMPARE(stage.people[0].preferredUsername, u"ada"_s);
        QCOMPARE(stage.people[0].id, first->user);
    }
    void foreignSubject_thatIsAUuid_isTheUserId()
    {
        Stage stage(Stage::bySecret());
        const UserId id = UserId::generate();
        QCOMPARE(stage.authenticate(stage.foreignToken({{u"sub"_s, id.toString()}}))->user, id);
        QVERIFY(stage.authenticate(stage.foreignToken())->user
                != stage.authenticate(stage.foreignToken({{u"sub"_s, u"x"_s}}))->user);
    }
    void hubs_letNewPeopleIn_unlessTheProviderChoseTheirId()
    {
        Stage stage(Stage::bySecret());
        QVERIFY(stage.authenticator->authenticateNow(stage.foreignToken()));
        QCOMPARE(stage.people.size(), size_t(1));
        const QByteArray chosen = stage.foreignToken({{u"sub"_s, UserId::generate().toString()}});
        const auto first = stage.authenticator->authenticateNow(chosen);
        QCOMPARE(int(first.error().code), int(ErrorCode::Unavailable));
        QVERIFY(first.error().retryAfterSeconds > 0);
        QVERIFY(stage.authenticator->authenticateNow(chosen)); // provisioned meanwhile
    }
    void foreignAccount_thatCannotBeMade_isRefused_andTriedAgain()
    {
        Stage stage(Stage::bySecret());
        stage.provisioned = failure(Error::forbidden(u"disabled"_s, u"BANNED"_s));
        QCOMPARE(stage.authenticate(stage.foreignToken()).error().reason, u"BANNED"_s);
        QVERIFY(!stage.authenticate(stage.foreignToken()));
        QCOMPARE(stage.people.size(), size_t(2));
        stage.provisioned = Role::User;
        QVERIFY(stage.authenticate(stage.foreignToken()));
    }
    void foreignUser_disabled_isRefusedWithFreshTokens()
    {
        Stage stage(Stage::bySecret());
        const UserId id = stage.authenticate(stage.foreignToken())->user;
        stage.registry.setDisabled(id, true);
        stage.clock.advance(5min);
        QVERIFY(!stage.authenticator->authenticateNow(stage.foreignToken({{u"iat"_s, 1769861100}})));
    }
    void foreignRole_isOurs_notTheTokens()
    {
        Stage stage(Stage::bySecret());
        const QByteArray token = stage.foreignToken({{u"role"_s, QJsonArray{u"Admin"_s}}});
        QCOMPARE(int(stage.authenticate(token)->role), int(Role::User));
        stage.authenticator->setForeignRole(stage.authenticate(token)->user, Role::Admin);
        QCOMPARE(int(stage.authenticate(token)->role), int(Role::Admin));
    }
    void foreignRole_learnedWhileTheAccountIsMade_wins()
    {
        Stage stage(Stage::bySecret());
        // The unit that makes the account has committed; before its answer is taken, the watch tells a newer role.
        stage.authenticator->setProvision([&](const ForeignIdentity &person, Completion<Role> done) {
            stage.authenticator->setForeignRole(person.id, Role::Moderator);
            done.finish(Role::User);
        });
        const QByteArray token = stage.foreignToken();
        QVERIFY(stage.authenticate(token));
        QCOMPARE(int(stage.authenticate(token)->role), int(Role::Moderator));
    }
    void foreignToken_thatIsNotFit_isRefused_data()
    {
        QTest::addColumn<QJsonObject>("changes");
        QTest::newRow("expired") << QJsonObject{{u"exp"_s, 1769860700}};
        QTest::newRow("other audience") << QJsonObject{{u"aud"_s, u"mail"_s}};
        QTest::newRow("empty subject") << QJsonObject{{u"sub"_s, QString()}};
        QTest::newRow("subject is a number") << QJsonObject{{u"sub"_s, 7}};
        QTest::newRow("endless subject") << QJsonObject{{u"sub"_s, QString(256, u'x')}};
        QTest::newRow("our issuer") << QJsonObject{{u"iss"_s, u"tertulia"_s}, {u"aud"_s, u"tertulia"_s}};
    }
    void foreignToken_thatIsNotFit_isRefused()
    {
        QFETCH(const QJsonObject, changes);
        Stage stage(Stage::bySecret());
        QVERIFY(!stage.authenticate(stage.foreignToken(changes)));
        QVERIFY(stage.people.empty());
    }
    void foreignToken_isASessionOfItsOwn_andStaysEnded()
    {
        Stage stage(Stage::bySecret());
        const qint64 exp = 1769860800 + 10 * 3600;
        const QByteArray phone = stage.foreignToken({{u"exp"_s, exp}, {u"jti"_s, u"1"_s}});
        const QByteArray laptop = stage.foreignToken({{u"exp"_s, exp}, {u"jti"_s, u"2"_s}});
        const auto found = stage.authenticate(phone);
        QVERIFY(found && found->isForeign && !found->session.isNull());
        QCOMPARE(stage.authenticate(phone)->session, found->session);
        QVERIFY(stage.authenticate(laptop)->session != found->session);
        stage.registry.endSession(found->session, found->expiresAt);
        QVERIFY(!stage.authenticate(phone));
        // Longer than any token of ours lives, with others ending meanwhile.
        for (int hour = 0; hour < 9; ++hour) {
            stage.clock.advance(1h);
            stage.registry.endSession(SessionId::generate());
            QVERIFY(!stage.authenticate(phone));
        }
        QVERIFY(stage.authenticate(laptop));
    }
    void foreignToken_thatNeverEnds_isTaken()
    {
        Stage stage(Stage::bySecret());
        const auto found = stage.authenticate(stage.foreignToken({{u"exp"_s, 1e300}, {u"iat"_s, -1e300}}));
        QVERIFY(found);
        QVERIFY(found->expiresAt > stage.clock.now());
    }

    void configuration_thatIsNotFit_isRefused_data()
    {
        QTest::addColumn<QString>("issuer");
        QTest::addColumn<QString>("audience");
        QTest::addColumn<QString>("secret");
        QTest::addColumn<QString>("url");
        QTest::addColumn<QStringList>("algorithms");
        QTest::addColumn<QString>("blamed");
        const QString secret(32, u's');
        const auto row = [](const char *name, const QString &key, const QString &url, const QStringList &algorithms,
                            const QString &blamed) {
            QTest::newRow(name) << u"https://id"_s << u"chat"_s << key << url << algorithms << blamed;
        };
        row("neither", {}, {}, {}, u"oidc.jwks_url"_s);
        row("both", secret, u"https://id/keys"_s, {}, u"oidc.jwks_url"_s);
        row("short secret", QString(31, u's'), {}, {}, u"oidc.secret"_s);
        row("http", {}, u"http://id.example.org/keys"_s, {}, u"oidc.jwks_url"_s);
        row("file", {}, u"file:///etc/passwd"_s, {}, u"oidc.jwks_url"_s);
        row("HS256 by URL", {}, u"https://id/keys"_s, {u"HS256"_s}, u"oidc.algorithms"_s);
        row("RS256 by secret", secret, {}, {u"RS256"_s}, u"oidc.algorithms"_s);
        row("none", secret, {}, {u"none"_s}, u"oidc.algorithms"_s);
        QTest::newRow("no audience") << u"https://id"_s << QString() << secret << QString() << QStringList()
                                     << u"oidc.audience"_s;
        QTest::newRow("no issuer") << QString() << u"chat"_s << secret << QString() << QStringList()
                                   << u"oidc.issuer"_s;
    }
    void configuration_thatIsNotFit_isRefused()
    {
        QFETCH(const QString, issuer);
        QFETCH(const QString, audience);
        QFETCH(const QString, secret);
        QFETCH(const QString, url);
        QFETCH(const QStringList, algorithms);
        const Stage stage(
            {.issuer = issuer, .audience = audience, .secret = secret, .jwksUrl = url, .algorithms = algorithms});
        QVERIFY(!stage.configured);
        QTEST(stage.configured.error().field, "blamed");
    }

    void keysByUrl_verifyTokensOfEachAlgorithm()
    {
        KeyServer provider(keysOf({u"rsa-1"_s, u"ec-1"_s, u"ed-1"_s}));
        Stage stage(Stage::byUrl(provider.url()));
        QVERIFY(stage.configured);
        QTRY_VERIFY(stage.authenticate(joseToken(u"RS256"_s)));
        QVERIFY(stage.authenticate(joseToken(u"ES256"_s)));
        QVERIFY(stage.authenticate(joseToken(u"EdDSA"_s)));
        QVERIFY(!stage.authenticate(joseToken(u"HS256"_s)));
        QCOMPARE(stage.people.size(), size_t(1));
        QCOMPARE(provider.requests, 1);
    }
    void algorithmOutsideTheAllowList_isRefused()
    {
        KeyServer provider(keysOf({u"rsa-1"_s, u"ec-1"_s}));
        ForeignIssuerSettings foreign = Stage::byUrl(provider.url());
        foreign.algorithms = QStringList{u"ES256"_s};
        Stage stage(foreign);
        QTRY_VERIFY(stage.authenticate(joseToken(u"ES256"_s)));
        QVERIFY(!stage.authenticate(joseToken(u"RS256"_s)));
    }
    void unknownKeyId_fetchesAtMostOnceAMinute()
    {
        KeyServer provider(keysOf({u"rsa-1"_s}));
        Stage stage(Stage::byUrl(provider.url()));
        QTRY_VERIFY(stage.authenticate(joseToken(u"RS256"_s)));
        provider.answer(keysOf({u"rsa-1"_s, u"ec-1"_s}));
        for (int i = 0; i < 20; ++i)
            QCOMPARE(int(stage.authenticate(joseToken(u"ES256"_s)).error().code), int(ErrorCode::Unauthenticated));
        QCOMPARE(provider.requests, 1);
        stage.clock.advance(61s);
        const auto fetching = stage.authenticate(joseToken(u"ES256"_s));
        QCOMPARE(int(fetching.error().code), int(ErrorCode::Unavailable));
        QVERIFY(fetching.error().retryAfterSeconds > 0);
        QTRY_VERIFY(stage.authenticate(joseToken(u"ES256"_s)));
        QCOMPARE(provider.requests, 2);
    }
    void withdrawnKey_isForgottenWithinAnHour()
    {
        KeyServer provider(keysOf({u"rsa-1"_s, u"ec-1"_s}));
        Stage stage(Stage::byUrl(provider.url()));
        QTRY_VERIFY(stage.authenticate(joseToken(u"RS256"_s)));
        provider.answer(keysOf({u"ec-1"_s}));
        stage.clock.advance(1h);
        (void)stage.authenticate(joseToken(u"ES256"_s));
        QTRY_VERIFY(!stage.authenticate(joseToken(u"RS256"_s)));
        QVERIFY(stage.authenticate(joseToken(u"ES256"_s)));
    }
    void answerThatIsNoKeySet_keepsTheKeys_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("HTML") << QByteArray("<html>Bad gateway</html>");
        QTest::newRow("no keys") << QByteArray(R"({"keys":[]})");
        QTest::newRow("keys of other kinds") << QByteArray(R"({"keys":[{"kty":"oct","k":"AAAA"},7,null]})");
        QTest::newRow("endless") << QByteArray(300 * 1024, ' ') + keysOf({u"ec-1"_s});
    }
    void answerThatIsNoKeySet_keepsTheKeys()
    {
        QFETCH(const QByteArray, body);
        KeyServer provider(keysOf({u"rsa-1"_s}));
        Stage stage(Stage::byUrl(provider.url()));
        QTRY_VERIFY(stage.authenticate(joseToken(u"RS256"_s)));
        provider.answer(body);
        stage.clock.advance(61s);
        QVERIFY(!stage.authenticate(joseToken(u"ES256"_s)));
        QTRY_COMPARE(provider.requests, 2);
        QTest::qWait(0);
        QVERIFY(stage.authenticate(joseToken(u"RS256"_s)));
        QVERIFY(!stage.authenticate(joseToken(u"ES256"_s)));
    }
    void providerThatIsDown_isUnavailable()
    {
        KeyServer provider({}, "503 Service Unavailable");
        Stage stage(Stage::byUrl(provider.url()));
        QTRY_COMPARE(provider.requests, 1);
        QCOMPARE(int(stage.authenticate(joseToken(u"RS256"_s)).error().code), int(ErrorCode::Unavailable));
    }
};

TERTULIA_TEST(tst_authenticator, TestAuthenticator)
#include "tst_authenticator.moc"
