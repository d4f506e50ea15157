// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "e2e/histories/history.h"

#include <span>

namespace Tertulia::Test {

/// Something that happens to one client, or that its person does.
struct Step
{
    int weight; ///< how often, compared with the others
    /// Does it; says what it was, empty: it cannot be now.
    QString (*take)(History &, Seat &);
};

/// All there are. A new kind is a function and a line of this table.
[[nodiscard]] std::span<const Step> allSteps();

} // namespace Tertulia::Test
