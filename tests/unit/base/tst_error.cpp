// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"

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
};

QTEST_GUILESS_MAIN(TestError)
#include "tst_error.moc"
