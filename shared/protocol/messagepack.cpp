// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "protocol/messagepack.h"

#include "protocol/utf8.h"

#include <QtEndian>

#include <bit>

namespace Tertulia {

namespace {

constexpr qint64 nanosPerSecond = 1'000'000'000;
/// Seconds that fit Timestamp; far beyond what any calendar needs.
constexpr qint64 maxSeconds = std::numeric_limits<qint64>::max() / 1000 - 1;

} // namespace

class MessagePackParser
{
public:
    MessagePackParser(ValueDocument &document, QByteArrayView bytes)
        : m_nodes(document.m_nodes)
        , m_begin(document.load(bytes))
        , m_at(m_begin)
        , m_end(m_begin + bytes.size())
    {
    }

    Result<Value> run(ValueDocument &document, MessagePackTail tail)
    {
        if (!value(0))
            return fail(document);
        if (tail == MessagePackTail::Reject && m_at != m_end) {
            error("bytes after the value");
            return fail(document);
        }
        return document.root();
    }

    Result<Value> salvage(ValueDocument &document)
    {
        const auto isArrayTag = [](quint8 tag) { return (tag & 0xF0) == 0x90 || tag == 0xDC || tag == 0xDD; };
        if (m_at == m_end || !isArrayTag(quint8(*m_at)) || !value(0, true)) {
            error("no array that could be salvaged");
            return fail(document);
        }
        return document.root();
    }

private:
    Result<Value> fail(ValueDocument &document)
    {
        document.clear();
        return failure(Error::invalid(
            {},
            QStringLiteral("malformed MessagePack at byte %1: %2").arg(m_at - m_begin).arg(QLatin1String(m_error))));
    }
    bool error(const char *text)
    {
        m_error = text;
        return false;
    }
    ValueNode &add(ValueType type)
    {
        ValueNode &node = m_nodes.emplace_back();
        node.type = type;
        return node;
    }
    [[nodiscard]] quint64 left() const { return quint64(m_end - m_at); }

    template <class T> bool take(T &out)
    {
        if (left() < sizeof(T))
            return error("the value is cut off");
        out = qFromBigEndian<T>(m_at);
        m_at += sizeof(T);
        return true;
    }

    template <class T> bool signedInteger()
    {
        T number{};
        if (!take(number))
            return false;
        add(ValueType::Integer).integer = qint64{number};
        return true;
    }

    template <class T> bool unsignedInteger()
    {
        T number{};
        if (!take(number))
            return false;
        if (quint64(number) > quint64(std::numeric_limits<qint64>::max()))
            add(ValueType::Unsigned).unsignedInteger = number;
        else
            add(ValueType::Integer).integer = qint64(number);
        return true;
    }

    template <class Bits, class Float> bool floating()
    {
        Bits bits{};
        if (!take(bits))
            return false;
        add(ValueType::Double).number = double(std::bit_cast<Float>(bits));
        return true;
    }

    /// A length of sizeof(T) bytes, then `use`.
    template <class T, class Use> bool sized(Use use)
    {
        T length{};
        return take(length) && use(quint32(length));
    }

    bool bytes(quint32 length, ValueType type)
    {
        if (length > left())
            return error("the value is cut off");
        ValueNode &node = add(type);
        node.text = m_at;
        node.size = length;
        node.flag = type == ValueType::String && !isValidUtf8({m_at, length});
        m_at += length;
        return true;
    }

    bool container(quint32 count, ValueType type, int depth, bool salvage)
    {
        if (depth >= maxMessagePackDepth)
            return error("nested too deeply");
        const quint64 values = type == ValueType::Map ? quint64(count) * 2 : count;
        // every item takes a byte at least: a count that cannot be true costs no memory
        if (values > left() && !salvage)
            return error("the value is cut off");
        const size_t index = m_nodes.size();
        add(type).size = count;
        for (quint64 i = 0; i < values; ++i) {
            const size_t item = m_nodes.size();
            if (value(depth + 1))
                continue;
            if (!salvage || i == 0)
                return false;
            keepWhole(index, item, quint32(i));
            break;
        }
        m_nodes[index].span = m_nodes.size() - index;
        return true;
    }

    /// The array at `index` ends in front of its broken item.
    void keepWhole(size_t index, size_t item, quint32 count)
    {
        const bool isArray = m_nodes.size() > item && m_nodes[item].type == ValueType::Array;
        m_nodes.resize(item);
        if (isArray)
            add(ValueType::String).flag = true;
        m_nodes[index].size = count + (isArray ? 1 : 0);
    }

