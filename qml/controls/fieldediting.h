// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QQuickItem>
#include <QtQmlIntegration>

class QMimeData;
class QTextDocument;

namespace Tertulia {

// What a TextEdit of Qt leaves out: changes by the program that a person can take back in one step and that leave the
// cursor where it is; pasting what is on the clipboard as HTML alone, as its words; taking text that is dropped.
class FieldEditing : public QObject
{
    Q_OBJECT
    QML_ELEMENT
    // A TextEdit of plain text, or what is made of it. From then on it takes drops.
    Q_PROPERTY(QQuickItem *field READ field WRITE setField NOTIFY fieldChanged)

public:
    using QObject::QObject;

    [[nodiscard]] QQuickItem *field() const { return m_field; }
    void setField(QQuickItem *field);

    // In place of what is selected, or at the cursor, which stands behind it then; one step to take back.
    Q_INVOKABLE void insert(const QString &text);
    // Makes this of the field's text by the smallest change. It belongs to what the person did last: one step takes
    // both back.
    Q_INVOKABLE void correct(const QString &text);

    bool eventFilter(QObject *watched, QEvent *event) override;

Q_SIGNALS:
    void fieldChanged();

private:
    [[nodiscard]] QTextDocument *document() const;
    bool paste();
    bool drag(QEvent *event);
    void replace(int start, int end, const QString &text, bool belongsToLast);

    QPointer<QQuickItem> m_field;
};

} // namespace Tertulia
