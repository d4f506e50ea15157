// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/json.h"

#include "protocol/utf8.h"

#include <bit>
#include <charconv>

namespace Tertulia {

namespace {

/// Bytes of a string that are neither quote, backslash, control character nor non-ASCII.
constexpr std::array<bool, 256> plainBytes = [] {
    std::array<bool, 256> table{};
    for (size_t c = 0x20; c < 0x80; ++c)
        table[c] = c != '"' && c != '\\';
    return table;
}();

constexpr quint64 everyByte(quint8 value)
{
    return 0x0101010101010101ULL * value;
}

/// The highest bit of each byte that is not plain; exact up to and including the lowest such byte.
quint64 specialBytes(quint64 word)
{
    const auto zeroBytes = [](quint64 x) { return (x - everyByte(0x01)) & ~x & everyByte(0x80); };
    const quint64 control = (word - everyByte(0x20)) & ~word & everyByte(0x80);
    return control | (word & everyByte(0x80)) | zeroBytes(word ^ everyByte('"')) | zeroBytes(word ^ everyByte('\\'));
}

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = char(c | 0x20);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Of a number that does not fit double: whether it is too small (else it is too large).
bool isTiny(std::string_view number)
{
    const auto mark = number.find_first_of("eE");
    const std::string_view mantissa = number.substr(0, mark);
    const auto first = qint64(mantissa.find_first_of("123456789"));
    const auto point = qint64(std::min(mantissa.find('.'), mantissa.size()));
    qint64 exponent = 0;
    if (mark != std::string_view::npos) {
        std::string_view digits = number.substr(mark + 1);
        const bool negative = digits.front() == '-';
        digits.remove_prefix(digits.front() == '-' || digits.front() == '+' ? 1 : 0);
        for (const char c : digits)
            exponent = std::min<qint64>(exponent * 10 + (c - '0'), 10'000'000'000);
        exponent = negative ? -exponent : exponent;
    }
    return point - first + exponent < 0;
}

} // namespace

/// Recursive descent over the document's own copy of the text. The zero bytes behind it end every scan: zero is
/// allowed nowhere in JSON, so no bounds are checked on the way. Escapes are resolved in place (they only shrink).
class JsonParser
{
public:
    JsonParser(ValueDocument &document, QByteArrayView text)
        : m_nodes(document.m_nodes)
        , m_begin(document.load(text))
        , m_at(m_begin)
    {
        m_end = m_begin + text.size();
    }

    Result<Value> run(ValueDocument &document, JsonTail tail)
    {
        skipSpace();
        if (!value(0))
            return fail(document);
        if (tail == JsonTail::Reject) {
            skipSpace();
            if (m_at != m_end) {
                error("text after the value");
                return fail(document);
            }
        }
        return document.root();
    }

private:
    Result<Value> fail(ValueDocument &document)
    {
        document.clear();
        return failure(Error::invalid(
            {}, QStringLiteral("malformed JSON at byte %1: %2").arg(m_at - m_begin).arg(QLatin1String(m_error))));
    }
    bool error(const char *text)
    {
        m_error = text;
        return false;
    }
    void skipSpace()
    {
        while (*m_at == ' ' || *m_at == '\n' || *m_at == '\r' || *m_at == '\t')
            ++m_at;
    }
    ValueNode &add(ValueType type)
    {
        ValueNode &node = m_nodes.emplace_back();
        node.type = type;
        return node;
    }

    bool value(int depth)
    {
        switch (*m_at) {
        case '{':
            return depth < maxJsonDepth ? object(depth + 1) : error("nested too deeply");
        case '[':
            return depth < maxJsonDepth ? array(depth + 1) : error("nested too deeply");
        case '"':
            return string();
        case 't':
            return word("true", ValueType::Bool, true);
        case 'f':
            return word("false", ValueType::Bool, false);
        case 'n':
            return word("null", ValueType::Null, false);
        default:
            return number();
        }
    }

