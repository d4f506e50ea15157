// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "controls/emoji.h"

#include "text/emojitext.h"
#include "text/richtext.h"

#include <QTextBoundaryFinder>
#include <QTextLayout>

#include <algorithm>
#include <vector>

namespace Tertulia {

namespace {

/// In pixels, as a Text lays it out.
qreal widthOf(const QString &line, const QFont &font)
{
    QTextLayout layout(line, font);
    QTextCharFormat inColour;
    inColour.setFontFamilies({emojiFontFamily()});
    inColour.setFontStyleStrategy(QFont::NoFontMerging);
    QList<QTextLayout::FormatRange> formats;
    const auto runs = emojiRuns(line);
    for (const auto &run : runs) {
        if (run.isEmoji)
            formats.append({int(run.start), int(run.length), inColour});
    }
    layout.setFormats(formats);
    layout.beginLayout();
    layout.createLine();
    layout.endLayout();
    return layout.lineAt(0).naturalTextWidth();
}

/// Where the line may be cut: never within what people see as one character.
std::vector<qsizetype> cutsOf(const QString &line)
{
    std::vector<qsizetype> cuts;
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, line);
    for (qsizetype position = 0; position < line.size();) {
        cuts.push_back(position);
        const auto emoji = emojiLength(line, position);
        finder.setPosition(position);
        position = emoji > 0 ? position + emoji : std::max(position + 1, finder.toNextBoundary());
    }
    return cuts;
}

QString spans(QStringView line)
{
    QString html;
    const auto runs = emojiRuns(line);
    for (const auto &run : runs) {
        const auto words = line.mid(run.start, run.length).toString();
        html += run.isEmoji
            ? QStringLiteral("<span style=\"font-family:'%1'\">%2</span>").arg(emojiFontFamily(), Emoji::alone(words))
            : words.toHtmlEscaped();
    }
    return html;
}

} // namespace

QString Emoji::family()
{
    return emojiFontFamily();
}

QString Emoji::alone(const QString &emoji)
{
    // The colour font needs no variation selectors, and they are looked for in other fonts (DejaVu has them), where
    // their sequences fall apart.
    return QString(emoji).remove(QChar(u'\uFE0F'));
}

bool Emoji::isIn(const QString &text)
{
    return hasEmoji(text);
}

QString Emoji::toHtml(const QString &text, int alignment)
{
    QString html;
    const auto lines = QStringView(text).split(u'\n');
    for (const auto &line : lines) {
        // the first character gives a line of emoji alone the height of words
        html += QStringLiteral("<p align=\"%1\"%2&#8203;%3</p>")
                    .arg(alignment == Qt::AlignRight         ? QStringLiteral("right")
                             : alignment == Qt::AlignHCenter ? QStringLiteral("center")
                                                             : QStringLiteral("left"),
                         paragraphStyle, spans(line));
    }
    return html;
}

QString Emoji::elided(const QString &line, const QFont &font, double width)
{
    if (widthOf(line, font) <= width)
        return line;
    const QChar ellipsis(u'\u2026');
    const auto cuts = cutsOf(line);
    const auto tooLong = std::ranges::partition_point(
        cuts, [&](qsizetype cut) { return widthOf(line.first(cut) + ellipsis, font) <= width; });
    return tooLong == cuts.begin() ? QString(ellipsis) : line.first(*std::prev(tooLong)) + ellipsis;
}

} // namespace Tertulia
