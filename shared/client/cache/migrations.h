// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"

namespace Tertulia::Client {

class CacheDatabase;

/// The version of the newest schema.
[[nodiscard]] int newestSchema();

/// Brings the schema up to date, step by step, each in one transaction. Gone: a newer version made the file.
/// @param self whose store it is: what an older version kept is understood by it
/// @param upTo for tests of the steps
[[nodiscard]] Result<void> migrateStore(CacheDatabase &database, const UserId &self, int upTo = newestSchema());

} // namespace Tertulia::Client
