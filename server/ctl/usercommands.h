// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/commandline.h"

namespace Tertulia::Server::Ctl {

/// `user add|list|passwd|role|disable|enable`. Prints what it did to standard output.
[[nodiscard]] Result<void> runUserCommand(const CommandLine &line, const Config &config);

} // namespace Tertulia::Server::Ctl
