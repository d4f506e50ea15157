// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace Tertulia::Client {

/// What is wrong with the client's own files on this machine; what is worse comes later.
enum class StoreTrouble : quint8 {
    None,
    Full, ///< no room on the disk: what is written is lost until there is; nothing is broken
    Unwritable, ///< the file or its folder cannot be written
    Damaged, ///< what the file holds cannot be read any more
};

/// Error::reason of what failed because the disk is full.
inline constexpr auto storeFullReason = "STORE_FULL";

/// Error::reason of what cannot be written down on this machine.
inline constexpr auto notKeptReason = "NOT_KEPT_HERE";

} // namespace Tertulia::Client
