// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"

#include "protocol/utf8.h"

#include <charconv>
#include <cmath>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace Tertulia {

namespace {

/// What may be copied as it is: printable ASCII but quote and backslash.
constexpr std::array<bool, 128> asciiPlain = [] {
    std::array<bool, 128> table{};
    for (size_t c = 0x20; c < 0x7F; ++c)
        table[c] = c != '"' && c != '\\';
    return table;
}();

char *putUnicodeEscape(char *out, char16_t unit)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    *out++ = '\\';
    *out++ = 'u';
    for (int shift = 12; shift >= 0; shift -= 4)
        *out++ = digits[(unit >> shift) & 15];
    return out;
}

/// At most six bytes.
char *putAscii(char *out, char16_t unit)
{
    if (asciiPlain[unit]) {
        *out++ = char(unit);
        return out;
    }
    char letter = 0;
    switch (unit) {
    case u'"':
        letter = '"';
        break;
    case u'\\':
        letter = '\\';
        break;
    case u'\b':
        letter = 'b';
        break;
    case u'\f':
        letter = 'f';
        break;
    case u'\n':
        letter = 'n';
        break;
    case u'\r':
        letter = 'r';
        break;
    case u'\t':
        letter = 't';
        break;
    default:
        return putUnicodeEscape(out, unit);
    }
    *out++ = '\\';
    *out++ = letter;
    return out;
}

/// "00" to "99", one behind the other.
constexpr std::array<char, 200> digitPairs = [] {
    std::array<char, 200> table{};
    for (size_t i = 0; i < 100; ++i) {
        table[2 * i] = char('0' + i / 10);
        table[2 * i + 1] = char('0' + i % 10);
    }
    return table;
}();

/// Two digits.
char *putPair(char *out, unsigned value)
{
    std::memcpy(out, digitPairs.data() + size_t(2) * value, 2);
    return out + 2;
}

constexpr qsizetype unitsAtOnce = 8;

/// Copies what may be copied as it is, eight units at a time: until there are fewer, or one of the eight may not. `out`
/// has room for all of the text.
void putPlainUnits([[maybe_unused]] char *&out, [[maybe_unused]] const char16_t *&at,
                   [[maybe_unused]] const char16_t *end)
{
#ifdef __SSE2__
    while (end - at >= unitsAtOnce) {
        const __m128i units = _mm_loadu_si128(reinterpret_cast<const __m128i *>(at));
        // 255 for what is above 255, and 0 for what is above 32,767: neither is plain.
        const __m128i bytes = _mm_packus_epi16(units, units);
        const auto is = [bytes](char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); };
        const __m128i below = _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x20)); // with sign, so from 0x80 on as well
        const __m128i others = _mm_or_si128(_mm_or_si128(below, is(0x7F)), _mm_or_si128(is('"'), is('\\')));
        if (_mm_movemask_epi8(others) != 0)
            return;
        _mm_storel_epi64(reinterpret_cast<__m128i *>(out), bytes);
        out += unitsAtOnce;
        at += unitsAtOnce;
    }
#endif
}

/// One unit, or the two of a pair; at most six bytes for each.
char *putUnit(char *out, const char16_t *&at, const char16_t *end)
{
    const char16_t unit = *at++;
    if (unit < 0x80)
        return putAscii(out, unit);
    if (unit == 0x2028 || unit == 0x2029)
        return putUnicodeEscape(out, unit);
    if (unit < 0xD800 || unit > 0xDFFF)
        return putUtf8(out, unit);
    if (unit < 0xDC00 && at < end && *at >= 0xDC00 && *at <= 0xDFFF)
        return putUtf8(out, 0x10000 + (char32_t(unit - 0xD800) << 10) + char32_t(*at++ - 0xDC00));
    return putUtf8(out, 0xFFFD);
}

/// Text is written in pieces, so that room for the worst case stays small.
constexpr qsizetype piece = 256;

} // namespace

void JsonWriter::integer(qint64 value)
{
    char *out = begin(24);
    m_out.advance(std::to_chars(out, out + 24, value).ptr);
}

