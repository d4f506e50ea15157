// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

// How every search of the project compares, on the server and in the client: folded. By beginnings of words,
// too, but for the server's list of conversations, which finds a part anywhere in a name.

namespace Tertulia {

/// Changes with what folded() makes of a text: the server makes the words that it keeps anew then.
inline constexpr int foldingEdition = 1;

/// Text without regard to case, accents and what nobody sees: "Núñez" is "nunez", "Straße" and "STRASSE" are "strasse",
/// "İstanbul" is "istanbul", "Łukasz" is "lukasz". Unicode's compatibility decomposition without its non-spacing marks,
/// full case folding, and the plain letters of CLDR's Latin-ASCII (letters.h). Doing it twice changes nothing.
[[nodiscard]] QString folded(const QString &text);
/// The folded words of a text, in order. Symbols belong to words: there are names of nothing but an emoji. "Zoë O'Neil"
/// has "zoe", "o", "neil".
[[nodiscard]] QStringList foldedWords(const QString &text);
/// The same, each once: what an index holds, and what is looked up in it.
[[nodiscard]] QStringList distinctFoldedWords(const QString &text);

/// "Ána Torres-Gil" is " ana torres gil ".
[[nodiscard]] QString searchWords(const QString &text);
/// The folded words of a query, of which a very long one is cut.
[[nodiscard]] QStringList queryWords(const QString &query);
/// Whether each of them begins a word. No words: true.
[[nodiscard]] bool matches(const QString &searchWords, const QStringList &queryWords);
/// How well, the smaller the better: the whole text, its beginning, beginnings of words; -1 when it does not match.
[[nodiscard]] int matchRank(const QString &searchWords, const QStringList &queryWords);

} // namespace Tertulia
