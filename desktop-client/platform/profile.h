// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

namespace Tertulia::Desktop {

/// Where one profile keeps its things. The folders exist and are for their owner's eyes only.
struct Profile
{
    QString name; ///< empty: the default one
    QString dataDir; ///< accounts and caches
    QString configDir; ///< settings and the window's place

    [[nodiscard]] static bool isValidName(const QString &name);
    /// Makes the folders. Unavailable: one of them, `field`, cannot be made or written.
    /// @param baseDir empty: XDG's folders; else everything goes below it
    [[nodiscard]] static Result<Profile> open(const QString &name, const QString &baseDir = {});

    /// What tells this profile's things from those of others in places that all share (sockets, the key store).
    [[nodiscard]] QString tag() const;
};

} // namespace Tertulia::Desktop