void JsonWriter::unsignedInteger(quint64 value)
{
    char *out = begin(24);
    m_out.advance(std::to_chars(out, out + 24, value).ptr);
}

void JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null();
    if (value == 0 && std::signbit(value))
        return plain("-0.0"); // -0 would read back as a whole number
    char *out = begin(32);
    m_out.advance(std::to_chars(out, out + 32, value).ptr);
}

void JsonWriter::string(QStringView text)
{
    m_out.advance(begin(0));
    quoted(text);
}

void JsonWriter::utf8(std::string_view text)
{
    m_out.advance(begin(0));
    quoted(text);
}

void JsonWriter::key(QStringView name)
{
    m_out.advance(begin(0));
    quoted(name);
    m_out.put(':');
    m_comma = false;
}

void JsonWriter::quoted(QStringView text)
{
    m_out.put('"');
    const char16_t *at = text.utf16();
    const char16_t *end = at + text.size();
    while (at < end) {
        // six bytes a unit at most; a pair may straddle the piece's end and take one unit more
        const char16_t *stop = at + std::min<qsizetype>(piece, end - at);
        char *out = m_out.reserve((stop - at + 1) * 6);
        while (at < stop) {
            putPlainUnits(out, at, stop);
            const char16_t *next = at + std::min<qsizetype>(unitsAtOnce, stop - at);
            while (at < next)
                out = putUnit(out, at, end);
        }
        m_out.advance(out);
    }
    m_out.put('"');
}

void JsonWriter::quoted(std::string_view text)
{
    m_out.put('"');
    const char *at = text.data();
    const char *end = at + text.size();
    while (at < end) {
        const char *run = at;
        while (at < end && quint8(*at) < 0x80 && asciiPlain[quint8(*at)])
            ++at;
        m_out.put(std::string_view(run, size_t(at - run)));
        if (at == end)
            break;
        char *out = m_out.reserve(6);
        if (quint8(*at) < 0x80) {
            out = putAscii(out, char16_t(*at++));
        } else {
            char sequence[4] = {};
            std::memcpy(sequence, at, std::min<size_t>(4, size_t(end - at)));
            const int length = utf8SequenceLength(sequence);
            const bool separator = length == 3 && std::string_view(sequence, 2) == "\xE2\x80"
                && (quint8(sequence[2]) == 0xA8 || quint8(sequence[2]) == 0xA9);
            if (separator)
                out = putUnicodeEscape(out, quint8(sequence[2]) == 0xA8 ? u'\u2028' : u'\u2029');
            else if (length)
                out = static_cast<char *>(std::memcpy(out, sequence, size_t(length))) + length;
            else
                out = putUtf8(out, 0xFFFD);
            at += std::max(length, 1);
        }
        m_out.advance(out);
    }
    m_out.put('"');
}

void JsonWriter::binary(QByteArrayView bytes)
{
    m_out.advance(begin(0));
    m_out.put('"');
    const QByteArray text = QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64();
    m_out.put({text.constData(), size_t(text.size())});
    m_out.put('"');
}

void JsonWriter::timestamp(Timestamp time)
{
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date(day);
    if (int(date.year()) < 0 || int(date.year()) > 9999) {
        const QByteArray text = toIso8601(time);
        return utf8({text.constData(), size_t(text.size())});
    }
    const auto year = unsigned(int(date.year()));
    auto rest = unsigned((time - day).count());
    char *out = begin(26);
    *out++ = '"';
    out = putPair(putPair(out, year / 100), year % 100);
    *out++ = '-';
    out = putPair(out, unsigned(date.month()));
    *out++ = '-';
    out = putPair(out, unsigned(date.day()));
    *out++ = 'T';
    out = putPair(out, rest / 3600000);
    *out++ = ':';
    out = putPair(out, rest / 60000 % 60);
    *out++ = ':';
    out = putPair(out, rest / 1000 % 60);
    *out++ = '.';
    rest %= 1000;
    out = putPair(out, rest / 10);
    *out++ = char('0' + rest % 10);
    *out++ = 'Z';
    *out++ = '"';
    m_out.advance(out);
}

} // namespace Tertulia
