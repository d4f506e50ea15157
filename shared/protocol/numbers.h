// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace Tertulia {

/// A whole number of a query. What is none, and what is beyond its range, is Invalid with words that say so.
[[nodiscard]] Result<qint64> readWholeNumber(QStringView text, const QString &field, qint64 least, qint64 most);

} // namespace Tertulia
