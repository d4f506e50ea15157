// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/bytebuffer.h"
#include "protocol/value.h"

namespace Tertulia {

enum class JsonTail : quint8 {
    Reject, ///< only white space may follow the value
    Ignore, ///< what follows the value is not looked at (hub records, signalr.md 6)
};

/// Nesting that is accepted, as in System.Text.Json.
constexpr int maxJsonDepth = 64;

/// Decodes RFC 8259 JSON strictly: valid UTF-8, no comments, no trailing commas, no byte order mark, at most
/// maxJsonDepth levels, numbers within double. Of equal keys the last one counts (Value::find). On failure the document
/// is empty and the Error (Invalid, no field) names the byte.
[[nodiscard]] Result<Value> parseJson(ValueDocument &document, QByteArrayView text, JsonTail tail = JsonTail::Reject);

/// Writes compact JSON. Commas come by themselves; the caller keeps begin and end paired. Non-ASCII stays as it is;
/// quotes, backslashes, control characters (so also 0x1E, the record separator), DEL, U+2028 and U+2029 are escaped;
/// half a surrogate pair becomes U+FFFD. The counts are for the sake of MessagePackWriter and unused here.
class JsonWriter
{
public:
    JsonWriter() = default;
    /// Writes on behind what is there.
    explicit JsonWriter(QByteArray start)
        : m_out(std::move(start))
    {
    }

    void null() { plain("null"); }
    void boolean(bool value) { plain(value ? std::string_view("true") : std::string_view("false")); }
    void integer(qint64 value);
    void unsignedInteger(quint64 value);
    /// The shortest text that reads back as the same double; null for what JSON cannot say (NaN, infinity).
    void number(double value);
    void string(QStringView text);
    void utf8(std::string_view text);
    /// Text that needs no escaping: ids, words of enums.
    void ascii(std::string_view text)
    {
        char *out = begin(qsizetype(text.size()) + 2);
        *out++ = '"';
        std::memcpy(out, text.data(), text.size());
        out += text.size();
        *out++ = '"';
        m_out.advance(out);
    }
    /// Base64 with padding, as the reference writes byte[].
    void binary(QByteArrayView bytes);
    /// ISO 8601, milliseconds, Z.
    void timestamp(Timestamp time);

    void beginArray(qsizetype /*count*/ = 0) { open('['); }
    void endArray() { close(']'); }
    void beginObject(qsizetype /*count*/ = 0) { open('{'); }
    void endObject() { close('}'); }
    /// A key that needs no escaping (a name from fields()).
    void key(std::string_view name)
    {
        char *out = begin(qsizetype(name.size()) + 3);
        *out++ = '"';
        std::memcpy(out, name.data(), name.size());
        out += name.size();
        *out++ = '"';
        *out++ = ':';
        m_out.advance(out);
        m_comma = false;
    }
    /// Any key.
    void key(QStringView name);

    /// A value that is already JSON.
    void raw(QByteArrayView json)
    {
        m_out.advance(begin(0));
        m_out.put({json.data(), size_t(json.size())});
    }

    [[nodiscard]] QByteArray take() { return m_out.take(); }
    [[nodiscard]] ByteBuffer &buffer() { return m_out; }

private:
    // What is short stands here: where a key and its length are known, the compiler makes it some moves.

    /// Room for a value of at most `size` bytes, behind the comma before it, where one is due.
    [[nodiscard]] char *begin(qsizetype size)
    {
        char *out = m_out.reserve(size + 1);
        *out = ',';
        out += m_comma ? 1 : 0;
        m_comma = true;
        return out;
    }
    void plain(std::string_view text)
    {
        char *out = begin(qsizetype(text.size()));
        std::memcpy(out, text.data(), text.size());
        m_out.advance(out + text.size());
    }
    void open(char bracket)
    {
        char *out = begin(1);
        *out++ = bracket;
        m_out.advance(out);
        m_comma = false;
    }
    void close(char bracket)
    {
        m_out.put(bracket);
        m_comma = true;
    }
    void quoted(QStringView text);
    void quoted(std::string_view text);

    ByteBuffer m_out;
    bool m_comma = false;
};

} // namespace Tertulia
