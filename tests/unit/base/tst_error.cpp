// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "support/testmain.h"

#include "base/faults.h"

#include <QSet>
#include <QTest>

using namespace Tertulia;

class TestError : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void eachCode_hasAWordOfItsOwn()
    {
        QSet<QString> words;
        for (quint8 code = 0; code <= quint8(ErrorCode::Internal); ++code)
            words.insert(codeWord(Error{ErrorCode(code), {}, {}, {}, 0}));
        QCOMPARE(words.size(), int(ErrorCode::Internal) + 1);
    }
    void reason_winsOverTheCodesWord()
    {
        QCOMPARE(codeWord(Error::forbidden(QStringLiteral("no"), QStringLiteral("BLOCKED"))),
                 QStringLiteral("BLOCKED"));
    }
    void rateLimit_hasTheDocumentedText()
    {
        QCOMPARE(Error::rateLimited(3).message, QStringLiteral("Rate limit exceeded. Please try again later."));
        QCOMPARE(Error::rateLimited(3).retryAfterSeconds, 3);
    }
    void faults_areToldTogether_theFirstOneFirst()
    {
        Faults faults;
        QVERIFY(faults.isEmpty() && faults.verdict());
        faults.add(Error::invalid(QStringLiteral("a"), QStringLiteral("1")));
        faults.add(Result<void>());
        faults.add(Result<int>(failure(Error::invalid(QStringLiteral("b"), QStringLiteral("2")))));
        const auto verdict = faults.verdict();
        QVERIFY(!verdict);
        QCOMPARE(verdict.error().field, QStringLiteral("a"));
        QCOMPARE(verdict.error().others, (std::vector<FieldFault>{{QStringLiteral("b"), QStringLiteral("2")}}));
        QVERIFY(faults.names(QStringLiteral("b")) && !faults.names(QStringLiteral("c")));
    }
    void faults_ofTheInput_goBeforeOtherReasons()
    {
        Faults faults;
        faults.add(Error::notFound(QStringLiteral("nobody")));
        faults.add(Error::invalid(QStringLiteral("a"), QStringLiteral("1")));
        faults.add(Error::notFound(QStringLiteral("nothing")));
        QCOMPARE(faults.verdict().error(), Error::invalid(QStringLiteral("a"), QStringLiteral("1")));
    }
    void faults_areBounded()
    {
        Faults faults;
        for (size_t i = 0; i < 3 * Faults::limit; ++i)
            faults.add(Error::invalid(QString::number(i), QStringLiteral("wrong")));
        QCOMPARE(faults.verdict().error().others.size() + 1, Faults::limit);
    }
};

TERTULIA_TEST(tst_error, TestError)
#include "tst_error.moc"
