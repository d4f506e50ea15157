// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "protocol/fields.h"

#include <QByteArray>
#include <QStringList>

#include <map>
#include <string_view>
#include <vector>

namespace Tertulia {

/// The wire name of an enum value.
template <class E> [[nodiscard]] constexpr std::string_view enumName(E value)
{
    const auto index = size_t(value);
    return index < std::size(EnumNames<E>::names) ? EnumNames<E>::names[index] : std::string_view();
}

namespace Codec {

template <class T> constexpr bool isOptional = false;
template <class T> constexpr bool isOptional<std::optional<T>> = true;

template <class T> constexpr bool isId = false;
template <class Tag> constexpr bool isId<Id<Tag>> = true;

template <class T> constexpr bool isList = false;
template <class T> constexpr bool isList<std::vector<T>> = true;
template <> inline constexpr bool isList<QStringList> = true;

/// An object whose names are data: std::map with QString keys.
template <class T> constexpr bool isStringMap = false;
template <class T> constexpr bool isStringMap<std::map<QString, T>> = true;

} // namespace Codec
} // namespace Tertulia
