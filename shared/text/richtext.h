// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

// Words as the rich text of Qt, for a text that may show marked-up words a moment later. Plain text is no way there: Qt
// gives it the look of the first letter that stood before, and all its lines the direction of the first.

namespace Tertulia {

/// Of the first letter that has one, outside of isolates (UAX #9, P2); LayoutDirectionAuto when there is none.
[[nodiscard]] Qt::LayoutDirection directionOf(QStringView line);
/// ` dir="rtl"`, ` dir="ltr"`, or nothing: words without a direction follow those around them.
[[nodiscard]] QLatin1StringView directionAttribute(QStringView line);
/// Escapes; each line is a paragraph with its own direction, spaces stay.
[[nodiscard]] QString toParagraphs(const QString &text);

/// What follows `<p` and its direction. Several spaces stay several; margins are ours, not those of web pages.
inline constexpr QLatin1StringView paragraphStyle(" style=\"margin-top:0;margin-bottom:0;white-space:pre-wrap\">");
/// One empty line; a paragraph that is merely empty is none to Qt, and one that holds a break is two.
inline constexpr QLatin1StringView
    emptyParagraph("<p style=\"-qt-paragraph-type:empty;margin-top:0;margin-bottom:0\"><br></p>");

} // namespace Tertulia
