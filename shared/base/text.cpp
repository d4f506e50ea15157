// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include "base/letters.h"

#include <algorithm>
#include <iterator>

namespace Tertulia {

namespace {

constexpr bool isControl(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0);
}

constexpr bool isBreak(char16_t code)
{
    return code == '\n' || code == '\v' || code == '\f' || code == '\r' || code == 0x85;
}

bool isUnseen(char32_t code)
{
    if (isControl(code) || QChar::isSpace(code))
        return true;
    const auto *const end = std::end(Letters::unseen);
    const auto *const range =
        std::lower_bound(std::begin(Letters::unseen), end, code,
                         [](const Letters::Range &one, char32_t wanted) { return one.last < wanted; });
    return range != end && range->first <= code;
}

} // namespace

bool turnsDirection(QChar c)
{
    const char16_t code = c.unicode();
    return code == 0x61c || code == 0x200e || code == 0x200f || (code >= 0x202a && code <= 0x202e)
        || (code >= 0x2066 && code <= 0x2069);
}

QString withoutControls(QString text)
{
    const auto isWanted = [](QChar c) { return !isControl(c.unicode()) || c == u'\n' || c == u'\t'; };
    const auto firstUnwanted = std::find_if_not(text.cbegin(), text.cend(), isWanted);
    if (firstUnwanted == text.cend())
        return text; // nearly always: nothing is copied
    const qsizetype start = firstUnwanted - text.cbegin();
    const qsizetype size = text.size();
    QChar *const begin = text.data();
    QChar *out = begin + start;
    for (qsizetype i = start; i < size; ++i) {
        const QChar c = begin[i];
        if (isBreak(c.unicode())) {
            if (c == u'\r' && i + 1 < size && begin[i + 1] == u'\n')
                ++i;
            *out++ = u'\n';
        } else if (isWanted(c)) {
            *out++ = c;
        }
    }
    text.truncate(out - begin);
    return text;
}

bool isBlank(QStringView text)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        char32_t code = text[i].unicode();
        if (text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate()) {
            code = QChar::surrogateToUcs4(text[i], text[i + 1]);
            ++i;
        }
        if (!isUnseen(code))
            return false;
    }
    return true;
}

} // namespace Tertulia
