// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errortable.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::Server;

class TestErrorTable : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCode_hasAStatusAndAnEnvelope()
    {
        const QHash<ErrorCode, int> expected{
            {ErrorCode::Invalid, 400},     {ErrorCode::Unauthenticated, 401},
            {ErrorCode::Forbidden, 403},   {ErrorCode::NotFound, 404},
            {ErrorCode::Conflict, 409},    {ErrorCode::Gone, 410},
            {ErrorCode::TooLarge, 413},    {ErrorCode::UnsupportedMediaType, 415},
            {ErrorCode::RateLimited, 429}, {ErrorCode::Cancelled, 503},
            {ErrorCode::Timeout, 504},     {ErrorCode::Unavailable, 503},
            {ErrorCode::Internal, 500},
        };
        for (int value = 0; value <= int(ErrorCode::Internal); ++value) {
            const auto code = ErrorCode(value);
            QVERIFY2(expected.contains(code), "a new code needs a row");
            const Response response = errorResponse(Error{code, {}, QStringLiteral("why"), {}, 0}, "r1");
            QCOMPARE(response.status, expected[code]);
            const QJsonObject json = QJsonDocument::fromJson(response.body).object();
            QCOMPARE(json.value(QLatin1String("success")), QJsonValue(false));
            QCOMPARE(json.value(QLatin1String("code")).toString(), codeWord(Error{code, {}, {}, {}, 0}));
            QVERIFY(!json.value(QLatin1String("message")).toString().isEmpty());
            QCOMPARE(json.value(QLatin1String("traceId")).toString(), QStringLiteral("r1"));
        }
    }

    void field_isNamedInErrors()
    {
        const Response response =
            errorResponse(Error::invalid(QStringLiteral("content"), QStringLiteral("too long")), "r1");
        const QJsonObject errors = QJsonDocument::fromJson(response.body).object()[QLatin1String("errors")].toObject();
        QCOMPARE(errors.keys(), QStringList{QStringLiteral("content")});
    }

    void fields_areAllNamedInErrors()
    {
        Error error = Error::invalid(QStringLiteral("content"), QStringLiteral("too long"));
        error.others = {{QStringLiteral("type"), QStringLiteral("unknown")},
                        {QStringLiteral("content"), QStringLiteral("too loud")}};
        const QJsonObject body = QJsonDocument::fromJson(errorResponse(error, "r1").body).object();
        QCOMPARE(body[QLatin1String("message")].toString(), QStringLiteral("too long"));
        const QJsonObject errors = body[QLatin1String("errors")].toObject();
        QCOMPARE(errors.keys(), (QStringList{QStringLiteral("content"), QStringLiteral("type")}));
        QCOMPARE(errors[QLatin1String("content")].toArray().size(), 2);
    }

    void internal_keepsItsCauseInTheLog()
    {
        const Response response = errorResponse(Error::internal(QStringLiteral("table users is odd")), "r1");
        QVERIFY(!response.body.contains("odd"));
    }

    void rateLimited_saysWhenToComeBack()
    {
        const Response response = errorResponse(Error::rateLimited(7), "r1");
        QVERIFY(std::any_of(response.headers.begin(), response.headers.end(), [](const HeaderField &field) {
            return field.name == "retry-after" && field.value == "7";
        }));
    }
};

TERTULIA_TEST(tst_errortable, TestErrorTable)
#include "tst_errortable.moc"
