// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

// How the program's own searches compare: by beginnings of words, without regard to case and accents.

namespace Tertulia::ViewModels {

/// Small letters without accents.
[[nodiscard]] QString folded(const QString &text);
/// "Ána Torres-Gil" is " ana torres gil ".
[[nodiscard]] QString searchWords(const QString &text);
/// The folded words of a query.
[[nodiscard]] QStringList queryWords(const QString &query);
/// Whether each of them begins a word. No words: true.
[[nodiscard]] bool matches(const QString &searchWords, const QStringList &queryWords);
/// How well, the smaller the better: the whole text, its beginning, beginnings of words; -1 when it does not match.
[[nodiscard]] int matchRank(const QString &searchWords, const QStringList &queryWords);

} // namespace Tertulia::ViewModels
