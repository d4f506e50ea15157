// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "client/transport/networkreasons.h"
#include "support/fakeclock.h"
#include "support/testmain.h"
#include "viewmodels/errortext.h"
#include "viewmodels/timetext.h"

#include <QLocale>
#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

namespace {
constexpr auto day = std::chrono::hours(24);

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

class TestTexts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedKingdom));
    }

    // the fake clock stands on Saturday, 31 January 2026, 12:00
    void time_isSaidAsPeopleDo_data()
    {
        QTest::addColumn<qint64>("minutesAgo");
        QTest::addColumn<QString>("brief");
        QTest::addColumn<QString>("dayText");
        QTest::addColumn<QString>("lastSeen");
        const auto days = [](int count) { return qint64(24) * 60 * count; };
        QTest::newRow("now") << qint64(0) << QStringLiteral("12:00") << QStringLiteral("Today")
                             << QStringLiteral("last seen today at 12:00");
        QTest::newRow("midnight") << qint64(720) << QStringLiteral("00:00") << QStringLiteral("Today")
                                  << QStringLiteral("last seen today at 00:00");
        QTest::newRow("last evening") << qint64(721) << QStringLiteral("Yesterday") << QStringLiteral("Yesterday")
                                      << QStringLiteral("last seen yesterday at 23:59");
        QTest::newRow("this week") << days(3) << QStringLiteral("Wed") << QStringLiteral("Wednesday, 28 January")
                                   << QStringLiteral("last seen on Wed");
        QTest::newRow("a week ago") << days(7) << QStringLiteral("24 Jan") << QStringLiteral("Saturday, 24 January")
                                    << QStringLiteral("last seen on 24 Jan");
        QTest::newRow("last year") << days(60) << QStringLiteral("2 Dec 2025")
                                   << QStringLiteral("Tuesday, 2 December 2025")
                                   << QStringLiteral("last seen on 2 Dec 2025");
        QTest::newRow("a clock ahead of ours") << -days(0) - 30 << QStringLiteral("12:30") << QStringLiteral("Today")
                                               << QStringLiteral("last seen today at 12:30");
    }
    void time_isSaidAsPeopleDo()
    {
        QFETCH(qint64, minutesAgo);
        const Test::FakeClock clock;
        const TimeText text(clock);
        const auto at = clock.now() - std::chrono::minutes(minutesAgo);
        QTEST(text.brief(at), "brief");
        QTEST(text.day(at), "dayText");
        QTEST(text.lastSeen(at), "lastSeen");
    }

    void time_inFullHasAll()
    {
        const Test::FakeClock clock;
        QCOMPARE(TimeText(clock).full(clock.now()), QStringLiteral("Saturday, 31 January 2026, 12:00:00"));
    }

    void midnight_isAwaited()
    {
        Test::FakeClock clock;
        const TimeText text(clock);
        QCOMPARE(text.untilNextDay(), std::chrono::milliseconds(std::chrono::hours(12)));
        clock.advance(day);
        QCOMPARE(text.untilNextDay(), std::chrono::milliseconds(std::chrono::hours(12)));
    }

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

TERTULIA_TEST(tst_texts, TestTexts)
#include "tst_texts.moc"
