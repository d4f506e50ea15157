// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractItemModel>
#include <QPointer>
#include <QQuickItem>
#include <QStringList>
#include <QtQmlIntegration>

class QQuickWindow;

namespace Tertulia {

// How a ListView or GridView of ours gets its model: `Rows.model: …` in place of `model: …`. It alone turns on the
// reuse of rows. Rows that wait to be used again show the words of the model that they were made for, and go on to do
// so when Qt (6.4 to 6.8) uses them for another one; so none may wait across a change of model.
//
// A row that waits is out of sight, but Qt has it for visible, lets it keep the keys, and gives them to it when its
// view gets them: nobody sees where they are then, and nothing does anything with them. They go to the view instead.
//
// In debug builds it compares, after each frame's layout, what the rows show with what the model says, and warns of
// each new fault: every property of a row that is named like a role is that role of the row's index. Rows say `required
// property int index`; without it they are not looked at.
class Rows : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("Attached to a ListView or GridView.")
    QML_ATTACHED(Tertulia::Rows)
    Q_PROPERTY(QAbstractItemModel *model READ model WRITE setModel NOTIFY modelChanged)

public:
    explicit Rows(QQuickItem *view);
    static Rows *qmlAttachedProperties(QObject *view);

    void setModel(QAbstractItemModel *model);
    [[nodiscard]] QAbstractItemModel *model() const { return m_model; }

    /// What the view shows that is not the model's: one line a role, without what stands in it. Between frames, while
    /// the view has yet to lay out what has changed, lines here mean nothing.
    Q_INVOKABLE [[nodiscard]] QStringList wrongRows() const;
    /// How many rows wrongRows() looks at.
    Q_INVOKABLE [[nodiscard]] int shownRows() const;

Q_SIGNALS:
    void modelChanged();

private:
    void give();
    void watch(QQuickWindow *window);
    void look();
    void freeKeys() const;
    void complain();
    [[nodiscard]] QQuickItem *content() const;
    [[nodiscard]] bool isShown(const QQuickItem *row) const;
    [[nodiscard]] QList<QQuickItem *> shown() const;

    QQuickItem *m_view;
    QPointer<QAbstractItemModel> m_model;
    QMetaObject::Connection m_gone, m_frames, m_keys;
    QStringList m_told;
};

} // namespace Tertulia
