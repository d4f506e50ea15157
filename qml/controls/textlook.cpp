// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/textlook.h"

#include "text/emojitext.h"

#include <QTextDocument>
#include <QTextOption>

namespace Tertulia {

TextLook::TextLook(QObject *parent)
    : QSyntaxHighlighter(parent)
{
}

void TextLook::setField(QQuickTextDocument *field)
{
    if (m_field == field)
        return;
    m_field = field;
    setDocument(field ? field->textDocument() : nullptr);
    if (document())
        document()->setIndentWidth(m_indent);
    rehighlight(); // now, not in a moment: what stands there already would change its size
    Q_EMIT fieldChanged();
}

void TextLook::setIndent(qreal indent)
{
    if (qFuzzyCompare(m_indent, indent))
        return;
    m_indent = indent;
    if (document())
        document()->setIndentWidth(indent);
    Q_EMIT indentChanged();
}

void TextLook::followLines()
{
    if (!document())
        return;
    QTextOption option = document()->defaultTextOption();
    if (option.textDirection() == Qt::LayoutDirectionAuto)
        return;
    option.setTextDirection(Qt::LayoutDirectionAuto);
    document()->setDefaultTextOption(option);
}

void TextLook::highlightBlock(const QString &line)
{
    if (!hasEmoji(line))
        return;
    QTextCharFormat inColour;
    inColour.setFontFamilies({emojiFontFamily()});
    // else a variation selector is looked for in other fonts (DejaVu has it), and its sequence falls apart
    inColour.setFontStyleStrategy(QFont::NoFontMerging);
    const auto runs = emojiRuns(line);
    for (const auto &run : runs) {
        if (run.isEmoji)
            setFormat(int(run.start), int(run.length), inColour);
    }
}

} // namespace Tertulia
