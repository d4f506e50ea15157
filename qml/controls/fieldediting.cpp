// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/fieldediting.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMimeData>
#include <QQuickTextDocument>
#include <QTextCursor>
#include <QTextDocument>
#include <QTextDocumentFragment>

#include <algorithm>

namespace Tertulia {

namespace {

/// The words of HTML. Nothing that it names is loaded; where a picture was is nothing.
QString wordsOf(const QString &html)
{
    return QTextDocumentFragment::fromHtml(html).toPlainText().remove(QChar(QChar::ObjectReplacementCharacter));
}

QString wordsOf(const QMimeData &data)
{
    const QString text = data.text();
    return text.isEmpty() && data.hasHtml() ? wordsOf(data.html()) : text;
}

} // namespace

void FieldEditing::setField(QQuickItem *field)
{
    if (m_field == field)
        return;
    if (m_field)
        m_field->removeEventFilter(this);
    m_field = field;
    if (m_field) {
        m_field->installEventFilter(this);
        m_field->setFlag(QQuickItem::ItemAcceptsDrops);
    }
    Q_EMIT fieldChanged();
}

QTextDocument *FieldEditing::document() const
{
    auto *const held = m_field ? m_field->property("textDocument").value<QQuickTextDocument *>() : nullptr;
    return held ? held->textDocument() : nullptr;
}

void FieldEditing::replace(int start, int end, const QString &text, bool belongsToLast)
{
    QTextDocument *const whole = document();
    if (!whole)
        return;
    QTextCursor cursor(whole);
    cursor.setPosition(start);
    cursor.setPosition(end, QTextCursor::KeepAnchor);
    if (belongsToLast)
        cursor.joinPreviousEditBlock();
    else
        cursor.beginEditBlock();
    cursor.insertText(text);
    cursor.endEditBlock();
}

void FieldEditing::insert(const QString &text)
{
    if (m_field)
        replace(m_field->property("selectionStart").toInt(), m_field->property("selectionEnd").toInt(), text, false);
}

void FieldEditing::correct(const QString &text)
{
    const QString now = m_field ? m_field->property("text").toString() : QString();
    if (now == text)
        return;
    const auto least = std::min(now.size(), text.size());
    qsizetype same = std::mismatch(now.cbegin(), now.cbegin() + least, text.cbegin()).first - now.cbegin();
    if (same > 0 && now.at(same - 1).isHighSurrogate())
        --same;
    auto sameAtEnd = std::mismatch(now.crbegin(), now.crbegin() + (least - same), text.crbegin()).first - now.crbegin();
    if (sameAtEnd > 0 && now.at(now.size() - sameAtEnd).isLowSurrogate())
        --sameAtEnd;
    replace(int(same), int(now.size() - sameAtEnd), text.mid(same, text.size() - sameAtEnd - same), true);
}

bool FieldEditing::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        return static_cast<QKeyEvent *>(event)->matches(QKeySequence::Paste) && paste();
    case QEvent::DragEnter:
    case QEvent::DragMove:
    case QEvent::Drop:
        return drag(event);
    default:
        return QObject::eventFilter(watched, event);
    }
}

bool FieldEditing::paste()
{
    const QMimeData *const data = QGuiApplication::clipboard()->mimeData();
    if (!data || !data->text().isEmpty() || !data->hasHtml() || m_field->property("readOnly").toBool())
        return false; // as Qt does it
    insert(wordsOf(data->html()));
    return true;
}

bool FieldEditing::drag(QEvent *event)
{
    auto *const drag = static_cast<QDropEvent *>(event); // the base of the other two
    if ((!drag->mimeData()->hasText() && !drag->mimeData()->hasHtml()) || m_field->property("readOnly").toBool()) {
        drag->ignore();
        return true;
    }
    drag->setDropAction(Qt::CopyAction);
    drag->accept();
    int place = 0;
    QMetaObject::invokeMethod(m_field, "positionAt", Q_RETURN_ARG(int, place), Q_ARG(qreal, drag->position().x()),
                              Q_ARG(qreal, drag->position().y()));
    m_field->setProperty("cursorPosition", place); // shows where it would go
    if (event->type() == QEvent::Drop) {
        m_field->forceActiveFocus();
        insert(wordsOf(*drag->mimeData()));
    }
    return true;
}

} // namespace Tertulia
