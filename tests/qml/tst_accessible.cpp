// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "tst_accessible.h"

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
            // Qt 6.4 gives no name to a password field.
            const QAccessible::Text told = child->state().passwordEdit ? QAccessible::Description : QAccessible::Name;
            if (child->text(told).trimmed().isEmpty())
                nameless << QStringLiteral("%1 (role %2)").arg(place).arg(int(child->role()));
        }
        walk(child, place, controls, nameless);
    }
}

} // namespace

void TestAccessible::initTestCase()
{
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

QTEST_MAIN(TestAccessible)
