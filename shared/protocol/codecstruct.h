// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reading of structs by their fields(); the second half of codecread.h, which includes it.
#include "protocol/codecread.h"

namespace Tertulia::Codec {

/// Field I of T and field J are names of the same member.
template <class T, size_t I, size_t J> constexpr bool sameMember()
{
    constexpr auto fields = T::fields();
    if constexpr (std::is_same_v<std::tuple_element_t<I, decltype(fields)>, std::tuple_element_t<J, decltype(fields)>>)
        return std::get<I>(fields).member == std::get<J>(fields).member;
    else
        return false;
}

template <class T> struct StructReader
{
    static constexpr auto fields = T::fields();
    static constexpr size_t count = std::tuple_size_v<decltype(T::fields())>;
    using Found = std::array<Value, count>;

    static constexpr std::array<std::string_view, count> names =
        std::apply([](const auto &...field) { return std::array<std::string_view, count>{field.name...}; }, fields);

    Found found{};
    T &out;
    const FieldPath &path;
    Error &error;

    void sort(Value map)
    {
        // Most writers keep the order of fields(): looking on from the last match finds the next name at once.
        size_t next = 0;
        for (const auto &[key, item] : map.entries()) {
            const auto name = key.bytes();
            for (size_t tried = 0; tried < count; ++tried) {
                const size_t i = next + tried < count ? next + tried : next + tried - count;
                if (names[i].size() == name.size() && equalsIgnoringCase(names[i], name)) {
                    found[i] = item;
                    next = i + 1 < count ? i + 1 : 0;
                    break;
                }
            }
        }
    }

    /// Puts the value of alias J in the place of I's, when I was not given; the two may not contradict.
    template <size_t I, size_t J> bool join(std::string_view &name)
    {
        if constexpr (std::get<J>(fields).rule != FieldRule::Alias || !sameMember<T, I, J>()) {
            return true;
        } else {
            if (found[J].isNull())
                return true;
            if (found[I].isNull()) {
                found[I] = found[J];
                name = names[J];
                return true;
            }
            using Member = std::remove_cvref_t<decltype(out.*(std::get<I>(fields).member))>;
            Member first{};
            Member second{};
            if (!readInto(found[I], first, FieldPath{&path, name}, error)
                || !readInto(found[J], second, FieldPath{&path, names[J]}, error))
                return false;
            return first == second
                || refuse(error, FieldPath{&path, names[J]}, "contradicts another name of the same field");
        }
    }

    template <size_t I, size_t... Js> bool readField(std::index_sequence<Js...>)
    {
        constexpr auto field = std::get<I>(fields);
        if constexpr (field.rule == FieldRule::Alias) {
            return true;
        } else {
            std::string_view name = names[I];
            if (!(join<I, Js>(name) && ...))
                return false;
            auto &member = out.*(field.member);
            constexpr bool takesNull = isOptional<std::remove_cvref_t<decltype(member)>>;
            const Value value = found[I];
            if constexpr (field.rule == FieldRule::Required) {
                if (value.isMissing())
                    return refuse(error, FieldPath{&path, name}, "is required");
                if (!takesNull && value.isNull())
                    return refuse(error, FieldPath{&path, name}, "must not be null");
            } else if (value.isMissing() || (value.isNull() && field.rule != FieldRule::Defaulted)) {
                return true;
            } else if (value.isNull()) {
                return refuse(error, FieldPath{&path, name}, "must not be null");
            }
            return readInto(value, member, FieldPath{&path, name}, error);
        }
    }

    template <size_t... Is> bool read([[maybe_unused]] std::index_sequence<Is...> all)
    {
        bool isGood = true;
        ((isGood &= readField<Is>(all)), ...);
        return isGood;
    }
};

template <WireStruct T> bool readStruct(Value value, T &out, const FieldPath &path, Error &error)
{
    if (!value.isMap())
        return refuse(error, path, "must be an object");
    StructReader<T> reader{{}, out, path, error};
    reader.sort(value);
    return reader.read(std::make_index_sequence<StructReader<T>::count>());
}

} // namespace Tertulia::Codec
