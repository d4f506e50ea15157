// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/networkreasons.h"
#include "support/testmain.h"
#include "viewmodels/errortext.h"

#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

namespace {
/// All of them; a new one makes the switch below incomplete, which is an error.
std::vector<ErrorCode> allCodes()
{
    std::vector<ErrorCode> codes;
    for (int i = 0; i <= int(ErrorCode::Internal); ++i) {
        const auto code = static_cast<ErrorCode>(i);
        switch (code) {
        case ErrorCode::Invalid:
        case ErrorCode::Unauthenticated:
        case ErrorCode::Forbidden:
        case ErrorCode::NotFound:
        case ErrorCode::Conflict:
        case ErrorCode::Gone:
        case ErrorCode::TooLarge:
        case ErrorCode::UnsupportedMediaType:
        case ErrorCode::RateLimited:
        case ErrorCode::Cancelled:
        case ErrorCode::Timeout:
        case ErrorCode::Unavailable:
        case ErrorCode::Internal:
            codes.push_back(code);
        }
    }
    return codes;
}
constexpr ErrorText::Context contexts[] = {ErrorText::Context::General, ErrorText::Context::CheckServer,
                                           ErrorText::Context::SignIn,  ErrorText::Context::Register,
                                           ErrorText::Context::Send,    ErrorText::Context::Load};

bool isSentence(const QString &text)
{
    return text.size() > 10 && text.front().isUpper() && (text.endsWith(u'.') || text.endsWith(u'?'));
}
} // namespace

class TestErrorText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyCode_hasASentence()
    {
        for (const auto context : contexts) {
            QSet<QString> sentences;
            for (const auto code : allCodes()) {
                const auto text = ErrorText::of({code, {}, QStringLiteral("secret developer text"), {}, 0}, context);
                QVERIFY(!text.contains(QStringLiteral("secret")));
                if (code == ErrorCode::Cancelled)
                    QVERIFY(text.isEmpty());
                else
                    QVERIFY2(isSentence(text), qPrintable(text));
                sentences.insert(text);
            }
            QVERIFY(sentences.size() >= 9);
        }
    }

    void everyReason_hasASentenceOfItsOwn()
    {
        QSet<QString> sentences;
        for (const auto reason :
             {Client::NetworkReason::hostNotFound, Client::NetworkReason::connectionRefused,
              Client::NetworkReason::connectionLost, Client::NetworkReason::timeout, Client::NetworkReason::certificate,
              Client::NetworkReason::tlsError, Client::NetworkReason::offline, Client::NetworkReason::redirected,
              Client::NetworkReason::badAnswer, Client::NetworkReason::answerTooLarge}) {
            const auto text = ErrorText::of({ErrorCode::Unavailable, reason, {}, {}, 0});
            QVERIFY2(isSentence(text), qPrintable(text));
            QVERIFY2(!sentences.contains(text), qPrintable(text));
            sentences.insert(text);
        }
        for (const auto reason :
             {Client::ProbeReason::badAddress, Client::ProbeReason::noSuchHost, Client::ProbeReason::refused,
              Client::ProbeReason::certificate, Client::ProbeReason::notTertulia, Client::ProbeReason::timeout,
              Client::ProbeReason::away}) {
            const auto text =
                ErrorText::of({ErrorCode::Unavailable, reason, {}, {}, 0}, ErrorText::Context::CheckServer);
            QVERIFY2(isSentence(text), qPrintable(text));
            QVERIFY2(!sentences.contains(text), qPrintable(text));
            sentences.insert(text);
        }
    }

    void unknownReasons_fallBackToTheCode()
    {
        QCOMPARE(ErrorText::of({ErrorCode::Forbidden, QStringLiteral("SOMETHING_NEW"), {}, {}, 0}),
                 ErrorText::of({ErrorCode::Forbidden, {}, {}, {}, 0}));
    }

    void waiting_isSaidInSecondsAndMinutes()
    {
        QVERIFY(ErrorText::of(Error::rateLimited(30)).contains(QStringLiteral("30")));
        QVERIFY(ErrorText::of(Error::rateLimited(61)).contains(QStringLiteral("2 minutes")));
    }
};

TERTULIA_TEST(tst_errortext, TestErrorText)
#include "tst_errortext.moc"
