// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "protocol/codectraits.h"
#include "protocol/json.h"
#include "protocol/messagepack.h"

namespace Tertulia {

template <class Writer, class T> void writeValue(Writer &writer, const T &value);

/// Any decoded value again, in either format; Binary becomes base64 and Timestamp a string in JSON.
void writeValue(JsonWriter &writer, Value value);
void writeValue(MessagePackWriter &writer, Value value);

namespace Codec {

template <class T> bool isEmpty(const T &value)
{
    if constexpr (isOptional<T>)
        return !value.has_value();
    else if constexpr (requires { value.empty(); })
        return value.empty();
    else if constexpr (std::is_integral_v<T>)
        return value == 0;
    else
        return false;
}

template <class Owner, class T> bool isWritten(const Field<Owner, T> &field, const Owner &owner)
{
    return field.rule != FieldRule::OmitEmpty || !isEmpty(owner.*(field.member));
}

/// Field I of T: a function of its own, so that the name is a constant there.
template <size_t I, class Writer, WireStruct T> void writeField(Writer &writer, const T &value)
{
    static constexpr auto field = std::get<I>(T::fields());
    if (!isWritten(field, value))
        return;
    writer.key(field.name);
    writeValue(writer, value.*(field.member));
}

template <class Writer, WireStruct T, size_t... Is>
void writeFields(Writer &writer, const T &value, std::index_sequence<Is...>)
{
    [[maybe_unused]] static constexpr auto fields = T::fields();
    writer.beginObject((qsizetype(0) + ... + qsizetype(isWritten(std::get<Is>(fields), value))));
    (writeField<Is>(writer, value), ...);
    writer.endObject();
}

template <class Writer, WireStruct T> void writeStruct(Writer &writer, const T &value)
{
    writeFields(writer, value, std::make_index_sequence<std::tuple_size_v<decltype(T::fields())>>());
}

template <class Writer, class Map> void writeMap(Writer &writer, const Map &map)
{
    writer.beginObject(qsizetype(map.size()));
    for (const auto &[key, item] : map) {
        writer.key(QStringView(key));
        writeValue(writer, item);
    }
    writer.endObject();
}

/// What a list may take ahead, bytes: its first item may be unlike the others.
inline constexpr qsizetype listAhead = 65'536;

template <class Writer, class List> void writeList(Writer &writer, const List &list)
{
    writer.beginArray(qsizetype(list.size()));
    const qsizetype before = writer.buffer().size();
    auto others = qsizetype(list.size());
    for (const auto &item : list) {
        writeValue(writer, item);
        if (others-- == qsizetype(list.size())) // about as long as each of the others
            writer.buffer().reserve(std::min(listAhead, (writer.buffer().size() - before) * others));
    }
    writer.endArray();
}

} // namespace Codec

/// Writes one value; `Writer` is JsonWriter or MessagePackWriter.
template <class Writer, class T> void writeValue(Writer &writer, const T &value)
{
    if constexpr (std::is_same_v<T, bool>) {
        writer.boolean(value);
    } else if constexpr (std::is_enum_v<T>) {
        writer.ascii(enumName(value));
    } else if constexpr (std::is_integral_v<T>) {
        if constexpr (std::is_signed_v<T>)
            writer.integer(value);
        else
            writer.unsignedInteger(value);
    } else if constexpr (std::is_floating_point_v<T>) {
        writer.number(double(value));
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        writer.binary(value);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        writer.timestamp(value);
    } else if constexpr (Codec::isId<T>) {
        char text[Uuid::textSize];
        value.uuid().toChars(text);
        writer.ascii({text, sizeof text});
    } else if constexpr (Codec::isOptional<T>) {
        if (value)
            writeValue(writer, *value);
        else
            writer.null();
    } else if constexpr (Codec::isStringMap<T>) {
        Codec::writeMap(writer, value);
    } else if constexpr (Codec::isList<T>) {
        Codec::writeList(writer, value);
    } else if constexpr (WireStruct<T>) {
        Codec::writeStruct(writer, value);
    } else if constexpr (std::is_convertible_v<const T &, QStringView>) {
        writer.string(value);
    } else {
        static_assert(Codec::isOptional<T>, "this type has no wire form: give it fields() or EnumNames");
    }
}

} // namespace Tertulia
