// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/searchwords.h"

#include "text/letters.h"

#include <algorithm>
#include <iterator>

namespace Tertulia {

namespace {

constexpr qsizetype longestQuery = 200;

/// What comes off without changing which word it is: accents, and joiners and marks of direction in the word.
bool isLeftOut(char32_t code)
{
    const auto category = QChar::category(code);
    return category == QChar::Mark_NonSpacing || category == QChar::Other_Format;
}

bool isBetweenWords(QChar c)
{
    return c.isPunct() || c.isSpace() || c.category() == QChar::Other_Control;
}

void append(QString &text, char32_t code)
{
    const auto *const end = std::end(Letters::folds);
    const auto *const fold =
        std::lower_bound(std::begin(Letters::folds), end, code,
                         [](const Letters::Fold &one, char32_t wanted) { return one.letter < wanted; });
    if (fold != end && fold->letter == code)
        text += QStringView(fold->plain);
    else
        text += QChar::fromUcs4(code);
}

} // namespace

QString folded(const QString &text)
{
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    if (std::all_of(text.begin(), text.end(), isAscii)) // ten thousand names are folded at the first key of a filter
        return text.toLower();
    QString result;
    const auto codes = text.normalized(QString::NormalizationForm_KD).toCaseFolded().toUcs4();
    result.reserve(codes.size());
    for (const char32_t code : codes) {
        if (code < 0x80)
            result += QChar(char16_t(code));
        else if (!isLeftOut(code))
            append(result, code);
    }
    return result;
}

QStringList foldedWords(const QString &text)
{
    QStringList words;
    QString word;
    const QString plain = folded(text);
    for (const QChar c : plain) {
        if (!isBetweenWords(c)) {
            word += c;
        } else if (!word.isEmpty()) {
            words.append(word);
            word.clear();
        }
    }
    if (!word.isEmpty())
        words.append(word);
    return words;
}

QStringList distinctFoldedWords(const QString &text)
{
    QStringList words = foldedWords(text);
    words.removeDuplicates();
    return words;
}

QString searchWords(const QString &text)
{
    const QString words = foldedWords(text).join(u' ');
    return words.isEmpty() ? QStringLiteral(" ") : u' ' + words + u' ';
}

QStringList queryWords(const QString &query)
{
    return foldedWords(query.left(longestQuery));
}

bool matches(const QString &searchWords, const QStringList &queryWords)
{
    return std::ranges::all_of(queryWords,
                               [&](const QString &word) { return searchWords.contains(QChar(u' ') + word); });
}

int matchRank(const QString &searchWords, const QStringList &queryWords)
{
    if (!matches(searchWords, queryWords))
        return -1;
    const auto phrase = QChar(u' ') + queryWords.join(u' ');
    if (searchWords == phrase + u' ')
        return 0;
    return searchWords.startsWith(phrase) ? 1 : 2;
}

} // namespace Tertulia