    bool extension(quint32 length)
    {
        if (quint64(length) + 1 > left())
            return error("the value is cut off");
        const auto kind = qint8(*m_at++);
        const char *data = m_at;
        m_at += length;
        if (kind == -1)
            return timestamp(data, length);
        add(ValueType::Null);
        return true;
    }

    bool timestamp(const char *data, quint32 length)
    {
        qint64 seconds = 0;
        quint32 nanos = 0;
        if (length == 4) {
            seconds = qFromBigEndian<quint32>(data);
        } else if (length == 8) {
            const auto both = qFromBigEndian<quint64>(data);
            nanos = quint32(both >> 34);
            seconds = qint64(both & 0x3FFFFFFFFULL);
        } else if (length == 12) {
            nanos = qFromBigEndian<quint32>(data);
            seconds = qFromBigEndian<qint64>(data + 4);
        } else {
            return error("a timestamp of an unknown length");
        }
        if (nanos >= nanosPerSecond || seconds > maxSeconds || seconds < -maxSeconds)
            return error("a timestamp out of range");
        add(ValueType::Time).integer = seconds * 1000 + nanos / 1'000'000;
        return true;
    }

    bool value(int depth, bool salvage = false)
    {
        if (m_at == m_end)
            return error("the value is cut off");
        const auto tag = quint8(*m_at++);
        if (tag < 0x80 || tag >= 0xE0) {
            add(ValueType::Integer).integer = tag < 0x80 ? qint64(tag) : qint64(tag) - 256;
            return true;
        }
        if (tag < 0x90)
            return container(tag & 15, ValueType::Map, depth, false);
        if (tag < 0xA0)
            return container(tag & 15, ValueType::Array, depth, salvage);
        if (tag < 0xC0)
            return bytes(tag & 31, ValueType::String);
        return tagged(tag, depth, salvage);
    }

    bool integer(quint8 tag)
    {
        switch (tag) {
        case 0xCC:
            return unsignedInteger<quint8>();
        case 0xCD:
            return unsignedInteger<quint16>();
        case 0xCE:
            return unsignedInteger<quint32>();
        case 0xCF:
            return unsignedInteger<quint64>();
        case 0xD0:
            return signedInteger<qint8>();
        case 0xD1:
            return signedInteger<qint16>();
        case 0xD2:
            return signedInteger<qint32>();
        default:
            return signedInteger<qint64>();
        }
    }

    bool tagged(quint8 tag, int depth, bool salvage)
    {
        const auto text = [this](quint32 n) { return bytes(n, ValueType::String); };
        const auto blob = [this](quint32 n) { return bytes(n, ValueType::Binary); };
        const auto ext = [this](quint32 n) { return extension(n); };
        const auto list = [this, depth, salvage](quint32 n) { return container(n, ValueType::Array, depth, salvage); };
        const auto map = [this, depth](quint32 n) { return container(n, ValueType::Map, depth, false); };
        if (tag >= 0xCC && tag <= 0xD3)
            return integer(tag);
        if (tag >= 0xD4 && tag <= 0xD8)
            return ext(1U << (tag - 0xD4));
        switch (tag) {
        case 0xC0:
            add(ValueType::Null);
            return true;
        case 0xC2:
        case 0xC3:
            add(ValueType::Bool).flag = tag == 0xC3;
            return true;
        case 0xC4:
            return sized<quint8>(blob);
        case 0xC5:
            return sized<quint16>(blob);
        case 0xC6:
            return sized<quint32>(blob);
        case 0xC7:
            return sized<quint8>(ext);
        case 0xC8:
            return sized<quint16>(ext);
        case 0xC9:
            return sized<quint32>(ext);
        case 0xCA:
            return floating<quint32, float>();
        case 0xCB:
            return floating<quint64, double>();
        case 0xD9:
            return sized<quint8>(text);
        case 0xDA:
            return sized<quint16>(text);
        case 0xDB:
            return sized<quint32>(text);
        case 0xDC:
            return sized<quint16>(list);
        case 0xDD:
            return sized<quint32>(list);
        case 0xDE:
            return sized<quint16>(map);
        case 0xDF:
            return sized<quint32>(map);
        default:
            return error("the unused byte 0xC1");
        }
    }

