// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/rows.h"

#include <QQmlInfo>
#include <QQuickWindow>

namespace Tertulia {

Rows::Rows(QQuickItem *view)
    : QObject(view)
    , m_view(view)
{
#ifndef QT_NO_DEBUG
    connect(view, &QQuickItem::windowChanged, this, &Rows::watch);
    watch(view->window());
#endif
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
    disconnect(m_watch);
    if (window) // after the layout, before the picture
        m_watch = connect(window, &QQuickWindow::afterAnimating, this, &Rows::complain);
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

QList<QQuickItem *> Rows::shown() const
{
    QList<QQuickItem *> rows;
    const auto *const content = m_view->property("contentItem").value<QQuickItem *>();
    const QList<QQuickItem *> items = content ? content->childItems() : QList<QQuickItem *>();
    for (QQuickItem *item : items) {
        const QVariant index = item->property("index");
        QQuickItem *owner = nullptr; // of the index; those that wait own none
        if (index.isValid()
            && QMetaObject::invokeMethod(m_view, "itemAtIndex", Q_RETURN_ARG(QQuickItem *, owner),
                                         Q_ARG(int, index.toInt()))
            && owner == item)
            rows << item;
    }
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
            const QVariant shown = row->property(role->constData());
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
