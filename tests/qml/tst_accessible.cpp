// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tst_accessible.h"

#include "controls/textfieldaccessible.h"

#include <QAccessible>
#include <QQuickWindow>
#include <QTest>

#include <array>

namespace {

QStringList warnings;

void keepWarnings(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    if (type == QtWarningMsg && QString::fromLatin1(context.category) != QLatin1StringView("qt.accessibility.core"))
        warnings << text;
}

/// Roles that a person acts on or is told about: each needs a name.
bool needsName(QAccessible::Role role)
{
    static constexpr std::array roles{QAccessible::Button,      QAccessible::ButtonMenu,   QAccessible::CheckBox,
                                      QAccessible::RadioButton, QAccessible::EditableText, QAccessible::ListItem,
                                      QAccessible::List,        QAccessible::MenuItem,     QAccessible::PopupMenu,
                                      QAccessible::PageTab,     QAccessible::PageTabList,  QAccessible::Slider,
                                      QAccessible::Dialog,      QAccessible::AlertMessage, QAccessible::Heading};
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}

void walk(QAccessibleInterface *node, const QString &path, int &controls, QStringList &nameless)
{
    for (int i = 0; i < node->childCount(); ++i) {
        QAccessibleInterface *child = node->child(i);
        if (!child || !child->isValid() || child->state().invisible)
            continue;
        const QString place =
            path + u'/' + QString::fromLatin1(child->object() ? child->object()->metaObject()->className() : "?");
        const bool isFocusable = child->state().focusable && child->role() != QAccessible::Client;
        if (needsName(child->role()) || isFocusable) {
            ++controls;
            if (child->object()->property("echoMode").toInt() == 2 && !child->state().passwordEdit)
                nameless << place + QStringLiteral(" tells a password");
            if (child->text(QAccessible::Name).trimmed().isEmpty())
                nameless << QStringLiteral("%1 (role %2)").arg(place).arg(int(child->role()));
        }
        walk(child, place, controls, nameless);
    }
}

QAccessibleInterface *findPassword(QAccessibleInterface *node)
{
    for (int i = 0; i < node->childCount(); ++i) {
        QAccessibleInterface *child = node->child(i);
        if (!child || child->state().invisible)
            continue;
        if (child->state().passwordEdit)
            return child;
        if (QAccessibleInterface *found = findPassword(child))
            return found;
    }
    return nullptr;
}

} // namespace

void TestAccessible::initTestCase()
{
    Tertulia::installTextFieldAccessible();
    QAccessible::setActive(true);
    m_engine.addImportPath(QStringLiteral(":/qt/qml"));
    m_engine.setInitialProperties({{QStringLiteral("still"), true}});
    m_engine.load(QUrl(QStringLiteral("qrc:/qt/qml/Tertulia/Gallery/GalleryWindow.qml")));
    QVERIFY(!m_engine.rootObjects().isEmpty());
    m_window = qobject_cast<QQuickWindow *>(m_engine.rootObjects().constFirst());
    m_gallery = m_window->property("gallery").value<QObject *>();
    QVERIFY(m_gallery);
    qInstallMessageHandler(keepWarnings);
}

void TestAccessible::everyControl_hasAName_data()
{
    QTest::addColumn<QString>("story");
    const QStringList names = m_gallery->property("names").toStringList();
    for (const QString &name : names)
        QTest::newRow(qPrintable(name)) << name;
}

void TestAccessible::everyControl_hasAName()
{
    QFETCH(const QString, story);
    warnings.clear();
    m_gallery->setProperty("current", story);
    m_window->resize(m_gallery->property("storySize").toSizeF().toSize());
    QVERIFY(QTest::qWaitForWindowExposed(m_window));
    QCoreApplication::processEvents();
    QCoreApplication::processEvents();

    int controls = 0;
    QStringList nameless;
    walk(QAccessible::queryAccessibleInterface(m_window), QString(), controls, nameless);
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u'\n')));
    QVERIFY2(controls > 0 || story == QLatin1StringView("controls-marks"), "nothing a person could act on");
    QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
}

void TestAccessible::textField_isTold_butAPasswordAsDots()
{
    m_gallery->setProperty("current", QStringLiteral("signin-person"));
    QVERIFY(QTest::qWaitForWindowExposed(m_window));
    QAccessibleInterface *const field = findPassword(QAccessible::queryAccessibleInterface(m_window));
    QVERIFY(field);
    QCOMPARE(field->text(QAccessible::Name), QStringLiteral("Password"));
    QAccessibleTextInterface *const text = field->textInterface();
    QVERIFY(text);
    QVERIFY(field->object()->setProperty("text", QStringLiteral("secret")));
    const QString dots(6, QChar(0x25cf));
    QCOMPARE(field->text(QAccessible::Value), dots);
    QCOMPARE(text->text(0, -1), dots);
    QCOMPARE(text->text(2, 4), dots.first(2));
    QCOMPARE(text->characterCount(), 6);
    int start = 0;
    int end = 0;
    QCOMPARE(text->textAtOffset(6, QAccessible::WordBoundary, &start, &end), dots);
    text->setSelection(0, 1, 3);
    text->selection(0, &start, &end);
    QCOMPARE(std::pair(start, end), std::pair(1, 3));
    QVERIFY(field->rect().contains(text->characterRect(2).center()));

    // It has its place in the tree, and the eye in it.
    QVERIFY(field->parent()->indexOfChild(field) >= 0);
    QCOMPARE(field->childCount(), 1);
    QAccessibleInterface *const eye = field->child(0);
    QCOMPARE(field->indexOfChild(eye), 0);
    QCOMPARE(eye->parent(), field);
    QCOMPARE(eye->role(), QAccessible::Button);
    QCOMPARE(eye->text(QAccessible::Name), QStringLiteral("Show password"));
    eye->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
    QCOMPARE(eye->text(QAccessible::Name), QStringLiteral("Hide password"));
    QVERIFY(!field->state().passwordEdit);
    QCOMPARE(text->text(0, -1), QStringLiteral("secret"));

    // Word by word, the end included, where Qt's own interface never returned.
    field->object()->setProperty("text", QStringLiteral("my secret..."));
    const auto word = [&](int offset) { return text->textAtOffset(offset, QAccessible::WordBoundary, &start, &end); };
    QCOMPARE(word(0), QStringLiteral("my"));
    QCOMPARE(word(4), QStringLiteral("secret"));
    QCOMPARE(std::pair(start, end), std::pair(3, 9));
    QVERIFY(word(12).endsWith(u'.'));
    QCOMPARE(end, 12);
    QCOMPARE(text->textBeforeOffset(4, QAccessible::WordBoundary, &start, &end), QStringLiteral(" "));
    QCOMPARE(text->textAfterOffset(0, QAccessible::WordBoundary, &start, &end), QStringLiteral(" "));
    QCOMPARE(text->textAtOffset(12, QAccessible::CharBoundary, &start, &end), QString());
    QCOMPARE(text->textAtOffset(5, QAccessible::LineBoundary, &start, &end), QStringLiteral("my secret..."));
    field->object()->setProperty("text", QStringLiteral("a\U0001F44D\U0001F3FD!")); // one character of two code points
    QCOMPARE(text->textAtOffset(3, QAccessible::CharBoundary, &start, &end), QStringLiteral("\U0001F44D\U0001F3FD"));
    field->object()->setProperty("text", QString());
    QCOMPARE(word(0), QString());
}

QTEST_MAIN(TestAccessible)