    bool word(std::string_view text, ValueType type, bool flag)
    {
        if (std::string_view(m_at, size_t(m_end - m_at)).substr(0, text.size()) != text)
            return error("a value was expected");
        m_at += text.size();
        add(type).flag = flag;
        return true;
    }

    void finishContainer(size_t index, quint32 count)
    {
        m_nodes[index].size = count;
        m_nodes[index].span = m_nodes.size() - index;
    }

    bool array(int depth)
    {
        const size_t index = m_nodes.size();
        add(ValueType::Array);
        ++m_at;
        skipSpace();
        quint32 count = 0;
        if (*m_at == ']') {
            ++m_at;
            finishContainer(index, 0);
            return true;
        }
        for (;;) {
            if (!value(depth))
                return false;
            ++count;
            skipSpace();
            if (*m_at == ']')
                break;
            if (*m_at != ',')
                return error("a comma or ] was expected");
            ++m_at;
            skipSpace();
        }
        ++m_at;
        finishContainer(index, count);
        return true;
    }

    bool object(int depth)
    {
        const size_t index = m_nodes.size();
        add(ValueType::Map);
        ++m_at;
        skipSpace();
        quint32 count = 0;
        if (*m_at == '}') {
            ++m_at;
            finishContainer(index, 0);
            return true;
        }
        for (;;) {
            if (*m_at != '"')
                return error("a name in quotes was expected");
            if (!string())
                return false;
            skipSpace();
            if (*m_at != ':')
                return error("a colon was expected");
            ++m_at;
            skipSpace();
            if (!value(depth))
                return false;
            ++count;
            skipSpace();
            if (*m_at == '}')
                break;
            if (*m_at != ',')
                return error("a comma or } was expected");
            ++m_at;
            skipSpace();
        }
        ++m_at;
        finishContainer(index, count);
        return true;
    }

    /// Skips plain ASCII; the padding allows reading eight bytes from any byte of the text.
    void skipPlain()
    {
        for (;;) {
            quint64 word = 0;
            std::memcpy(&word, m_at, sizeof word);
            const quint64 special = specialBytes(word);
            if (special) {
                if constexpr (std::endian::native == std::endian::little) {
                    m_at += std::countr_zero(special) / 8;
                    return;
                }
                while (plainBytes[quint8(*m_at)])
                    ++m_at;
                return;
            }
            m_at += 8;
        }
    }

    bool string()
    {
        ++m_at;
        char *start = m_at;
        char *out = nullptr; // set from the first escape on
        char *chunk = m_at;
        bool malformed = false;
        for (;;) {
            skipPlain();
            if (quint8(*m_at) >= 0x80) {
                const int length = utf8SequenceLength(m_at);
                if (!length)
                    return error("invalid UTF-8");
                m_at += length;
                continue;
            }
            const bool first = !out;
            if (*m_at != '"' && *m_at != '\\')
                return error(m_at == m_end ? "a string is not closed" : "a control character in a string");
            // everything since the last escape moves down
            if (first) {
                out = m_at;
            } else {
                std::memmove(out, chunk, size_t(m_at - chunk));
                out += m_at - chunk;
            }
            if (*m_at == '"')
                break;
            if (!escape(out, malformed))
                return false;
            chunk = m_at;
        }
        ++m_at;
        ValueNode &node = add(ValueType::String);
        node.text = start;
        node.size = quint32(out - start);
        node.flag = malformed;
        return true;
    }

    bool escape(char *&out, bool &malformed)
    {
        const char kind = m_at[1];
        if (kind == 'u')
            return unicodeEscape(out, malformed);
        static constexpr std::string_view from = "\"\\/bfnrt";
        static constexpr std::string_view to = "\"\\/\b\f\n\r\t";
        const auto place = kind ? from.find(kind) : std::string_view::npos;
        if (place == std::string_view::npos)
            return error("an unknown escape");
        *out++ = to[place];
        m_at += 2;
        return true;
    }

    /// The four digits behind \u at `at`, -1 if they are not four.
    static int hexUnit(const char *at)
    {
        int unit = 0;
        for (int i = 2; i < 6; ++i) {
            const int digit = hexValue(at[i]);
            if (digit < 0)
                return -1;
            unit = unit << 4 | digit;
        }
        return unit;
    }

