// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "protocol/codectraits.h"
#include "protocol/value.h"

#include <array>
#include <limits>

namespace Tertulia {

/// Where in a document reading is, as a chain on the stack; becomes text only in an Error.
struct FieldPath
{
    const FieldPath *parent = nullptr;
    std::string_view name = {};
    qsizetype index = -1;

    [[nodiscard]] QString toString() const;
};

/// Reads a value, or says in `error` (Invalid, with the path) why it cannot. Reading goes on after a fault, so that
/// `error` names every field that is wrong (up to Faults::limit); `out` then holds what could be read.
template <class T> [[nodiscard]] bool readInto(Value value, T &out, const FieldPath &path, Error &error);

template <class T> [[nodiscard]] Result<T> readValue(Value value, const FieldPath &path = {})
{
    T out{};
    Error error;
    if (!readInto(value, out, path, error))
        return failure(std::move(error));
    return out;
}

namespace Codec {

/// Always false, having added to `error`.
bool refuse(Error &error, const FieldPath &path, const char *message);
bool refuseEnum(Error &error, const FieldPath &path, const std::string_view *names, size_t count);
bool readText(Value value, QString &out, const FieldPath &path, Error &error);
bool readBytes(Value value, QByteArray &out, const FieldPath &path, Error &error);
bool readTime(Value value, Timestamp &out, const FieldPath &path, Error &error);

template <class T> bool readIntegral(Value value, T &out, const FieldPath &path, Error &error)
{
    if (value.type() == ValueType::Unsigned) {
        if (value.toUnsigned() > quint64(std::numeric_limits<T>::max()))
            return refuse(error, path, "is out of range");
        out = T(value.toUnsigned());
        return true;
    }
    if (!value.isInteger())
        return refuse(error, path, "must be a whole number");
    if (!std::in_range<T>(value.toInteger()))
        return refuse(error, path, "is out of range");
    out = T(value.toInteger());
    return true;
}

template <class E> bool readEnum(Value value, E &out, const FieldPath &path, Error &error)
{
    static constexpr auto &names = EnumNames<E>::names;
    if (value.isString()) {
        for (size_t i = 0; i < std::size(names); ++i) {
            if (equalsIgnoringCase(names[i], value.bytes())) {
                out = E(i);
                return true;
            }
        }
    }
    return refuseEnum(error, path, std::data(names), std::size(names));
}

template <class List> bool readList(Value value, List &out, const FieldPath &path, Error &error)
{
    if (!value.isArray())
        return refuse(error, path, "must be a list");
    out.clear();
    out.reserve(typename List::size_type(value.size()));
    qsizetype index = 0;
    bool isGood = true;
    for (const Value item : value.items()) {
        typename List::value_type one{};
        isGood &= readInto(item, one, FieldPath{&path, {}, index++}, error);
        out.push_back(std::move(one));
    }
    return isGood;
}

template <class Map> bool readMap(Value value, Map &out, const FieldPath &path, Error &error)
{
    if (!value.isMap())
        return refuse(error, path, "must be an object");
    out.clear();
    bool isGood = true;
    for (const auto &[key, item] : value.entries()) {
        QString name;
        isGood &= readText(key, name, path, error) && readInto(item, out[name], FieldPath{&path, key.bytes()}, error);
    }
    return isGood;
}

template <WireStruct T> bool readStruct(Value value, T &out, const FieldPath &path, Error &error); // codecstruct.h

} // namespace Codec

template <class T> bool readInto(Value value, T &out, const FieldPath &path, Error &error)
{
    if constexpr (Codec::isOptional<T>) {
        if (value.isNull()) {
            out.reset();
            return true;
        }
        return readInto(value, out.emplace(), path, error);
    } else if constexpr (std::is_same_v<T, bool>) {
        out = value.toBool();
        return value.isBool() || Codec::refuse(error, path, "must be true or false");
    } else if constexpr (std::is_enum_v<T>) {
        return Codec::readEnum(value, out, path, error);
    } else if constexpr (std::is_integral_v<T>) {
        return Codec::readIntegral(value, out, path, error);
    } else if constexpr (std::is_floating_point_v<T>) {
        out = T(value.toDouble());
        return value.isNumber() || Codec::refuse(error, path, "must be a number");
    } else if constexpr (std::is_same_v<T, QString>) {
        return Codec::readText(value, out, path, error);
    } else if constexpr (std::is_same_v<T, QByteArray>) {
        return Codec::readBytes(value, out, path, error);
    } else if constexpr (std::is_same_v<T, Timestamp>) {
        return Codec::readTime(value, out, path, error);
    } else if constexpr (Codec::isId<T>) {
        const auto text = value.bytes();
        const auto uuid =
            value.isString() ? Uuid::parse(QByteArrayView(text.data(), qsizetype(text.size()))) : std::nullopt;
        if (!uuid)
            return Codec::refuse(error, path, "must be an id");
        out = T(*uuid);
        return true;
    } else if constexpr (Codec::isStringMap<T>) {
        return Codec::readMap(value, out, path, error);
    } else if constexpr (Codec::isList<T>) {
        return Codec::readList(value, out, path, error);
    } else if constexpr (std::is_same_v<T, Value>) {
        out = value;
        return true;
    } else {
        static_assert(WireStruct<T>, "this type has no wire form: give it fields() or EnumNames");
        return Codec::readStruct(value, out, path, error);
    }
}

} // namespace Tertulia

#include "protocol/codecstruct.h"
