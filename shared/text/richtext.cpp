// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/richtext.h"

#include "text/emojitext.h"

#include <QList>

namespace Tertulia {

using namespace Qt::StringLiterals;

Qt::LayoutDirection directionOf(QStringView line)
{
    int isolates = 0;
    for (qsizetype i = 0; i < line.size(); ++i) {
        const auto c = codePointAt(line, i);
        switch (QChar::direction(c)) {
        case QChar::DirLRI:
        case QChar::DirRLI:
        case QChar::DirFSI:
            ++isolates;
            break;
        case QChar::DirPDI:
            isolates = std::max(0, isolates - 1);
            break;
        case QChar::DirL:
            if (isolates == 0)
                return Qt::LeftToRight;
            break;
        case QChar::DirR:
        case QChar::DirAL:
            if (isolates == 0)
                return Qt::RightToLeft;
            break;
        default:
            break;
        }
        if (c > 0xFFFF)
            ++i;
    }
    return Qt::LayoutDirectionAuto;
}

QLatin1StringView directionAttribute(QStringView line)
{
    switch (directionOf(line)) {
    case Qt::LeftToRight:
        return " dir=\"ltr\""_L1;
    case Qt::RightToLeft:
        return " dir=\"rtl\""_L1;
    case Qt::LayoutDirectionAuto:
        break;
    }
    return {};
}

QString toParagraphs(const QString &text)
{
    QString html;
    const auto lines = QStringView(text).split(u'\n');
    for (const auto &line : lines)
        html += line.isEmpty()
            ? QString(emptyParagraph)
            : "<p"_L1 + directionAttribute(line) + paragraphStyle + line.toString().toHtmlEscaped() + "</p>"_L1;
    return html;
}

} // namespace Tertulia
