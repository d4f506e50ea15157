// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/rows.h"

#include <QJSValue>
#include <QQmlInfo>
#include <QQuickWindow>

namespace Tertulia {

namespace {

/// Of a `var` that holds what QML itself has made, the value.
QVariant valueOf(const QVariant &property)
{
    return property.metaType() == QMetaType::fromType<QJSValue>() ? property.value<QJSValue>().toVariant() : property;
}

} // namespace

Rows::Rows(QQuickItem *view)
    : QObject(view)
    , m_view(view)
{
    connect(view, &QQuickItem::windowChanged, this, &Rows::watch);
    watch(view->window());
}

Rows *Rows::qmlAttachedProperties(QObject *view)
{
    auto *const item = qobject_cast<QQuickItem *>(view);
    if (item && item->inherits("QQuickItemView"))
        return new Rows(item);
    qmlWarning(view) << "Rows belongs to a ListView or GridView";
    return nullptr;
}

void Rows::setModel(QAbstractItemModel *model)
{
    if (m_model == model)
        return;
    disconnect(m_gone);
    m_model = model;
    // The next model may come to lie where this one was: the view would take them for the same.
    if (model)
        m_gone = connect(model, &QObject::destroyed, this, [this] {
            give();
            Q_EMIT modelChanged();
        });
    give();
    Q_EMIT modelChanged();
}

void Rows::give()
{
    m_view->setProperty("reuseItems", false); // the view lets go of all that wait
    m_view->setProperty("model", m_model ? QVariant::fromValue(m_model.data()) : QVariant());
    m_view->setProperty("reuseItems", true);
}

void Rows::watch(QQuickWindow *window)
{
    disconnect(m_frames);
    disconnect(m_keys);
    if (!window)
        return;
    m_frames =
        connect(window, &QQuickWindow::afterAnimating, this, &Rows::look); // after the layout, before the picture
    m_keys = connect(window, &QQuickWindow::activeFocusItemChanged, window, &QQuickWindow::update); // so that we look
}

void Rows::look()
{
    freeKeys();
#ifndef QT_NO_DEBUG
    complain();
#endif
}

void Rows::freeKeys() const
{
    if (!m_view->hasActiveFocus())
        return;
    const QQuickItem *const within = content();
    QQuickItem *row = m_view->window()->activeFocusItem();
    while (row && row->parentItem() != within)
        row = row->parentItem();
    if (row && row->property("index").isValid() && !isShown(row))
        row->setFocus(false);
}

void Rows::complain()
{
    if (!m_view->isVisible())
        return;
    const QStringList wrong = wrongRows();
    for (const QString &line : wrong) {
        if (!m_told.contains(line))
            qmlWarning(m_view) << line;
    }
    m_told = wrong;
}

QQuickItem *Rows::content() const
{
    return m_view->property("contentItem").value<QQuickItem *>();
}

bool Rows::isShown(const QQuickItem *row) const
{
    const QVariant index = row->property("index");
    QQuickItem *owner = nullptr; // of the index; those that wait own none
    return index.isValid()
        && QMetaObject::invokeMethod(m_view, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, owner),
                                     Q_ARG(int, index.toInt()))
        && owner == row;
}

QList<QQuickItem *> Rows::shown() const
{
    QList<QQuickItem *> rows;
    const QQuickItem *const within = content();
    const QList<QQuickItem *> items = within ? within->childItems() : QList<QQuickItem *>();
    std::copy_if(items.begin(), items.end(), std::back_inserter(rows),
                 [this](const QQuickItem *item) { return isShown(item); });
    return rows;
}

QStringList Rows::wrongRows() const
{
    QStringList wrong;
    if (!m_model)
        return wrong;
    const auto roles = m_model->roleNames();
    const auto rows = shown();
    for (const QQuickItem *row : rows) {
        const QModelIndex index = m_model->index(row->property("index").toInt(), 0);
        for (auto role = roles.cbegin(); role != roles.cend(); ++role) {
            const QVariant shown = valueOf(row->property(role->constData()));
            QVariant wanted = index.data(role.key());
            if (!shown.isValid())
                continue; // the row does not ask for it
            wanted.convert(shown.metaType());
            if (shown != wanted)
                wrong << QStringLiteral("row %1 shows another %2 than its model has")
                             .arg(index.row())
                             .arg(QString::fromLatin1(*role));
        }
    }
    return wrong;
}

int Rows::shownRows() const
{
    return int(shown().size());
}

} // namespace Tertulia