    bool unicodeEscape(char *&out, bool &malformed)
    {
        const int unit = hexUnit(m_at);
        if (unit < 0)
            return error("four hexadecimal digits were expected");
        m_at += 6;
        auto codePoint = char32_t(unit);
        if (unit >= 0xD800 && unit <= 0xDFFF) {
            const int low = unit < 0xDC00 && m_at[0] == '\\' && m_at[1] == 'u' ? hexUnit(m_at) : -1;
            if (low >= 0xDC00 && low <= 0xDFFF) {
                codePoint = 0x10000 + (char32_t(unit - 0xD800) << 10) + char32_t(low - 0xDC00);
                m_at += 6;
            } else {
                codePoint = 0xFFFD;
                malformed = true;
            }
        }
        out = putUtf8(out, codePoint);
        return true;
    }

    bool number()
    {
        const char *start = m_at;
        const bool negative = *m_at == '-';
        if (negative)
            ++m_at;
        if (!isDigit(*m_at))
            return error("a value was expected");
        const char *digits = m_at;
        quint64 whole = 0;
        if (*m_at == '0') {
            ++m_at;
        } else {
            for (; isDigit(*m_at); ++m_at)
                whole = whole * 10 + quint64(*m_at - '0');
        }
        const auto count = m_at - digits;
        if (isDigit(*m_at))
            return error("a number starts with 0");
        if (*m_at == '.' || *m_at == 'e' || *m_at == 'E')
            return fraction(start);
        if (count > 19 || (negative && whole > quint64(std::numeric_limits<qint64>::max())))
            return largeNumber(start, negative);
        if (negative)
            add(ValueType::Integer).integer = -qint64(whole);
        else
            addUnsigned(whole);
        return true;
    }

    void addUnsigned(quint64 whole)
    {
        if (whole <= quint64(std::numeric_limits<qint64>::max()))
            add(ValueType::Integer).integer = qint64(whole);
        else
            add(ValueType::Unsigned).unsignedInteger = whole;
    }

    /// A whole number at or beyond the edges of 64 bits.
    bool largeNumber(const char *start, bool negative)
    {
        if (negative) {
            qint64 least = 0;
            const auto parsed = std::from_chars(start, m_at, least);
            if (parsed.ec == std::errc()) {
                add(ValueType::Integer).integer = least;
                return true;
            }
        } else {
            quint64 whole = 0;
            const auto parsed = std::from_chars(start, m_at, whole);
            if (parsed.ec == std::errc()) {
                addUnsigned(whole);
                return true;
            }
        }
        return floating(start);
    }

    bool fraction(const char *start)
    {
        if (*m_at == '.') {
            ++m_at;
            if (!isDigit(*m_at))
                return error("a digit was expected");
            while (isDigit(*m_at))
                ++m_at;
        }
        if (*m_at == 'e' || *m_at == 'E') {
            ++m_at;
            if (*m_at == '+' || *m_at == '-')
                ++m_at;
            if (!isDigit(*m_at))
                return error("a digit was expected");
            while (isDigit(*m_at))
                ++m_at;
        }
        return floating(start);
    }

    bool floating(const char *start)
    {
        double number = 0;
        if (std::from_chars(start, m_at, number).ec != std::errc()) {
            if (!isTiny({start, size_t(m_at - start)}))
                return error("a number is too large");
            number = *start == '-' ? -0.0 : 0.0;
        }
        add(ValueType::Double).number = number;
        return true;
    }

    std::vector<ValueNode> &m_nodes;
    char *m_begin;
    char *m_at;
    char *m_end = nullptr;
    const char *m_error = "";
};

Result<Value> parseJson(ValueDocument &document, QByteArrayView text, JsonTail tail)
{
    if (text.size() > std::numeric_limits<qint32>::max())
        return failure(Error::invalid({}, QStringLiteral("JSON of more than 2 GiB")));
    return JsonParser(document, text).run(document, tail);
}

} // namespace Tertulia
