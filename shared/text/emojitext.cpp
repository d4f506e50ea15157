// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "text/emojitext.h"

#include "text/emojiproperties.h"

#include <algorithm>

namespace Tertulia {

namespace {
constexpr char32_t variationSelector = 0xFE0F, textSelector = 0xFE0E, joiner = 0x200D, keycap = 0x20E3,
                   cancelTag = 0xE007F;

template <size_t N> bool contains(const std::array<EmojiProperties::Range, N> &ranges, char32_t c)
{
    const auto after = std::ranges::upper_bound(ranges, c, {}, &EmojiProperties::Range::first);
    return after != ranges.begin() && c <= std::prev(after)->last;
}

bool isRegional(char32_t c)
{
    return c >= 0x1F1E6 && c <= 0x1F1FF;
}

bool isSkinTone(char32_t c)
{
    return c >= 0x1F3FB && c <= 0x1F3FF;
}

bool isKeycapBase(char32_t c)
{
    return (c >= U'0' && c <= U'9') || c == U'#' || c == U'*';
}

bool isTag(char32_t c)
{
    return c >= 0xE0020 && c <= cancelTag;
}

qsizetype unitsOf(char32_t c)
{
    return c > 0xFFFF ? 2 : 1;
}

/// One link of a ZWJ chain: a character with what modifies it.
qsizetype elementLength(QStringView text, qsizetype position)
{
    const auto base = codePointAt(text, position);
    if (base < 0x100 || isSkinTone(base) || isRegional(base) || !contains(EmojiProperties::emoji, base))
        return base == 0xA9 || base == 0xAE ? (codePointAt(text, position + 1) == variationSelector ? 2 : 0) : 0;
    auto length = unitsOf(base);
    const auto next = codePointAt(text, position + length);
    if (next == variationSelector)
        return length + 1;
    if (isSkinTone(next))
        return length + unitsOf(next);
    if (next == textSelector || !contains(EmojiProperties::presentation, base))
        return 0; // a text symbol that nobody asked to be an emoji
    if (!isTag(next))
        return length;
    auto end = length;
    while (isTag(codePointAt(text, position + end))) {
        const bool isLast = codePointAt(text, position + end) == cancelTag;
        end += 2;
        if (isLast)
            return end;
    }
    return length; // tags without an end are no flag
}
} // namespace

char32_t codePointAt(QStringView text, qsizetype position)
{
    if (position >= text.size())
        return 0;
    const auto first = text.at(position);
    if (first.isHighSurrogate() && position + 1 < text.size() && text.at(position + 1).isLowSurrogate())
        return QChar::surrogateToUcs4(first, text.at(position + 1));
    return first.unicode();
}

qsizetype emojiLength(QStringView text, qsizetype position)
{
    const auto first = codePointAt(text, position);
    if (first < 0x23)
        return 0;
    if (isRegional(first))
        return isRegional(codePointAt(text, position + 2)) ? 4 : 0;
    if (isKeycapBase(first)) {
        const qsizetype selector = codePointAt(text, position + 1) == variationSelector ? 1 : 0;
        return codePointAt(text, position + 1 + selector) == keycap ? 2 + selector : 0;
    }
    if (isSkinTone(first))
        return 2; // alone it is a coloured square
    auto length = elementLength(text, position);
    while (length > 0 && codePointAt(text, position + length) == joiner) {
        const auto next = elementLength(text, position + length + 1);
        // inside a chain a symbol may come without its selector: woman + ZWJ + female sign
        const auto symbol = codePointAt(text, position + length + 1);
        if (next > 0)
            length += 1 + next;
        else if (symbol > 0xFF && contains(EmojiProperties::emoji, symbol))
            length += 1 + unitsOf(symbol);
        else
            break;
    }
    return length;
}

std::vector<EmojiRun> emojiRuns(QStringView text)
{
    std::vector<EmojiRun> runs;
    qsizetype position = 0;
    while (position < text.size()) {
        const auto emoji = emojiLength(text, position);
        const auto length = emoji > 0 ? emoji : unitsOf(codePointAt(text, position));
        if (runs.empty() || runs.back().isEmoji != (emoji > 0))
            runs.push_back({position, 0, emoji > 0});
        runs.back().length += length;
        position += length;
    }
    return runs;
}

/// No emoji is made of smaller characters alone.
static bool canHaveEmoji(QStringView text)
{
    return std::ranges::any_of(text, [](QChar c) { return c.unicode() >= joiner; });
}

bool hasEmoji(QStringView text)
{
    if (!canHaveEmoji(text))
        return false;
    const auto runs = emojiRuns(text);
    return std::ranges::any_of(runs, &EmojiRun::isEmoji);
}

QStringView withEmojiUpTo(QStringView text, int limit)
{
    if (!canHaveEmoji(text))
        return text;
    int count = 0;
    for (qsizetype position = 0; position < text.size();) {
        const auto emoji = emojiLength(text, position);
        if (emoji > 0 && ++count > limit)
            return text.first(position);
        position += emoji > 0 ? emoji : unitsOf(codePointAt(text, position));
    }
    return text;
}

int countIfEmojiOnly(QStringView text, int limit)
{
    int count = 0;
    for (qsizetype position = 0; position < text.size();) {
        if (text.at(position).isSpace()) {
            ++position;
            continue;
        }
        const auto length = emojiLength(text, position);
        if (length == 0 || ++count > limit)
            return 0;
        position += length;
    }
    return count;
}

QString emojiFontFamily()
{
    return QStringLiteral("Noto Color Emoji");
}

} // namespace Tertulia
