// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/jwt.h"
#include "support/testmain.h"

#include "auth/tokens.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;
using namespace Tertulia::Test;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

constexpr Timestamp now{std::chrono::milliseconds(1'769'860'800'000)}; // 2026-01-31 12:00

/// Finds the key the token names, as the Authenticator does, and checks the signature.
bool isSignedBy(const QJsonArray &keys, const JwtParts &parts)
{
    for (const QJsonValue &entry : keys) {
        const auto key = JwtKey::fromJwk(entry.toObject());
        if (key && key->id() == parts.keyId && key->algorithm() == parts.algorithm)
            return key->verify(parts.signedPart, parts.signature);
    }
    return false;
}

/// JSON with ' for ": moc stumbles over raw strings that hold both quotes and parentheses.
QByteArray json(QByteArray text)
{
    return text.replace('\'', '"');
}

JwtKey ownKey()
{
    return *JwtKey::fromSecret(QByteArray(32, 'k'));
}

} // namespace

class TestJwt : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rfc7515AppendixA1_isGood()
    {
        const auto key = JwtKey::fromSecret(QByteArray::fromBase64(
            "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow",
            QByteArray::Base64UrlEncoding));
        QVERIFY(key);
        const auto parts = Jwt::parse("eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
                                      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19y"
                                      "b290Ijp0cnVlfQ."
                                      "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        QVERIFY(parts);
        QVERIFY(key->verify(parts->signedPart, parts->signature));
        QCOMPARE(parts->claims.value(u"iss"_s).toString(), u"joe"_s);
    }

    void tokensOfJose_areGood_data()
    {
        QTest::addColumn<QByteArray>("token");
        const QJsonObject good = joseTokens().value(u"good"_s).toObject();
        for (auto it = good.begin(); it != good.end(); ++it)
            QTest::newRow(it.key().toUtf8().constData()) << it.value().toString().toLatin1();
        QVERIFY(good.size() >= 6);
    }
    void tokensOfJose_areGood()
    {
        QFETCH(const QByteArray, token);
        const QJsonObject made = joseTokens();
        const auto parts = Jwt::parse(token);
        QVERIFY(parts);
        if (parts->algorithm == JwtAlgorithm::HS256) {
            const auto key = JwtKey::fromSecret(made.value(u"secret"_s).toString().toUtf8());
            QVERIFY(key && key->verify(parts->signedPart, parts->signature));
        } else {
            QVERIFY(isSignedBy(made.value(u"jwks"_s).toObject().value(u"keys"_s).toArray(), *parts));
        }
        QVERIFY(Jwt::checkClaims(parts->claims, made.value(u"issuer"_s).toString(),
                                 made.value(u"audience"_s).toString(), now, 30s));
        QCOMPARE(parts->claims.value(u"name"_s).toString(), u"Zoë Ωmega"_s);
    }

    void hostileTokensOfJose_areRefused_data()
    {
        QTest::addColumn<QByteArray>("token");
        const QJsonObject bad = joseTokens().value(u"bad"_s).toObject();
        for (auto it = bad.begin(); it != bad.end(); ++it)
            QTest::newRow(it.key().toUtf8().constData()) << it.value().toString().toLatin1();
        QVERIFY(bad.size() >= 9);
    }
    void hostileTokensOfJose_areRefused()
    {
        QFETCH(const QByteArray, token);
        const QJsonObject made = joseTokens();
        const auto parts = Jwt::parse(token);
        const bool isAccepted = parts && isSignedBy(made.value(u"jwks"_s).toObject().value(u"keys"_s).toArray(), *parts)
            && Jwt::checkClaims(parts->claims, made.value(u"issuer"_s).toString(), made.value(u"audience"_s).toString(),
                                now, 30s);
        QVERIFY(!isAccepted);
    }

    void anyChangedByte_breaksTheSignature_data()
    {
        QTest::addColumn<QByteArray>("token");
        const QJsonObject good = joseTokens().value(u"good"_s).toObject();
        for (const QString &name : {u"RS256"_s, u"ES256"_s, u"EdDSA"_s})
            QTest::newRow(name.toUtf8().constData()) << good.value(name).toString().toLatin1();
    }
    void anyChangedByte_breaksTheSignature()
    {
        QFETCH(const QByteArray, token);
        const QJsonArray keys = joseTokens().value(u"jwks"_s).toObject().value(u"keys"_s).toArray();
        const auto original = Jwt::parse(token);
        QVERIFY(original && isSignedBy(keys, *original));
        for (qsizetype i = 0; i < token.size(); i += 3) {
            QByteArray changed = token;
            changed[i] = changed[i] == 'A' ? 'B' : 'A';
            const auto parts = Jwt::parse(changed);
            if (parts && isSignedBy(keys, *parts))
                QFAIL(qPrintable(u"byte %1 may be changed"_s.arg(i)));
        }
    }
    void lastCharacterOfTheSignature_hasOneSpelling_data()
    {
        QTest::addColumn<QByteArray>("token");
        const QJsonObject good = joseTokens().value(u"good"_s).toObject();
        for (const QString &name : {u"HS256"_s, u"RS256"_s, u"ES256"_s, u"EdDSA"_s})
            QTest::newRow(name.toUtf8().constData()) << good.value(name).toString().toLatin1();
    }
    void lastCharacterOfTheSignature_hasOneSpelling()
    {
        QFETCH(const QByteArray, token);
        const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=";
        const auto original = Jwt::parse(token);
        QVERIFY(original);
        for (const char last : alphabet) {
            const auto parts = Jwt::parse(token.chopped(1) + last);
            QVERIFY(!parts || last == token.back() || parts->signature != original->signature);
        }
        QVERIFY(!Jwt::parse(token + '='));
        QVERIFY(!Jwt::parse(token + "=="));
    }

    void malformed_isRefused_data()
    {
        QTest::addColumn<QByteArray>("token");
        const JwtKey key = ownKey();
        const QByteArray good = Jwt::sign({{u"sub"_s, u"x"_s}}, key);
        const QByteArray header = json("{'alg':'HS256'}");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("one part") << QByteArray("abc");
        QTest::newRow("two parts") << good.left(good.lastIndexOf('.'));
        QTest::newRow("four parts") << good + ".abc";
        QTest::newRow("JWE with five parts") << good + ".abc.def";
        QTest::newRow("padding in the middle") << QByteArray(good).replace(".", "==.");
        QTest::newRow("space") << ' ' + good;
        QTest::newRow("NUL") << good + '\0';
        QTest::newRow("not base64") << QByteArray("%%%.%%%.%%%");
        QTest::newRow("longer than 8 KiB") << hmacToken(header, json("{'a':'") + QByteArray(9000, 'a') + "\"}", key);
        QTest::newRow("header is no JSON") << hmacToken("alg", json("{'sub':'x'}"), key);
        QTest::newRow("header is a list") << hmacToken(json("['HS256']"), json("{'sub':'x'}"), key);
        QTest::newRow("claims are a list") << hmacToken(header, json("['x']"), key);
        QTest::newRow("claims are empty") << hmacToken(header, "{}", key);
        QTest::newRow("no alg") << hmacToken(json("{'typ':'JWT'}"), json("{'sub':'x'}"), key);
        QTest::newRow("alg in lower case") << hmacToken(json("{'alg':'hs256'}"), json("{'sub':'x'}"), key);
        QTest::newRow("alg is a number") << hmacToken(json("{'alg':256}"), json("{'sub':'x'}"), key);
        for (const char *name : {"none", "None", "HS384", "HS512", "PS256", "ES384", "RSA-OAEP"}) {
            QTest::addRow("alg %s", name) << hmacToken(json("{'alg':'") + name + "\"}", json("{'sub':'x'}"), key);
        }
        QTest::newRow("crit") << hmacToken(json("{'alg':'HS256','crit':['exp']}"), json("{'sub':'x'}"), key);
        QTest::newRow("crit empty") << hmacToken(json("{'alg':'HS256','crit':[]}"), json("{'sub':'x'}"), key);
    }
    void malformed_isRefused()
    {
        QFETCH(const QByteArray, token);
        const auto parts = Jwt::parse(token);
        QVERIFY(!parts);
        QCOMPARE(int(parts.error().code), int(ErrorCode::Unauthenticated));
    }

    void signature_ofWrongLength_isRefused_data()
    {
        QTest::addColumn<QString>("algorithm");
        for (const QString &name : {u"HS256"_s, u"RS256"_s, u"ES256"_s, u"EdDSA"_s})
            QTest::newRow(name.toUtf8().constData()) << name;
    }
    void signature_ofWrongLength_isRefused()
    {
        QFETCH(const QString, algorithm);
        const QJsonObject made = joseTokens();
        auto parts = Jwt::parse(made.value(u"good"_s).toObject().value(algorithm).toString().toLatin1());
        QVERIFY(parts);
        auto key = JwtKey::fromSecret(made.value(u"secret"_s).toString().toUtf8());
        for (const QJsonValue &entry : made.value(u"jwks"_s).toObject().value(u"keys"_s).toArray()) {
            if (auto candidate = JwtKey::fromJwk(entry.toObject()); candidate && candidate->id() == parts->keyId)
                key = candidate;
        }
        QVERIFY(key->verify(parts->signedPart, parts->signature));
        const QByteArray signature = parts->signature;
        for (const QByteArray &wrong : {QByteArray(), signature.chopped(1), signature + '\0', signature + signature,
                                        QByteArray(signature.size(), '\0'), QByteArray(signature.size(), '\xff')})
            QVERIFY(!key->verify(parts->signedPart, wrong));
    }

    void claims_areChecked_data()
    {
        QTest::addColumn<QByteArray>("claims");
        QTest::addColumn<bool>("isGood");
        const auto row = [](const char *name, const QByteArray &claims, bool isGood) {
            QTest::newRow(name) << claims << isGood;
        };
        // now is 1769860800, the leeway 30 s
        row("good", json("{'iss':'i','aud':'a','exp':1769860900}"), true);
        row("audience in a list", json("{'iss':'i','aud':['x','a'],'exp':1769860900}"), true);
        row("fractions of a second", json("{'iss':'i','aud':'a','exp':1769860900.5}"), true);
        row("expired within the leeway", json("{'iss':'i','aud':'a','exp':1769860771}"), true);
        row("expired by the leeway", json("{'iss':'i','aud':'a','exp':1769860770}"), false);
        row("no exp", json("{'iss':'i','aud':'a'}"), false);
        row("exp is text", json("{'iss':'i','aud':'a','exp':'1769860900'}"), false);
        row("exp is null", json("{'iss':'i','aud':'a','exp':null}"), false);
        row("exp is negative", json("{'iss':'i','aud':'a','exp':-1}"), false);
        row("exp is huge", json("{'iss':'i','aud':'a','exp':1e300}"), true);
        row("nbf within the leeway", json("{'iss':'i','aud':'a','exp':1769869999,'nbf':1769860830}"), true);
        row("nbf later", json("{'iss':'i','aud':'a','exp':1769869999,'nbf':1769860831}"), false);
        row("nbf is text", json("{'iss':'i','aud':'a','exp':1769869999,'nbf':'0'}"), false);
        row("no iss", json("{'aud':'a','exp':1769860900}"), false);
        row("other iss", json("{'iss':'I','aud':'a','exp':1769860900}"), false);
        row("iss is a list", json("{'iss':['i'],'aud':'a','exp':1769860900}"), false);
        row("no aud", json("{'iss':'i','exp':1769860900}"), false);
        row("other aud", json("{'iss':'i','aud':'aa','exp':1769860900}"), false);
        row("aud is an empty list", json("{'iss':'i','aud':[],'exp':1769860900}"), false);
        row("aud is an object", json("{'iss':'i','aud':{'a':1},'exp':1769860900}"), false);
    }
    void claims_areChecked()
    {
        QFETCH(const QByteArray, claims);
        QFETCH(const bool, isGood);
        const auto checked = Jwt::checkClaims(QJsonDocument::fromJson(claims).object(), u"i"_s, u"a"_s, now, 30s);
        QCOMPARE(checked.has_value(), isGood);
        if (!checked)
            QCOMPARE(int(checked.error().code), int(ErrorCode::Unauthenticated));
    }

    void keys_thatAreNotFit_areRefused_data()
    {
        QTest::addColumn<QByteArray>("jwk");
        const QByteArray rsa1024 = base64Url(QByteArray(1, '\x80') + QByteArray(127, '\x01'));
        const QByteArray zeros = base64Url(QByteArray(32, '\x01'));
        QTest::newRow("empty") << QByteArray("{}");
        QTest::newRow("secret") << json("{'kty':'oct','k':'AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T'}");
        QTest::newRow("RSA of 1024 bits") << json("{'kty':'RSA','e':'AQAB','n':'") + rsa1024 + "\"}";
        QTest::newRow("RSA without modulus") << json("{'kty':'RSA','e':'AQAB'}");
        QTest::newRow("point off the curve")
            << json("{'kty':'EC','crv':'P-256','x':'") + zeros + json("','y':'") + zeros + "\"}";
        QTest::newRow("other curve") << json("{'kty':'EC','crv':'P-384','x':'") + zeros + json("','y':'") + zeros
                + "\"}";
        QTest::newRow("Ed25519 too short") << json("{'kty':'OKP','crv':'Ed25519','x':'AAAA'}");
        QTest::newRow("X25519") << json("{'kty':'OKP','crv':'X25519','x':'") + zeros + "\"}";
        QTest::newRow("for encryption") << json("{'kty':'OKP','crv':'Ed25519','use':'enc','x':'") + zeros + "\"}";
        QTest::newRow("alg of another type")
            << json("{'kty':'OKP','crv':'Ed25519','alg':'ES256','x':'") + zeros + "\"}";
    }
    void keys_thatAreNotFit_areRefused()
    {
        QFETCH(const QByteArray, jwk);
        QVERIFY(!JwtKey::fromJwk(QJsonDocument::fromJson(jwk).object()));
    }

    void secret_under32Bytes_isRefused()
    {
        QVERIFY(!JwtKey::fromSecret(QByteArray(31, 'k')));
        QVERIFY(JwtKey::fromSecret(QByteArray(32, 'k')));
    }
};

TERTULIA_TEST(tst_jwt, TestJwt)
#include "tst_jwt.moc"
