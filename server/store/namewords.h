// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace Tertulia::Server {

/// The words that people are searched by: without case, accents and punctuation, each once ("Zoë O'Neil-Łuk" has
/// "zoe", "o", "neil", "łuk"). For the index (user_words) and for what is typed, so that both are folded alike; who
/// changes it writes a migration that fills the index anew.
[[nodiscard]] QStringList nameWords(const QString &name);

} // namespace Tertulia::Server
