// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace Tertulia {

/// Text as it is sent and stored. Every break that is a control character (CR LF, CR, vertical tab, form feed, next
/// line) is a line feed; other control characters but the tab are gone. People paste from terminals, PDFs and word
/// processors: what nobody can see is no reason to refuse what they say. Doing it twice changes nothing.
[[nodiscard]] QString withoutControls(QString text);

/// Marks, embeddings, overrides and isolates that turn the direction of the text around them: Bidi_Control of Unicode's
/// PropList.txt. No name holds them.
[[nodiscard]] bool turnsDirection(QChar c);

/// Nothing of the text can be seen: white space, control characters, and what Unicode says to draw as nothing
/// (letters.h: joiners, marks of direction, fillers, variation selectors, glyphs that are empty …).
[[nodiscard]] bool isBlank(QStringView text);

} // namespace Tertulia
