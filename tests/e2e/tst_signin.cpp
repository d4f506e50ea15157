// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Who one is: the cookie and whose pages may use it, names that pose as others, people of a foreign provider.

#include "e2e/support/hubclient.h"
#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"

#include <QDateTime>
#include <QJsonDocument>
#include <QMessageAuthenticationCode>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

namespace {

using Headers = QList<QPair<QByteArray, QByteArray>>;

const QString refreshPath = u"/api/Authentication/refresh"_s;
const QString loginPath = u"/api/Authentication/login"_s;
const QString logoutPath = u"/api/Authentication/logout"_s;
const QString mePath = u"/api/Authentication/me"_s;
const QString foreignSecret(40, u's');

QStringList settings(const QStringList &more = {})
{
    QStringList arguments;
    // Whoever comes through a proxy is limited; here it is always the same one.
    const QStringList always{u"auth.hash_memory=8"_s,
                             u"auth.hash_passes=1"_s,
                             u"limits.registrations_per_15_minutes=1000"_s,
                             u"limits.registrations_per_hour=1000"_s,
                             u"limits.logins_per_15_minutes=1000"_s,
                             u"limits.logins_per_hour=1000"_s};
    for (const QString &setting : always + more)
        arguments += {u"--set"_s, setting};
    return arguments;
}

/// name=value of the cookie that the answer sets under this name.
QByteArray cookie(const RestReply &reply, const QByteArray &name = "tertulia_refresh")
{
    return reply.setCookie(name).split(';').first();
}

QByteArray valueOf(const QByteArray &cookie)
{
    return cookie.mid(cookie.indexOf('=') + 1);
}

RestReply logIn(RestClient &client, const QString &name, const Headers &headers = {})
{
    const QJsonObject body{{u"username"_s, name}, {u"password"_s, u"correct horse battery"_s}};
    Headers all{{"Content-Type", "application/json"}};
    all += headers;
    return client.request("POST", loginPath, QJsonDocument(body).toJson(), all);
}

/// A token of the foreign provider. @param life by its own clock, in seconds from now
QString foreignToken(const QString &subject, int number, int life = 3600)
{
    constexpr auto base64Url = QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals;
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const QJsonObject claims{{u"iss"_s, u"https://id"_s}, {u"aud"_s, u"chat"_s}, {u"sub"_s, subject}, {u"iat"_s, now},
                             {u"exp"_s, now + life},      {u"jti"_s, number}};
    const QByteArray body = QByteArray("{\"alg\":\"HS256\"}").toBase64(base64Url) + '.'
        + QJsonDocument(claims).toJson(QJsonDocument::Compact).toBase64(base64Url);
    const QByteArray mac =
        QMessageAuthenticationCode::hash(body, foreignSecret.toUtf8(), QCryptographicHash::Sha256).toBase64(base64Url);
    return QString::fromLatin1(body + '.' + mac);
}

RestReply ask(const QUrl &server, const QString &token)
{
    RestClient client(server);
    client.setToken(token);
    return client.get(mePath);
}

RestReply signUp(const QUrl &server, const QString &username, const QString &fullName)
{
    RestClient client(server);
    return client.post(
        u"/api/Authentication/register"_s,
        {{u"username"_s, username}, {u"fullName"_s, fullName}, {u"password"_s, u"correct horse battery"_s}});
}

} // namespace

class TestSignIn : public QObject
{
    Q_OBJECT

