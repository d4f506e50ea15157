// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <string_view>
#include <tuple>

namespace Tertulia {

/// How a field behaves on the wire.
enum class FieldRule : quint8 {
    Required, ///< written always; reading without it is Invalid (naming the field)
    Optional, ///< written always (std::optional: null when empty); may be absent or null when read
    Defaulted, ///< written always; may be absent when read, but not null: a value type of the reference
    OmitEmpty, ///< not written when it is an empty optional, string or list, or 0; may be absent or null when read
    Alias, ///< a second name: written always, read when the first name is absent; both present and different: Invalid
};

template <class Owner, class T> struct Field
{
    std::string_view name;
    T Owner::*member;
    FieldRule rule;
};

/// One description of a wire struct serves all codecs: each struct has
///     static constexpr auto fields() { return std::tuple{required("id", &Message::id), …}; }
/// and is thereby written as JSON and MessagePack and read from a Value (value.h). Names are the contract's.
template <class Owner, class T> constexpr Field<Owner, T> required(std::string_view name, T Owner::*member)
{
    return {name, member, FieldRule::Required};
}
template <class Owner, class T> constexpr Field<Owner, T> optional(std::string_view name, T Owner::*member)
{
    return {name, member, FieldRule::Optional};
}
template <class Owner, class T> constexpr Field<Owner, T> defaulted(std::string_view name, T Owner::*member)
{
    return {name, member, FieldRule::Defaulted};
}
template <class Owner, class T> constexpr Field<Owner, T> omitEmpty(std::string_view name, T Owner::*member)
{
    return {name, member, FieldRule::OmitEmpty};
}
template <class Owner, class T> constexpr Field<Owner, T> alias(std::string_view name, T Owner::*member)
{
    return {name, member, FieldRule::Alias};
}

/// The wire names of an enum, in the order of its values, which start at 0: a specialisation stands next to each enum
/// as
///     template <> struct EnumNames<Colour> { static constexpr std::string_view names[] = {"red", "green"}; };
/// Reading ignores case.
template <class E> struct EnumNames;

template <class T>
concept WireStruct = requires
{
    T::fields();
};

} // namespace Tertulia
