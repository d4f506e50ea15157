// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/windowplace.h"
#include "support/testmain.h"

#include <QGuiApplication>
#include <QScreen>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

class TestWindowPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fit_data()
    {
        const QRect screen(0, 0, 1000, 800), right(1000, 0, 1000, 800);
        QTest::addColumn<QRect>("wanted");
        QTest::addColumn<QList<QRect>>("screens");
        QTest::addColumn<QRect>("placed");
        const QRect inside(100, 100, 500, 400);
        QTest::newRow("inside") << inside << QList{screen} << inside;
        QTest::newRow("second screen") << QRect(1100, 50, 500, 400) << QList{screen, right}
                                       << QRect(1100, 50, 500, 400);
        QTest::newRow("the second screen is gone") << QRect(1100, 50, 500, 400) << QList{screen} << QRect();
        QTest::newRow("title above the screen")
            << QRect(100, -200, 500, 400) << QList{screen} << QRect(100, 0, 500, 400);
        QTest::newRow("larger than the screen") << QRect(0, 0, 3000, 2000) << QList{screen} << QRect(0, 0, 1000, 800);
        QTest::newRow("only a corner") << QRect(990, 790, 500, 400) << QList{screen} << QRect();
        QTest::newRow("from a larger screen")
            << QRect(700, 500, 500, 400) << QList{screen} << QRect(500, 400, 500, 400);
        QTest::newRow("on the left of it") << QRect(-300, 100, 500, 400) << QList{screen} << QRect(0, 100, 500, 400);
        QTest::newRow("most on the second")
            << QRect(900, 50, 500, 400) << QList{screen, right} << QRect(1000, 50, 500, 400);
        QTest::newRow("never stored") << QRect() << QList{screen} << QRect();
        QTest::newRow("too small to be true") << QRect(0, 0, 3, 3) << QList{screen} << QRect();
    }
    void fit()
    {
        QFETCH(QRect, wanted);
        QFETCH(QList<QRect>, screens);
        QTEST(WindowPlace::fit(wanted, screens), "placed");
    }

    void place_isKeptUntilTheNextStart()
    {
        QTemporaryDir folder;
        const QRect place(50, 60, 400, 300);
        {
            QWindow window;
            WindowPlace keeper(folder.path(), u"main"_s, &window);
            QVERIFY(!keeper.isMaximized());
            window.setGeometry(10, 10, 300, 300);
            window.show();
            window.setGeometry(place);
            QTRY_COMPARE(window.geometry(), place);
        }
        QWindow window;
        WindowPlace keeper(folder.path(), u"main"_s, &window);
        QCOMPARE(window.geometry(), place);
        QVERIFY(!keeper.isMaximized());
    }

    void placeOfALargerScreen_comesBackWithItsButtons()
    {
        QTemporaryDir folder;
        const QRect screen = QGuiApplication::primaryScreen()->availableGeometry();
        {
            QSettings settings(folder.filePath(u"windows.ini"_s), QSettings::IniFormat);
            const QRect place(screen.right() - 200, screen.bottom() - 100, screen.width(), 500);
            settings.setValue(u"main/place"_s, place);
            settings.setValue(u"main/frame"_s, place + QMargins(2, 30, 2, 2));
        }
        QWindow window;
        WindowPlace keeper(folder.path(), u"main"_s, &window);
        const QRect place = window.geometry();
        QVERIFY(place.isValid());
        QVERIFY(screen.contains(place + QMargins(2, 30, 2, 2)));
        QCOMPARE(place.height(), 500);
    }

    void maximized_isRememberedBesideThePlaceBefore()
    {
        QTemporaryDir folder;
        const QRect place(50, 60, 400, 300);
        {
            QWindow window;
            WindowPlace keeper(folder.path(), u"main"_s, &window);
            window.setGeometry(place);
            window.show();
            QTRY_COMPARE(window.geometry(), place);
            window.showMaximized();
            QTRY_COMPARE(window.visibility(), QWindow::Maximized);
        }
        QWindow window;
        WindowPlace keeper(folder.path(), u"main"_s, &window);
        QVERIFY(keeper.isMaximized());
        QCOMPARE(window.geometry(), place);
    }

    void nonsenseInTheFile_isIgnored()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"windows.ini"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("[main]\nplace=@Rect(nonsense)\nmaximized=perhaps\n\0\xff");
        file.close();
        QWindow window;
        window.setGeometry(1, 2, 300, 400);
        WindowPlace keeper(folder.path(), u"main"_s, &window);
        QCOMPARE(window.geometry(), QRect(1, 2, 300, 400));
    }
};

TERTULIA_GUI_TEST(tst_windowplace, TestWindowPlace)
#include "tst_windowplace.moc"
