// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringView>

// What remote people wrote, made fit to be shown. Nothing here is markup.

namespace Tertulia::ViewModels {

/// Without what can be seen by nobody or disturbs what stands around it: controls, direction overrides and embeddings
/// (isolates are kept and closed in their line), invisible characters, towers of combining marks, halves of surrogate
/// pairs. Lines are ended by \n, and there are at most two empty ones in a row.
[[nodiscard]] QString cleanText(QStringView text);
/// The same on one line, cut to `limit` characters as people count them, with an ellipsis.
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

} // namespace Tertulia::ViewModels
