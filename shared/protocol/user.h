// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/ids.h"
#include "protocol/fields.h"

#include <QStringList>

namespace Tertulia {

enum class Role : quint8 { User, Moderator, Admin };
template <> struct EnumNames<Role>
{
    static constexpr std::string_view names[] = {"User", "Moderator", "Admin"}; // as in the token's role claim
};

/// The contract's user card (contract.md section 2).
struct UserCard
{
    UserId id;
    QString fullName;
    QString username;
    std::optional<QString> avatar;

    static constexpr auto fields()
    {
        return std::tuple{required("id", &UserCard::id), required("fullName", &UserCard::fullName),
                          required("username", &UserCard::username), optional("avatar", &UserCard::avatar)};
    }
    friend bool operator==(const UserCard &, const UserCard &) = default;
};

} // namespace Tertulia
