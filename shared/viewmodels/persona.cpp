// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/persona.h"

#include "text/emojitext.h"
#include "text/plaintext.h"

#include <QStringList>
#include <QTextBoundaryFinder>

namespace Tertulia::ViewModels {

namespace {
/// The first character that is a letter, a digit or an emoji; empty without one.
QString firstLetter(const QString &word)
{
    QTextBoundaryFinder finder(QTextBoundaryFinder::Grapheme, word);
    for (qsizetype start = 0; start >= 0 && start < word.size();) {
        if (const auto emoji = emojiLength(word, start); emoji > 0)
            return word.mid(start, emoji);
        finder.setPosition(start);
        const auto end = finder.toNextBoundary();
        if (QChar::isLetterOrNumber(codePointAt(word, start)))
            return word.mid(start, end - start).toUpper();
        start = end;
    }
    return {};
}

bool isIdeograph(const QString &letter)
{
    const auto script = QChar::script(codePointAt(letter, 0));
    return script == QChar::Script_Han || script == QChar::Script_Hiragana || script == QChar::Script_Katakana
        || script == QChar::Script_Hangul;
}
} // namespace

int colorIndexOf(const Uuid &id)
{
    // FNV-1a: ids that were made one after the other differ in few bits
    quint32 hash = 2166136261U;
    for (size_t i = 0; i < 16; ++i)
        hash = (hash ^ id.data()[i]) * 16777619U;
    return int((hash ^ (hash >> 16)) % personaColors);
}

QString initialsOf(const QString &name)
{
    QStringList letters;
    const auto words = cleanName(name).split(u' ', Qt::SkipEmptyParts);
    for (const auto &word : words) {
        if (const auto letter = firstLetter(word); !letter.isEmpty())
            letters << letter;
    }
    if (letters.isEmpty())
        return QStringLiteral("?");
    const auto &first = letters.first();
    if (letters.size() == 1 || isIdeograph(first) || emojiLength(first, 0) > 0 || emojiLength(letters.last(), 0) > 0)
        return first;
    return first + letters.last();
}

} // namespace Tertulia::ViewModels
