// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roster.h"

#include <QtEndian>

#include <algorithm>

namespace Tertulia::Server {

const Roster::Entry *Roster::find(const UserId &user) const
{
    // As two numbers: the order of the bytes, and a call less at each step. For each message to everybody who is here.
    const auto numbers = [](const UserId &id) {
        const quint8 *const bytes = id.uuid().data();
        return std::pair(qFromBigEndian<quint64>(bytes), qFromBigEndian<quint64>(bytes + 8));
    };
    const Entry *const found =
        std::lower_bound(begin(), end(), numbers(user),
                         [&numbers](const Entry &entry, const auto &wanted) { return numbers(entry.user) < wanted; });
    return found != end() && found->user == user ? found : nullptr;
}

} // namespace Tertulia::Server
