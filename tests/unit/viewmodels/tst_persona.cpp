// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "viewmodels/persona.h"

#include <QSet>
#include <QTest>

using namespace Tertulia;
using namespace Tertulia::ViewModels;

class TestPersona : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initials_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("initials");
        QTest::newRow("two words") << QStringLiteral("Ana Torres") << QStringLiteral("AT");
        QTest::newRow("three words") << QStringLiteral("ana maria torres") << QStringLiteral("AT");
        QTest::newRow("one word") << QStringLiteral("bo") << QStringLiteral("B");
        QTest::newRow("accents") << QStringLiteral("e\u0301lodie Öz") << QStringLiteral("E\u0301Ö");
        QTest::newRow("Hebrew") << QStringLiteral("רות לוי") << QStringLiteral("רל");
        QTest::newRow("Chinese") << QStringLiteral("李 小龙") << QStringLiteral("李");
        QTest::newRow("signs in front") << QStringLiteral("(bo) \"lind\"") << QStringLiteral("BL");
        QTest::newRow("emoji") << QStringLiteral("👩‍💻 Dev") << QStringLiteral("👩‍💻");
        QTest::newRow("nothing") << QStringLiteral(" \u200B--") << QStringLiteral("?");
    }
    void initials()
    {
        QFETCH(QString, name);
        QTEST(initialsOf(name), "initials");
    }

    void colours_areStableAndAllUsed()
    {
        const auto id = UserId::parse(u"0190f5a2-0000-7000-8000-000000000001");
        QVERIFY(id);
        QCOMPARE(colorIndexOf(*id), colorIndexOf(UserId::parse(u"0190F5A2-0000-7000-8000-000000000001").value()));
        QSet<int> seen;
        for (int i = 0; i < 200; ++i) {
            const int color = colorIndexOf(UserId::generate());
            QVERIFY(color >= 0 && color < personaColors);
            seen.insert(color);
        }
        QCOMPARE(seen.size(), personaColors);
    }
};

TERTULIA_TEST(tst_persona, TestPersona)
#include "tst_persona.moc"