    std::vector<ValueNode> &m_nodes;
    const char *m_begin;
    const char *m_at;
    const char *m_end;
    const char *m_error = "";
};

Result<Value> parseMessagePack(ValueDocument &document, QByteArrayView bytes, MessagePackTail tail)
{
    if (bytes.size() > std::numeric_limits<qint32>::max())
        return failure(Error::invalid({}, QStringLiteral("MessagePack of more than 2 GiB")));
    return MessagePackParser(document, bytes).run(document, tail);
}

Result<Value> salvageMessagePack(ValueDocument &document, QByteArrayView bytes)
{
    return MessagePackParser(document, bytes).salvage(document);
}

template <class T> void MessagePackWriter::tagged(quint8 tag, T value)
{
    char *out = m_out.reserve(1 + qsizetype(sizeof(T)));
    *out++ = char(tag);
    qToBigEndian(value, out);
    m_out.advance(out + sizeof(T));
}

void MessagePackWriter::header(quint64 count, quint8 fixTag, quint64 fixLimit, quint8 tag8, quint8 tag16)
{
    if (count < fixLimit)
        m_out.put(char(quint64(fixTag) | count));
    else if (tag8 && count <= 0xFF)
        tagged(tag8, quint8(count));
    else if (count <= 0xFFFF)
        tagged(tag16, quint16(count));
    else
        tagged(quint8(tag16 + 1), quint32(count));
}

void MessagePackWriter::integer(qint64 value)
{
    if (value >= 0)
        return unsignedInteger(quint64(value));
    if (value >= -32)
        m_out.put(char(value));
    else if (value >= std::numeric_limits<qint8>::min())
        tagged(0xD0, qint8(value));
    else if (value >= std::numeric_limits<qint16>::min())
        tagged(0xD1, qint16(value));
    else if (value >= std::numeric_limits<qint32>::min())
        tagged(0xD2, qint32(value));
    else
        tagged(0xD3, value);
}

void MessagePackWriter::unsignedInteger(quint64 value)
{
    if (value < 0x80)
        m_out.put(char(value));
    else if (value <= 0xFF)
        tagged(0xCC, quint8(value));
    else if (value <= 0xFFFF)
        tagged(0xCD, quint16(value));
    else if (value <= 0xFFFFFFFF)
        tagged(0xCE, quint32(value));
    else
        tagged(0xCF, value);
}

void MessagePackWriter::number(double value)
{
    tagged(0xCB, std::bit_cast<quint64>(value));
}

void MessagePackWriter::utf8(std::string_view text)
{
    if (text.size() >= 32) {
        header(text.size(), 0xA0, 32, 0xD9, 0xDA);
        m_out.put(text);
        return;
    }
    char *out = m_out.reserve(33);
    *out++ = char(0xA0 | text.size());
    std::memcpy(out, text.data(), text.size());
    m_out.advance(out + text.size());
}

void MessagePackWriter::string(QStringView text)
{
    // The length stands in front: count the bytes first.
    qsizetype length = 0;
    const char16_t *at = text.utf16();
    const char16_t *end = at + text.size();
    for (const char16_t *c = at; c < end; ++c) {
        const bool pair = *c >= 0xD800 && *c < 0xDC00 && c + 1 < end && c[1] >= 0xDC00 && c[1] <= 0xDFFF;
        c += pair ? 1 : 0;
        length += pair ? 4 : *c < 0x80 ? 1 : *c < 0x800 ? 2 : 3;
    }
    header(quint64(length), 0xA0, 32, 0xD9, 0xDA);
    char *out = m_out.reserve(length);
    while (at < end) {
        const char16_t unit = *at++;
        if (unit < 0xD800 || unit > 0xDFFF)
            out = putUtf8(out, unit);
        else if (unit < 0xDC00 && at < end && *at >= 0xDC00 && *at <= 0xDFFF)
            out = putUtf8(out, 0x10000 + (char32_t(unit - 0xD800) << 10) + char32_t(*at++ - 0xDC00));
        else
            out = putUtf8(out, 0xFFFD);
    }
    m_out.advance(out);
}

void MessagePackWriter::binary(QByteArrayView bytes)
{
    header(quint64(bytes.size()), 0, 0, 0xC4, 0xC5);
    m_out.put({bytes.data(), size_t(bytes.size())});
}

void MessagePackWriter::timestamp(Timestamp time)
{
    const auto whole = std::chrono::floor<std::chrono::seconds>(time);
    const qint64 seconds = whole.time_since_epoch().count();
    const auto nanos = quint32((time - whole).count() * 1'000'000);
    if (seconds >= 0 && seconds <= 0xFFFFFFFFLL && nanos == 0) {
        m_out.put(char(0xD6));
        tagged(0xFF, quint32(seconds));
    } else if (seconds >= 0 && seconds <= 0x3FFFFFFFFLL) {
        m_out.put(char(0xD7));
        tagged(0xFF, quint64(nanos) << 34 | quint64(seconds));
    } else {
        m_out.put(char(0xC7));
        m_out.put(char(12));
        tagged(0xFF, nanos);
        char *out = m_out.reserve(8);
        qToBigEndian(seconds, out);
        m_out.advance(out + 8);
    }
}

} // namespace Tertulia
