// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "auth/sealer.h"
#include "support/testmain.h"

#include <QTest>

using namespace Tertulia::Server;

class TestSealer : public QObject
{
    Q_OBJECT

    const Sealer m_sealer{QByteArray(32, 'k')};

private Q_SLOTS:
    void opened_isWhatWasSealed()
    {
        for (const QByteArray &value : {QByteArray(), QByteArray("x"), QByteArray(1'000, '\0')}) {
            const QByteArray sealed = m_sealer.seal(value, "context");
            const auto opened = m_sealer.open(sealed, "context");
            QVERIFY(opened);
            QCOMPARE(*opened, value);
            QCOMPARE(m_sealer.seal(value, "context"), sealed); // the same again: a client may compare
        }
    }
    void sealed_showsNothing()
    {
        const QByteArray sealed = m_sealer.seal("12345678", "context");
        QVERIFY(!QByteArray::fromBase64(sealed, QByteArray::Base64UrlEncoding).contains("12345678"));
        QVERIFY(m_sealer.seal("12345679", "context").first(16) != sealed.first(16));
    }
    void anotherKeyOrContext_doesNotOpen()
    {
        const QByteArray sealed = m_sealer.seal("value", "context");
        QVERIFY(!m_sealer.open(sealed, "contexT"));
        QVERIFY(!m_sealer.open(sealed, ""));
        QVERIFY(!Sealer(QByteArray(32, 'l')).open(sealed, "context"));
        // what stands where value and context meet does not matter
        QVERIFY(m_sealer.seal("bc", "a") != m_sealer.seal("c", "ab"));
    }
    void everyChangedCharacter_isSeen()
    {
        const QByteArray sealed = m_sealer.seal("value", "context");
        for (qsizetype i = 0; i < sealed.size(); ++i) {
            for (const char c : {'A', '_', '=', ' ', '\0'}) {
                QByteArray changed = sealed;
                changed[i] = c;
                if (changed != sealed)
                    QVERIFY2(!m_sealer.open(changed, "context"), changed.constData());
            }
        }
    }
    void nonsense_doesNotOpen()
    {
        const QByteArray sealed = m_sealer.seal("value", "context");
        for (const QByteArray &text : {QByteArray(), QByteArray("x"), QByteArray("1-2-3-4-5"), sealed.chopped(1),
                                       sealed.chopped(4), sealed + "A", sealed + "==", QByteArray(100'000, 'A')})
            QVERIFY2(!m_sealer.open(text, "context"), text.constData());
    }
};

TERTULIA_TEST(tst_sealer, TestSealer)
#include "tst_sealer.moc"
