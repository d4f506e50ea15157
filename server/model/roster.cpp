// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/roster.h"

#include <algorithm>

namespace Tertulia::Server {

const Roster::Entry *Roster::find(const UserId &user) const
{
    const Entry *const found = std::lower_bound(
        begin(), end(), user, [](const Entry &entry, const UserId &wanted) { return entry.user < wanted; });
    return found != end() && found->user == user ? found : nullptr;
}

} // namespace Tertulia::Server
