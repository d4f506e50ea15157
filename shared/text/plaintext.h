// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

// What people write, made fit to be kept and to be shown: the one place that knows which characters do harm. Nothing
// here is markup.

namespace Tertulia {

/// Text as it is sent and stored. Every break that is a control character (CR LF, CR, vertical tab, form feed, next
/// line) is a line feed; other control characters but the tab are gone. People paste from terminals, PDFs and word
/// processors: what nobody can see is no reason to refuse what they say. Doing it twice changes nothing.
[[nodiscard]] QString withoutControls(QString text);
/// Text as it is shown, whoever wrote it and whatever their server let through. Beyond withoutControls() it is without
/// what can be seen by nobody or disturbs what stands around it: direction overrides and embeddings (isolates are kept
/// and closed in their line), invisible characters, towers of combining marks, halves of surrogate pairs. Lines are
/// ended by \n, and there are at most two empty ones in a row.
[[nodiscard]] QString cleanText(QStringView text);
/// The same without white space around it, cut to `limit` characters as people count them, with an ellipsis.
[[nodiscard]] QString excerpt(QStringView text, qsizetype limit);
/// The same on one line.
[[nodiscard]] QString oneLine(QStringView text, qsizetype limit);
/// A name that people gave themselves: one line, without marks that turn its direction. `fallback` where nobody could
/// see anything of it; empty where nobody could see that either.
[[nodiscard]] QString cleanName(QStringView name, QStringView fallback = {});
/// A user name as it is written wherever one is shown: "@ana". Empty without one.
[[nodiscard]] QString handleOf(QStringView username);
/// For putting it into a sentence: its direction does not reach the words around it. Unchanged where there is nothing
/// to fear.
[[nodiscard]] QString isolated(const QString &text);
/// At most `limit` UTF-16 units, not within a character as people count them.
[[nodiscard]] QStringView truncated(QStringView text, qsizetype limit);

/// Marks, embeddings, overrides and isolates that turn the direction of the text around them: Bidi_Control of Unicode's
/// PropList.txt. No name holds them.
[[nodiscard]] bool turnsDirection(QChar c);
/// Nothing of the text can be seen: white space, control characters, and what Unicode says to draw as nothing
/// (letters.h: joiners, marks of direction, fillers, variation selectors, glyphs that are empty …).
[[nodiscard]] bool isBlank(QStringView text);
/// Unicode code points, which the contract calls characters: a pair of surrogates is one, half a pair, too.
[[nodiscard]] qsizetype characterCount(QStringView text);

} // namespace Tertulia