    ServerProcess m_server;

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start(settings(
                     {u"server.cors_origins=https://app.example.org"_s, u"server.trusted_proxies=127.0.0.1"_s})),
                 qPrintable(m_server.why()));
        RestClient client(m_server.url());
        QVERIFY(!client.signIn(u"alice"_s).isEmpty());
    }

    void cookie_isForOurPagesAndForPrograms_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("value");
        QTest::addColumn<int>("status");
        const QByteArray own = "http://" + m_server.url().authority().toLatin1();
        const auto row = [](const char *name, const QByteArray &field, const QByteArray &value, int status) {
            QTest::newRow(name) << field << value << status;
        };
        row("a program", "X-Nothing", "at all", 200);
        row("our page", "Origin", own, 200);
        row("a page that may", "Origin", "https://app.example.org", 200);
        row("a foreign page", "Origin", "https://evil.example.org", 403);
        row("a page under the same name on another port", "Origin", "http://127.0.0.1:1", 403);
        row("our name without TLS and with", "Origin", "https://" + m_server.url().authority().toLatin1(), 403);
        row("a sandboxed page", "Origin", "null", 403);
        row("our page, says the browser", "Sec-Fetch-Site", "same-origin", 200);
        row("typed in", "Sec-Fetch-Site", "none", 200);
        row("a neighbour's page", "Sec-Fetch-Site", "same-site", 403);
        row("a foreign page without Origin", "Sec-Fetch-Site", "cross-site", 403);
    }
    void cookie_isForOurPagesAndForPrograms()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, value);
        QFETCH(const int, status);
        RestClient browser(m_server.url());
        const QByteArray first = cookie(logIn(browser, u"alice"_s));
        const RestReply renewed = browser.request("POST", refreshPath, {}, {{"Cookie", first}, {field, value}});
        QCOMPARE(renewed.status, status);
        const QByteArray present = status == 200 ? cookie(renewed) : first;
        QCOMPARE(browser.request("POST", logoutPath, {}, {{"Cookie", present}, {field, value}}).status, status);
        // Whoever was refused did no harm: the session is there.
        if (status == 403)
            QCOMPARE(browser.request("POST", refreshPath, {}, {{"Cookie", present}}).status, 200);
    }
    void tokenInTheBody_needsNoOrigin()
    {
        RestClient browser(m_server.url());
        const QString token = logIn(browser, u"alice"_s).data()[u"refreshToken"_s].toString();
        const QByteArray body = QJsonDocument(QJsonObject{{u"refreshToken"_s, token}}).toJson();
        QCOMPARE(browser
                     .request("POST", refreshPath, body,
                              {{"Content-Type", "application/json"}, {"Origin", "https://evil.example.org"}})
                     .status,
                 200);
    }

    void cookie_overTls_isForThisHostOnly()
    {
        RestClient browser(m_server.url());
        const Headers tls{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-For", "192.0.2.7"}};
        const RestReply login = logIn(browser, u"alice"_s, tls);
        for (const char *name : {"__Host-tertulia_refresh", "__Host-tertulia_device"}) {
            const QByteArray field = login.setCookie(name);
            for (const char *part : {"; Path=/;", "; Secure", "; HttpOnly", "; SameSite=Strict"})
                QVERIFY2(field.contains(part), field);
            QVERIFY2(!field.contains("Domain"), field);
        }
        const RestReply renewed = browser.request("POST", refreshPath, {},
                                                  tls + Headers{{"Cookie", cookie(login, "__Host-tertulia_refresh")}});
        QCOMPARE(renewed.status, 200);
        QVERIFY(renewed.setCookie("tertulia_refresh").isEmpty() && renewed.setCookie("tertulia_device").isEmpty());
        const RestReply gone = browser.request("POST", logoutPath, {},
                                               tls + Headers{{"Cookie", cookie(renewed, "__Host-tertulia_refresh")}});
        QCOMPARE(gone.headers.value("set-cookie").split(';').first(),
                 "__Host-tertulia_refresh="); // the device stays known
    }
    void cookieFromBeforeTheUpdate_isTakenOnce_andReplaced()
    {
        RestClient browser(m_server.url());
        const QByteArray old = cookie(logIn(browser, u"alice"_s));
        QVERIFY2(old.startsWith("tertulia_refresh="), old);
        const Headers tls{{"X-Forwarded-Proto", "https"}, {"X-Forwarded-For", "192.0.2.7"}};
        const RestReply renewed = browser.request("POST", refreshPath, {}, tls + Headers{{"Cookie", old}});
        QCOMPARE(renewed.status, 200);
        QCOMPARE(cookie(renewed), "tertulia_refresh=");
        const QByteArray fresh = cookie(renewed, "__Host-tertulia_refresh");
        QVERIFY(!valueOf(fresh).isEmpty());
        // A cookie that a neighbour set under the old name does not count beside it.
        QCOMPARE(
            browser.request("POST", refreshPath, {}, tls + Headers{{"Cookie", "tertulia_refresh=x; " + fresh}}).status,
            200);
    }

    void aKnownDevice_passesTheLockOfItsNetwork_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("byCookie");
        QTest::addColumn<QByteArray>("origin");
        QTest::addColumn<bool>("passes");
        QTest::newRow("a program, in the body") << u"greta"_s << false << QByteArray() << true;
        QTest::newRow("a browser, by cookie") << u"hugo"_s << true << QByteArray() << true;
        QTest::newRow("a page that may use it") << u"irma"_s << true << QByteArray("https://app.example.org") << true;
        QTest::newRow("a foreign page") << u"jonas"_s << true << QByteArray("https://evil.example.org") << false;
    }
    void aKnownDevice_passesTheLockOfItsNetwork()
    {
        QFETCH(const QString, name);
        QFETCH(const bool, byCookie);
        QFETCH(const QByteArray, origin);
        QFETCH(const bool, passes);
        RestClient client(m_server.url());
        QVERIFY(!client.signIn(name).isEmpty());
        client.setToken({});
        const RestReply known = logIn(client, name);
        for (int i = 0; i < 5; ++i) {
            const QJsonObject wrong{{u"username"_s, name}, {u"password"_s, u"wrong horse battery"_s}};
            QCOMPARE(client.post(loginPath, wrong).status, 401);
        }
        QCOMPARE(logIn(client, name).status, 429);
        RestReply answer;
        if (byCookie) {
            Headers headers{{"Cookie", cookie(known, "tertulia_device")}};
            if (!origin.isEmpty())
                headers.append({"Origin", origin});
            answer = logIn(client, name, headers);
        } else {
            answer = client.post(loginPath,
                                 {{u"username"_s, name},
                                  {u"password"_s, u"correct horse battery"_s},
                                  {u"deviceToken"_s, known.data()[u"deviceToken"_s]}});
        }
        QCOMPARE(answer.status, passes ? 200 : 429);
    }
    void whatIsNoDeviceToken_isAsIfAbsent()
    {
        RestClient client(m_server.url());
        const QString good = logIn(client, u"alice"_s).data()[u"deviceToken"_s].toString();
        QVERIFY(!good.isEmpty());
        for (const QString &odd : {QString(), good.chopped(1), QString(10'000, u'A'), u"\u0000\u2028"_s}) {
            QCOMPARE(client
                         .post(loginPath,
                               {{u"username"_s, u"alice"_s},
                                {u"password"_s, u"correct horse battery"_s},
                                {u"deviceToken"_s, odd}})
                         .status,
                     200);
        }
        QCOMPARE(logIn(client, u"alice"_s, {{"Cookie", "tertulia_device=" + QByteArray(10'000, 'A')}}).status, 200);
    }
    void whereOnlyTheCookieCarriesTokens_noneIsInTheBody()
    {
        ServerProcess server;
        QVERIFY2(server.start(settings({u"auth.refresh_token_in_body=false"_s})), qPrintable(server.why()));
        const RestReply made = signUp(server.url(), u"alice"_s, u"Alice"_s);
        const QJsonObject data = made.data().toObject();
        QVERIFY(data.contains(u"accessToken"_s) && !data.contains(u"refreshToken"_s)
                && !data.contains(u"deviceToken"_s));
        QVERIFY(!made.setCookie("tertulia_device").isEmpty());
    }

    void namesThatLookAlike_areRefused_data()
    {
        QTest::addColumn<QString>("username");
        QTest::addColumn<int>("status");
        QTest::newRow("Cyrillic first letter") << u"\u0430lice"_s << 400;
        QTest::newRow("two scripts") << u"анна.b"_s << 400;
        QTest::newRow("a capital I") << u"aIice"_s << 409;
        QTest::newRow("a one") << u"a1ice"_s << 409;
        QTest::newRow("wide letters") << u"\uff41lice"_s << 409;
        QTest::newRow("other case") << u"ALICE"_s << 409;
        QTest::newRow("a script of its own") << u"алиса"_s << 201;
        QTest::newRow("another name") << u"alicia"_s << 201;
        QTest::newRow("Chinese and Latin") << u"张alice"_s << 201;
    }
    void namesThatLookAlike_areRefused()
    {
        QFETCH(const QString, username);
        QFETCH(const int, status);
        QCOMPARE(signUp(m_server.url(), username, u"Somebody"_s).status, status);
    }
    void namesWhollyOfAnotherScript_thatLookTaken_areRefused()
    {
        QCOMPARE(signUp(m_server.url(), u"coco"_s, u"Coco"_s).status, 201);
        QCOMPARE(signUp(m_server.url(), u"\u0441\u043e\u0441\u043e"_s, u"Coco"_s).status, 409);
    }

    void fullNames_thatNobodySees_orThatTurnTheText_areRefused_data()
    {
        QTest::addColumn<QString>("fullName");
        QTest::newRow("spaces") << u" \u2003 "_s;
        QTest::newRow("empty Braille and zero width") << u"\u2800\u200b"_s;
        QTest::newRow("Hangul filler") << u"\u3164"_s;
        QTest::newRow("override") << u"Ada \u202egnp"_s;
        QTest::newRow("isolate") << u"\u2067Ada"_s;
    }
    void fullNames_thatNobodySees_orThatTurnTheText_areRefused()
    {
        QFETCH(const QString, fullName);
        const RestReply reply = signUp(m_server.url(), u"nobody"_s, fullName);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.json()[u"errors"_s].toObject().keys(), QStringList{u"fullName"_s});
    }
    void profile_isNormalized_andLinksGoToTheWeb()
    {
        RestClient dora(m_server.url());
        QVERIFY(!dora.signIn(u"dora"_s).isEmpty());
        const auto update = [&](const QJsonObject &fields) {
            return dora.post(u"/api/Authentication/update-profile"_s, fields);
        };
        const QJsonValue good =
            update({{u"fullName"_s, u" Zoe\u0308 "_s}, {u"website"_s, u" https://zoë.example/a?b=c "_s}}).data();
        QCOMPARE(good[u"fullName"_s].toString(), u"Zoë"_s);
        QCOMPARE(good[u"website"_s].toString(), u"https://zoë.example/a?b=c"_s);
        for (const QString &bad : {u"javascript:alert(1)"_s, u"data:text/html,x"_s, u"ftp://example.org"_s,
                                   u"example.org"_s, u"https://"_s, u"https://bank.example@evil.example"_s,
                                   u"https://exa mple.org"_s, u"//example.org"_s, u"JaVaScRiPt://example.org/%0a"_s}) {
            const RestReply reply = update({{u"website"_s, bad}});
            QVERIFY2(reply.status == 400, qPrintable(bad));
            QCOMPARE(reply.json()[u"errors"_s].toObject().keys(), QStringList{u"website"_s});
        }
        QVERIFY(update({{u"website"_s, u"\u200b"_s}}).data()[u"website"_s].isNull()); // nothing to be seen clears
    }

    void foreignSettings_thatAreHalf_areRefusedWithWhatIsMissing_data()
    {
        QTest::addColumn<QStringList>("given");
        QTest::addColumn<QString>("missing");
        const QString secret = u"oidc.secret="_s + foreignSecret;
        QTest::newRow("no audience") << QStringList{u"oidc.issuer=https://id"_s, secret} << u"oidc.audience"_s;
        QTest::newRow("no issuer") << QStringList{u"oidc.audience=chat"_s, secret} << u"oidc.issuer"_s;
        QTest::newRow("a secret alone") << QStringList{secret} << u"oidc.issuer"_s;
    }
    void foreignSettings_thatAreHalf_areRefusedWithWhatIsMissing()
    {
        QFETCH(const QStringList, given);
        QFETCH(const QString, missing);
        ServerProcess server;
        QVERIFY(!server.start(settings(given)));
        QVERIFY2(server.why().contains(missing + u" is needed"_s), qPrintable(server.why()));
    }
    void foreignToken_thatEndedWithinTheLeeway_isGoodForHubs_asForRest()
    {
        ServerProcess server;
        QVERIFY2(server.start(settings({u"oidc.issuer=https://id"_s, u"oidc.audience=chat"_s,
                                        u"oidc.secret="_s + foreignSecret, u"oidc.clock_leeway=1h"_s})),
                 qPrintable(server.why()));
        const QString token = foreignToken(u"zoe"_s, 1, -60);
        QCOMPARE(ask(server.url(), token).status, 200);
        HubClient hub(server.url(), u"/hubs/chat"_s);
        QVERIFY(hub.open(token));
        QVERIFY(hub.invoke(u"Ping"_s).isOk());
        const QString over = foreignToken(u"zoe"_s, 2, -3600);
        QCOMPARE(ask(server.url(), over).status, 401);
        QVERIFY(!HubClient(server.url(), u"/hubs/chat"_s).open(over));
    }
    void foreignToken_signedOut_staysSignedOut()
    {
        const QStringList foreign =
            settings({u"oidc.issuer=https://id"_s, u"oidc.audience=chat"_s, u"oidc.secret="_s + foreignSecret});
        const QTemporaryDir folder;
        const QString phone = foreignToken(u"zoe"_s, 1);
        const QString laptop = foreignToken(u"zoe"_s, 2);
        {
            ServerProcess server(folder.path());
            QVERIFY2(server.start(foreign), qPrintable(server.why()));
            QCOMPARE(ask(server.url(), phone).status, 200);
            QCOMPARE(ask(server.url(), laptop).status, 200);
            RestClient client(server.url());
            client.setToken(phone);
            QCOMPARE(client.post(logoutPath).status, 200);
            QCOMPARE(ask(server.url(), phone).status, 401);
            QCOMPARE(ask(server.url(), laptop).status, 200);
            QVERIFY(server.terminate());
        }
        ServerProcess server(folder.path());
        QVERIFY2(server.start(foreign), qPrintable(server.why()));
        QCOMPARE(ask(server.url(), phone).status, 401);
        QCOMPARE(ask(server.url(), laptop).status, 200);
    }
};

TERTULIA_TEST(tst_signin, TestSignIn)
#include "tst_signin.moc"
