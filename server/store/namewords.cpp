// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "store/namewords.h"

namespace Tertulia::Server {

namespace {

/// Symbols belong to words: there are names of nothing but an emoji.
bool isBetweenWords(const QChar &c)
{
    return c.isPunct() || c.isSpace() || c.category() == QChar::Other_Control;
}

} // namespace

QStringList nameWords(const QString &name)
{
    QStringList words;
    QString word;
    const auto endWord = [&] {
        if (!word.isEmpty() && !words.contains(word))
            words.append(word);
        word.clear();
    };
    for (const QChar c : name.normalized(QString::NormalizationForm_KD).toCaseFolded()) {
        if (isBetweenWords(c))
            endWord();
        else if (c.category() != QChar::Mark_NonSpacing)
            word.append(c);
    }
    endWord();
    return words;
}

} // namespace Tertulia::Server
