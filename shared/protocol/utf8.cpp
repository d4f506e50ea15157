// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/utf8.h"

#include <cstring>

namespace Tertulia {

namespace {

bool isContinuation(char c)
{
    return (quint8(c) & 0xC0) == 0x80;
}

/// The sequence at text[0…size), which may end in the middle of it.
int sequenceLength(const char *at, size_t size)
{
    const auto lead = quint8(at[0]);
    const auto second = size > 1 ? quint8(at[1]) : quint8(0);
    if (lead >= 0xC2 && lead <= 0xDF)
        return isContinuation(char(second)) ? 2 : 0;
    if (lead >= 0xE0 && lead <= 0xEF) {
        const quint8 low = lead == 0xE0 ? 0xA0 : 0x80;
        const quint8 high = lead == 0xED ? 0x9F : 0xBF;
        return second >= low && second <= high && size > 2 && isContinuation(at[2]) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
        const quint8 low = lead == 0xF0 ? 0x90 : 0x80;
        const quint8 high = lead == 0xF4 ? 0x8F : 0xBF;
        return second >= low && second <= high && size > 3 && isContinuation(at[2]) && isContinuation(at[3]) ? 4 : 0;
    }
    return 0;
}

} // namespace

int utf8SequenceLength(const char *at)
{
    return sequenceLength(at, 4);
}

bool isValidUtf8(std::string_view text)
{
    const char *at = text.data();
    const char *end = at + text.size();
    while (at < end) {
        if (end - at >= 8) {
            quint64 word = 0;
            std::memcpy(&word, at, sizeof word);
            if (!(word & 0x8080808080808080ULL)) {
                at += 8;
                continue;
            }
        }
        if (quint8(*at) < 0x80) {
            ++at;
            continue;
        }
        const int length = sequenceLength(at, size_t(end - at));
        if (!length)
            return false;
        at += length;
    }
    return true;
}

char *putUtf8(char *out, char32_t codePoint)
{
    if (codePoint < 0x80) {
        *out++ = char(codePoint);
    } else if (codePoint < 0x800) {
        *out++ = char(0xC0 | (codePoint >> 6));
        *out++ = char(0x80 | (codePoint & 0x3F));
    } else if (codePoint < 0x10000) {
        *out++ = char(0xE0 | (codePoint >> 12));
        *out++ = char(0x80 | ((codePoint >> 6) & 0x3F));
        *out++ = char(0x80 | (codePoint & 0x3F));
    } else {
        *out++ = char(0xF0 | (codePoint >> 18));
        *out++ = char(0x80 | ((codePoint >> 12) & 0x3F));
        *out++ = char(0x80 | ((codePoint >> 6) & 0x3F));
        *out++ = char(0x80 | (codePoint & 0x3F));
    }
    return out;
}

} // namespace Tertulia
