// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "store/transaction.h"

namespace Tertulia::Server {

/// Copies the database into one new file, while others read and write it: everything that was committed before the
/// call, and nothing by halves (SQLite's online backup in one read transaction). The log grows meanwhile by what is
/// written. The copy is checked for damage and is on the disk when this returns; after a failure the file is of no use.
/// The copy has an epoch of its own: who comes with what they know of the store that it was made of is not taken for
/// somebody who knows what happens in the copy from now on (docs/decisions/0133).
/// @param target does not exist yet
[[nodiscard]] Result<void> copyDatabase(const StoreSettings &source, const QString &target);

/// Which store this is: 0, or of a copy a number that no other has.
[[nodiscard]] qint64 epochOf(ReadTransaction &tx);

} // namespace Tertulia::Server
