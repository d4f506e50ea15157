// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/bytebuffer.h"
#include "protocol/value.h"

namespace Tertulia {

enum class MessagePackTail : quint8 {
    Reject, ///< nothing may follow the value
    Ignore, ///< what follows the value is not looked at (hub messages)
};

/// Nesting that is accepted; the same as for JSON.
constexpr int maxMessagePackDepth = 64;

/// Decodes one MessagePack value: every width of integers, strings, arrays, maps and floats; the timestamp extension
/// in its three forms, rounded down to milliseconds; other extensions read as null. A length beyond the input, the
/// unused byte 0xC1, too deep a nesting or a malformed timestamp is Invalid, naming the byte. Strings need not be valid
/// UTF-8 (Value::isWellFormed).
[[nodiscard]] Result<Value> parseMessagePack(ValueDocument &document, QByteArrayView bytes,
                                             MessagePackTail tail = MessagePackTail::Reject);

/// For input that parseMessagePack refused: the items of an array that came whole before the fault. Behind them stands
/// a String that is not well-formed if the fault is inside an inner array whose length was fine. Invalid when it is no
/// array or its first item is broken.
[[nodiscard]] Result<Value> salvageMessagePack(ValueDocument &document, QByteArrayView bytes);

/// Writes MessagePack with the shortest form of each length and integer. Containers need their counts in front.
class MessagePackWriter
{
public:
    MessagePackWriter() = default;
    explicit MessagePackWriter(QByteArray start)
        : m_out(std::move(start))
    {
    }

    void null() { m_out.put(char(0xC0)); }
    void boolean(bool value) { m_out.put(char(value ? 0xC3 : 0xC2)); }
    void integer(qint64 value);
    void unsignedInteger(quint64 value);
    void number(double value);
    void string(QStringView text);
    void utf8(std::string_view text);
    void ascii(std::string_view text) { utf8(text); }
    void binary(QByteArrayView bytes);
    void timestamp(Timestamp time);

    void beginArray(qsizetype count) { header(quint64(count), 0x90, 16, 0, 0xDC); }
    void endArray() { }
    void beginObject(qsizetype count) { header(quint64(count), 0x80, 16, 0, 0xDE); }
    void endObject() { }
    void key(std::string_view name) { utf8(name); }
    void key(QStringView name) { string(name); }

    /// A value that is already MessagePack.
    void raw(QByteArrayView bytes) { m_out.put({bytes.data(), size_t(bytes.size())}); }

    [[nodiscard]] QByteArray take() { return m_out.take(); }
    [[nodiscard]] ByteBuffer &buffer() { return m_out; }

private:
    template <class T> void tagged(quint8 tag, T value);
    /// A length below fixLimit joins fixTag; else one byte (tag8, if there is such a form), two (tag16) or four (+ 1).
    void header(quint64 count, quint8 fixTag, quint64 fixLimit, quint8 tag8, quint8 tag16);

    ByteBuffer m_out;
};

} // namespace Tertulia
