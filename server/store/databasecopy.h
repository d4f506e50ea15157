// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/storesettings.h"

#include "base/result.h"

namespace Tertulia::Server {

/// Copies the database into one new file, while others read and write it: everything that was committed before the
/// call, and nothing by halves (SQLite's online backup in one read transaction). The log grows meanwhile by what is
/// written. The copy is checked for damage and is on the disk when this returns; after a failure the file is of no use.
/// @param target does not exist yet
[[nodiscard]] Result<void> copyDatabase(const StoreSettings &source, const QString &target);

} // namespace Tertulia::Server
