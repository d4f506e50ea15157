// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The REST side of the contract as a client meets it: spellings, envelopes, repeats, cookies.

#include "e2e/support/restclient.h"
#include "e2e/support/serverprocess.h"
#include "support/testmain.h"
#include "unit/net/netclient.h"

#include <QJsonDocument>
#include <QTest>

using namespace Tertulia::Test;
using namespace Qt::StringLiterals;

class TestRest : public QObject
{
    Q_OBJECT

    ServerProcess m_server;
    std::unique_ptr<RestClient> m_alice, m_bob;
    QString m_aliceId, m_bobId, m_conversation;
    QStringList m_messages; ///< ids, oldest first

    QStringList history(const QString &query)
    {
        QStringList ids;
        const QJsonArray messages = m_alice->get(u"/api/Chat/messages?"_s + query).data()[u"messages"_s].toArray();
        for (const QJsonValue &message : messages)
            ids.append(message[u"id"_s].toString());
        return ids;
    }

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_server.start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s}),
                 qPrintable(m_server.why()));
        m_alice = std::make_unique<RestClient>(m_server.url());
        m_bob = std::make_unique<RestClient>(m_server.url());
        m_aliceId = m_alice->signIn(u"alice"_s);
        m_bobId = m_bob->signIn(u"bob"_s);
        for (int i = 0; i < 12; ++i) {
            const RestReply reply =
                m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, m_bobId}, {u"content"_s, u"n%1"_s.arg(i)}});
            QCOMPARE(reply.status, 201);
            m_messages.append(reply.data()[u"id"_s].toString());
            m_conversation = reply.data()[u"conversationId"_s].toString();
        }
    }

    void pages_haveManySpellings()
    {
        const QString here = u"conversationId="_s + m_conversation;
        QCOMPARE(history(here), m_messages);
        QCOMPARE(history(u"chatId="_s + m_conversation), m_messages);
        const QStringList second = m_messages.mid(4, 4); // page 1 is the newest block
        for (const QString &spelling : {u"skip=4&take=4"_s, u"page=2&limit=4"_s, u"page=2&pageSize=4"_s,
                                        u"Page=2&PAGESIZE=4"_s, u"skip=4&page=9&limit=4"_s})
            QCOMPARE(history(here + u'&' + spelling), second);
        QCOMPARE(history(here + u"&before="_s + m_messages[4]), m_messages.mid(0, 4));
        QCOMPARE(history(here + u"&after="_s + m_messages[9]), m_messages.mid(10));
        const RestReply reply = m_alice->get(u"/api/Chat/messages?take=5&"_s + here);
        QCOMPARE(reply.json()[u"pagination"_s], reply.data()[u"pagination"_s]);
        QCOMPARE(reply.data()[u"pagination"_s][u"limit"_s].toInt(), 5);
        QCOMPARE(reply.data()[u"pagination"_s][u"hasMore"_s].toBool(), true);
    }

    void refusedRequests_nameEveryFieldAtOnce_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QJsonObject>("body"); // empty: GET
        QTest::addColumn<QStringList>("fields");
        const auto row = [](const char *name, const QString &path, const QJsonObject &body, const QStringList &fields) {
            QTest::newRow(name) << path << body << fields;
        };
        const QString registration = u"/api/Authentication/register"_s;
        const QStringList all{u"fullName"_s, u"password"_s, u"username"_s};
        row("register", registration, {{u"username"_s, u"-"_s}, {u"fullName"_s, u" "_s}, {u"password"_s, u"x"_s}}, all);
        row("register: missing, of a wrong type and against a rule", registration,
            {{u"username"_s, 5}, {u"password"_s, u"x"_s}}, all);
        row("login", u"/api/Authentication/login"_s, {{u"deviceName"_s, u"x"_s}}, {u"password"_s, u"username"_s});
        row("change-password", u"/api/Authentication/change-password"_s,
            {{u"currentPassword"_s, u"not hers"_s}, {u"newPassword"_s, u"x"_s}},
            {u"currentPassword"_s, u"newPassword"_s});
        row("change-password: missing and against a rule", u"/api/Authentication/change-password"_s,
            {{u"newPassword"_s, u"x"_s}}, {u"currentPassword"_s, u"newPassword"_s});
        row("change-password: beyond any length", u"/api/Authentication/change-password"_s,
            {{u"currentPassword"_s, QString(1000, u'x')}, {u"newPassword"_s, u"x"_s}},
            {u"currentPassword"_s, u"newPassword"_s});
        row("update-profile", u"/api/Authentication/update-profile"_s,
            {{u"bio"_s, QString(501, u'b')}, {u"location"_s, QString(201, u'l')}}, {u"bio"_s, u"location"_s});
        row("send", u"/api/Chat/messages"_s, {{u"clientMessageId"_s, QString()}, {u"type"_s, 7}},
            {u"clientMessageId"_s, u"content"_s, u"recipientId"_s, u"type"_s});
        row("history", u"/api/Chat/messages?take=x&skip=-1&before=y&after=z"_s, {},
            {u"after"_s, u"before"_s, u"conversationId"_s, u"skip"_s, u"take"_s});
        row("sync", u"/api/Chat/sync?since=x&take=0"_s, {}, {u"since"_s, u"take"_s});
        row("conversations",
            u"/api/Chat/conversations?take=x&skip=-1&type=y&includeArchived=z&search="_s + QString(1000, u's'), {},
            {u"includeArchived"_s, u"search"_s, u"skip"_s, u"take"_s, u"type"_s});
        row("people", u"/api/friends/search?q=&limit=x"_s, {}, {u"limit"_s, u"q"_s});
    }
    void refusedRequests_nameEveryFieldAtOnce()
    {
        QFETCH(QString, path);
        QFETCH(QJsonObject, body);
        QFETCH(QStringList, fields);
        const RestReply reply = body.isEmpty() ? m_alice->get(path) : m_alice->post(path, body);
        QCOMPARE(reply.status, 400);
        QCOMPARE(reply.json()[u"errors"_s].toObject().keys(), fields);
    }

    void idempotencyKey_isHeldAgainstTheBody_withTheRest_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("key");
        QTest::newRow("another") << QByteArray(R"({"content":"","clientMessageId":"one"})") << QByteArray("two");
        QTest::newRow("too long") << QByteArray(R"({"content":""})") << QByteArray(129, 'x');
        QTest::newRow("too long, and what cannot be read") << QByteArray(R"({"content":5})") << QByteArray(129, 'x');
    }
    void idempotencyKey_isHeldAgainstTheBody_withTheRest()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, key);
        const RestReply refused = m_alice->request("POST", u"/api/Chat/messages"_s, body, {{"Idempotency-Key", key}});
        QCOMPARE(refused.status, 400);
        QCOMPARE(refused.json()[u"errors"_s].toObject().keys(),
                 (QStringList{u"clientMessageId"_s, u"content"_s, u"recipientId"_s}));
    }

    void wrongQueries_areNamed_data()
    {
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("status");
        QTest::newRow("nothing") << QString() << 400;
        QTest::newRow("two different") << u"conversationId=%1&chatId=other"_s << 400;
        QTest::newRow("no number") << u"conversationId=%1&take=many"_s << 400;
        QTest::newRow("negative") << u"conversationId=%1&skip=-1"_s << 400;
        QTest::newRow("page 0") << u"conversationId=%1&page=0"_s << 400;
        QTest::newRow("beyond any number") << u"conversationId=%1&skip=99999999999999999999"_s << 400;
        QTest::newRow("a time that is none") << u"conversationId=%1&before=2026-13-01T00:00:00Z"_s << 400;
        QTest::newRow("empty bounds are none") << u"conversationId=%1&before=&after="_s << 200;
        QTest::newRow("too large is cut") << u"conversationId=%1&take=1000"_s << 200;
        QTest::newRow("unknown conversation") << u"conversationId=conv-123"_s << 404;
    }
    void wrongQueries_areNamed()
    {
        QFETCH(QString, query);
        QFETCH(int, status);
        const RestReply reply =
            m_alice->get(u"/api/Chat/messages?"_s + (query.contains(u"%1"_s) ? query.arg(m_conversation) : query));
        QCOMPARE(reply.status, status);
        QCOMPARE(reply.json()[u"success"_s].toBool(), status == 200);
        if (status != 200)
            QCOMPARE(reply.json()[u"traceId"_s].toString().toLatin1(), reply.headers.value("x-request-id"));
    }

    void idempotencyKey_givesTheFirstResultAgain()
    {
        const QJsonObject request{{u"recipientId"_s, m_bobId}, {u"content"_s, u"once"_s}};
        const QByteArray body = QJsonDocument(request).toJson();
        const QList<QPair<QByteArray, QByteArray>> headers{{"Idempotency-Key", "key-7"}};
        const RestReply first = m_alice->request("POST", u"/api/Chat/messages"_s, body, headers);
        const RestReply again = m_alice->request("POST", u"/api/Chat/messages"_s, body, headers);
        QCOMPARE(first.status, 201);
        QCOMPARE(again.status, 200);
        QCOMPARE(again.data()[u"id"_s], first.data()[u"id"_s]);
        QCOMPARE(again.data()[u"clientMessageId"_s].toString(), u"key-7"_s);
    }

    void idempotencyKey_besideAnotherClientMessageId_isInvalid()
    {
        QJsonObject request{
            {u"recipientId"_s, m_bobId}, {u"content"_s, u"which"_s}, {u"clientMessageId"_s, u"key-8"_s}};
        const QByteArray body = QJsonDocument(request).toJson();
        const RestReply refused =
            m_alice->request("POST", u"/api/Chat/messages"_s, body, {{"Idempotency-Key", "key-9"}});
        QCOMPARE(refused.status, 400);
        QVERIFY(refused.json()[u"errors"_s].toObject().contains(u"clientMessageId"_s));
        QCOMPARE(m_alice->request("POST", u"/api/Chat/messages"_s, body, {{"Idempotency-Key", "key-8"}}).status, 201);
    }

    void clientMessageId_ofAnotherMessage_isAConflict()
    {
        const auto send = [&](const QString &content) {
            return m_alice->post(
                u"/api/Chat/messages"_s,
                {{u"recipientId"_s, m_bobId}, {u"content"_s, content}, {u"clientMessageId"_s, u"key-10"_s}});
        };
        QCOMPARE(send(u"first"_s).status, 201);
        QCOMPARE(send(u"first"_s).status, 200);
        const RestReply other = send(u"second"_s);
        QCOMPARE(other.status, 409);
        QCOMPARE(other.json()[u"code"_s].toString(), u"CONFLICT"_s);
        QCOMPARE(other.json()[u"success"_s].toBool(), false);
        QVERIFY(!other.json()[u"traceId"_s].toString().isEmpty());
    }

    void pastedControlCharacters_areTakenOut()
    {
        const RestReply sent = m_alice->post(u"/api/Chat/messages"_s,
                                             {{u"recipientId"_s, m_bobId}, {u"content"_s, u"a\vb\u001b[0m\u0000"_s}});
        QCOMPARE(sent.status, 201);
        QCOMPARE(sent.data()[u"content"_s].toString(), u"a\nb[0m"_s);
        const RestReply unseen =
            m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, m_bobId}, {u"content"_s, u"\u200b\u2060"_s}});
        QCOMPARE(unseen.status, 400);
    }

    void pathsAndMethods_areToldApart()
    {
        QCOMPARE(m_alice->get(u"/API/CHAT/Conversations"_s).status, 200);
        QCOMPARE(m_alice->get(u"/api/Chat/nothing"_s).status, 404);
        const RestReply put = m_alice->put(u"/api/Chat/conversations"_s, {});
        QCOMPARE(put.status, 405);
        QCOMPARE(put.headers.value("allow"), QByteArray("GET, HEAD, POST"));
        QCOMPARE(m_alice->request("HEAD", u"/api/Chat/conversations"_s).status, 200);
        QCOMPARE(m_alice->request("POST", u"/api/Chat/messages"_s, "x", {{"Content-Type", "text/plain"}}).status, 415);
    }

    void slashAtTheEnd_isNoOtherPath()
    {
        QCOMPARE(m_alice->get(u"/api/Chat/conversations/"_s).data().toArray().size(), 1);
        QCOMPARE(m_alice->get(u"/api/Chat/conversations/%1/"_s.arg(m_conversation)).status, 200);
        QCOMPARE(m_alice->get(u"/health/live/"_s).status, 200);
    }

    void ambiguousRequests_areRefused()
    {
        const auto token = QByteArray("Bearer ") + m_alice->token().toLatin1();
        RestClient bare(m_server.url());
        const QString path = u"/api/Authentication/me"_s;
        QCOMPARE(bare.request("GET", path, {}, {{"Authorization", token}}).status, 200);
        QCOMPARE(bare.request("GET", path, {}, {{"Authorization", token}, {"Authorization", token}}).status, 401);
        for (const int length : {8'193, 16'300, 16'384, 40'000})
            QCOMPARE(bare.request("GET", u'/' + QString(length, u'x')).status, 414);
    }

    void bodies_areReadForThoseOnly_whoMaySendThem()
    {
        const auto statusOf = [this](const QByteArray &path, const QByteArray &fields = {}) {
            NetClient client(quint16(m_server.url().port()));
            client.send("POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1048576\r\n" + fields
                        + "\r\n");
            return client.answer().status;
        };
        const auto token = "Authorization: Bearer " + m_bob->token().toLatin1() + "\r\n";
        QCOMPARE(statusOf("/api/Chat/messages"), 401);
        QCOMPARE(statusOf("/api/Nothing"), 404);
        QCOMPARE(statusOf("/api/Authentication/login"), 413); // a form is small
        QCOMPARE(statusOf("/hubs/chat/negotiate"), 401);
        QCOMPARE(statusOf("/hubs/chat?id=none"), 401);
        QCOMPARE(statusOf("/hubs/chat", token), 400);
        QCOMPARE(statusOf("/hubs/chat?id=none", token), 404);
        QCOMPARE(statusOf("/hubs/chat/negotiate", token), 413);
        const RestReply negotiated = m_bob->post(u"/hubs/chat/negotiate?negotiateVersion=1"_s);
        const QByteArray id = negotiated.json()[u"connectionToken"_s].toString().toLatin1();
        QVERIFY(!id.isEmpty());
        QCOMPARE(statusOf("/hubs/chat?id=" + id), 401);
        const auto alices = "Authorization: Bearer " + m_alice->token().toLatin1() + "\r\n";
        QCOMPARE(statusOf("/hubs/chat?id=" + id, alices), 403);
        QCOMPARE(statusOf("/hubs/chat?id=" + id, token), 413); // more than sixteen messages of the greatest size
    }

    /// 66 bodies of 1 MiB, each stopping one byte short, filled the memory for all bodies once.
    void aHogsBodies_leaveRoomForOthers()
    {
        const QByteArray most((1 << 20) - 1, 'x');
        const QByteArray head = "POST /api/Chat/messages HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + m_bob->token().toLatin1() + "\r\nContent-Type: application/json\r\nContent-Length: 1048576\r\n\r\n";
        std::vector<NetClient> clients;
        for (int i = 0; i < 66; ++i)
            clients.emplace_back(quint16(m_server.url().port())).send(head + most);
        const RestReply sent =
            m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, m_bobId}, {u"content"_s, u"hi"_s}});
        QCOMPARE(sent.status, 201);
        m_messages.append(sent.data()[u"id"_s].toString());
        const QByteArray metrics = m_alice->get(u"/metrics"_s).body;
        const qsizetype at = metrics.indexOf("\ntertulia_request_body_bytes_held ");
        QVERIFY(at >= 0);
        const qint64 held = metrics.mid(at + 1).split('\n').front().split(' ').back().toLongLong();
        QVERIFY2(held <= 4 << 20, qPrintable(QString::number(held)));
    }

    void byteOrderMark_isReadOver_otherCharsets_are415()
    {
        const QByteArray body = "\xef\xbb\xbf{\"fullName\":\"Alice\"}";
        const QString path = u"/api/Authentication/update-profile"_s;
        QCOMPARE(m_alice->request("POST", path, body).status, 200);
        RestClient other(m_server.url());
        other.setToken(m_alice->token());
        QCOMPARE(
            other.request("POST", path, body.mid(3), {{"Content-Type", "application/json; charset=utf-16"}}).status,
            415);
    }

    void refresh_worksByCookie_andAReplayEndsTheSession()
    {
        RestClient browser(m_server.url());
        QVERIFY(!browser.signIn(u"carol"_s).isEmpty());
        const RestReply login = browser.post(
            u"/api/Authentication/login"_s, {{u"username"_s, u"carol"_s}, {u"password"_s, u"correct horse battery"_s}});
        const QByteArray cookie = login.setCookie("tertulia_refresh").split(';').first();
        QVERIFY(login.setCookie("tertulia_refresh").contains("HttpOnly"));
        browser.setToken({});
        const RestReply renewed =
            browser.request("POST", u"/api/Authentication/refresh-token"_s, {}, {{"Cookie", cookie}});
        QCOMPARE(renewed.status, 200);
        browser.setToken(renewed.data()[u"accessToken"_s].toString());
        QCOMPARE(browser.get(u"/api/Authentication/me"_s).data()[u"username"_s].toString(), u"carol"_s);
        // Another tab, at the same time, gets the same.
        const RestReply tab = browser.request("POST", u"/api/Authentication/refresh"_s, {}, {{"Cookie", cookie}});
        QCOMPARE(tab.setCookie("tertulia_refresh"), renewed.setCookie("tertulia_refresh"));
        const QByteArray next = renewed.setCookie("tertulia_refresh").split(';').first();
        QCOMPARE(browser.request("POST", u"/api/Authentication/refresh"_s, {}, {{"Cookie", next}}).status, 200);
        // The first token again, when the one after it was used: somebody else has it.
        QCOMPARE(browser.request("POST", u"/api/Authentication/refresh"_s, {}, {{"Cookie", cookie}}).status, 401);
        QCOMPARE(browser.get(u"/api/Authentication/me"_s).status, 401);
    }

    void signIns_ofOneIpv6Network_areOne()
    {
        ServerProcess server;
        QVERIFY2(server.start({u"--set"_s, u"auth.hash_memory=8"_s, u"--set"_s, u"auth.hash_passes=1"_s, u"--set"_s,
                               u"server.trusted_proxies=127.0.0.1"_s}),
                 qPrintable(server.why()));
        RestClient client(server.url());
        const auto signIn = [&](int number, const QByteArray &address) {
            const QJsonObject guess{{u"username"_s, u"nobody%1"_s.arg(number)}, {u"password"_s, u"wrong"_s}};
            const QByteArray body = QJsonDocument(guess).toJson();
            return client
                .request("POST", u"/api/Authentication/login"_s, body,
                         {{"X-Forwarded-For", address}, {"Content-Type", "application/json"}})
                .status;
        };
        for (int i = 0; i < 10; ++i)
            QCOMPARE(signIn(i, "2001:db8:0:1::" + QByteArray::number(i)), 401);
        QCOMPARE(signIn(10, "2001:db8:0:1:ffff::1"), 429);
        QCOMPARE(signIn(11, "2001:db8:0:2::1"), 401);
        QCOMPARE(signIn(12, "192.0.2.1"), 401);
    }

    void sync_bringsWhatCameSinceTheCursor()
    {
        QString cursor;
        QStringList seen;
        for (bool hasMore = true; hasMore;) {
            const QJsonObject page =
                m_bob->get(u"/api/Chat/sync?take=5"_s + (cursor.isEmpty() ? QString() : u"&since="_s + cursor))
                    .data()
                    .toObject();
            for (const QJsonValue &message : page[u"messages"_s].toArray())
                seen.append(message[u"id"_s].toString());
            cursor = page[u"cursor"_s].toString();
            hasMore = page[u"hasMore"_s].toBool();
        }
        for (const QString &id : std::as_const(m_messages))
            QVERIFY(seen.contains(id));
        QCOMPARE(m_bob->get(u"/api/Chat/sync?since="_s + cursor).data()[u"messages"_s].toArray().size(), 0);
        for (const QString &since : {u"yesterday"_s, u"1700000000000000"_s, u"0-9000000000000000-1-1-0"_s}) {
            const RestReply refused = m_bob->get(u"/api/Chat/sync?since="_s + since);
            QCOMPARE(refused.status, 400);
            QCOMPARE(refused.json()[u"code"_s].toString(), u"UNKNOWN_CURSOR"_s);
        }
        QCOMPARE(m_alice->get(u"/api/Chat/sync?since="_s + cursor).status, 400); // bob's
        QCOMPARE(m_bob->get(u"/api/Chat/sync?take=0"_s).json()[u"errors"_s].toObject().keys(), QStringList{u"take"_s});
    }

    void sync_byAClockThatIsAhead_missesNothing()
    {
        const QString ahead = QDateTime::currentDateTimeUtc().addSecs(3'600).toString(Qt::ISODateWithMs);
        const QJsonObject page = m_bob->get(u"/api/Chat/sync?since="_s + ahead).data().toObject();
        QCOMPARE(page[u"messages"_s].toArray().size(), 0);
        QCOMPARE(m_alice->post(u"/api/Chat/messages"_s, {{u"recipientId"_s, m_bobId}, {u"content"_s, u"afterwards"_s}})
                     .status,
                 201);
        const QJsonArray news =
            m_bob->get(u"/api/Chat/sync?since="_s + page[u"cursor"_s].toString()).data()[u"messages"_s].toArray();
        QCOMPARE(news.size(), 1);
        QCOMPARE(news[0][u"content"_s].toString(), u"afterwards"_s);
    }
};

TERTULIA_TEST(tst_rest, TestRest)
#include "tst_rest.moc"
