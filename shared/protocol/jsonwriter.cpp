// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"

#include "protocol/utf8.h"

#include <charconv>
#include <cmath>

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

char *putDigits(char *out, unsigned value, int width)
{
    for (int i = width - 1; i >= 0; --i) {
        out[i] = char('0' + value % 10);
        value /= 10;
    }
    return out + width;
}

/// Text is written in pieces, so that room for the worst case stays small.
constexpr qsizetype piece = 256;

} // namespace

void JsonWriter::integer(qint64 value)
{
    separate();
    char *out = m_out.reserve(24);
    m_out.advance(std::to_chars(out, out + 24, value).ptr);
}

void JsonWriter::unsignedInteger(quint64 value)
{
    separate();
    char *out = m_out.reserve(24);
    m_out.advance(std::to_chars(out, out + 24, value).ptr);
}

void JsonWriter::number(double value)
{
    if (!std::isfinite(value))
        return null();
    if (value == 0 && std::signbit(value))
        return plain("-0.0"); // -0 would read back as a whole number
    separate();
    char *out = m_out.reserve(32);
    m_out.advance(std::to_chars(out, out + 32, value).ptr);
}

void JsonWriter::string(QStringView text)
{
    separate();
    quoted(text);
}

void JsonWriter::utf8(std::string_view text)
{
    separate();
    quoted(text);
}

void JsonWriter::ascii(std::string_view text)
{
    separate();
    char *out = m_out.reserve(qsizetype(text.size()) + 2);
    *out++ = '"';
    std::memcpy(out, text.data(), text.size());
    out += text.size();
    *out++ = '"';
    m_out.advance(out);
}

void JsonWriter::key(std::string_view name)
{
    separate();
    char *out = m_out.reserve(qsizetype(name.size()) + 3);
    *out++ = '"';
    std::memcpy(out, name.data(), name.size());
    out += name.size();
    *out++ = '"';
    *out++ = ':';
    m_out.advance(out);
    m_comma = false;
}

void JsonWriter::key(QStringView name)
{
    separate();
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
            const char16_t unit = *at++;
            if (unit < 0x80) {
                out = putAscii(out, unit);
            } else if (unit == 0x2028 || unit == 0x2029) {
                out = putUnicodeEscape(out, unit);
            } else if (unit < 0xD800 || unit > 0xDFFF) {
                out = putUtf8(out, unit);
            } else if (unit < 0xDC00 && at < end && *at >= 0xDC00 && *at <= 0xDFFF) {
                out = putUtf8(out, 0x10000 + (char32_t(unit - 0xD800) << 10) + char32_t(*at++ - 0xDC00));
            } else {
                out = putUtf8(out, 0xFFFD);
            }
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
    separate();
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
    separate();
    auto rest = unsigned((time - day).count());
    char *out = m_out.reserve(26);
    *out++ = '"';
    out = putDigits(out, unsigned(int(date.year())), 4);
    *out++ = '-';
    out = putDigits(out, unsigned(date.month()), 2);
    *out++ = '-';
    out = putDigits(out, unsigned(date.day()), 2);
    *out++ = 'T';
    out = putDigits(out, rest / 3600000, 2);
    *out++ = ':';
    out = putDigits(out, rest / 60000 % 60, 2);
    *out++ = ':';
    out = putDigits(out, rest / 1000 % 60, 2);
    *out++ = '.';
    out = putDigits(out, rest % 1000, 3);
    *out++ = 'Z';
    *out++ = '"';
    m_out.advance(out);
}

} // namespace Tertulia
