// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "sqlite/failure.h"

#include <optional>

namespace Tertulia {

class SqliteConnection;

struct BackupFailure
{
    enum class End : quint8 { Source, Target }; ///< where it went wrong
    End end = End::Target;
    SqliteFailure failure;
};

/// Copies what `source` reads into one new file that needs no log beside it, in one read transaction, while others read
/// and write: no writer makes it begin anew. Whether the copy is sound is not looked at.
[[nodiscard]] std::optional<BackupFailure> copyInto(SqliteConnection &source, const QString &target);

} // namespace Tertulia
