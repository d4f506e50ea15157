// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/config.h"

namespace Tertulia::Server::Ctl {

/// Looks at everything a server needs and prints a line for each: `ok`, `note` or `PROBLEM`. Changes nothing.
/// @returns whether all is well
[[nodiscard]] bool runDoctor(const Config &config);

} // namespace Tertulia::Server::Ctl
