// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/apianswer.h"
#include "protocol/chat.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Client;
using namespace Qt::StringLiterals;

class TestApiAnswer : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCode_comesBackAsItWas_data()
    {
        // What the server makes of each code (server/http/errortable.cpp).
        QTest::addColumn<int>("status");
        QTest::addColumn<int>("code");
        const auto row = [](const char *name, int status, ErrorCode code) {
            QTest::newRow(name) << status << int(code);
        };
        row("Invalid", 400, ErrorCode::Invalid);
        row("Unauthenticated", 401, ErrorCode::Unauthenticated);
        row("Forbidden", 403, ErrorCode::Forbidden);
        row("NotFound", 404, ErrorCode::NotFound);
        row("Conflict", 409, ErrorCode::Conflict);
        row("Gone", 410, ErrorCode::Gone);
        row("TooLarge", 413, ErrorCode::TooLarge);
        row("UnsupportedMediaType", 415, ErrorCode::UnsupportedMediaType);
        row("RateLimited", 429, ErrorCode::RateLimited);
        row("Unavailable", 503, ErrorCode::Unavailable);
        row("Timeout", 504, ErrorCode::Timeout);
        row("Internal", 500, ErrorCode::Internal);
    }
    void everyCode_comesBackAsItWas()
    {
        QFETCH(int, status);
        QFETCH(int, code);
        const Error sent{ErrorCode(code), {}, u"why"_s, u"content"_s, 7};
        const Error read = errorOfAnswer({status, toJson(errorEnvelope(sent, u"t"_s)), 7, {}});
        QCOMPARE(read.code, sent.code);
        QCOMPARE(read.reason, QString());
        QCOMPARE(codeWord(read), codeWord(sent));
        QCOMPARE(read.field, u"content"_s);
        QCOMPARE(read.retryAfterSeconds, 7);
    }

    void everyField_comesBack_theFirstOneFirst()
    {
        Error sent = Error::invalid(u"username"_s, u"username is odd"_s);
        sent.others = {{u"fullName"_s, u"fullName is empty"_s}, {u"password"_s, u"password is short"_s}};
        QCOMPARE(errorOfAnswer({400, toJson(errorEnvelope(sent, {})), 0, {}}), sent);
    }

    void otherWords_areTheReason()
    {
        const Error sent = Error::forbidden(u"no"_s, u"BLOCKED"_s);
        QCOMPARE(errorOfAnswer({403, toJson(errorEnvelope(sent, {})), 0, {}}), sent);
    }

    void strangersPages_areNoAnswerOfOurs_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("code");
        QTest::addColumn<QString>("reason");
        const QByteArray page = "<html>Not here</html>";
        const auto row = [](const char *name, int status, const QByteArray &body, ErrorCode code, const char *reason) {
            QTest::newRow(name) << status << body << int(code) << QString::fromLatin1(reason);
        };
        row("not found by a proxy", 404, page, ErrorCode::Unavailable, "BAD_ANSWER");
        row("unauthenticated by a proxy", 401, page, ErrorCode::Unavailable, "BAD_ANSWER");
        row("redirect", 302, {}, ErrorCode::Unavailable, "REDIRECTED");
        row("bad gateway", 502, page, ErrorCode::Unavailable, "");
        row("gateway timeout", 504, page, ErrorCode::Unavailable, "");
        row("too large for a proxy", 413, page, ErrorCode::TooLarge, "");
        row("too often for a proxy", 429, page, ErrorCode::RateLimited, "");
        row("success that fails", 403, R"({"success":true,"message":"","code":""})", ErrorCode::Unavailable,
            "BAD_ANSWER");
        row("status of nobody", 418, R"({"success":false,"message":"","code":"X"})", ErrorCode::Unavailable,
            "BAD_ANSWER");
        row("wrong types", 403, R"({"success":"no","message":7,"code":[]})", ErrorCode::Unavailable, "BAD_ANSWER");
        row("word that is none", 403, R"({"success":false,"message":"","code":"<b>"})", ErrorCode::Forbidden, "");
    }
    void strangersPages_areNoAnswerOfOurs()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        QFETCH(int, code);
        QFETCH(QString, reason);
        const Error error = errorOfAnswer({status, body, 0, {}});
        QCOMPARE(error.code, ErrorCode(code));
        QCOMPARE(error.reason, reason);
    }

    void longTexts_areCut()
    {
        ErrorEnvelope envelope;
        envelope.code = QString(100'000, u'A');
        envelope.message = QString(100'000, u'm');
        const QByteArray body = toJson(envelope);
        const Error error = errorOfAnswer({403, body, 0, {}});
        QCOMPARE(error.reason, QString());
        QCOMPARE(error.message.size(), 500);
    }

    void data_isUnwrapped()
    {
        QCOMPARE(decodeAnswer<UnreadCount>(R"({"success":true,"data":{"total":3,"conversations":2}})")->total, 3);
        QVERIFY(decodeAnswer<void>(R"({"success":true,"data":{}})"));
        const auto page = decodeAnswer<Paged<std::vector<UserCard>>>(
            R"({"success":true,"data":[],"pagination":{"page":2,"limit":5,"hasMore":true}})");
        QVERIFY(page);
        QVERIFY(page->pagination->hasMore);
        QVERIFY(page->data.empty());
    }

    void otherData_isABadAnswer_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("page") << QByteArray("<html>");
        QTest::newRow("other type") << QByteArray(R"({"success":true,"data":[1]})");
        QTest::newRow("wrong field") << QByteArray(R"({"success":true,"data":{"total":"x","conversations":2}})");
        QTest::newRow("no data") << QByteArray(R"({"success":true})");
        QTest::newRow("deep") << QByteArray(100'000, '[');
    }
    void otherData_isABadAnswer()
    {
        QFETCH(QByteArray, body);
        const auto answer = decodeAnswer<UnreadCount>(body);
        QVERIFY(!answer);
        QCOMPARE(answer.error().code, ErrorCode::Unavailable);
        QCOMPARE(answer.error().reason, u"BAD_ANSWER"_s);
    }
};

TERTULIA_TEST(tst_apianswer, TestApiAnswer)
#include "tst_apianswer.moc"
