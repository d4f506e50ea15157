// SPDX-FileCopyrightText: 2026 Tertulia contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ctl/commandline.h"

namespace Tertulia::Server::Ctl {

struct NewPassword
{
    QString text;
    bool isMade = false; ///< by us: the person at the shell must be told
};

/// From where the command line says, else asked for twice at the terminal, without echo. Never from an argument: those
/// stand in the list of processes and in the shell's history.
[[nodiscard]] Result<NewPassword> readPassword(const CommandLine &line);

} // namespace Tertulia::Server::Ctl
