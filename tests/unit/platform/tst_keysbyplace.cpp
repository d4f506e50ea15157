// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "platform/keysbyplace.h"
#include "support/testmain.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QTest>
#include <QWindow>

using namespace Tertulia::Desktop;
using namespace Qt::StringLiterals;

namespace {
class Window : public QWindow
{
public:
    QList<int> keys;

protected:
    void keyPressEvent(QKeyEvent *event) override { keys << event->key(); }
};

QKeyEvent press(int key, Qt::KeyboardModifiers modifiers, quint32 scanCode)
{
    return {QEvent::KeyPress, key, modifiers, scanCode, 0, 0};
}
} // namespace

class TestKeysByPlace : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void meant_data()
    {
        constexpr Qt::KeyboardModifiers control = Qt::ControlModifier, none = Qt::NoModifier;
        QTest::addColumn<int>("key");
        QTest::addColumn<Qt::KeyboardModifiers>("modifiers");
        QTest::addColumn<quint32>("scanCode");
        QTest::addColumn<int>("meant"); // 0: as it came
        QTest::newRow("Russian K") << 0x041B << control << 45U << int(Qt::Key_K);
        QTest::newRow("Russian comma") << 0x0411 << control << 59U << int(Qt::Key_Comma);
        QTest::newRow("Greek K") << 0x039A << control << 45U << int(Qt::Key_K);
        QTest::newRow("Hebrew K") << 0x05DC << control << 45U << int(Qt::Key_K);
        QTest::newRow("Arabic N") << 0x0649 << control << 57U << int(Qt::Key_N);
        QTest::newRow("with Shift") << 0x0424 << (control | Qt::ShiftModifier) << 38U << int(Qt::Key_A);
        QTest::newRow("a letter that is typed") << 0x041B << none << 45U << 0;
        QTest::newRow("Dvorak: K where others have V") << int(Qt::Key_K) << control << 55U << 0;
        QTest::newRow("Dvorak: comma where others have W") << int(Qt::Key_Comma) << control << 25U << 0;
        QTest::newRow("AZERTY: A where others have Q") << int(Qt::Key_A) << control << 24U << 0;
        QTest::newRow("German umlaut") << 0xD6 << control << 47U << 0;
        QTest::newRow("Polish letter") << 0x0141 << control << 46U << 0;
        QTest::newRow("no place known") << 0x041B << control << 0U << 0;
        QTest::newRow("no letter") << int(Qt::Key_Down) << control << 116U << 0;
    }
    void meant()
    {
        QFETCH(int, key);
        QFETCH(Qt::KeyboardModifiers, modifiers);
        QFETCH(quint32, scanCode);
        const auto found = KeysByPlace::meant(press(key, modifiers, scanCode));
        QTEST(found ? int(*found) : 0, "meant");
    }

    void window_getsWhatIsMeant()
    {
        Window window;
        const KeysByPlace places(&window);
        window.show();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto foreign = press(0x041B, Qt::ControlModifier, 45);
        QCoreApplication::sendEvent(&window, &foreign);
        auto typed = press(0x041B, Qt::NoModifier, 45);
        QCoreApplication::sendEvent(&window, &typed);
        QCOMPARE(window.keys, (QList<int>{Qt::Key_K, 0x041B}));
    }
};

TERTULIA_GUI_TEST(tst_keysbyplace, TestKeysByPlace)
#include "tst_keysbyplace.moc"
