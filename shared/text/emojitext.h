// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

#include <vector>

namespace Tertulia {

/// A stretch of text that is all emoji or holds none.
struct EmojiRun
{
    qsizetype start = 0, length = 0;
    /// Whoever draws it names the colour font: Qt 6.4 takes the first installed font that has the characters, and those
    /// of DejaVu and Noto Sans Symbols are black.
    bool isEmoji = false;

    friend bool operator==(const EmojiRun &, const EmojiRun &) = default;
};

/// The code point at `position`; half a surrogate pair counts as itself.
[[nodiscard]] char32_t codePointAt(QStringView text, qsizetype position);
/// How many UTF-16 units one emoji takes that begins there: a flag, a keycap, a family joined by ZWJ … 0: no emoji.
[[nodiscard]] qsizetype emojiLength(QStringView text, qsizetype position);
/// The text in order, without gaps.
[[nodiscard]] std::vector<EmojiRun> emojiRuns(QStringView text);
[[nodiscard]] bool hasEmoji(QStringView text);
/// What stands before the emoji that is one too many; all of it when there are no more than `limit`.
[[nodiscard]] QStringView withEmojiUpTo(QStringView text, int limit);
/// The number of emoji when there is nothing else but spaces; 0 otherwise or above `limit`.
[[nodiscard]] int countIfEmojiOnly(QStringView text, int limit);

/// The family that draws emoji in colour.
[[nodiscard]] QString emojiFontFamily();

} // namespace Tertulia
