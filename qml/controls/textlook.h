// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointer>
#include <QQuickTextDocument>
#include <QSyntaxHighlighter>
#include <QtQmlIntegration>

namespace Tertulia {

// How a TextEdit looks: emoji in colour (emoji.h) and, where it is written in, each line in its own direction. Neither
// is part of the text nor a step to take back.
class TextLook : public QSyntaxHighlighter
{
    Q_OBJECT
    QML_ELEMENT
    // `textDocument` of the TextEdit.
    Q_PROPERTY(QQuickTextDocument *field READ field WRITE setField NOTIFY fieldChanged)
    // Pixels in front of the lines of a list; Qt's forty look like a mistake in a bubble.
    Q_PROPERTY(qreal indent READ indent WRITE setIndent NOTIFY indentChanged)

public:
    explicit TextLook(QObject *parent = nullptr);

    [[nodiscard]] QQuickTextDocument *field() const { return m_field; }
    void setField(QQuickTextDocument *field);
    [[nodiscard]] qreal indent() const { return m_indent; }
    void setIndent(qreal indent);
    // After each change of plain text: the TextEdit has given all lines the direction of the first.
    Q_INVOKABLE void followLines();

Q_SIGNALS:
    void fieldChanged();
    void indentChanged();

protected:
    void highlightBlock(const QString &line) override;

private:
    QPointer<QQuickTextDocument> m_field;
    qreal m_indent = 40;
};

} // namespace Tertulia
