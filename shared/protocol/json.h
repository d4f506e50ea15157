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
    void ascii(std::string_view text);
    /// Base64 with padding, as the reference writes byte[].
    void binary(QByteArrayView bytes);
    /// ISO 8601, milliseconds, Z.
    void timestamp(Timestamp time);

    void beginArray(qsizetype /*count*/ = 0) { open('['); }
    void endArray() { close(']'); }
    void beginObject(qsizetype /*count*/ = 0) { open('{'); }
    void endObject() { close('}'); }
    /// A key that needs no escaping (a name from fields()).
    void key(std::string_view name);
    /// Any key.
    void key(QStringView name);

    /// A value that is already JSON.
    void raw(QByteArrayView json) { plain({json.data(), size_t(json.size())}); }

    [[nodiscard]] QByteArray take() { return m_out.take(); }
    [[nodiscard]] ByteBuffer &buffer() { return m_out; }

private:
    void separate()
    {
        if (m_comma)
            m_out.put(',');
        m_comma = true;
    }
    void plain(std::string_view text)
    {
        separate();
        m_out.put(text);
    }
    void open(char bracket)
    {
        separate();
        m_out.put(bracket);
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
