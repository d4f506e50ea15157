// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewmodels/searchwords.h"

#include <algorithm>

namespace Tertulia::ViewModels {

namespace {
constexpr qsizetype longestQuery = 200;
}

QString folded(const QString &text)
{
    const auto isAscii = [](QChar c) { return c.unicode() < 0x80; };
    if (std::ranges::all_of(text, isAscii)) // ten thousand names are folded at the first key of a filter
        return text.toLower();
    QString result;
    const auto decomposed = text.toCaseFolded().normalized(QString::NormalizationForm_KD);
    result.reserve(decomposed.size());
    for (const auto c : decomposed) {
        if (!c.isMark())
            result += c;
    }
    return result;
}

QString searchWords(const QString &text)
{
    QString words = QStringLiteral(" ");
    const auto plain = folded(text);
    for (const auto c : plain) {
        if (c.isLetterOrNumber() || c.isSurrogate())
            words += c;
        else if (!words.endsWith(u' '))
            words += u' ';
    }
    if (!words.endsWith(u' '))
        words += u' ';
    return words;
}

QStringList queryWords(const QString &query)
{
    return searchWords(query.left(longestQuery)).split(u' ', Qt::SkipEmptyParts);
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

} // namespace Tertulia::ViewModels
